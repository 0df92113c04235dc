"""Numbers with what they count, as a sentence says them."""

from __future__ import annotations


def counted(number: int, one: str, several: str) -> str:
    """ "1 entry", "2 entries"."""
    return f"{number} {one if number == 1 else several}"


def devices(number: int) -> str:
    """ "1 device", "2 devices"."""
    return counted(number, "device", "devices")


def entries(number: int) -> str:
    """ "1 entry", "2 entries"."""
    return counted(number, "entry", "entries")
