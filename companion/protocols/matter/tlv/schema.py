"""Frozen dataclasses to structures and back, by a table.

    @dataclass(frozen=True)
    class Fan:
        speed: int
        name: str | None = None

    FAN = Shape(Fan, Field("speed", 0, UINT8), Field("name", 1, Text(32), optional=True))
    FAN.decode(FAN.encode(Fan(3))) == Fan(3)

A codec turns a value into an element and an element into a value; one that reads raises MalformedTlv.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from typing import Any, Generic, Protocol, TypeVar

from companion.protocols.matter.tlv.element import Element, Kind, MalformedTlv, Tag, Value
from companion.protocols.matter.tlv.reader import USUAL, Limits, decode
from companion.protocols.matter.tlv.writer import encode
from companion.secret import Secret

T = TypeVar("T")
E = TypeVar("E", bound=IntEnum)

_LOCALISED = "\x1f"
"""What follows it in a text is the number of a translation (A.11.2)."""


class Codec(Protocol[T]):
    """How values of one type look as TLV."""

    def write(self, tag: Tag, value: T) -> Element: ...

    def read(self, element: Element) -> T: ...


def content(element: Element, kind: Kind) -> Value:
    """The value of an element of this kind. Raises MalformedTlv for one of another."""
    if element.kind is not kind:
        raise MalformedTlv(f"{kind.name} expected, {element.kind.name} found")
    return element.value


@dataclass(frozen=True)
class Number:
    """A whole number of `bits` bits."""

    bits: int
    kind: Kind = Kind.UNSIGNED

    def write(self, tag: Tag, value: int) -> Element:
        """Raises ValueError for what has no place in the bits."""
        if not self._fits(value):
            raise ValueError(f"not a number of {self.bits} bits")
        return Element(tag, self.kind, int(value))

    def read(self, element: Element) -> int:
        value = content(element, self.kind)
        assert isinstance(value, int)
        if not self._fits(value):
            raise MalformedTlv(f"not a number of {self.bits} bits")
        return value

    def _fits(self, value: int) -> bool:
        magnitude = self.bits - (self.kind is Kind.SIGNED)
        low = -1 << magnitude if self.kind is Kind.SIGNED else 0
        return low <= value < 1 << magnitude


UINT8, UINT16, UINT32, UINT64 = Number(8), Number(16), Number(32), Number(64)
INT8, INT16, INT32, INT64 = (Number(bits, Kind.SIGNED) for bits in (8, 16, 32, 64))


@dataclass(frozen=True)
class Choice(Generic[E]):
    """An unsigned number that an enum names. Others are malformed, or `unknown` where that is set."""

    names: type[E]
    unknown: E | None = None

    def write(self, tag: Tag, value: E) -> Element:
        return UINT16.write(tag, value)

    def read(self, element: Element) -> E:
        number = UINT16.read(element)
        try:
            return self.names(number)
        except ValueError as error:
            if self.unknown is None:
                raise MalformedTlv(f"{number} is no {self.names.__name__}") from error
            return self.unknown


@dataclass(frozen=True)
class Boolean:
    def write(self, tag: Tag, value: bool) -> Element:
        return Element(tag, Kind.BOOLEAN, value)

    def read(self, element: Element) -> bool:
        return content(element, Kind.BOOLEAN) is True


BOOLEAN = Boolean()


@dataclass(frozen=True)
class Text:
    """Text of `low` to `high` octets in UTF-8; the number of a translation is left out."""

    high: int
    low: int = 0

    def write(self, tag: Tag, value: str) -> Element:
        return Element(tag, Kind.TEXT, value)

    def read(self, element: Element) -> str:
        value = content(element, Kind.TEXT)
        assert isinstance(value, str)
        if not self.low <= len(value.encode()) <= self.high:
            raise MalformedTlv(f"text is not of {self.low} to {self.high} octets")
        return value.partition(_LOCALISED)[0]


@dataclass(frozen=True)
class Octets:
    """A string of `low` to `high` octets (exactly `low` without `high`)."""

    low: int
    high: int | None = None

    def write(self, tag: Tag, value: bytes) -> Element:
        return Element(tag, Kind.OCTETS, value)

    def read(self, element: Element) -> bytes:
        value = content(element, Kind.OCTETS)
        assert isinstance(value, bytes)
        if not self.low <= len(value) <= (self.low if self.high is None else self.high):
            raise MalformedTlv(f"{len(value)} octets where {self.low} to {self.high} are expected")
        return value


@dataclass(frozen=True)
class Confidential:
    """Octets that must never be seen."""

    octets: Octets

    def write(self, tag: Tag, value: Secret) -> Element:
        return self.octets.write(tag, value.reveal())

    def read(self, element: Element) -> Secret:
        return Secret(self.octets.read(element))


@dataclass(frozen=True)
class Nullable(Generic[T]):
    """None stands for null. In an optional field, reading can't tell null from absence."""

    inner: Codec[T]

    def write(self, tag: Tag, value: T | None) -> Element:
        return Element(tag, Kind.NULL, None) if value is None else self.inner.write(tag, value)

    def read(self, element: Element) -> T | None:
        return None if element.kind is Kind.NULL else self.inner.read(element)


