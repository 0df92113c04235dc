"""Sheets of labels as SVG 1.1, one document a page, sizes in mm."""

from __future__ import annotations

from collections.abc import Sequence
from xml.sax.saxutils import escape

from companion.label.sheet import Line, Mark, Outline, Printed, Sheet, pages


def sheet_svg(labels: Sequence[Printed], sheet: Sheet | None = None) -> list[str]:
    """The pages of a sheet. They contain secrets: write them where only the printer looks.

    Raises LabelTooSmall, and ValueError without labels.
    """
    sheet = sheet or Sheet()
    return [_page(marks, sheet) for marks in pages(labels, sheet)]


def _page(marks: Sequence[Mark], sheet: Sheet) -> str:
    width, height = _number(sheet.page_width), _number(sheet.page_height)
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}mm" height="{height}mm" '
        f'viewBox="0 0 {width} {height}">'
    )
    paper = f'<rect width="{width}" height="{height}" fill="#fff"/>'
    return "\n".join([head, paper, *map(_drawn, marks), "</svg>", ""])


def _drawn(mark: Mark) -> str:
    if isinstance(mark, Line):
        weight = ' font-weight="bold"' if mark.is_bold else ""
        return (
            f'<text x="{_number(mark.x)}" y="{_number(mark.y)}" font-size="{_number(mark.size)}" '
            f'font-family="monospace"{weight} xml:space="preserve">{escape(mark.text)}</text>'
        )
    place = (
        f'x="{_number(mark.x)}" y="{_number(mark.y)}" '
        f'width="{_number(mark.width)}" height="{_number(mark.height)}"'
    )
    if isinstance(mark, Outline):
        return f'<rect {place} fill="none" stroke="#bbb" stroke-width="0.1"/>'
    return f'<rect {place} shape-rendering="crispEdges"/>'


def _number(value: float) -> str:
    return f"{value:.4f}".rstrip("0").rstrip(".")
