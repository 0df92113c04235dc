"""Elements to bytes, each number and length in the fewest octets."""

from __future__ import annotations

import struct

from companion.protocols.matter.tlv.element import CONTAINERS, Element, Kind, ProfileTag, Tag

_WIDTHS = (1, 2, 4, 8)
_TYPES = {
    Kind.SIGNED: 0x00,
    Kind.UNSIGNED: 0x04,
    Kind.BOOLEAN: 0x08,
    Kind.FLOAT: 0x0A,
    Kind.DOUBLE: 0x0B,
    Kind.TEXT: 0x0C,
    Kind.OCTETS: 0x10,
    Kind.NULL: 0x14,
    Kind.STRUCTURE: 0x15,
    Kind.ARRAY: 0x16,
    Kind.LIST: 0x17,
}
_END = 0x18


def encode(element: Element) -> bytes:
    """The octets of one element. Raises ValueError or TypeError for what TLV can't say."""
    out = bytearray()
    _put(out, element)
    return bytes(out)


def _put(out: bytearray, element: Element) -> None:
    if element.kind in CONTAINERS:
        _put_container(out, element)
        return
    extra, content = _content(element)
    _put_head(out, _TYPES[element.kind] + extra, element.tag)
    out += content


def _put_container(out: bytearray, element: Element) -> None:
    _put_head(out, _TYPES[element.kind], element.tag)
    for member in element.members:
        if element.kind is not Kind.LIST and (member.tag is None) != (element.kind is Kind.ARRAY):
            raise ValueError("members of arrays are anonymous, those of structures are not")
        _put(out, member)
    out.append(_END)


def _put_head(out: bytearray, kind: int, tag: Tag) -> None:
    form, octets = _tag(tag)
    out.append(form << 5 | kind)
    out += octets


def _tag(tag: Tag) -> tuple[int, bytes]:
    """Form of a tag, 0 to 7, and its octets."""
    if tag is None:
        return 0, b""
    if isinstance(tag, int):
        if not 0 <= tag <= 0xFF:
            raise ValueError("context tags have 8 bits")
        return 1, bytes((tag,))
    return _profile_tag(tag)


def _profile_tag(tag: ProfileTag) -> tuple[int, bytes]:
    is_long = tag.number > 0xFFFF
    number = _unsigned(tag.number, 4 if is_long else 2)
    if tag.profile == 0:
        return 2 + is_long, number
    if tag.profile is None:
        return 4 + is_long, number
    vendor = _unsigned(tag.profile >> 16, 2)
    return 6 + is_long, vendor + _unsigned(tag.profile & 0xFFFF, 2) + number


def _unsigned(value: int, width: int) -> bytes:
    if not 0 <= value < 1 << 8 * width:
        raise ValueError(f"not an unsigned number of {width} octets")
    return value.to_bytes(width, "little")


def _content(element: Element) -> tuple[int, bytes]:
    """What is added to the type of a scalar (its width, or its truth value), and what follows the tag."""
    value = element.value
    match element.kind, value:
        case Kind.BOOLEAN, bool():
            return int(value), b""
        case Kind.SIGNED | Kind.UNSIGNED, int() if not isinstance(value, bool):
            return _number(value, element.kind is Kind.SIGNED)
        case Kind.FLOAT | Kind.DOUBLE, float():
            return 0, struct.pack("<f" if element.kind is Kind.FLOAT else "<d", value)
        case Kind.TEXT, str():
            return _sized(value.encode())
        case Kind.OCTETS, bytes():
            return _sized(value)
        case Kind.NULL, None:
            return 0, b""
    raise TypeError(f"{type(value).__name__} is not the value of a {element.kind.name}")


def _number(value: int, is_signed: bool) -> tuple[int, bytes]:
    for exponent, width in enumerate(_WIDTHS):
        low, high = (-1 << 8 * width - 1, 1 << 8 * width - 1) if is_signed else (0, 1 << 8 * width)
        if low <= value < high:
            return exponent, value.to_bytes(width, "little", signed=is_signed)
    raise ValueError("numbers have at most 64 bits")


def _sized(content: bytes) -> tuple[int, bytes]:
    exponent, length = _number(len(content), False)
    return exponent, length + content
