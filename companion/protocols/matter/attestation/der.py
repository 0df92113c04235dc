"""The little of DER that a Certification Declaration needs, strictly: one encoding for each value."""

from __future__ import annotations

INTEGER, OCTETS, NULL, OID, SEQUENCE, SET = 0x02, 0x04, 0x05, 0x06, 0x30, 0x31


class MalformedDer(ValueError):
    """The bytes are not DER, or not the element that is expected."""


class Reader:
    """Takes elements off the front of octets. Its methods raise MalformedDer."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._at = 0

    def take(self, tag: int) -> bytes:
        """The content of the next element, which has this tag (one octet)."""
        if self._octets(1)[0] != tag:
            raise MalformedDer(f"an element with tag {tag:02x} is expected")
        return self._octets(self._length())

    def enter(self, tag: int) -> Reader:
        """A reader of the content of the next element."""
        return Reader(self.take(tag))

    @property
    def done(self) -> bool:
        return self._at == len(self._data)

    def end(self) -> None:
        """Nothing follows."""
        if not self.done:
            raise MalformedDer("octets follow")

    def _length(self) -> int:
        first = self._octets(1)[0]
        if first < 0x80:
            return first
        if first not in (0x81, 0x82):
            raise MalformedDer("a length without an end, or of more than 64 KiB")
        length = int.from_bytes(self._octets(first - 0x80), "big")
        if length < (0x80 if first == 0x81 else 0x100):
            raise MalformedDer("a length in more octets than needed")
        return length

    def _octets(self, count: int) -> bytes:
        taken = self._data[self._at : self._at + count]
        if len(taken) != count:
            raise MalformedDer("cut off")
        self._at += count
        return taken


def read(data: bytes, tag: int) -> Reader:
    """A reader of the content of the one element in `data`. Raises MalformedDer."""
    whole = Reader(data)
    inner = whole.enter(tag)
    whole.end()
    return inner


def write(tag: int, *contents: bytes) -> bytes:
    """An element of these contents, one after the other. Raises ValueError from 64 KiB on."""
    content = b"".join(contents)
    size = len(content)
    if size < 0x80:
        length = bytes((size,))
    elif size < 0x100:
        length = bytes((0x81, size))
    elif size < 0x10000:
        length = b"\x82" + size.to_bytes(2, "big")
    else:
        raise ValueError("too long")
    return bytes((tag,)) + length + content
