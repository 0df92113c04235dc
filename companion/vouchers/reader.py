"""CBOR (RFC 8949) of others, read piece by piece, with the octets of each piece as they were encoded.

Vouchers hash encodings, so a reader that gives values alone would not do; and they are long, so nothing is
read before it is asked for. Lengths are definite, as FDO 1.1, section 3.2, has them.
"""

from __future__ import annotations

MAX_DEPTH = 16
UNSIGNED, NEGATIVE, BYTES, TEXT, ARRAY, MAP, TAG, SIMPLE = range(8)
_NULL = 22


class MalformedItem(ValueError):
    """The octets are not what was asked for."""


class Reader:
    """One encoding, from its first octet on. Each method takes one item off and raises MalformedItem."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self.at = 0

    @property
    def kind(self) -> int:
        """The major type of the next item."""
        if self.at >= len(self._data):
            raise MalformedItem("it is cut short")
        return self._data[self.at] >> 5

    def array(self, low: int, high: int) -> int:
        """How many items follow, `low` to `high`."""
        return self._count(ARRAY, low, high, "an array")

    def map(self, high: int) -> int:
        """How many pairs follow, at most `high`."""
        return self._count(MAP, 0, high, "a map")

    def tag(self, number: int) -> None:
        """This tag."""
        self._count(TAG, number, number, "a tag")

    def unsigned(self, high: int = 0xFFFF_FFFF) -> int:
        """A number of at most `high`."""
        return self._count(UNSIGNED, 0, high, "a number")

    def integer(self) -> int:
        """A number of either sign, of 32 bits."""
        if self.kind == NEGATIVE:
            return ~self._count(NEGATIVE, 0, 0x7FFF_FFFF, "a number")
        return self.unsigned(0x7FFF_FFFF)

    def octets(self, low: int = 0, high: int | None = None) -> bytes:
        """A byte string of `low` to `high` octets, as many as there are without `high`."""
        return self._string(BYTES, low, len(self._data) if high is None else high)

    def text(self, high: int) -> str:
        """Text of at most `high` octets."""
        try:
            return self._string(TEXT, 0, high).decode()
        except UnicodeDecodeError as error:
            raise MalformedItem("a text is no UTF-8") from error

    def null(self) -> bool:
        """True, and past it, if the next item is null."""
        if self.kind == SIMPLE and self._data[self.at] & 31 == _NULL:
            self.at += 1
            return True
        return False

    def raw(self) -> bytes:
        """The octets of the next item, whatever it is."""
        begin, left = self.at, 1
        depth: list[int] = []
        while left or depth:
            if not left:
                left = depth.pop()
                continue
            left -= 1
            if inside := self._skip():
                depth.append(left)
                left = inside
            if len(depth) > MAX_DEPTH:
                raise MalformedItem("it is nested too deeply")
        return self._data[begin : self.at]

    def end(self) -> None:
        """Nothing follows."""
        if self.at != len(self._data):
            raise MalformedItem("something follows its end")

    def _skip(self) -> int:
        """Past one head and a string's content; how many items are inside."""
        kind, argument = self._head()
        if kind in (BYTES, TEXT):
            self._take(argument)
        if kind in (ARRAY, MAP):
            inside = argument * (kind - ARRAY + 1)
            if inside > len(self._data) - self.at:
                raise MalformedItem("it is cut short")
            return inside
        return int(kind == TAG)

    def _string(self, kind: int, low: int, high: int) -> bytes:
        return self._take(self._count(kind, low, high, "a byte string" if kind == BYTES else "a text"))

    def _count(self, kind: int, low: int, high: int, what: str) -> int:
        if self.kind != kind:
            raise MalformedItem(f"{what} is missing")
        _, argument = self._head()
        if not low <= argument <= high:
            raise MalformedItem(f"{what} is out of bounds: {argument}")
        return argument

    def _head(self) -> tuple[int, int]:
        kind, argument = self.kind, self._data[self.at] & 31
        self.at += 1
        if argument < 24:
            return kind, argument
        if argument > 27:
            raise MalformedItem("a length is not definite")
        return kind, int.from_bytes(self._take(1 << (argument - 24)), "big")

    def _take(self, size: int) -> bytes:
        if size > len(self._data) - self.at:
            raise MalformedItem("it is cut short")
        self.at += size
        return self._data[self.at - size : self.at]
