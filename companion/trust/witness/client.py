"""Asking witnesses to sign the head of this computer's log, over the network or by a file."""

from __future__ import annotations

import http.client
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from companion.errors import LogHeadInvalid, LogRewritten, WitnessRefused, WitnessUnreachable
from companion.identity.log_key import LogKey
from companion.registry.transparency.witnesses import Sighting, WitnessRecord
from companion.trust.transparency import split
from companion.trust.transparency.checkpoint import checkpoint_of, cosigned_at, log_key, sign_checkpoint
from companion.trust.transparency.entries import sign_head
from companion.trust.transparency.note import Note, VerifierKey, number, read_key, read_note, read_signature
from companion.trust.transparency.witness import request_text
from companion.trust.witness.local_witness import keep_evidence

if TYPE_CHECKING:
    from companion.identity import Identity
    from companion.registry.transparency.log import TransparencyLog

SECONDS = 10.0
_MOST = 65536


class Asking:
    """Of one log, with its owner's keys. folder: where evidence is kept."""

    def __init__(self, log: TransparencyLog, identity: Identity, folder: Path) -> None:
        self._log = log
        self._owner = identity.owner
        self._key = LogKey.of(identity.vault)
        self._folder = folder

    def log_key(self) -> VerifierKey:
        """By which witnesses know the log."""
        return log_key(self._log.origin, self._key.public)

    def request(self, witness: WitnessRecord, old: int | None = None) -> tuple[str, WitnessRecord]:
        """What to send or carry to a witness, and the witness with what it is asked; both are kept.

        old: how many entries the witness saw; None: as many as it signed. Raises LogRewritten if the log does
        not begin with what it signed.
        """
        head = self._log.head()
        checkpoint = sign_checkpoint(head, self._key.sign, self._key.public)
        self._check_seen(witness, checkpoint, head.size)
        old = (witness.sighting.size if witness.sighting else 0) if old is None else old
        if old > head.size:
            raise LogRewritten(f"{witness.name} saw {old} entries, and this log has {head.size}")
        path = self._log.consistency(old) if old else ()
        asked = replace(witness, asked=(checkpoint, sign_head(head, self._owner.sign)))
        self._log.witnesses.keep(asked)
        return request_text(old, path, checkpoint), asked

    def take(self, witness: WitnessRecord, answer: str) -> WitnessRecord:
        """The witness with what it signed, which is kept. Raises WitnessRefused for another answer."""
        if witness.asked is None:
            raise WitnessRefused("it was not asked")
        checkpoint, head = witness.asked
        try:
            note = read_note(checkpoint)
            lines = [read_signature(line) for line in answer.split("\n") if line]
            ours = tuple(line for line in lines if line.is_by(witness.key))
            at = cosigned_at(Note(note.text, ours), witness.key)
            said = checkpoint_of(note)
        except LogHeadInvalid as problem:
            raise WitnessRefused(problem.detail) from problem
        if at is None:
            raise WitnessRefused("its signature is not in the answer")
        sighting = Sighting(said.size, said.root, at, checkpoint, str(ours[-1]), head)
        return self._log.witnesses.note(witness, sighting)

    def ask(self, witness: WitnessRecord) -> WitnessRecord:
        """Ask over the network. Raises WitnessUnreachable, WitnessRefused, LogRewritten."""
        body, asked = self.request(witness)
        status, said = post(witness.url, body)
        if status == http.client.CONFLICT and (old := number(said.removesuffix("\n"))) is not None:
            body, asked = self.request(witness, old)
            status, said = post(witness.url, body)
        if status == http.client.OK:
            return self.take(asked, said)
        if status in (http.client.CONFLICT, http.client.UNPROCESSABLE_ENTITY):
            raise LogRewritten(f"{witness.name} saw another log of this name")
        raise WitnessRefused(f"{status} {said.strip()[:200]}")

    def _check_seen(self, witness: WitnessRecord, checkpoint: str, size: int) -> None:
        """Whoever lost or changed entries shall not find out from the witness first."""
        seen = witness.sighting
        if seen is None or (seen.size <= size and self._log.root_at(seen.size) == seen.root):
            return
        evidence = split.Evidence(str(self.log_key()), f"{seen.checkpoint}{seen.line}\n", checkpoint)
        file = keep_evidence(self._folder, evidence)
        raise LogRewritten(f"{witness.name} signed {seen.size} entries that are no longer so: {file.name}")


def key_at(url: str) -> VerifierKey:
    """The key that a witness of Companion's says is its own. Raises WitnessUnreachable, WitnessRefused."""
    status, said = _exchange(url, "GET", "/vkey", "")
    try:
        if status != http.client.OK:
            raise ValueError(status)
        return read_key(said.strip())
    except ValueError as problem:
        raise WitnessRefused("it does not say its key") from problem


def post(url: str, body: str) -> tuple[int, str]:
    """Status and text of an answer to `add-checkpoint`. Raises WitnessUnreachable."""
    return _exchange(url, "POST", "/add-checkpoint", body)


def _exchange(url: str, method: str, path: str, body: str) -> tuple[int, str]:
    try:
        parts = urlsplit(url)
        kinds = {"http": http.client.HTTPConnection, "https": http.client.HTTPSConnection}
        connection = kinds[parts.scheme](parts.hostname or "", parts.port, timeout=SECONDS)
    except (KeyError, ValueError) as problem:
        raise WitnessUnreachable("its address is none") from problem
    try:
        connection.request(method, parts.path.rstrip("/") + path, body.encode() or None)
        response = connection.getresponse()
        return response.status, response.read(_MOST).decode()
    except (OSError, http.client.HTTPException, UnicodeDecodeError) as problem:
        raise WitnessUnreachable(str(problem) or type(problem).__name__) from problem
    finally:
        connection.close()
