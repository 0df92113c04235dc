"""Devices by the fabric that they are in. Its keys are in the vault, what it is called stands in both."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from companion.registry.records import DeviceRecord


class Fabrics(Protocol):
    """A fabric is given by its id, 16 hexadecimal digits."""

    def devices(self, fabric: str) -> list[DeviceRecord]:
        """Those that are in it, with their current credentials."""

    def counts(self) -> dict[str, int]:
        """How many devices are in each that has any."""

    def rename(self, fabric: str, name: str) -> None:
        """Its devices show this name from now on. Durable when it returns."""

    def lose(self, fabric: str) -> None:
        """Its keys are given up: its devices are in it no more, and those that are in no other are removed.
        Durable when it returns."""
