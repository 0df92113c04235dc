"""Type 4 tags: files behind ISO 7816 commands (NFC Forum, Type 4 Tag 1.2): DESFire, NTAG 424, phones."""

from __future__ import annotations

from dataclasses import dataclass

from companion.errors import TagLocked, TagMalformed, TagNotLocked, TagTooSmall, TagUnsupported
from companion.nfc.apdu import Exchange, read_binary, update_binary
from companion.nfc.ndef import MOST_OCTETS

_APPLICATION = bytes.fromhex("D2760000850101")
_CONTAINER = 0xE103
_CONTAINER_OCTETS = 15
_FILE_CONTROL, _FILE_CONTROL_LENGTH = 4, 6
_WRITE_ACCESS = 14  # where the container has it
_OPEN, _NEVER = 0x00, 0xFF
_MOST_CHUNK = 255


@dataclass(frozen=True)
class _Container:
    """most_read, most_write: octets a command; file: the message's; octets: its size with the length."""

    most_read: int
    most_write: int
    file: int
    octets: int
    is_open: bool


def read() -> Exchange[bytes]:
    """The NDEF message, b"" for an empty one. Raises TagUnsupported, TagMalformed."""
    container = yield from _open()
    length = int.from_bytes((yield from read_binary(0, 2)), "big")
    if length > min(container.octets - 2, MOST_OCTETS):
        raise TagMalformed(f"a message of {length} octets in a file of {container.octets}")
    message = b""
    while len(message) < length:
        message += yield from read_binary(2 + len(message), min(container.most_read, length - len(message)))
    return message


def write(message: bytes) -> Exchange[None]:
    """Replace what the tag holds. The length comes last, so a tag that is taken away is empty.

    Raises TagUnsupported, TagMalformed, TagLocked, TagTooSmall.
    """
    container = yield from _open()
    if len(message) + 2 > container.octets:
        raise TagTooSmall(needed=len(message) + 2, room=container.octets)
    if not container.is_open:
        raise TagLocked()
    step = container.most_write
    parts = [(2 + at, message[at : at + step]) for at in range(0, len(message), step)]
    for offset, part in ((0, b"\0\0"), *parts, (0, len(message).to_bytes(2, "big"))):
        if not (yield from update_binary(offset, part)):
            raise TagLocked(f"offset {offset} was not written")


def lock() -> Exchange[None]:
    """Make the tag read-only, and read that it is. Raises TagNotLocked, TagUnsupported, TagMalformed."""
    yield from _open()
    yield from _select(_CONTAINER)
    if not (yield from update_binary(_WRITE_ACCESS, bytes([_NEVER]))):
        raise TagNotLocked("this tag is locked by other commands")
    if (yield from read_binary(_WRITE_ACCESS, 1)) != bytes([_NEVER]):
        raise TagNotLocked("the tag can still be written")


def _open() -> Exchange[_Container]:
    """Application, container, and then the message's file."""
    name = bytes([len(_APPLICATION)]) + _APPLICATION
    answer = yield bytes.fromhex("00A40400") + name + b"\0"
    if not answer.good:
        raise TagUnsupported(f"no NDEF application ({answer.status:04x})")
    yield from _select(_CONTAINER)
    octets = yield from read_binary(0, _CONTAINER_OCTETS)
    container = _parsed(octets)
    yield from _select(container.file)
    return container


def _select(file: int) -> Exchange[None]:
    answer = yield bytes.fromhex("00A4000C02") + file.to_bytes(2, "big")
    if not answer.good:
        raise TagMalformed(f"file {file:04x} is missing ({answer.status:04x})")


def _parsed(octets: bytes) -> _Container:
    if octets[2] >> 4 not in (1, 2, 3):
        raise TagUnsupported(f"a Type 4 tag of version {octets[2] >> 4}")
    if octets[7] != _FILE_CONTROL or octets[8] != _FILE_CONTROL_LENGTH:
        raise TagUnsupported("a tag whose file is not described as of version 2")
    if octets[13] != _OPEN:
        raise TagUnsupported("a tag that asks for a key")
    most_read, most_write = (int.from_bytes(octets[at : at + 2], "big") for at in (3, 5))
    size = int.from_bytes(octets[11:13], "big")
    if not most_read or not most_write or size < 2:
        raise TagMalformed("the tag says that nothing can be read from it")
    return _Container(
        min(most_read, _MOST_CHUNK),
        min(most_write, _MOST_CHUNK),
        int.from_bytes(octets[9:11], "big"),
        size,
        octets[_WRITE_ACCESS] == _OPEN,
    )
