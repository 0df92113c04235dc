"""A list of codes, as `companion label --codes` writes it."""

from __future__ import annotations

import asyncio
import csv
import io
from collections.abc import AsyncGenerator
from pathlib import Path

from companion.errors import FileUnreadable
from companion.files import abbreviate_home, read_named
from companion.secret import Secret
from companion.setup_code import MAX_LENGTH
from companion.station.queue import Offer

MOST_OCTETS = 64 << 20
COLUMNS = ("text", "code")


class CsvFile:
    """Each row is a device: its code in the column "text" or "code", perhaps name, room and serial number.

    A file of one column may leave the head out. What it says again at the next start is known already, so a
    code that was put aside stays there.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self.name = f"csv {path.name}"

    async def offers(self) -> AsyncGenerator[Offer, None]:
        """Iterating raises FileMissing, FileUnreadable."""
        for offer in self._rows():
            yield offer
            await asyncio.sleep(0)  # a long list leaves room for what is under way

    def _rows(self) -> list[Offer]:
        try:
            text = read_named(MOST_OCTETS, self._path).decode("utf-8-sig")
            rows = [row for row in csv.reader(io.StringIO(text, newline=""), strict=True) if any(row)]
        except UnicodeDecodeError:
            raise self._unreadable("not UTF-8: in a spreadsheet, save it as CSV UTF-8") from None
        except csv.Error as error:
            raise self._unreadable(str(error)) from None
        if not rows:
            return []
        head = [name.strip().lower() for name in rows[0]]
        column = next((head.index(name) for name in COLUMNS if name in head), None)
        if column is None and any(len(row) != 1 for row in rows):
            raise self._unreadable('no column "text" or "code"')
        if column is None:
            return [self._offer(row[0], {}) for row in rows]
        return [
            self._offer(row[column], dict(zip(head, row, strict=False)))
            for row in rows[1:]
            if column < len(row) and row[column].strip()
        ]

    def _offer(self, text: str, row: dict[str, str]) -> Offer:
        code = Secret(text.strip()[: MAX_LENGTH + 1])
        name, room, serial = (row.get(column, "").strip()[:64] for column in ("name", "room", "serial"))
        return Offer(code, self.name, name, room, serial)

    def _unreadable(self, why: str) -> FileUnreadable:
        return FileUnreadable(why, file=abbreviate_home(str(self._path)))
