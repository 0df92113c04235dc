"""Pictures and texts that somebody puts into a folder: each is taken once, and moved out of the way."""

from __future__ import annotations

import contextlib
import os
import stat
import threading
from collections.abc import AsyncGenerator, Iterator
from itertools import islice
from pathlib import Path

from companion.errors import CompanionError, FileMissing, FileUnwritable
from companion.files import abbreviate_home, unwritable
from companion.secret import Secret
from companion.station.queue import Offer
from companion.station.sources.files import texts_of
from companion.station.sources.source import HandOut, from_thread

DONE, FAILED = "done", "failed"
LOOK_SECONDS = 1.0
MOST_FILES = 1000
"""Files that are looked at in one round."""


class WatchedFolder:
    """A file is taken once it has not changed from one look to the next; links and hidden files stay.

    It is moved to done/ when its codes are in the journal, to failed/ when no code is in it. Whoever puts it
    back wants its codes tried again.
    """

    def __init__(self, folder: Path, *, seconds: float = LOOK_SECONDS) -> None:
        """Makes done/ and failed/. Raises FileMissing, FileUnwritable."""
        self._folder = folder
        self._seconds = seconds
        self.name = f"folder {folder.name}"
        self._stop = threading.Event()
        try:
            for name in (DONE, FAILED):
                (folder / name).mkdir(exist_ok=True)
        except OSError as problem:
            raise _unusable(folder, problem) from problem

    async def offers(self) -> AsyncGenerator[Offer, None]:
        """Iterating raises FileMissing or FileUnwritable once the folder is gone."""
        try:
            async with contextlib.aclosing(from_thread(self.name, self._watch)) as offers:
                async for offer in offers:
                    yield offer
        finally:
            self._stop.set()

    def _watch(self, hand_out: HandOut) -> None:
        before: dict[str, tuple[int, int]] = {}
        taken: dict[str, tuple[int, int]] = {}
        while True:
            now = dict(self._files())
            for name, found in sorted(now.items()):
                if before.get(name) != found or taken.get(name) == found:
                    continue
                if not self._take(self._folder / name, hand_out):
                    return
                taken[name] = found  # where it could not be moved
            before = now
            taken = {name: found for name, found in taken.items() if name in now}
            if self._stop.wait(self._seconds):
                return

    def _files(self) -> Iterator[tuple[str, tuple[int, int]]]:
        """The plain files, with what tells whether they are still being written."""
        try:
            with os.scandir(self._folder) as entries:
                for entry in islice(entries, MOST_FILES):
                    found = entry.stat(follow_symlinks=False)
                    if stat.S_ISREG(found.st_mode) and not entry.name.startswith("."):
                        yield entry.name, (found.st_size, found.st_mtime_ns)
        except OSError as problem:
            raise _unusable(self._folder, problem) from problem

    def _take(self, file: Path, hand_out: HandOut) -> bool:
        """False once nobody takes offers any more; the file then stays."""
        try:
            texts = texts_of(file)
        except CompanionError:
            texts = ()
        for text in texts:
            if not hand_out(Offer(Secret(text), self.name, again=True)):
                return False
        # All of them are written down by now. A file that is read again after a kill says nothing new.
        _move(file, self._folder / (DONE if texts else FAILED))
        return True


def _unusable(folder: Path, problem: OSError) -> FileMissing | FileUnwritable:
    if folder.is_dir():
        return unwritable(folder, problem)
    return FileMissing(problem.strerror or "", file=abbreviate_home(str(folder)))


def _move(file: Path, folder: Path) -> None:
    """Under a name that nothing there has. Where it can't be moved it stays, and its codes are known."""
    for number in range(MOST_FILES):
        target = folder / (file.name if not number else f"{file.stem}-{number}{file.suffix}")
        if not target.exists():
            with contextlib.suppress(OSError):
                file.rename(target)
            return
