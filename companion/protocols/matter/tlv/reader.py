"""Bytes to elements. Nothing is allocated on the word of a length that the bytes do not bear out.

Numbers in more octets than needed are read, as other implementations write them. Structures with a tag that
appears twice or is missing, arrays with tags, text that is not UTF-8 and trailing octets are malformed.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass

from companion.protocols.matter.tlv.element import Element, Kind, MalformedTlv, ProfileTag, Tag, Value


@dataclass(frozen=True)
class Limits:
    """What a reader bears. size: octets in all; depth: containers inside each other; elements: in all."""

    size: int = 65535
    depth: int = 16
    elements: int = 8192


USUAL = Limits()

_END = 0x18
_CONTAINERS = {0x15: Kind.STRUCTURE, 0x16: Kind.ARRAY, 0x17: Kind.LIST}
_FLOATS = {0x0A: (Kind.FLOAT, "<f", 4), 0x0B: (Kind.DOUBLE, "<d", 8)}
_ONE_WORD = {0x08: (Kind.BOOLEAN, False), 0x09: (Kind.BOOLEAN, True), 0x14: (Kind.NULL, None)}


def decode(data: bytes, limits: Limits = USUAL) -> Element:
    """The one element that `data` encodes, whole. Raises MalformedTlv."""
    element, length = decode_first(data, limits)
    if length != len(data):
        raise MalformedTlv("octets follow the element")
    return element


def decode_first(data: bytes, limits: Limits = USUAL) -> tuple[Element, int]:
    """The element at the head of `data` and its length in octets; more may follow. Raises MalformedTlv."""
    if len(data) > limits.size:
        raise MalformedTlv("too long")
    reader = _Reader(data, limits)
    element = reader.element(limits.depth)
    if element is None:
        raise MalformedTlv("an end without a beginning")
    return element, reader.at


class _Reader:
    """Takes elements off the front of octets. Its methods raise MalformedTlv."""

    def __init__(self, data: bytes, limits: Limits) -> None:
        self._data = data
        self._left = limits.elements
        self.at = 0

    def element(self, depth: int) -> Element | None:
        """The next element, of at most `depth` levels; None for the end of the container around it."""
        control = self._take(1)[0]
        if control == _END:
            return None
        self._left -= 1
        if self._left < 0:
            raise MalformedTlv("too many elements")
        tag = self._tag(control >> 5)
        container = _CONTAINERS.get(control & 0x1F)
        if container is not None:
            return Element(tag, container, self._members(container, depth))
        return Element(tag, *self._scalar(control & 0x1F))

    def _members(self, container: Kind, depth: int) -> tuple[Element, ...]:
        if not depth:
            raise MalformedTlv("nested too deeply")
        members: list[Element] = []
        tags: set[Tag] = set()
        while (member := self.element(depth - 1)) is not None:
            if container is not Kind.LIST and (member.tag is None) != (container is Kind.ARRAY):
                raise MalformedTlv("a structure without or an array with a tag")
            if container is Kind.STRUCTURE and member.tag in tags:
                raise MalformedTlv("a tag appears twice")
            tags.add(member.tag)
            members.append(member)
        return tuple(members)

    def _tag(self, form: int) -> Tag:
        if form == 0:
            return None
        if form == 1:
            return self._take(1)[0]
        width = 4 if form & 1 else 2
        if form < 6:
            return ProfileTag(self._number(width), 0 if form < 4 else None)
        vendor, profile = self._number(2), self._number(2)
        return ProfileTag(self._number(width), vendor << 16 | profile)

    def _scalar(self, kind: int) -> tuple[Kind, Value]:
        width = 1 << (kind & 3)
        if kind < 0x04:
            return Kind.SIGNED, self._number(width, signed=True)
        if kind < 0x08:
            return Kind.UNSIGNED, self._number(width)
        if kind in _ONE_WORD:
            return _ONE_WORD[kind]
        if kind in _FLOATS:
            name, layout, size = _FLOATS[kind]
            (number,) = struct.unpack(layout, self._take(size))
            return name, number
        if kind > 0x14:
            raise MalformedTlv("an element of unknown type")
        content = self._take(self._number(width))
        return (Kind.OCTETS, content) if kind >= 0x10 else (Kind.TEXT, _text(content))

    def _number(self, width: int, *, signed: bool = False) -> int:
        return int.from_bytes(self._take(width), "little", signed=signed)

    def _take(self, count: int) -> bytes:
        end = self.at + count
        if end > len(self._data):
            raise MalformedTlv("cut off")
        taken, self.at = self._data[self.at : end], end
        return taken


def _text(content: bytes) -> str:
    try:
        return content.decode()
    except UnicodeDecodeError as error:
        raise MalformedTlv("text that is not UTF-8") from error
