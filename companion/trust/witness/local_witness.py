"""What a witness keeps in its data folder, and how it answers: one request at a time, on the disk first.

The file is no part of a backup. Its salt goes into the key, so a witness that was restored without its memory
is another witness, and can't be made to sign a history that it forgot.
"""

from __future__ import annotations

import hashlib
import json
import secrets
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from companion.errors import StorageError
from companion.files import exclusive, own_folder, read_own, replace_durably
from companion.identity.log_key import LogKey, MlDsaKey
from companion.trust.transparency import split
from companion.trust.transparency.checkpoint import Ed25519Signer, ml_dsa_witness_key, witness_key
from companion.trust.transparency.note import ED25519, VerifierKey, read_key
from companion.trust.transparency.witness import Answer, Watched, answer

if TYPE_CHECKING:
    from companion.identity import Vault

FILE, LOCK, EVIDENCE = "witness.json", "witness.lock", "evidence"
MOST = 1 << 20
MOST_LOGS = 1000
MOST_EVIDENCE = 100
WAIT_SECONDS = 5.0


class LocalWitness:
    """The witness of one data folder."""

    def __init__(self, folder: Path, vault: Vault) -> None:
        """Makes the witness's memory if there is none. Raises StorageError, and what the vault raises."""
        self._folder = own_folder(folder)
        with self._alone():
            kept = self._read()
            if kept is None:
                kept = {"salt": secrets.token_hex(16), "logs": {}}
                self._write(kept)
        salt = bytes.fromhex(kept["salt"])
        self._key = LogKey.for_witness(vault, salt)
        name = f"companion.internal/witness/{hashlib.sha256(self._key.public).hexdigest()[:16]}"
        self.key = witness_key(name, self._key.public)
        """By which others check what it signs."""
        self._ml_dsa = MlDsaKey.for_witness(vault, salt)
        self.ml_dsa_key = None if self._ml_dsa is None else ml_dsa_witness_key(name, self._ml_dsa.public)
        """The same for those who fear quantum computers; None where this computer's library has no ML-DSA."""

    def logs(self) -> dict[str, Watched]:
        """The logs that it watches, by origin."""
        return {origin: _watched(each) for origin, each in (self._read() or {"logs": {}})["logs"].items()}

    def watch(self, log: VerifierKey) -> None:
        """From now on sign this log's heads.

        Raises ValueError for a key that is no log's, or another one of a log that is watched.
        """
        if log.kind != ED25519:
            raise ValueError("it is not the key of a log")
        with self._alone():
            kept = self._read() or {}
            there = kept["logs"].get(log.name)
            if there is not None and there["key"] != str(log):
                raise ValueError("the log is watched under another key")
            if there is None:
                if len(kept["logs"]) >= MOST_LOGS:
                    raise ValueError(f"a witness watches at most {MOST_LOGS} logs")
                kept["logs"][log.name] = _json(Watched(log))
                self._write(kept)

    def answer(self, body: str, now: datetime | None = None) -> Answer:
        """The answer to `add-checkpoint`. What it is about is on the disk when this returns."""
        with self._alone():
            kept = self._read() or {}
            logs = {origin: _watched(each) for origin, each in kept["logs"].items()}
            made = answer(body, logs, self.key, self._key.sign, now or datetime.now(UTC), self._more())
            if made.watched is not None:
                kept["logs"][made.watched.key.name] = _json(made.watched)
                self._write(kept)
            if made.suspect:
                self._keep(logs, made.suspect)
        return made

    def _more(self) -> list[tuple[VerifierKey, Ed25519Signer]]:
        if self._ml_dsa is None or self.ml_dsa_key is None:
            return []
        return [(self.ml_dsa_key, self._ml_dsa.sign)]

    def evidence(self) -> list[Path]:
        """The files about logs that signed what does not go together."""
        folder = self._folder / EVIDENCE
        return sorted(folder.glob("*.evidence")) if folder.is_dir() else []

    def _keep(self, logs: dict[str, Watched], suspect: str) -> None:
        watched = logs[suspect.split("\n", 1)[0]]
        if not watched.note or len(self.evidence()) >= MOST_EVIDENCE:
            return
        keep_evidence(self._folder, split.Evidence(str(watched.key), watched.note, suspect))

    def _alone(self) -> Any:
        return exclusive(self._folder / LOCK, timeout=WAIT_SECONDS)

    def _read(self) -> dict[str, Any] | None:
        try:
            kept: dict[str, Any] = json.loads(read_own(MOST, self._folder / FILE))
            if not isinstance(kept["logs"], dict) or len(bytes.fromhex(kept["salt"])) < 16:
                raise ValueError("not a witness's memory")
        except FileNotFoundError:
            return None
        except (OSError, ValueError, KeyError, TypeError) as problem:
            # A witness that forgot would sign a second history: better none.
            raise StorageError(f"{FILE} can't be read: {type(problem).__name__}") from problem
        return kept

    def _write(self, kept: dict[str, Any]) -> None:
        try:
            replace_durably(self._folder / FILE, json.dumps(kept, indent=1).encode())
        except OSError as problem:
            raise StorageError(f"{FILE} can't be written: {problem.strerror}") from problem


def keep_evidence(folder: Path, evidence: split.Evidence) -> Path:
    """Write it into the data folder, once. Raises StorageError."""
    content = split.encode(evidence)
    file = own_folder(folder / EVIDENCE) / f"{hashlib.sha256(content).hexdigest()[:16]}.evidence"
    try:
        replace_durably(file, content)
    except OSError as problem:
        raise StorageError(f"{file.name} can't be written: {problem.strerror}") from problem
    return file


def _json(watched: Watched) -> dict[str, Any]:
    return {
        "key": str(watched.key),
        "size": watched.size,
        "root": watched.root.hex(),
        "note": watched.note,
        "at": watched.at.isoformat() if watched.at is not None else None,
    }


def _watched(kept: dict[str, Any]) -> Watched:
    try:
        watched = Watched(read_key(kept["key"]), int(kept["size"]), bytes.fromhex(kept["root"]), kept["note"])
        return watched if kept["at"] is None else replace(watched, at=datetime.fromisoformat(kept["at"]))
    except (ValueError, KeyError, TypeError) as problem:
        raise StorageError(f"{FILE} can't be read: {type(problem).__name__}") from problem
