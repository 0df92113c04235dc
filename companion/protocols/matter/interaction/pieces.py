"""Data of attributes cut to fit into messages: a list that is too long comes item by item (Core 10.6.4.3)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import TypeVar

from companion.protocols.matter.interaction.blocks import ATTRIBUTE_DATA, AttributeData
from companion.protocols.matter.interaction.paths import APPEND
from companion.protocols.matter.tlv import Element, Kind, Shape, encode

T = TypeVar("T")

FRAME = 32
"""Octets of a message around its entries."""


def pieces(whole: AttributeData, room: int) -> Iterator[AttributeData]:
    """The data, or an empty list and its items where a list has more than `room` octets."""
    if whole.data.kind is not Kind.ARRAY or size(ATTRIBUTE_DATA, whole) <= room:
        yield whole
        return
    yield replace(whole, data=Element(whole.data.tag, Kind.ARRAY, ()))
    for item in whole.data:
        yield replace(whole, path=replace(whole.path, index=APPEND), data=item)


def groups(shape: Shape[T], entries: Iterable[T], room: int) -> Iterator[tuple[T, ...]]:
    """Entries for one message after the other, each of at most `room` octets; a longer entry is alone."""
    waiting: list[T] = []
    used = 0
    for entry in entries:
        length = size(shape, entry)
        if waiting and used + length > room - FRAME:
            yield tuple(waiting)
            waiting, used = [], 0
        waiting.append(entry)
        used += length
    yield tuple(waiting)


def size(shape: Shape[T], entry: T) -> int:
    """Octets of an entry."""
    return len(encode(shape.write(None, entry)))
