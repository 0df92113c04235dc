"""Where everything goes on a sheet of labels, in mm from the top left: drawn by `svg` and `pdf` alike."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Protocol, TypeAlias

from companion.label.symbol import QUIET_ZONE, Symbol, symbol_for

_PADDING = 1.5
_SERIAL_SIZE = 3.2
_LINE_SIZE = 2.3
_LEADING = 1.35

# A character of the fixed-width font is this part of its size wide.
_ADVANCE = 0.6


class Printed(Protocol):
    """What a label shows: a serial number, the text of its QR code, and lines for people, one at least."""

    @property
    def serial(self) -> str: ...

    @property
    def text(self) -> str: ...

    @property
    def readable(self) -> tuple[str, ...]: ...


@dataclass(frozen=True)
class Sheet:
    """A page of equal labels, sizes in mm. The default is A4 with 24 labels of 66 x 33.8 mm."""

    page_width: float = 210.0
    page_height: float = 297.0
    label_width: float = 66.0
    label_height: float = 33.8
    columns: int = 3
    rows: int = 8

    def __post_init__(self) -> None:
        fits = (
            0 < self.columns * self.label_width <= self.page_width
            and 0 < self.rows * self.label_height <= self.page_height
        )
        if not fits or self.label_width < self.label_height:
            raise ValueError("labels are wider than high, and all of them fit on the page")

    @property
    def places(self) -> int:
        """Labels a page."""
        return self.columns * self.rows


@dataclass(frozen=True)
class Box:
    """A filled rectangle."""

    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True)
class Outline:
    """A hairline around a label, to cut along."""

    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True)
class Line:
    """A line of text in a fixed-width font; y is its base line, size the height of the font."""

    x: float
    y: float
    size: float
    text: str
    is_bold: bool = False


Mark: TypeAlias = Box | Outline | Line


def pages(labels: Sequence[Printed], sheet: Sheet) -> Iterator[list[Mark]]:
    """The marks of one page after the other. Raises LabelTooSmall, and ValueError without labels."""
    if not labels:
        raise ValueError("a sheet has at least one label")
    left = (sheet.page_width - sheet.columns * sheet.label_width) / 2
    top = (sheet.page_height - sheet.rows * sheet.label_height) / 2
    for start in range(0, len(labels), sheet.places):
        marks: list[Mark] = []
        for place, label in enumerate(labels[start : start + sheet.places]):
            row, column = divmod(place, sheet.columns)
            marks += _label(label, left + column * sheet.label_width, top + row * sheet.label_height, sheet)
        yield marks


def _label(label: Printed, x: float, y: float, sheet: Sheet) -> Iterator[Mark]:
    size = sheet.label_height - 2 * _PADDING
    yield Outline(x, y, sheet.label_width, sheet.label_height)
    yield from _symbol(symbol_for(label.text, size), x + _PADDING, y + _PADDING, size)
    room = sheet.label_width - sheet.label_height - _PADDING
    text_x = x + sheet.label_height
    base = y + 2 * _PADDING + _SERIAL_SIZE
    yield Line(text_x, base, _fitting(label.serial, _SERIAL_SIZE, room), label.serial, is_bold=True)
    longest = max(label.readable, key=len)
    line_size = _fitting(longest, _LINE_SIZE, room)
    for number, text in enumerate(label.readable, 1):
        yield Line(text_x, base + _PADDING + number * line_size * _LEADING, line_size, text)


def _fitting(text: str, size: float, room: float) -> float:
    """The size of a font at which a text fits into the room, at most `size`."""
    return min(size, room / (_ADVANCE * len(text)))


def _symbol(symbol: Symbol, x: float, y: float, size: float) -> Iterator[Box]:
    """One box for every run of dark modules in a row."""
    module = size / symbol.width
    for row, modules in enumerate(symbol.modules, QUIET_ZONE):
        column = QUIET_ZONE
        for is_dark, run in groupby(modules):
            length = len(list(run))
            if is_dark:
                yield Box(x + column * module, y + row * module, length * module, module)
            column += length
