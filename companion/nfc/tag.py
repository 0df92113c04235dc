"""Which kind of tag a reader sees, and the exchange that reads, writes or locks it.

PC/SC part 3, 3.1.3.2.3: a reader says of a storage card which it is in the historical bytes of its ATR.
"""

from __future__ import annotations

from typing import Protocol

from companion.errors import TagDiffers, TagUnsupported
from companion.nfc import type2, type4
from companion.nfc.apdu import Exchange

_STORAGE_CARD = bytes.fromhex("A000000306")
_UNSUPPORTED = {0x0001: "MIFARE Classic 1K", 0x0002: "MIFARE Classic 4K", 0x0026: "MIFARE Mini"}


class _Type(Protocol):
    """What the modules of both types do."""

    def read(self) -> Exchange[bytes]: ...

    def write(self, message: bytes) -> Exchange[None]: ...

    def lock(self) -> Exchange[None]: ...


def read(atr: bytes) -> Exchange[bytes]:
    """The NDEF message of the tag with this ATR. Raises TagUnsupported, TagMalformed."""
    return (yield from _type(atr).read())


def write(atr: bytes, message: bytes, *, lock: bool = False) -> Exchange[None]:
    """Write a message, read it back, and lock the tag if that is wished: only once it holds what it should.

    Raises TagUnsupported, TagMalformed, TagLocked, TagTooSmall, TagDiffers, TagNotLocked.
    """
    tag = _type(atr)
    yield from tag.write(message)
    if (yield from tag.read()) != message:
        raise TagDiffers()
    if lock:
        yield from tag.lock()


def _type(atr: bytes) -> _Type:
    at = atr.find(_STORAGE_CARD)
    if at < 0:
        return type4
    name = int.from_bytes(atr[at + 6 : at + 8], "big")
    if name in _UNSUPPORTED:
        raise TagUnsupported(_UNSUPPORTED[name])
    return type2
