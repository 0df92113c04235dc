"""What a firmware file is: for what, which version, whole or not, signed by whom. Nothing is run."""

from __future__ import annotations

from collections.abc import Sequence

from companion.errors.firmware import FirmwareUnknown
from companion.firmware import esp_idf, mcuboot, suit
from companion.firmware.image import Fact, Image, Kind
from companion.firmware.keys import SignerKey

__all__ = ["MAX_SIZE", "Fact", "Image", "Kind", "SignerKey", "explain", "is_one"]

MAX_SIZE = 64 * 1024 * 1024
"""Octets of a file: more than the flash of any board that these formats are for."""
_FORMATS = (
    (esp_idf.recognises, esp_idf.read),
    (mcuboot.recognises, mcuboot.read),
    (suit.recognises, suit.read),
)


def is_one(head: bytes) -> bool:
    """True for what begins like a file that `explain` reads."""
    return any(recognises(head) for recognises, _ in _FORMATS)


def explain(data: bytes, keys: Sequence[SignerKey] = ()) -> Image:
    """What the octets of a file are, and which of its promises hold.

    keys: public keys of who may have signed it; without any it is said who did, as far as that is known
    Raises FirmwareUnknown, FirmwareMalformed.
    """
    for recognises, read in _FORMATS:
        if recognises(data):
            return read(data, keys)
    raise FirmwareUnknown
