"""The vault: secrets by name in one sealed file, safe against kills and a second process."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from companion.errors import KeyStoreBusy, KeyStoreDamaged, StorageError
from companion.files import TooLarge, exclusive, read_own, replace_durably
from companion.identity.sealed_file import MAX_FILE, SealedFile, parse, seal
from companion.secret import Secret

LOCK_SECONDS = 10.0


class Vault:
    """A sealed store. Every call reads the file anew, so that two processes see each other's secrets."""

    def __init__(self, path: Path, purpose: str, lock: Mapping[str, Any], key: bytes) -> None:
        """Takes the file's path, purpose and lock, and the 32-byte key; touches nothing."""
        self._path = path
        self._purpose = purpose
        self._lock = lock
        self._key = Secret(key)

    @property
    def folder(self) -> Path:
        """The data folder that it is in."""
        return self._path.parent

    def get(self, key: str) -> Secret | None:
        """The secret kept under `key`, or None. Raises KeyStoreDamaged, StorageError."""
        content = self._read().get(key)
        return None if content is None else Secret(content)

    def names(self, prefix: str) -> tuple[str, ...]:
        """The keys of all secrets that begin so, sorted. Raises as `get`."""
        return tuple(sorted(key for key in self._read() if key.startswith(prefix)))

    def put(self, key: str, value: Secret | None) -> None:
        """Keep a secret; None forgets it. Returns after it is on the disk.

        Raises KeyStoreBusy, KeyStoreDamaged (the file is left as it is), StorageError.
        """
        with held(self._path):
            content = self._read()
            if value is None:
                content.pop(key, None)
            else:
                content[key] = value.reveal()
            self.write(content)

    def everything(self) -> dict[str, bytes]:
        """All secrets by name, in clear: for a backup alone. Raises as `get`."""
        return self._read()

    def write(self, content: Mapping[str, bytes], *, lock: Mapping[str, Any] | None = None) -> None:
        """Replace everything; the caller has the file `held`.

        lock: another one for the same key. None: the file's, which another process may have changed.
        """
        if lock is None:
            file = read_sealed(self._path)
            lock = file.lock if file is not None else self._lock
        sealed = seal(self._purpose, lock, self._key.reveal(), content)
        try:
            replace_durably(self._path, sealed)
        except OSError as problem:
            raise StorageError(f"{self._path.name} can't be written: {problem.strerror}") from problem

    def _read(self) -> dict[str, bytes]:
        file = read_sealed(self._path)
        if file is None:
            raise KeyStoreDamaged(f"{self._path.name} is gone")
        return file.open(self._key.reveal())


@contextlib.contextmanager
def held(path: Path) -> Iterator[None]:
    """Hold the lock of the sealed file at `path`. Raises KeyStoreBusy, StorageError."""
    with contextlib.ExitStack() as stack:
        try:
            stack.enter_context(exclusive(path.with_name(f"{path.name}.lock"), timeout=LOCK_SECONDS))
        except TimeoutError as problem:
            raise KeyStoreBusy(f"{path.name} stayed locked") from problem
        except OSError as problem:
            raise StorageError(f"the lock of {path.name} can't be opened: {problem.strerror}") from problem
        yield


def read_sealed(path: Path) -> SealedFile | None:
    """The sealed file at `path`, None if there is no file. Raises KeyStoreDamaged, StorageError."""
    try:
        content = read_own(MAX_FILE, path)
    except FileNotFoundError:
        return None
    except TooLarge as problem:
        raise KeyStoreDamaged(f"{path.name} is too large for a key file") from problem
    except OSError as problem:
        raise StorageError(f"{path.name} can't be read: {problem.strerror}") from problem
    return parse(content)
