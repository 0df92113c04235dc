"""Registries of older versions."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import create_engine

from companion.registry.database.connection import DATABASE, migrate


def older(folder: Path, version: str) -> None:
    """An empty registry of this version, built by the migrations up to it."""
    folder.mkdir(mode=0o700, exist_ok=True)
    engine = create_engine(f"sqlite:///{folder / DATABASE}")
    with engine.begin() as connection:
        migrate(connection, None, to=version)
    engine.dispose()
