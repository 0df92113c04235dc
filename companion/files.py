"""Files that are ours alone, survive a power cut, and locks that die with their holder, on every system.

What Companion keeps is in a folder of this user that nobody else can write to (`own_folder`), in plain files
of mode 0600 (`open_own`, `ensure_own`, `read_own`). A link in the place of such a file leads somewhere that
whoever made it chose, so it is refused and not followed.
"""

from __future__ import annotations

import contextlib
import errno
import os
import secrets
import stat
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from companion.errors import (
    FileMissing,
    FileNotOwn,
    FileUnreadable,
    FileUnwritable,
    FolderForeign,
    FolderShared,
    StorageError,
)


@contextlib.contextmanager
def exclusive(path: Path, *, timeout: float) -> Iterator[None]:
    """Hold the lock file `path` against every other thread and process.

    The lock file stays when it is free again: removing it would let two hold it at once. Raises
    TimeoutError after `timeout` seconds, FileNotOwn, OSError if the file can't be made.
    """
    descriptor = open_own(path, os.O_RDWR | os.O_CREAT)
    try:
        deadline = time.monotonic() + timeout
        while not try_lock(descriptor):
            if time.monotonic() > deadline:
                raise TimeoutError(f"{path.name} stayed locked")
            time.sleep(0.02)
        yield
    finally:
        os.close(descriptor)


def abbreviate_home(text: str) -> str:
    """A path, or a text with paths, whose home folder is "~": it is named after the user."""
    home = str(Path.home())
    return text if home in ("/", ".") else text.replace(home, "~")


def data_folder(given: Path | None, *, virtual: bool = False) -> Path:
    """The data folder: the one given, else the platform's; made if missing. Raises as `own_folder`."""
    return own_folder(data_path(given, virtual=virtual))


def data_path(given: Path | None, *, virtual: bool = False) -> Path:
    """Where the data folder is, or would be."""
    if given is not None:
        return given
    import platformdirs

    usual = Path(platformdirs.user_data_dir("companion", appauthor=False))
    return usual / "virtual" if virtual else usual


def own_folder(path: Path) -> Path:
    """The folder, made for this user alone if it is missing, and checked as `check_folder` does.

    Raises StorageError if it can't be made, FolderForeign, FolderShared.
    """
    try:
        path.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as problem:
        raise StorageError(f"the data folder can't be made: {problem.strerror}") from problem
    check_folder(path)
    return path


def check_folder(path: Path) -> None:
    """Whoever can write to the folder can exchange what is in it. Windows' folders have their user's rights.

    Raises FolderForeign if it belongs to another user, FolderShared if others can write to it, StorageError.
    """
    if sys.platform != "win32":
        try:
            found = path.stat()
        except OSError as problem:
            raise StorageError(f"the data folder can't be read: {problem.strerror}") from problem
        facts = {"folder": abbreviate_home(str(path))}
        if found.st_uid not in _ourselves():
            raise FolderForeign(**facts)
        if found.st_mode & 0o022:
            raise FolderShared(**facts)


def open_own(path: Path, flags: int) -> int:
    """A descriptor of a file of ours, with mode 0600 whatever it had. Nothing is read or cut off before.

    Raises FileNotOwn for a link and for what is no plain file, OSError.
    """
    try:
        # A pipe without a reader would hold whoever opens it for writing.
        descriptor = os.open(path, flags & ~os.O_TRUNC | _NO_LINKS | _NO_WAIT, 0o600)
    except OSError:
        _refuse_others(path)
        raise
    try:
        found = os.fstat(descriptor)
        if not stat.S_ISREG(found.st_mode) or found.st_nlink > 1:
            raise FileNotOwn(file=path.name)
        if sys.platform != "win32" and found.st_mode & 0o077:
            os.fchmod(descriptor, 0o600)
        if flags & os.O_TRUNC:
            os.ftruncate(descriptor, 0)
    except BaseException:
        os.close(descriptor)
        raise
    return descriptor


def read_own(most: int, path: Path) -> bytes:
    """The content of a file of ours. Raises FileNotOwn, TooLarge, OSError."""
    with os.fdopen(open_own(path, os.O_RDONLY), "rb") as file:
        content = file.read(most + 1)
    if len(content) > most:
        raise TooLarge(path)
    return content


