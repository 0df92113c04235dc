"""C2SP's signed notes: a text, an empty line, and lines of signatures (c2sp.org/signed-note).

A key is known by its name and four octets of its hash. Whoever gives one to others writes it as a "vkey".
"""

from __future__ import annotations

import base64
import binascii
import hashlib
from dataclasses import dataclass

from companion.errors import LogHeadInvalid
from companion.trust.transparency.entries import is_origin

ED25519 = 1
COSIGNATURE = 4
"""A witness's Ed25519 key (c2sp.org/tlog-cosignature)."""
ML_DSA_COSIGNATURE = 6
"""A witness's ML-DSA-44 key (FIPS 204), which quantum computers don't break."""
COSIGNATURES = (COSIGNATURE, ML_DSA_COSIGNATURE)
KEY_SIZES = {ED25519: 32, COSIGNATURE: 32, ML_DSA_COSIGNATURE: 1312}
MAX_SIZE = 65536
MAX_SIGNATURES = 64
_DASH = "\N{EM DASH} "


@dataclass(frozen=True)
class VerifierKey:
    """A key that signs notes. kind: ED25519 or one of COSIGNATURES; public: octets, see KEY_SIZES."""

    name: str
    kind: int
    public: bytes

    @property
    def id(self) -> bytes:
        """The four octets that stand before its signatures."""
        return hashlib.sha256(self.name.encode() + b"\n" + bytes((self.kind,)) + self.public).digest()[:4]

    def __str__(self) -> str:
        """The "vkey" that others give to their tools."""
        return f"{self.name}+{self.id.hex()}+{in_base64(bytes((self.kind,)) + self.public)}"


@dataclass(frozen=True)
class NoteSignature:
    """One line of a note. signature: without the key's four octets, which are `key_id`."""

    name: str
    key_id: bytes
    signature: bytes

    def is_by(self, key: VerifierKey) -> bool:
        """True if the line says so; nothing is verified."""
        return (self.name, self.key_id) == (key.name, key.id)

    def __str__(self) -> str:
        """The line, without its end."""
        return f"{_DASH}{self.name} {in_base64(self.key_id + self.signature)}"


@dataclass(frozen=True)
class Note:
    """text: what is signed, its last line's end included."""

    text: str
    signatures: tuple[NoteSignature, ...]

    def __str__(self) -> str:
        return self.text + "\n" + "".join(f"{each}\n" for each in self.signatures)


def read_note(note: str) -> Note:
    """The note, with nothing verified. Raises LogHeadInvalid."""
    text, parted, signatures = note.rpartition("\n\n")
    lines = signatures.split("\n")
    if not parted or len(note) > MAX_SIZE or lines.pop() or len(lines) > MAX_SIGNATURES:
        raise LogHeadInvalid("it is no signed note")
    return Note(text + "\n", tuple(read_signature(line) for line in lines))


def read_signature(line: str) -> NoteSignature:
    """A line of signature, without its end. Raises LogHeadInvalid."""
    name, _, written = line.removeprefix(_DASH).partition(" ")
    signature = from_base64(written)
    if not line.startswith(_DASH) or not is_origin(name) or len(signature) < 5:
        raise LogHeadInvalid("it is no signed note")
    return NoteSignature(name, signature[:4], signature[4:])


def read_key(vkey: str) -> VerifierKey:
    """The key that a "vkey" is. Raises ValueError for one of another kind."""
    name, _, rest = vkey.partition("+")
    key_id, _, written = rest.partition("+")
    octets = from_base64(written)
    if not is_origin(name) or not octets or len(octets) - 1 != KEY_SIZES.get(octets[0]):
        raise ValueError("not the key of a log or a witness")
    key = VerifierKey(name, octets[0], octets[1:])
    if key_id != key.id.hex():
        raise ValueError("the key does not go with its name")
    return key


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
