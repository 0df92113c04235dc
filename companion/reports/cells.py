"""Cells of CSV files that a spreadsheet opens without running what somebody else wrote into them."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

from companion.plain_text import plain

MARK = "'"
"""In front of a text that a spreadsheet would take for a formula."""
# Those from U+FF0B on are the first four in full width, which East Asian spreadsheets take for them.
_FORMULA = ("=", "+", "-", "@", "\uff1d", "\uff0b", "\uff0d", "\uff20", MARK)

Cell = str | int | float | None


def row(cells: Sequence[Cell]) -> str:
    """One line. Texts are quoted, so that no other separator divides them; numbers are ours."""
    written = io.StringIO()
    safe = [text_cell(cell) if isinstance(cell, str) else cell for cell in cells]
    csv.writer(written, quoting=csv.QUOTE_NONNUMERIC, lineterminator="\n").writerow(
        ["" if cell is None else cell for cell in safe]
    )
    return written.getvalue()


def rows(lines: Iterable[Sequence[Cell]]) -> str:
    """Several lines."""
    return "".join(map(row, lines))


def text_cell(text: str) -> str:
    """A text as one line that is no formula; `text_of_cell` takes it back."""
    shown = plain(text)
    return MARK + shown if shown.lstrip().startswith(_FORMULA) else shown


def text_of_cell(cell: str) -> str:
    """What `text_cell` made a cell of, and any other cell as it is."""
    rest = cell.removeprefix(MARK)
    return rest if cell != rest and rest.lstrip().startswith(_FORMULA) else cell
