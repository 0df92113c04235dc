"""Type 2 tags: pages of four octets behind a reader's own commands (NFC Forum, Type 2 Tag 1.2).

NTAG21x, MIFARE Ultralight and what is made like them. NXP, NTAG213/215/216 3.2, 8.5: the lock bytes.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from companion.errors import TagLocked, TagMalformed, TagNotLocked, TagTooSmall, TagUnsupported
from companion.nfc.apdu import Exchange, read_binary, update_binary
from companion.nfc.ndef import MOST_OCTETS

PAGE = 4
_SERIAL, _CONTAINER, _DATA = 0, 3, 4
_READ_OCTETS = 16  # what one READ of the tag gives
# Pages have numbers of one octet; what lies beyond is in another sector.
_MOST_OCTETS = (256 - _DATA) * PAGE
_MAGIC, _READ_ONLY = 0xE1, 0x0F
_NULL, _MESSAGE, _TERMINATOR = 0x00, 0x03, 0xFE
_LONG = 0xFF
_STATIC_LOCK = b"\xff\xff"
_NXP = 0x04


@dataclass(frozen=True)
class _Container:
    """octets: how many the data area has; is_open: it can be written."""

    octets: int
    is_open: bool


@dataclass(frozen=True)
class _LockPage:
    """Where the lock bits of the pages after the sixteenth are, and the bits that there are."""

    page: int
    bits: bytes


# By the size in the container: NTAG213, 215, 216. Others may have theirs elsewhere, so they are not locked.
_LOCK_PAGES: Mapping[int, _LockPage] = {
    144: _LockPage(0x28, b"\xff\x0f\x3f\x00"),
    496: _LockPage(0x82, b"\xff\x00\x0f\x00"),
    872: _LockPage(0xE2, b"\xff\x3f\x7f\x00"),
}
_NO_LOCK_PAGE = 48  # all pages are among the first sixteen


def read() -> Exchange[bytes]:
    """The NDEF message, b"" without one. Raises TagUnsupported, TagMalformed."""
    container = yield from _container()
    octets = b""
    while True:
        found = _message(octets)
        if found is not None:
            return found
        if len(octets) >= container.octets:
            raise TagMalformed("the message does not end within the tag")
        page = _DATA + len(octets) // PAGE
        left = min(_READ_OCTETS, container.octets - len(octets))
        octets += yield from read_binary(page, left, reader=True)


def write(message: bytes) -> Exchange[None]:
    """Replace what the tag holds. Until the end it holds nothing, so a tag that is taken away is empty.

    Raises TagUnsupported, TagMalformed, TagLocked, TagTooSmall.
    """
    container = yield from _container()
    length = (
        bytes([len(message)]) if len(message) < _LONG else bytes([_LONG, *len(message).to_bytes(2, "big")])
    )
    area = bytes([_MESSAGE]) + length + message + bytes([_TERMINATOR])
    area = area[: container.octets] if len(area) == container.octets + 1 else area
    if len(area) > container.octets:
        raise TagTooSmall(needed=len(area), room=container.octets)
    if not container.is_open:
        raise TagLocked()
    area += bytes(-len(area) % PAGE)
    pages = [area[at : at + PAGE] for at in range(0, len(area), PAGE)]
    nothing = bytes([_MESSAGE, 0, _TERMINATOR, 0])
    for number, page in ((0, nothing), *list(enumerate(pages))[1:], (0, pages[0])):
        if not (yield from update_binary(_DATA + number, page, reader=True)):
            raise TagLocked(f"page {_DATA + number} was not written")


def lock() -> Exchange[None]:
    """Make the tag read-only for ever, and read that it is.

    Raises TagNotLocked, TagUnsupported, TagMalformed.
    """
    container = yield from _container()
    serial = yield from read_binary(_SERIAL, _READ_OCTETS, reader=True)
    beyond = _LOCK_PAGES.get(container.octets) if serial[0] == _NXP else None
    if beyond is None and container.octets > _NO_LOCK_PAGE:
        raise TagNotLocked("where this kind of tag has its lock bits is not known")
    wanted = [
        (_CONTAINER, serial[12:15] + bytes([serial[15] | _READ_ONLY])),
        (2, serial[8:10] + _STATIC_LOCK),
    ]
    if beyond is not None:
        wanted.insert(0, (beyond.page, beyond.bits))
    for page, octets in wanted:
        if not (yield from update_binary(page, octets, reader=True)):
            raise TagNotLocked(f"page {page} was not written")
    locked = yield from read_binary(_SERIAL, _READ_OCTETS, reader=True)
    if locked[10:12] != _STATIC_LOCK or locked[15] & _READ_ONLY != _READ_ONLY:
        raise TagNotLocked("the tag can still be written")
    if beyond is not None:
        bits = yield from read_binary(beyond.page, PAGE, reader=True)
        if bits[:3] != beyond.bits[:3]:
            raise TagNotLocked("part of the tag can still be written")


def _container() -> Exchange[_Container]:
    magic, version, size, access = (yield from read_binary(_CONTAINER, _READ_OCTETS, reader=True))[:PAGE]
    if magic != _MAGIC or version >> 4 != 1:
        raise TagUnsupported("a Type 2 tag that is not formatted for NDEF")
    if access >> 4:
        raise TagUnsupported("a tag that asks for a password")
    return _Container(min(size * 8, _MOST_OCTETS), access & 0x0F == 0)


def _message(octets: bytes) -> bytes | None:
    """The message in a data area that was read so far; b"" where there is none, None where more is needed."""
    at = 0
    while at < len(octets):
        kind = octets[at]
        at += 1
        if kind == _NULL:
            continue
        if kind == _TERMINATOR:
            return b""
        length = octets[at : at + 1]
        at += 1
        if length == bytes([_LONG]):
            length = octets[at : at + 2]
            at += 2
            if len(length) < 2:
                return None
        if not length:
            return None
        end = at + int.from_bytes(length, "big")
        if kind == _MESSAGE:
            if end - at > MOST_OCTETS:
                raise TagMalformed("the message is longer than any tag")
            return octets[at:end] if end <= len(octets) else None
        at = end
    return None
