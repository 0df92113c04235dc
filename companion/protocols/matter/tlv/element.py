"""What Matter's TLV consists of (Matter Core 1.4, appendix A): tags, kinds, elements."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum, auto
from typing import TypeAlias


class MalformedTlv(ValueError):
    """The bytes are not TLV, or not of the shape that is expected."""


@dataclass(frozen=True)
class ProfileTag:
    """A tag that belongs to a profile.

    number: up to 32 bits; profile: vendor << 16 | profile, 0 for Matter's common one, None for the one that
    the context implies
    """

    number: int
    profile: int | None = 0


Tag: TypeAlias = int | ProfileTag | None
"""An `int` is context-specific (0 to 255), None is anonymous."""


class Kind(Enum):
    """The type of an element, without the width it has on the wire."""

    SIGNED = auto()
    UNSIGNED = auto()
    BOOLEAN = auto()
    FLOAT = auto()
    DOUBLE = auto()
    TEXT = auto()
    OCTETS = auto()
    NULL = auto()
    STRUCTURE = auto()
    ARRAY = auto()
    LIST = auto()


CONTAINERS = frozenset({Kind.STRUCTURE, Kind.ARRAY, Kind.LIST})

Value: TypeAlias = "int | bool | float | str | bytes | tuple[Element, ...] | None"


@dataclass(frozen=True, repr=False, slots=True)
class Element:
    """One element. value: of the Python type that `kind` implies; a tuple of members for containers."""

    tag: Tag
    kind: Kind
    value: Value

    def __repr__(self) -> str:
        """Octets and text may be secret, so only their length is shown."""
        shown = f"<{len(self.value)}>" if isinstance(self.value, bytes | str) else repr(self.value)
        return f"Element({self.tag!r}, {self.kind.name}, {shown})"

    def __iter__(self) -> Iterator[Element]:
        """The members of a container. Raises MalformedTlv for anything else."""
        return iter(self.members)

    @property
    def members(self) -> tuple[Element, ...]:
        """The members of a container. Raises MalformedTlv for anything else."""
        if not isinstance(self.value, tuple):
            raise MalformedTlv(f"not a container but {self.kind.name}")
        return self.value

    def find(self, tag: Tag) -> Element | None:
        """The first member with this tag, or None. Raises MalformedTlv where this is no container."""
        return next((member for member in self.members if member.tag == tag), None)

    def member(self, tag: Tag) -> Element:
        """The first member with this tag. Raises MalformedTlv where there is none."""
        found = self.find(tag)
        if found is None:
            raise MalformedTlv(f"no member {tag}")
        return found

    def tagged(self, tag: Tag) -> Element:
        """The same under another tag."""
        return Element(tag, self.kind, self.value)


def signed(tag: Tag, value: int) -> Element:
    return Element(tag, Kind.SIGNED, value)


def unsigned(tag: Tag, value: int) -> Element:
    return Element(tag, Kind.UNSIGNED, value)


def boolean(tag: Tag, value: bool) -> Element:
    return Element(tag, Kind.BOOLEAN, value)


def text(tag: Tag, value: str) -> Element:
    return Element(tag, Kind.TEXT, value)


def octets(tag: Tag, value: bytes) -> Element:
    return Element(tag, Kind.OCTETS, value)


def null(tag: Tag) -> Element:
    return Element(tag, Kind.NULL, None)


def structure(tag: Tag, *members: Element) -> Element:
    return Element(tag, Kind.STRUCTURE, members)


def array(tag: Tag, *members: Element) -> Element:
    """Its members are anonymous."""
    return Element(tag, Kind.ARRAY, members)


def list_of(tag: Tag, *members: Element) -> Element:
    """A list: members of any tags, in an order that means something."""
    return Element(tag, Kind.LIST, members)
