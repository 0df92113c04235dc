"""Firmware files that anybody may have made."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress

from companion.errors.firmware import FirmwareError
from companion.firmware import explain
from tests.firmware.files import FOLDER, key, octets

_KEYS = [key("esp_rsa"), key("esp_ec"), key("mcuboot_ed25519"), key("draft37")]


def firmware_files(data: bytes) -> None:
    """Each is an image with checks, or an error of ours."""
    with suppress(FirmwareError):
        assert explain(data, _KEYS).checks


def seeds() -> dict[str, list[bytes]]:
    """One of each format, and what is signed."""
    names = ("esp32.bin", "mcuboot_ed25519.bin", "taylor.suit", "draft37_06_signed_923.hex")
    return {"firmware_files": [octets(name) for name in names if (FOLDER / name).exists()]}


FIRMWARE: dict[str, Callable[[bytes], None]] = {"firmware_files": firmware_files}
