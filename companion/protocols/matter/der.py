"""Strict DER (X.690) for certificates and declarations: one-octet tags, definite and shortest lengths."""

from __future__ import annotations

from dataclasses import dataclass

BOOLEAN = 0x01
INTEGER = 0x02
BIT_STRING = 0x03
OCTET_STRING = 0x04
NULL = 0x05
OBJECT_IDENTIFIER = 0x06
UTF8_STRING = 0x0C
PRINTABLE_STRING = 0x13
IA5_STRING = 0x16
UTC_TIME = 0x17
GENERALIZED_TIME = 0x18
SEQUENCE = 0x30
SET = 0x31

TRUE = bytes((BOOLEAN, 1, 0xFF))


class MalformedDer(ValueError):
    """The octets are not DER, or not what is expected there."""


def context(number: int, *, constructed: bool = True) -> int:
    """The tag [number]."""
    return 0x80 | constructed << 5 | number


def wrap(tag: int, *parts: bytes) -> bytes:
    """One element with these parts as its content."""
    content = b"".join(parts)
    size = len(content)
    if size < 0x80:
        return bytes((tag, size)) + content
    length = size.to_bytes((size.bit_length() + 7) // 8, "big")
    return bytes((tag, 0x80 | len(length))) + length + content


def oid(dotted: str) -> bytes:
    """An OBJECT IDENTIFIER element."""
    first, second, *rest = (int(arc) for arc in dotted.split("."))
    return wrap(OBJECT_IDENTIFIER, *(_base128(arc) for arc in (40 * first + second, *rest)))


def _base128(arc: int) -> bytes:
    octets = [arc & 0x7F]
    while arc := arc >> 7:
        octets.append(arc & 0x7F | 0x80)
    return bytes(reversed(octets))


def bit_string(octets: bytes, unused: int = 0) -> bytes:
    """A BIT STRING element; `unused` bits of the last octet don't count."""
    return wrap(BIT_STRING, bytes((unused,)), octets)


@dataclass(frozen=True)
class Node:
    """One element as it was read. whole: with tag and length."""

    tag: int
    content: bytes
    whole: bytes

    def children(self) -> tuple[Node, ...]:
        """What is inside, one level down. Raises MalformedDer."""
        return read_all(self.content)

    def sequence(self, low: int, high: int | None = None) -> tuple[Node, ...]:
        """The children of a SEQUENCE of `low` to `high` elements. Raises MalformedDer."""
        return self._counted(SEQUENCE, low, high)

    def only(self, tag: int) -> Node:
        """The one child of an element with this tag. Raises MalformedDer."""
        return self._counted(tag, 1, 1)[0]

    def of(self, *tags: int) -> bytes:
        """The content of an element with one of these tags. Raises MalformedDer."""
        if self.tag not in tags:
            raise MalformedDer(f"tag 0x{self.tag:02X} is not expected here")
        return self.content

    def _counted(self, tag: int, low: int, high: int | None) -> tuple[Node, ...]:
        self.of(tag)
        children = self.children()
        if not low <= len(children) <= (low if high is None else high):
            raise MalformedDer(f"{len(children)} elements are not expected here")
        return children


def read(data: bytes) -> Node:
    """The one element that `data` holds, whole. Raises MalformedDer."""
    nodes = read_all(data)
    if len(nodes) != 1:
        raise MalformedDer("not one element")
    return nodes[0]


def read_all(data: bytes) -> tuple[Node, ...]:
    """The elements that follow each other in `data`. Raises MalformedDer."""
    nodes, at = [], 0
    while at < len(data):
        start, end = _content(data, at)
        nodes.append(Node(data[at], data[start:end], data[at:end]))
        at = end
    return tuple(nodes)


def _content(data: bytes, at: int) -> tuple[int, int]:
    """Where the content of the element at `at` begins and ends."""
    if data[at] & 0x1F == 0x1F or len(data) < at + 2:
        raise MalformedDer("a long tag, or no length")
    size, start = data[at + 1], at + 2
    if size >= 0x80:
        octets = data[start : start + (size & 0x7F)]
        size, start = int.from_bytes(octets, "big"), start + (size & 0x7F)
        if not octets or octets[0] == 0 or size < 0x80:
            raise MalformedDer("a length that is not the shortest")
    if start + size > len(data):
        raise MalformedDer("cut off")
    return start, start + size
