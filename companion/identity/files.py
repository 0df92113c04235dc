"""Files that survive a power cut and two processes at once."""

from __future__ import annotations

import contextlib
import os
import secrets
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from companion.errors import KeyStoreBusy, StorageError

LOCK_SECONDS = 10.0


@contextlib.contextmanager
def exclusive(path: Path, *, timeout: float = LOCK_SECONDS) -> Iterator[None]:
    """Hold the lock file `path` against every other thread and process.

    The system frees the lock when its holder dies. Raises KeyStoreBusy after `timeout` seconds,
    StorageError if the file can't be made.
    """
    try:
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    except OSError as problem:
        raise StorageError(f"the lock file can't be opened: {problem.strerror}") from problem
    try:
        deadline = time.monotonic() + timeout
        while not _try_lock(descriptor):
            if time.monotonic() > deadline:
                raise KeyStoreBusy("the key file stayed locked")
            time.sleep(0.02)
        yield
    finally:
        os.close(descriptor)


def replace_durably(path: Path, content: bytes) -> None:
    """Put `content` at `path` in one step: after a power cut the file is the old or the new one.

    Returns after it is on the disk. Raises StorageError and leaves the old file alone.
    """
    fresh = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    try:
        descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        fresh.replace(path)
        _sync_folder(path.parent)
    except OSError as problem:
        with contextlib.suppress(OSError):
            fresh.unlink()
        raise StorageError(f"{path.name} can't be written: {problem.strerror}") from problem


if sys.platform == "win32":
    import msvcrt

    def _try_lock(descriptor: int) -> bool:
        try:
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

    def _sync_folder(folder: Path) -> None:
        """Windows has no handle of a folder to sync; NTFS keeps renames in its journal."""

else:
    import fcntl

    def _try_lock(descriptor: int) -> bool:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True

    def _sync_folder(folder: Path) -> None:
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
