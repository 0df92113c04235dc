"""The key schedule of section 3: from the transcript and the secrets to keys, the number and exports."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache

from companion.encoding.ccm import KEY_SIZE, NONCE_SIZE
from companion.protocols.rp1.crypto import expand, extract, sha256

NO_SECRET = bytes(32)
"""Stands in for a KEM secret or an authentication secret that the suite or method does not have."""

NUMBERS = 1_000_000


def advance(transcript: bytes, message: bytes) -> bytes:
    """The transcript hash after one more message: H(transcript || lp(message)).

    From b"", the four parts M1, M2, [3, E_C, N_C], M3's record and M4 lead to th2, th3, th4 and th5.
    """
    return sha256(transcript + len(message).to_bytes(4, "big") + message)


def commitment(sid: bytes, suite: int, method: int, point: bytes, nonce: bytes) -> bytes:
    """com_C of section 2 (32 octets)."""
    return sha256(b"rp1 commit" + sid + bytes([suite, method]) + point + nonce)


@dataclass(frozen=True)
class TrafficKey:
    """key (16 octets) and iv (13 octets) of one direction."""

    key: bytes = field(repr=False)
    iv: bytes = field(repr=False)


@dataclass(frozen=True)
class Mixed:
    """PRK2 and PRK3 at th3: everything that both ends know once M3's first part is out."""

    prk2: bytes = field(repr=False)
    prk3: bytes = field(repr=False)
    th3: bytes

    @property
    def number(self) -> str:
        """NUMBER as people compare it: "482-913"."""
        value = int.from_bytes(expand(self.prk2, "sas", self.th3, 8), "big") % NUMBERS
        return f"{value // 1000:03}-{value % 1000:03}"

    def message_key(self, message: int, transcript: bytes) -> TrafficKey:
        """k3, iv3 at th3 or k4, iv4 at th4."""
        return _traffic_key(self.prk3, f"m{message}", transcript)

    def master(self, th5: bytes) -> Master:
        return Master(expand(self.prk3, "master", th5, 32), th5)


def mix(
    suite: int, th3: bytes, ecdh_x: bytes, kem_secret: bytes = NO_SECRET, auth_secret: bytes = NO_SECRET
) -> Mixed:
    """PRK1 to PRK3.

    ecdh_x: x-coordinate (32 octets); kem_secret: ML-KEM's (32 octets) in suite 2; auth_secret: r or PSK
    """
    prk1 = extract(_salt(suite), ecdh_x)
    prk2 = extract(expand(prk1, "mix kem", th3, 32), kem_secret)
    prk3 = extract(expand(prk2, "mix auth", th3, 32), auth_secret)
    return Mixed(prk2, prk3, th3)


@lru_cache(maxsize=8)
def _salt(suite: int) -> bytes:
    """The salt of PRK1, which a suite alone decides."""
    return sha256(b"rp1 v1" + bytes([suite]))


@dataclass(frozen=True)
class Master:
    """MASTER of one session, before any rekey."""

    secret: bytes = field(repr=False)
    th5: bytes

    def traffic(self) -> tuple[TrafficKey, TrafficKey]:
        """The record keys of both directions: commissioner to device, device to commissioner."""
        return _traffic_key(self.secret, "c2d", self.th5), _traffic_key(self.secret, "d2c", self.th5)

    def rekeyed(self) -> Master:
        """MASTER' for the record keys after a KEYUPDATE; never for exports or resumption."""
        return Master(expand(self.secret, "rekey", self.th5, 32), self.th5)

    def resumption(self) -> tuple[bytes, bytes]:
        """RPSK (32 octets) and its psk_id (8 octets)."""
        secret = expand(self.secret, "resume", self.th5, 32)
        return secret, resumption_id(secret)

    def export(self, label: str, context: bytes, size: int) -> bytes:
        """EXPORT(label, context, size) of section 3."""
        return expand(self.secret, f"exp {label}", context, size)


def resumption_id(rpsk: bytes) -> bytes:
    """The psk_id (8 octets) under which a resumption secret is known."""
    return sha256(rpsk)[:8]


def _traffic_key(secret: bytes, name: str, transcript: bytes) -> TrafficKey:
    return TrafficKey(
        expand(secret, f"{name} key", transcript, KEY_SIZE),
        expand(secret, f"{name} iv", transcript, NONCE_SIZE),
    )
