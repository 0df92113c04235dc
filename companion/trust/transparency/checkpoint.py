"""A log's head as a text that every tool for transparency logs reads (c2sp.org/tlog-checkpoint).

Three lines: origin, size and root. The log's own key signs them under the origin as its name, and witnesses
add their cosignatures (c2sp.org/tlog-cosignature): that up to a moment they saw this tree, and none that
does not begin it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime

from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from companion.errors import LogHeadInvalid
from companion.trust.transparency import merkle
from companion.trust.transparency.entries import LogHead
from companion.trust.transparency.note import (
    COSIGNATURE,
    ED25519,
    ML_DSA_COSIGNATURE,
    Note,
    NoteSignature,
    VerifierKey,
    from_base64,
    in_base64,
    number,
    read_note,
)

Ed25519Signer = Callable[[bytes], bytes]
"""A message in, its signature out: 64 octets, 2,420 of a witness's ML-DSA-44 key."""
_TIME_SIZE = 8


@dataclass(frozen=True)
class Checkpoint:
    """The state of a log as a checkpoint says it: without a time."""

    origin: str
    size: int
    root: bytes

    def agrees_with(self, head: LogHead) -> bool:
        """True if a COSE head says the same of the same log."""
        return (self.origin, self.size, self.root) == (head.origin, head.size, head.root)

    def __str__(self) -> str:
        return f"{self.origin}\n{self.size}\n{in_base64(self.root)}\n"


def log_key(origin: str, public: bytes) -> VerifierKey:
    """The key by which the log `origin` signs. public: Ed25519, 32 octets."""
    return VerifierKey(origin, ED25519, public)


def witness_key(name: str, public: bytes) -> VerifierKey:
    """The key by which a witness signs. public: Ed25519, 32 octets."""
    return VerifierKey(name, COSIGNATURE, public)


def ml_dsa_witness_key(name: str, public: bytes) -> VerifierKey:
    """The key by which a witness signs against quantum computers, too. public: ML-DSA-44, 1,312 octets."""
    return VerifierKey(name, ML_DSA_COSIGNATURE, public)


def sign_checkpoint(head: LogHead, signer: Ed25519Signer, public: bytes) -> str:
    """The checkpoint of a head. signer: the key of which `public` (32 octets) is the public half."""
    text = str(Checkpoint(head.origin, head.size, head.root))
    return str(
        Note(text, (NoteSignature(head.origin, log_key(head.origin, public).id, signer(text.encode())),))
    )


def read_checkpoint(note: str, origin: str, public: bytes) -> Checkpoint:
    """What the log `origin` says under its key (32 octets). Others' signatures are passed over.

    Raises LogHeadInvalid.
    """
    read = read_note(note)
    verify_log(read, log_key(origin, public))
    said = checkpoint_of(read)
    if said.origin != origin:
        raise LogHeadInvalid("it is no checkpoint of this log")
    return said


def checkpoint_of(note: Note) -> Checkpoint:
    """What the note says, with nothing verified. Raises LogHeadInvalid.

    A fourth line would be an extension, of which nothing is known here.
    """
    lines = note.text.split("\n")
    root = from_base64(lines[2]) if len(lines) > 3 else b""
    size = number(lines[1]) if len(lines) > 1 else None
    if len(lines) != 4 or size is None or len(root) != merkle.SIZE:
        raise LogHeadInvalid("it is no checkpoint of this log")
    return Checkpoint(lines[0], size, root)


def verify_log(note: Note, key: VerifierKey) -> None:
    """Raises LogHeadInvalid unless the log signed the note, and every time that it says so."""
    its = [each for each in note.signatures if each.is_by(key)]
    if not its or not all(_holds(key, each.signature, note.text.encode()) for each in its):
        raise LogHeadInvalid("the log did not sign it")


def cosign(note: Note, at: datetime, key: VerifierKey, signer: Ed25519Signer) -> NoteSignature:
    """A witness's line: at this moment (UTC) the checkpoint was the largest tree that it saw of this log."""
    time = int(at.timestamp())
    signature = signer(_cosigned(note, time, key))
    return NoteSignature(key.name, key.id, time.to_bytes(_TIME_SIZE, "big") + signature)


def cosigned_at(note: Note, key: VerifierKey) -> datetime | None:
    """When this witness signed the note, UTC, the latest time; None if it never did.

    Raises LogHeadInvalid if a line says so and the signature does not hold.
    """
    times = [_read_cosignature(note, each, key) for each in note.signatures if each.is_by(key)]
    return max(times, default=None)


def _read_cosignature(note: Note, line: NoteSignature, key: VerifierKey) -> datetime:
    time = int.from_bytes(line.signature[:_TIME_SIZE], "big")
    if not _holds(key, line.signature[_TIME_SIZE:], _cosigned(note, time, key)):
        raise LogHeadInvalid("the witness did not sign it")
    try:
        return datetime.fromtimestamp(time, UTC)
    except (ValueError, OverflowError, OSError) as problem:
        raise LogHeadInvalid("its time is none") from problem


def _cosigned(note: Note, time: int, key: VerifierKey) -> bytes:
    """What the witness signs. Raises LogHeadInvalid where the note is no checkpoint."""
    if key.kind != ML_DSA_COSIGNATURE:
        return f"cosignature/v1\ntime {time}\n{note.text}".encode()
    said = checkpoint_of(note)
    names = [each.encode() for each in (key.name, said.origin)]
    cosigner, origin = (bytes((len(each),)) + each for each in names)
    tree = bytes(8) + said.size.to_bytes(8, "big") + said.root
    return b"subtree/v1\n\0" + cosigner + time.to_bytes(8, "big") + origin + tree


def _holds(key: VerifierKey, signature: bytes, message: bytes) -> bool:
    try:
        if key.kind == ML_DSA_COSIGNATURE:
            from cryptography.hazmat.primitives.asymmetric.mldsa import MLDSA44PublicKey

            MLDSA44PublicKey.from_public_bytes(key.public).verify(signature, message)
        else:
            Ed25519PublicKey.from_public_bytes(key.public).verify(signature, message)
    except (InvalidSignature, UnsupportedAlgorithm, ValueError):
        return False
    return True
