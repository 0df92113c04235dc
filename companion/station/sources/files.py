"""A pile of pictures, videos, documents and texts: every code in them, file by file."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Sequence
from itertools import islice
from pathlib import Path

from companion.errors import CodeMalformed, CompanionError
from companion.files import unreadable
from companion.protocols import recognise
from companion.secret import Secret
from companion.station.queue import MOST_JOBS, Offer
from companion.station.sources.source import HandOut, from_thread


class Files:
    """Each file is read once; one without a code is named, and stops nothing. The files stay as they are."""

    def __init__(self, files: Sequence[Path], name: str = "files") -> None:
        self._files = files
        self.name = name

    def offers(self) -> AsyncGenerator[Offer, None]:
        """In the order of the files."""
        return from_thread(self.name, self._read)

    def _read(self, hand_out: HandOut) -> None:
        for file in self._files:
            try:
                texts, problem = texts_of(file), None
            except CompanionError as error:
                texts, problem = (), error
            if problem is not None and not hand_out(Offer(Secret(b""), file.name, unread=problem)):
                return
            for text in texts:
                if not hand_out(Offer(Secret(text), file.name, again=True)):
                    return


def files_in(folder: Path) -> tuple[Path, ...]:
    """The plain files of a folder by name, hidden ones left out, at most as many as a batch has codes.

    Raises FileMissing, FileUnreadable.
    """
    try:
        found = (each for each in folder.iterdir() if not each.name.startswith(".") and each.is_file())
        return tuple(sorted(islice(found, MOST_JOBS)))
    except OSError as problem:
        raise unreadable(folder, problem) from problem


def texts_of(file: Path) -> tuple[str, ...]:
    """The codes in a file; a text that is none as a whole holds one in each line. Raises CompanionError."""
    from companion.scanner.files.loader import TEXTS, texts_in_file

    texts = texts_in_file(file)
    if file.suffix.lower() not in TEXTS or _is_code(texts[0]):
        return texts
    return tuple(dict.fromkeys(line.strip() for line in texts[0].splitlines() if line.strip()))


def _is_code(text: str) -> bool:
    try:
        return recognise(text).commissionable
    except CodeMalformed:
        return False
