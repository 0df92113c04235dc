"""SPAKE2+ over P-256 as Matter has it (core 3.10): the key schedule of draft-bar-cfrg-spake2plus-01.

The prover knows the passcode, the verifier only w0 and L. Both sides send one point, and each confirms.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from dataclasses import dataclass, field

from companion.encoding.es256 import POINT_SIZE, BadPoint
from companion.protocols.matter.crypto.curve import ORDER, Point
from companion.protocols.matter.crypto.derivation import hkdf
from companion.secret import Secret

SCALAR_SIZE = 32
CONFIRMATION_SIZE = 32
ITERATIONS = range(1000, 100_000 + 1)
SALT_SIZES = range(16, 32 + 1)

_W_SIZE = 40
_M = Point.of(
    bytes.fromhex(
        "04886e2f97ace46e55ba9dd7242579f2993b64e16ef3dcab95afd497333d8fa12f"
        "5ff355163e43ce224e0b0e65ff02ac8e5c7be09419c785e0ca547d55a12e2d20"
    )
)
_N = Point.of(
    bytes.fromhex(
        "04d8bbd6c639c62937b04d997f38c3770719c629d7014d49a24b4f98baa1292b49"
        "07d60aa6bfade45008a636337f5168c64d9bd36034808cd564490b1e656edbe7"
    )
)


class BadShare(ValueError):
    """The peer's point is not one that the protocol allows."""


@dataclass(frozen=True)
class Pbkdf:
    """How a device stretches its passcode. salt: 16 to 32 octets; iterations: 1000 to 100 000 (core 3.9)."""

    iterations: int
    salt: bytes

    def __post_init__(self) -> None:
        if self.iterations not in ITERATIONS or len(self.salt) not in SALT_SIZES:
            raise ValueError("PBKDF2 parameters out of their range")


@dataclass(frozen=True)
class Passcode:
    """w0 and w1 of a passcode: what the prover needs. Secret both."""

    w0: Secret
    w1: Secret

    @classmethod
    def of(cls, passcode: int, pbkdf: Pbkdf) -> Passcode:
        """Stretch a passcode (27 bits). Takes as long as the device's iterations ask for."""
        octets = passcode.to_bytes(4, "little")
        stretched = hashlib.pbkdf2_hmac("sha256", octets, pbkdf.salt, pbkdf.iterations, 2 * _W_SIZE)
        return cls(_reduced(stretched[:_W_SIZE]), _reduced(stretched[_W_SIZE:]))

    def verifier(self) -> Verifier:
        """What a device stores in place of the passcode."""
        return Verifier(self.w0, Secret(Point.base(_scalar(self.w1)).encoded()))


@dataclass(frozen=True)
class Verifier:
    """w0 and L = w1 * G, 97 octets as devices and OpenCommissioningWindow carry them. Secret both."""

    w0: Secret
    point: Secret

    @classmethod
    def of(cls, octets: bytes) -> Verifier:
        """Read the 97 octets. Raises ValueError."""
        if len(octets) != SCALAR_SIZE + POINT_SIZE:
            raise ValueError("a verifier has 97 octets")
        if not 0 < int.from_bytes(octets[:SCALAR_SIZE], "big") < ORDER:
            raise ValueError("w0 is no scalar")
        Point.of(octets[SCALAR_SIZE:])
        return cls(Secret(octets[:SCALAR_SIZE]), Secret(octets[SCALAR_SIZE:]))

    def encoded(self) -> Secret:
        """The 97 octets."""
        return Secret(self.w0.reveal() + self.point.reveal())


@dataclass(frozen=True)
class Agreed:
    """What both sides have: the shared key (16 octets), and what each sends to confirm (32 octets each)."""

    key: Secret
    by_prover: bytes = field(repr=False)
    by_verifier: bytes = field(repr=False)


@dataclass(frozen=True)
class Transcript:
    """The public frame of one run. context: any octets; the identities are empty in Matter."""

    context: bytes
    prover: bytes = b""
    verifier: bytes = b""


class Share:
    """One side's ephemeral scalar and the point that it sends (65 octets)."""

    def __init__(self, blinding: Point, w0: Secret, scalar: int | None = None) -> None:
        self.scalar = secrets.randbelow(ORDER - 1) + 1 if scalar is None else scalar
        self._blinding = _scalar(w0) * blinding
        self._point = Point.base(self.scalar) + self._blinding
        self.encoded = self._point.encoded()

    @classmethod
    def of_prover(cls, passcode: Passcode, scalar: int | None = None) -> Share:
        """X = x * G + w0 * M."""
        return cls(_M, passcode.w0, scalar)

    @classmethod
    def of_verifier(cls, verifier: Verifier, scalar: int | None = None) -> Share:
        """Y = y * G + w0 * N."""
        return cls(_N, verifier.w0, scalar)


def prove(passcode: Passcode, own: Share, theirs: bytes, transcript: Transcript) -> Agreed:
    """The prover's end, given Y (65 octets). Raises BadShare."""
    unblinded = _unblind(theirs, _N, passcode.w0)
    common, known = own.scalar * unblinded, _scalar(passcode.w1) * unblinded
    return _agree(transcript, own.encoded, theirs, common, known, passcode.w0)


def verify(verifier: Verifier, own: Share, theirs: bytes, transcript: Transcript) -> Agreed:
    """The verifier's end, given X (65 octets). Raises BadShare."""
    unblinded = _unblind(theirs, _M, verifier.w0)
    common, known = own.scalar * unblinded, own.scalar * Point.of(verifier.point.reveal())
    return _agree(transcript, theirs, own.encoded, common, known, verifier.w0)


def _unblind(share: bytes, blinding: Point, w0: Secret) -> Point:
    """The share without w0 * M or w0 * N."""
    try:
        return Point.of(share) + -(_scalar(w0) * blinding)
    except BadPoint as error:
        raise BadShare(str(error)) from error


def _agree(frame: Transcript, x: bytes, y: bytes, common: Point, known: Point, w0: Secret) -> Agreed:
    parts = (
        *(frame.context, frame.prover, frame.verifier, _M.encoded(), _N.encoded(), x, y),
        *(common.encoded(), known.encoded(), w0.reveal()),
    )
    told = b"".join(len(part).to_bytes(8, "little") + part for part in parts)
    digest = hashlib.sha256(told).digest()
    confirmation = hkdf(digest[:16], b"", b"ConfirmationKeys", 32)
    return Agreed(
        Secret(digest[16:]),
        by_prover=hmac.digest(confirmation[:16], y, "sha256"),
        by_verifier=hmac.digest(confirmation[16:], x, "sha256"),
    )


def _reduced(octets: bytes) -> Secret:
    return Secret((int.from_bytes(octets, "big") % ORDER).to_bytes(SCALAR_SIZE, "big"))


def _scalar(secret: Secret) -> int:
    return int.from_bytes(secret.reveal(), "big")
