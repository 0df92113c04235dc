"""The body of an answer, walked before a library reads it: what a stranger sends must cost nothing.

CBOR (RFC 8949) as boards write it: maps with text keys, lists, texts, byte strings, integers, false, true and
null, also in maps and lists without a length. Nothing that an SMP answer has is a tag or a float, and a short
one of these can stand for a number of millions of digits.
"""

from __future__ import annotations

from companion.errors.firmware import SmpMalformed

MOST_ITEMS = 1024
MOST_DEPTH = 8

_BYTES, _TEXT, _ARRAY, _MAP, _TAG, _SIMPLE = range(2, 8)
_PLAIN_SIMPLES = {20, 21, 22}
_ENDLESS, _BREAK = 31, 0xFF


def require_plain(body: bytes) -> None:
    """Returns if the body is one map that can be read at no great cost. Raises SmpMalformed."""
    if not body or body[0] >> 5 != _MAP:
        raise SmpMalformed("no map")
    walk = _Walk(body)
    walk.item(MOST_DEPTH)
    if walk.at != len(body):
        raise SmpMalformed("octets behind the map")


class _Walk:
    def __init__(self, body: bytes) -> None:
        self.at = 0
        self._body = body
        self._left = MOST_ITEMS

    def item(self, depth: int) -> None:
        """Past the item that begins here. depth: how many levels it may have."""
        self._left -= 1
        if self._left < 0:
            raise SmpMalformed("too many items")
        major, info = divmod(self._octet(), 32)
        if major == _TAG or (major == _SIMPLE and info not in _PLAIN_SIMPLES):
            raise SmpMalformed("a tag, a float or another simple value")
        if major in (_ARRAY, _MAP):
            if not depth:
                raise SmpMalformed("nested too deeply")
            self._members(
                None if info == _ENDLESS else self._argument(info), depth - 1, has_keys=major == _MAP
            )
            return
        argument = self._argument(info)
        if major in (_BYTES, _TEXT):
            self._pass(argument)

    def _members(self, count: int | None, depth: int, *, has_keys: bool) -> None:
        """count: None for as many as come before the break."""
        while count is None or count > 0:
            if count is None and self._next() == _BREAK:
                self._pass(1)
                return
            if has_keys:
                if self._next() >> 5 != _TEXT:
                    raise SmpMalformed("a key that is no text")
                self.item(0)
            self.item(depth)
            count = None if count is None else count - 1

    def _argument(self, info: int) -> int:
        if info < 24:
            return info
        if info > 27:
            raise SmpMalformed("a length that is none")
        start = self.at
        self._pass(1 << info - 24)
        return int.from_bytes(self._body[start : self.at], "big")

    def _octet(self) -> int:
        octet = self._next()
        self.at += 1
        return octet

    def _next(self) -> int:
        if self.at >= len(self._body):
            raise SmpMalformed("cut off")
        return self._body[self.at]

    def _pass(self, count: int) -> None:
        if count > len(self._body) - self.at:
            raise SmpMalformed("cut off")
        self.at += count
