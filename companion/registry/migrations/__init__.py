"""Migrations of the registry, run by `companion.registry.opening`; Alembic finds them by path."""
