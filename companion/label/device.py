"""A label for a device that is set up: who it is, and nothing secret."""

from __future__ import annotations

from dataclasses import dataclass

from companion.plain_text import plain
from companion.registry.records import DeviceRecord

MOST_LINE = 40


@dataclass(frozen=True)
class DeviceLabel:
    """serial: what identifies it, also as its QR code. lines: what people know it by."""

    serial: str
    lines: tuple[str, ...]

    @property
    def text(self) -> str:
        """What the QR code holds."""
        return self.serial

    @property
    def readable(self) -> tuple[str, ...]:
        """The lines as plain text."""
        return tuple(plain(line)[:MOST_LINE] for line in self.lines)


def device_label(record: DeviceRecord) -> DeviceLabel:
    """The label of a device: its serial number or id, name, room and model."""
    lines = tuple(line for line in (record.name, record.room, record.model or "") if line)
    return DeviceLabel(plain(record.serial or record.id)[:64], lines)
