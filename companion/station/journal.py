"""The journal of a station: one line for each change of a code's state, on the disk before anything is done.

A line is the whole state of one code, as JSON; the last one counts. The code's text in it is sealed with a
key that is in the vault alone (AES-256-GCM, the code's id as associated data), so the file opens no device. A
kill in the middle of a line leaves one without its end, which is left out: nothing was done by it yet. Each
start writes the journal anew with the last line of each code, without the texts that nobody needs any more.
"""

from __future__ import annotations

import base64
import contextlib
import hashlib
import hmac
import json
import os
import secrets
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from companion.errors import StationJournalBusy, StationJournalDamaged, StorageError
from companion.files import exclusive, open_own, replace_durably
from companion.secret import Secret
from companion.station.job import Job, read_job
from companion.station.queue import MOST_JOBS

if TYPE_CHECKING:
    from companion.identity import Vault

KEY = "station/journal"
MOST_LINE = 65_536
_KEY_BYTES, _NONCE_BYTES, _ID_BYTES = 32, 12, 8


class Seal:
    """What hides the codes, and names them."""

    def __init__(self, key: Secret) -> None:
        self._key = key
        self._aead = AESGCM(self._derived(b"seal"))

    @classmethod
    def of(cls, vault: Vault) -> Seal:
        """The one of an identity; made at its first use. Raises as the vault."""
        key = vault.get(KEY)
        if key is None:
            key = Secret(secrets.token_bytes(_KEY_BYTES))
            vault.put(KEY, key)
        return cls(key)

    def id(self, code: Secret) -> str:
        """What a code is called: the same for the same text, and nothing to try texts against."""
        return hmac.digest(self._derived(b"id"), code.reveal(), "sha256")[:_ID_BYTES].hex()

    def close(self, job: Job) -> str | None:
        """The code of a job, sealed."""
        if job.code is None:
            return None
        nonce = secrets.token_bytes(_NONCE_BYTES)
        return base64.b64encode(
            nonce + self._aead.encrypt(nonce, job.code.reveal(), job.id.encode())
        ).decode()

    def open(self, id: str, sealed: str | None) -> Secret | None:
        """The opposite. Raises ValueError, InvalidTag."""
        if sealed is None:
            return None
        content = base64.b64decode(sealed, validate=True)
        return Secret(self._aead.decrypt(content[:_NONCE_BYTES], content[_NONCE_BYTES:], id.encode()))

    def _derived(self, purpose: bytes) -> bytes:
        return hmac.digest(self._key.reveal(), b"companion station " + purpose, hashlib.sha256)


class JobLog(Protocol):
    """What keeps the states of codes. jobs: those that it had when it was opened."""

    @property
    def jobs(self) -> tuple[Job, ...]: ...

    def keep(self, job: Job) -> None:
        """Raises StorageError where it can't be kept."""


class NoJournal:
    """For a batch that nobody takes up again: it ends with its process."""

    jobs: tuple[Job, ...] = ()

    def keep(self, job: Job) -> None:
        """Nothing is written."""


class Journal:
    """An open journal. Belongs to one process at a time; use `journal`."""

    def __init__(self, path: Path, seal: Seal) -> None:
        """Reads what is there and begins to write. Raises StationJournalDamaged, StorageError."""
        self._path = path
        self._seal = seal
        try:
            self.jobs = _read(path, seal)
            replace_durably(path, b"".join(_line(job, seal) for job in self.jobs))
            self._descriptor = open_own(path, os.O_WRONLY | os.O_APPEND)
        except OSError as problem:
            raise StorageError(f"{path.name} can't be written: {problem.strerror}") from problem

    def keep(self, job: Job) -> None:
        """Write a state down. It is on the disk when this returns. Raises StorageError."""
        try:
            rest = memoryview(_line(job, self._seal))
            while rest:
                rest = rest[os.write(self._descriptor, rest) :]
            os.fsync(self._descriptor)
        except OSError as problem:
            raise StorageError(f"{self._path.name} can't be written: {problem.strerror}") from problem

    def clear(self) -> None:
        """Begin anew, without a code. Raises StorageError."""
        try:
            os.ftruncate(self._descriptor, 0)
            os.fsync(self._descriptor)
        except OSError as problem:
            raise StorageError(f"{self._path.name} can't be written: {problem.strerror}") from problem
        self.jobs = ()

    def close(self) -> None:
        os.close(self._descriptor)


@contextlib.contextmanager
def journal(path: Path, seal: Seal) -> Iterator[Journal]:
    """The journal at `path`, made if it is missing, held against other stations.

    Raises StationJournalBusy, StationJournalDamaged, StorageError.
    """
    with contextlib.ExitStack() as stack:
        try:
            stack.enter_context(exclusive(path.with_name(f"{path.name}.lock"), timeout=0))
        except TimeoutError as held:
            raise StationJournalBusy(path.name) from held
        except OSError as problem:
            raise StorageError(f"the lock of {path.name} can't be opened: {problem.strerror}") from problem
        opened = Journal(path, seal)
        stack.callback(opened.close)
        yield opened


def _line(job: Job, seal: Seal) -> bytes:
    return (json.dumps({**job.as_json(), "sealed": seal.close(job)}) + "\n").encode()


def _read(path: Path, seal: Seal) -> tuple[Job, ...]:
    """Raises StationJournalDamaged, OSError."""
    jobs: dict[str, Job] = {}
    try:
        descriptor = open_own(path, os.O_RDONLY)
    except FileNotFoundError:
        return ()
    with os.fdopen(descriptor, "rb") as file:
        for number, line in enumerate(iter(lambda: file.readline(MOST_LINE), b""), 1):
            if not line.endswith(b"\n") and len(line) < MOST_LINE:
                break
            try:
                content = json.loads(line)
                job = read_job(content, seal.open(str(content["job"]), content["sealed"]))
            except (ValueError, KeyError, TypeError, AttributeError, RecursionError, InvalidTag) as problem:
                raise StationJournalDamaged(
                    f"line {number}: {type(problem).__name__}", file=path.name
                ) from problem
            jobs[job.id] = job
            if len(jobs) > MOST_JOBS:
                raise StationJournalDamaged("too many codes", file=path.name)
    return tuple(jobs.values())
