"""Hatchling as the build backend (PEP 517), with what only a wheel needs: the compiler of translations.

Editable installations load what `make` compiles, so they don't wait for Qt's tools.
"""

from __future__ import annotations

from typing import Any

from hatchling import build as hatchling
from hatchling.build import build_editable, build_sdist, build_wheel, get_requires_for_build_editable

__all__ = [
    "build_editable",
    "build_sdist",
    "build_wheel",
    "get_requires_for_build_editable",
    "get_requires_for_build_sdist",
    "get_requires_for_build_wheel",
]

TRANSLATION_COMPILER = "PySide6-Essentials>=6.10,<6.12"


def get_requires_for_build_wheel(config_settings: dict[str, Any] | None = None) -> list[str]:
    """Requirements of `build_wheel`, lrelease among them."""
    return [*hatchling.get_requires_for_build_wheel(config_settings), TRANSLATION_COMPILER]


def get_requires_for_build_sdist(config_settings: dict[str, Any] | None = None) -> list[str]:
    """Requirements of `build_sdist`. A source distribution has the translations as texts."""
    return list(hatchling.get_requires_for_build_sdist(config_settings))
