"""Migrations of the registry, run by `companion.registry.database.connection`; Alembic finds them by path."""
