"""Is the process that began a run still there? A lock on a file tells, because it dies with its holder.

Process ids are used again, and boot times differ by system; the lock works the same everywhere.
"""

from __future__ import annotations

import contextlib
import os
import platform
import secrets
import time
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from companion.errors import FileNotOwn, StorageError
from companion.files import open_own, own_folder, try_lock
from companion.registry.database.tables import Run

SWEEP_AFTER = 24 * 3600.0


class Liveness:
    """This registry's own sign of life, and a look at those of others on this computer."""

    def __init__(self, folder: Path) -> None:
        """Takes the folder of the lock files, the same for all who share a registry on this computer."""
        self.host = platform.node()
        self.token = secrets.token_hex(8)
        self._folder = folder
        own_folder(folder)
        try:
            self._descriptor = open_own(self._file(self.token), os.O_RDWR | os.O_CREAT | os.O_EXCL)
        except OSError as problem:
            raise StorageError(f"the data folder can't be written: {problem.strerror}") from problem
        self._ended = False
        try_lock(self._descriptor)
        self._sweep()

    def is_alive(self, token: str) -> bool:
        """True while the process that made `token` runs and has its registry open."""
        if token == self.token:
            return not self._ended
        try:
            descriptor = open_own(self._file(token), os.O_RDWR)
        except (OSError, FileNotOwn):
            return False
        try:
            alive = not try_lock(descriptor)
            if not alive:
                with contextlib.suppress(OSError):
                    self._file(token).unlink()
            return alive
        finally:
            os.close(descriptor)

    def dead_runs(self, session: Session) -> list[str]:
        """Runs of this computer that go on in the records, and whose process is gone."""
        ours = select(Run.id, Run.process).where(Run.state == "running", Run.host == self.host)
        return [run for run, process in session.execute(ours) if not self.is_alive(process)]

    def end(self) -> None:
        """Take the sign of life away."""
        self._ended = True
        os.close(self._descriptor)
        with contextlib.suppress(OSError):
            self._file(self.token).unlink()

    def _sweep(self) -> None:
        """Clear away what killed processes left. A young file may belong to one that is about to lock it."""
        for left in self._folder.glob("*.alive"):
            with contextlib.suppress(OSError):
                if time.time() - left.stat().st_mtime > SWEEP_AFTER:
                    self.is_alive(left.stem)

    def _file(self, token: str) -> Path:
        return self._folder / f"{token}.alive"
