"""C2SP's signed notes and checkpoints: a log's head as a text that every tool for transparency logs reads.

A note is text, an empty line, and lines of signatures (c2sp.org/signed-note). Its text is three lines here:
origin, size and root (c2sp.org/tlog-checkpoint), and the log's own key signs it under the origin as its name.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
from collections.abc import Callable
from dataclasses import dataclass

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from companion.errors import LogHeadInvalid
from companion.trust.transparency import merkle
from companion.trust.transparency.entries import LogHead, is_origin

ED25519 = 1
MAX_SIZE = 65536
_DASH = "\N{EM DASH} "


@dataclass(frozen=True)
class Checkpoint:
    """The state of a log as a checkpoint says it: without a time."""

    origin: str
    size: int
    root: bytes

    def agrees_with(self, head: LogHead) -> bool:
        """True if a COSE head says the same of the same log."""
        return (self.origin, self.size, self.root) == (head.origin, head.size, head.root)


def sign_checkpoint(head: LogHead, signer: Callable[[bytes], bytes], public: bytes) -> str:
    """The checkpoint of a head. signer: an Ed25519 key, of which `public` (32 bytes) is the public half."""
    text = f"{head.origin}\n{head.size}\n{in_base64(head.root)}\n"
    signature = _key_id(head.origin, public) + signer(text.encode())
    return f"{text}\n{_DASH}{head.origin} {in_base64(signature)}\n"


def read_checkpoint(note: str, origin: str, public: bytes) -> Checkpoint:
    """What the log `origin` says under its key (32 bytes). Others' signatures are passed over.

    Raises LogHeadInvalid.
    """
    text, parted, signatures = note.rpartition("\n\n")
    if not parted or len(note) > MAX_SIZE or not signatures.endswith("\n"):
        raise LogHeadInvalid("it is no signed note")
    text += "\n"
    _verify(text, signatures.split("\n")[:-1], origin, public)
    lines = text.split("\n")
    root = from_base64(lines[2]) if len(lines) > 3 else b""
    # A fourth line would be an extension, of which nothing is known here.
    if (
        len(lines) != 4
        or lines[0] != origin
        or (size := number(lines[1])) is None
        or len(root) != merkle.SIZE
    ):
        raise LogHeadInvalid("it is no checkpoint of this log")
    return Checkpoint(origin, size, root)


def verifier_key(origin: str, public: bytes) -> str:
    """What others give to their tools in order to read the log's checkpoints: a "vkey"."""
    return f"{origin}+{_key_id(origin, public).hex()}+{in_base64(bytes((ED25519,)) + public)}"


def in_base64(data: bytes) -> str:
    """The standard alphabet, with padding."""
    return base64.b64encode(data).decode()


def from_base64(text: str) -> bytes:
    """The octets of a text of `in_base64`; b"" for any other."""
    try:
        data = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        return b""
    return data if in_base64(data) == text else b""


def number(text: str) -> int | None:
    """A decimal number without leading zeros, below 2**63; None for any other text."""
    if not (text.isascii() and text.isdecimal() and len(text) < 20) or str(int(text)) != text:
        return None
    return int(text) if int(text) < 1 << 63 else None


def _verify(text: str, signatures: list[str], origin: str, public: bytes) -> None:
    known = _key_id(origin, public)
    signed = False
    for line in signatures:
        name, _, written = line.removeprefix(_DASH).partition(" ")
        signature = from_base64(written)
        if not line.startswith(_DASH) or not is_origin(name) or len(signature) < 5:
            raise LogHeadInvalid("it is no signed note")
        if (name, signature[:4]) != (origin, known):
            continue
        try:
            Ed25519PublicKey.from_public_bytes(public).verify(signature[4:], text.encode())
        except InvalidSignature as error:
            raise LogHeadInvalid("the log did not sign it") from error
        signed = True
    if not signed:
        raise LogHeadInvalid("the log did not sign it")


def _key_id(name: str, public: bytes) -> bytes:
    return hashlib.sha256(name.encode() + b"\n" + bytes((ED25519,)) + public).digest()[:4]
