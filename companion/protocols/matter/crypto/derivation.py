"""HKDF-SHA256, and the three keys that a secure session has."""

from __future__ import annotations

from dataclasses import dataclass

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from companion.encoding.ccm import KEY_SIZE
from companion.secret import Secret

_SHA256 = hashes.SHA256()


def hkdf(key: bytes, salt: bytes, info: bytes, size: int) -> bytes:
    """Core 3.8: `size` octets from input keying material. An empty salt is allowed."""
    return HKDF(_SHA256, size, salt, info).derive(key)


@dataclass(frozen=True)
class SessionKeys:
    """Of a PASE or CASE session, 16 octets each.

    initiator: encrypts what the initiator sends; responder: what the responder sends; attestation: the
    challenge that both know, which binds attestation and CSR to the session
    """

    initiator: Secret
    responder: Secret
    attestation: Secret

    @classmethod
    def derive(cls, shared: Secret, salt: bytes, *, resumed: bool = False) -> SessionKeys:
        """Core 4.14.1.2 and 4.14.2.6.6. shared: the key that the handshake agreed on."""
        info = b"SessionResumptionKeys" if resumed else b"SessionKeys"
        octets = hkdf(shared.reveal(), salt, info, 3 * KEY_SIZE)
        return cls(*(Secret(octets[at : at + KEY_SIZE]) for at in range(0, 3 * KEY_SIZE, KEY_SIZE)))
