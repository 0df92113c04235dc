"""Migrations of the registry, run by `companion.registry.database`; Alembic finds them by path."""
