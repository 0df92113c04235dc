"""The recovery sheet: paper that says how to get the devices back, and holds nothing that opens them."""

from __future__ import annotations

import textwrap
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime

from companion.backups.note import LastBackup
from companion.label.pdf import pages_pdf
from companion.label.sheet import Box, Line, Mark
from companion.model import Text
from companion.plain_text import plain

Say = Callable[[Text], str]

PAGE_WIDTH, PAGE_HEIGHT = 210.0, 297.0
_MARGIN, _SIZE, _LEADING = 24.0, 3.4, 6.4
_LETTERS = 76
"""Of a line: the fixed-width font's are 0.6 of its size wide."""


@dataclass(frozen=True)
class RecoverySheet:
    """key: as `BackupSummary.key`; made: of the backup, UTC; file: its name."""

    key: str
    made: datetime
    file: str

    @classmethod
    def of(cls, last: LastBackup) -> RecoverySheet:
        """Of the last backup of an owner."""
        return cls(last.key, last.made, last.file.name)

    def pages(self, say: Say = str) -> list[list[Mark]]:
        """What is drawn on its one page, A4. say: into the reader's language."""
        return [list(self._marks(say))]

    def pdf(self, say: Say = str) -> bytes:
        """The sheet as PDF. Characters that its standard font has not are "?"."""
        return pages_pdf(self.pages(say), PAGE_WIDTH, PAGE_HEIGHT)

    def _marks(self, say: Say) -> Iterator[Mark]:
        y = _MARGIN
        for text, is_bold in self._lines():
            words = plain(say(text)) if text is not None else ""
            for line in textwrap.wrap(words, _LETTERS) or [""]:
                yield Line(_MARGIN, y, _SIZE, line, is_bold=is_bold)
                y += _LEADING
        for label in (Text("Where the backup file is kept:"), Text("Where its passphrase is kept:")):
            yield Line(_MARGIN, y, _SIZE, plain(say(label)))
            y += 2 * _LEADING
            yield Box(_MARGIN, y, PAGE_WIDTH - 2 * _MARGIN, 0.2)
            y += 1.5 * _LEADING

    def _lines(self) -> Iterator[tuple[Text | None, bool]]:
        yield Text("Companion: recovery sheet"), True
        yield None, False
        yield Text("Owner key: {key}", {"key": self.key}), False
        yield Text("Backup made: {made} UTC", {"made": f"{self.made:%Y-%m-%d %H:%M}"}), False
        yield Text("Backup file: {file}", {"file": self.file}), False
        yield None, False
        yield Text("If this computer is lost"), True
        yield Text("1. Install Companion on another computer."), False
        yield Text("2. Choose “Restore a backup” on its first page, and the backup file."), False
        yield Text("3. Enter the passphrase of the backup."), False
        yield Text("4. Compare the owner key that is shown with the one on this sheet."), False
        yield None, False
        yield Text("Anyone with the file and its passphrase owns your devices. Keep them apart."), False
        yield Text("This sheet contains neither of them."), False
        yield None, False
        yield Text("To fill in by hand"), True