def ensure_own(path: Path, *, make: bool = True) -> None:
    """See to it that a library that opens `path` by its name finds a file of ours; `make` an empty one.

    A file that is there is not opened: closing it would free the locks that this process has on it (POSIX).
    Raises FileNotOwn, OSError.
    """
    if make:
        with contextlib.suppress(FileExistsError):
            os.close(os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL | _NO_LINKS, 0o600))
    try:
        found = path.lstat()
    except FileNotFoundError:
        return
    if not stat.S_ISREG(found.st_mode) or found.st_nlink > 1:
        raise FileNotOwn(file=path.name)
    if sys.platform != "win32" and found.st_mode & 0o077:
        path.chmod(0o600)


MAX_SMALL_FILE = 1 << 20
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


def read_named(most: int, path: Path) -> bytes:
    """The content of a file that the user named, as `read_at_most` reads it. Raises as `unreadable` says."""
    try:
        return read_at_most(most, path)
    except OSError as error:
        raise unreadable(path, error) from error


def unreadable(path: Path, error: OSError) -> FileMissing | FileUnreadable:
    """Why a file that the user named can't be read: it is not there, or there and of no use."""
    shown = _shown(path)
    if isinstance(error, FileNotFoundError | NotADirectoryError):
        return FileMissing(file=shown)
    return FileUnreadable(error.strerror or type(error).__name__, file=shown)


def unwritable(path: Path, error: OSError) -> FileUnwritable:
    """Why a file that the user named can't be written."""
    return FileUnwritable(error.strerror or type(error).__name__, file=_shown(path))


def create_private(path: Path, content: bytes) -> None:
    """Put `content`, which holds secrets, into a new file of this user alone.

    Raises FileExistsError where there is something, FileUnwritable.
    """
    try:
        descriptor = open_own(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL)
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
    except FileExistsError:
        raise
    except OSError as error:
        raise unwritable(path, error) from error


def create_named(path: Path, content: bytes) -> None:
    """Put `content` into a new file that the user named, readable by this user alone.

    Raises FileUnwritable, also where there is something: it may be what nobody has twice, such as a key.
    """
    try:
        create_private(path, content)
    except FileExistsError as error:
        raise FileUnwritable("it already exists: choose another name", file=_shown(path)) from error


def replace_named(path: Path, content: bytes) -> None:
    """Put a report or the like at a path that the user named, as `replace_durably` does.

    Raises FileUnwritable, also where `spare_keys` does.
    """
    spare_keys(path)
    try:
        replace_durably(path, content)
    except OSError as error:
        raise unwritable(path, error) from error


def spare_keys(path: Path) -> None:
    """What can be made again may replace a file, but never a private key. Raises FileUnwritable."""
    with contextlib.suppress(OSError):
        if path.is_file() and b"PRIVATE KEY-----" in read_at_most(MAX_SMALL_FILE, path):
            raise FileUnwritable("it holds a private key: choose another name", file=_shown(path))


def replace_durably(path: Path, content: bytes) -> None:
    """Put `content` at `path` in one step, readable by this user alone.

    A link at `path` is replaced and not followed. After a power cut the file is the old or the new one.
    Returns after it is on the disk. Raises OSError and leaves the old file as it was.
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


def _shown(path: Path) -> str:
    return abbreviate_home(str(path))


def _refuse_others(path: Path) -> None:
    """Raises FileNotOwn where no plain file is: systems differ in how they say why they did not open it."""
    with contextlib.suppress(OSError):
        if not stat.S_ISREG(path.lstat().st_mode):
            raise FileNotOwn(file=path.name)


# Windows' `os` has neither; its links need rights that others don't have.
_NO_LINKS = getattr(os, "O_NOFOLLOW", 0)
_NO_WAIT = getattr(os, "O_NONBLOCK", 0)

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

    def _ourselves() -> tuple[int, ...]:
        """Who may own our folder: this user, and the system. With sudo also whoever called it."""
        caller = os.environ.get("SUDO_UID", "") if os.geteuid() == 0 else ""
        return (os.geteuid(), 0, *((int(caller),) if caller.isdigit() else ()))

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
