"""The keys of CASE (core 4.14.2.6): what each is derived from, and which nonce it is used with, once."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from companion.encoding.ccm import KEY_SIZE, AesCcm
from companion.protocols.matter.crypto.derivation import SessionKeys, hkdf
from companion.secret import Secret

NONCE2, NONCE3 = b"NCASE_Sigma2N", b"NCASE_Sigma3N"
RESUME_NONCE1, RESUME_NONCE2 = b"NCASE_SigmaS1", b"NCASE_SigmaS2"


@dataclass(frozen=True)
class Schedule:
    """Of one handshake. shared: what ECDH gave (32 octets); ipk: the operational one; sigma1: as sent."""

    shared: Secret
    ipk: Secret
    sigma1: bytes

    def key2(self, random: bytes, share: bytes) -> Secret:
        """What the responder seals with. random, share: the responder's."""
        return self._key(random + share + _hash(self.sigma1), b"Sigma2")

    def key3(self, sigma2: bytes) -> Secret:
        """What the initiator seals with."""
        return self._key(_hash(self.sigma1 + sigma2), b"Sigma3")

    def session_keys(self, sigma2: bytes, sigma3: bytes) -> SessionKeys:
        salt = self.ipk.reveal() + _hash(self.sigma1 + sigma2 + sigma3)
        return SessionKeys.derive(self.shared, salt)

    def _key(self, rest_of_salt: bytes, info: bytes) -> Secret:
        return Secret(hkdf(self.shared.reveal(), self.ipk.reveal() + rest_of_salt, info, KEY_SIZE))


def resume_mic1(shared: Secret, random: bytes, resumption_id: bytes) -> bytes:
    """How the initiator shows that it has the secret of an earlier session (16 octets)."""
    return _resume_cipher(shared, random + resumption_id, b"Sigma1_Resume").seal(RESUME_NONCE1, b"")


def check_resume_mic1(shared: Secret, random: bytes, resumption_id: bytes, mic: bytes) -> None:
    """Raises NotAuthentic."""
    _resume_cipher(shared, random + resumption_id, b"Sigma1_Resume").unseal(RESUME_NONCE1, mic)


def resume_mic2(shared: Secret, random: bytes, next_id: bytes) -> bytes:
    """How the responder shows it. random: the initiator's; next_id: the new resumption id."""
    return _resume_cipher(shared, random + next_id, b"Sigma2_Resume").seal(RESUME_NONCE2, b"")


def check_resume_mic2(shared: Secret, random: bytes, next_id: bytes, mic: bytes) -> None:
    """Raises NotAuthentic."""
    _resume_cipher(shared, random + next_id, b"Sigma2_Resume").unseal(RESUME_NONCE2, mic)


def resumed_keys(shared: Secret, random: bytes, resumption_id: bytes) -> SessionKeys:
    """random: the initiator's; resumption_id: the one that was used up."""
    return SessionKeys.derive(shared, random + resumption_id, resumed=True)


def _resume_cipher(shared: Secret, salt: bytes, info: bytes) -> AesCcm:
    return AesCcm(hkdf(shared.reveal(), salt, info, KEY_SIZE))


def _hash(octets: bytes) -> bytes:
    return hashlib.sha256(octets).digest()
