"""Faults of virtual devices, as `--fault` names them: "NAME", or "NAME=NUMBER" for those that take one."""

from __future__ import annotations

from collections.abc import Collection
from enum import Enum
from typing import TypeVar

F = TypeVar("F", bound=Enum)


def parse_faults(kind: type[F], numbered: Collection[F], texts: tuple[str, ...]) -> dict[F, float]:
    """The faults of an enumeration of names, each with its number, or 0.0.

    Raises ValueError, whose text lists the names.
    """
    faults = {}
    for text in texts:
        name, _, number = text.partition("=")
        try:
            fault = kind(name)
            faults[fault] = float(number) if fault in numbered else 0.0
        except ValueError:
            known = ", ".join(f"{one.value}=N" if one in numbered else one.value for one in kind)
            raise ValueError(f"unknown fault “{text}”; available: {known}") from None
    return faults
