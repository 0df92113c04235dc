"""What a firmware file is: for what, which version, whole or not, signed by whom. Nothing is run."""

from __future__ import annotations

from collections.abc import Sequence

from companion.errors.firmware import FirmwareUnknown
from companion.firmware import esp_idf, mcuboot, suit
from companion.firmware.image import Fact, Image, Kind
from companion.firmware.keys import SignerKey

__all__ = ["MAX_SIZE", "Fact", "Image", "Kind", "SignerKey", "explain"]

MAX_SIZE = 64 * 1024 * 1024
"""Octets of a file: more than the flash of any board that these formats are for."""


def explain(data: bytes, keys: Sequence[SignerKey] = ()) -> Image:
    """What the octets of a file are, and which of its promises hold.

    keys: public keys of who may have signed it; without any it is said who did, as far as that is known
    Raises FirmwareUnknown, FirmwareMalformed.
    """
    if esp_idf.recognises(data):
        return esp_idf.read(data, keys)
    if mcuboot.recognises(data):
        return mcuboot.read(data, keys)
    if suit.recognises(data):
        return suit.read(data, keys)
    raise FirmwareUnknown
