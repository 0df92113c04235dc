"""Registries of older versions."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import create_engine

from companion.registry.database.connection import DATABASE, migrate


def first_version(folder: Path) -> None:
    """An empty registry that the first migration alone built."""
    folder.mkdir(mode=0o700, exist_ok=True)
    engine = create_engine(f"sqlite:///{folder / DATABASE}")
    with engine.begin() as connection:
        migrate(connection, None, to="0001")
    engine.dispose()