@dataclass(frozen=True)
class Several(Generic[T]):
    """An array (or a list, if `kind` says so) of at most `most` values, as a tuple."""

    inner: Codec[T]
    most: int
    kind: Kind = Kind.ARRAY

    def write(self, tag: Tag, value: tuple[T, ...]) -> Element:
        return Element(tag, self.kind, tuple(self.inner.write(None, one) for one in value))

    def read(self, element: Element) -> tuple[T, ...]:
        content(element, self.kind)
        if len(element.members) > self.most:
            raise MalformedTlv(f"more than {self.most} members")
        return tuple(self.inner.read(member) for member in element.members)


@dataclass(frozen=True)
class Anything:
    """An element as it is, for what only another layer can read."""

    def write(self, tag: Tag, value: Element) -> Element:
        return value.tagged(tag)

    def read(self, element: Element) -> Element:
        return element


ANYTHING = Anything()


@dataclass(frozen=True)
class Field:
    """One member of a structure.

    name: of the dataclass's field; tag: context-specific; optional: absent when the value is None, and then
    the dataclass's default is what is read
    """

    name: str
    tag: Tag
    codec: Codec[Any]
    optional: bool = False


class Shape(Generic[T]):
    """A dataclass as a structure, or as a list, as Matter's paths are. Unknown members are left out."""

    def __init__(self, made: type[T], *fields: Field, kind: Kind = Kind.STRUCTURE) -> None:
        """made: the dataclass; fields: in the order in which they are written."""
        self._made, self._fields, self._kind = made, fields, kind

    def encode(self, value: T) -> bytes:
        """As an element of its own. Raises ValueError for a number out of range."""
        return encode(self.write(None, value))

    def decode(self, data: bytes, limits: Limits = USUAL) -> T:
        """From an element of its own. Raises MalformedTlv."""
        return self.read(decode(data, limits))

    def write(self, tag: Tag, value: T) -> Element:
        held = ((field, getattr(value, field.name)) for field in self._fields)
        members = tuple(
            field.codec.write(field.tag, one) for field, one in held if not (field.optional and one is None)
        )
        return Element(tag, self._kind, members)

    def read(self, element: Element) -> T:
        content(element, self._kind)
        there = {member.tag: member for member in reversed(element.members)}
        values: dict[str, object] = {}
        for field in self._fields:
            member = there.get(field.tag)
            if member is not None:
                values[field.name] = field.codec.read(member)
            elif not field.optional:
                raise MalformedTlv(f"{self._made.__name__} lacks {field.name}")
        try:
            return self._made(**values)
        except ValueError as error:
            raise MalformedTlv(f"{self._made.__name__}: {error}") from error
