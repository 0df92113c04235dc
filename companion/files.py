"""Files that survive a power cut, and locks that die with their holder, the same on every system."""

from __future__ import annotations

import contextlib
import errno
import os
import secrets
import sys
import time
from collections.abc import Iterator
from pathlib import Path


@contextlib.contextmanager
def exclusive(path: Path, *, timeout: float) -> Iterator[None]:
    """Hold the lock file `path` against every other thread and process.

    The lock file stays when it is free again: removing it would let two hold it at once. Raises
    TimeoutError after `timeout` seconds, OSError if the file can't be made.
    """
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        deadline = time.monotonic() + timeout
        while not try_lock(descriptor):
            if time.monotonic() > deadline:
                raise TimeoutError(f"{path.name} stayed locked")
            time.sleep(0.02)
        yield
    finally:
        os.close(descriptor)


def at_home(text: str) -> str:
    """A path, or a text with paths, whose home folder is "~": it is named after the user."""
    home = str(Path.home())
    return text if home in ("/", ".") else text.replace(home, "~")


HAND_MADE = 1 << 20
"""Octets that no key, code or list of settings needs."""


class TooLarge(OSError):
    """A file holds more than anything that it could be."""

    def __init__(self, path: Path) -> None:
        super().__init__(errno.EFBIG, os.strerror(errno.EFBIG), str(path))


def read_at_most(most: int, path: Path) -> bytes:
    """The content of a file that may be anybody's, or be no plain file at all.

    No more than `most` octets and one are ever read. Raises TooLarge, which is an OSError, and OSError.
    """
    with path.open("rb") as file:
        content = file.read(most + 1)
    if len(content) > most:
        raise TooLarge(path)
    return content


def replace_durably(path: Path, content: bytes) -> None:
    """Put `content` at `path` in one step, readable by this user alone.

    After a power cut the file is the old or the new one. Returns after it is on the disk. Raises OSError
    and leaves the old file as it was.
    """
    fresh = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    try:
        descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        fresh.replace(path)
    except BaseException:
        with contextlib.suppress(OSError):
            fresh.unlink()
        raise
    _sync_folder(path.parent)


if sys.platform == "win32":
    import msvcrt

    def try_lock(descriptor: int) -> bool:
        """Lock an open file for this descriptor; False if another one has it. Closing frees it."""
        try:
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

    def _sync_folder(folder: Path) -> None:
        """Windows has no handle of a folder to sync; NTFS keeps renames in its journal."""

else:
    import fcntl

    def try_lock(descriptor: int) -> bool:
        """Lock an open file for this descriptor; False if another one has it. Closing frees it."""
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
