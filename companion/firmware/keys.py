"""Public keys of who signs firmware, and what a signature of each kind is held against."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from hashlib import sha256, sha384, sha512
from typing import TypeAlias

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, padding, rsa, utils
from cryptography.hazmat.primitives.hashes import SHA256, SHA384, HashAlgorithm
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from companion.encoding.public_pem import load_public
from companion.firmware.image import failed, not_known, passed
from companion.model import Check, Text, Verdict

PublicKey: TypeAlias = ec.EllipticCurvePublicKey | rsa.RSAPublicKey | ed25519.Ed25519PublicKey
Verifies: TypeAlias = Callable[["SignerKey"], bool]

SIGNER = Text("Signature")


@dataclass(frozen=True)
class SignerKey:
    """A public key."""

    key: PublicKey

    @property
    def spki(self) -> bytes:
        """SubjectPublicKeyInfo, DER."""
        return self.key.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)

    @property
    def fingerprint(self) -> str:
        """SHA-256 of that, hexadecimal."""
        return sha256(self.spki).hexdigest()

    @property
    def is_ec(self) -> bool:
        """True for a key of an elliptic curve that signs by ECDSA."""
        return isinstance(self.key, ec.EllipticCurvePublicKey)

    @property
    def is_ed25519(self) -> bool:
        """True for a key of Ed25519."""
        return isinstance(self.key, ed25519.Ed25519PublicKey)

    @property
    def hashes(self) -> frozenset[bytes]:
        """By which an image may name it: SHA-2 of `spki`, and of PKCS #1 for RSA."""
        forms = [self.spki]
        if isinstance(self.key, rsa.RSAPublicKey):
            forms.append(self.key.public_bytes(Encoding.DER, PublicFormat.PKCS1))
        return frozenset(hashed(form).digest() for form in forms for hashed in (sha256, sha384, sha512))


def read_pem(data: bytes) -> SignerKey:
    """A public key in PEM: EC, RSA or Ed25519. Raises ValueError."""
    key = load_public(data)
    if not isinstance(key, ec.EllipticCurvePublicKey | rsa.RSAPublicKey | ed25519.Ed25519PublicKey):
        raise ValueError("a key of another kind")
    return SignerKey(key)


def holds(key: SignerKey, signature: bytes, message: bytes, *, digest: bytes | None = None) -> bool:
    """True if the key signed: ECDSA (DER; with SHA-384 by a key of that size), RSA-PSS with a salt of 32
    octets, Ed25519.

    digest: SHA-256 that was signed in place of `message` (EC, RSA)
    """
    hashed: HashAlgorithm | utils.Prehashed = SHA256() if digest is None else utils.Prehashed(SHA256())
    said = message if digest is None else digest
    try:
        if isinstance(key.key, ec.EllipticCurvePublicKey):
            is_long = key.key.key_size == 384 and digest is None
            key.key.verify(signature, said, ec.ECDSA(SHA384() if is_long else hashed))
        elif isinstance(key.key, rsa.RSAPublicKey):
            key.key.verify(signature, said, padding.PSS(padding.MGF1(SHA256()), 32), hashed)
        else:
            key.key.verify(signature, said)
    except InvalidSignature:
        return False
    return True


def raw_to_der(signature: bytes) -> bytes:
    """r || s as ECDSA's DER. Raises ValueError for an odd length."""
    half, odd = divmod(len(signature), 2)
    if odd or not half:
        raise ValueError("not r and s")
    return utils.encode_dss_signature(
        int.from_bytes(signature[:half], "big"), int.from_bytes(signature[half:], "big")
    )


def examined(name: str, keys: Sequence[SignerKey], verifies: Verifies) -> Check:
    """Whether one of the keys that the user gave made a signature."""
    if not keys:
        return not_known(name, SIGNER, Text("It is signed. Give the signer's public key to check it."))
    for key in keys:
        if verifies(key):
            said = Text("It was made by the key {fingerprint}.", {"fingerprint": key.fingerprint})
            return passed(name, SIGNER, said)
    return failed(name, SIGNER, Text("None of the keys that you gave made it."))


def unsigned(keys: Sequence[SignerKey]) -> Check:
    """The file has no signature: a fault where somebody named who has to have signed it."""
    missing = Text("The file is not signed.")
    return failed("signature", SIGNER, missing) if keys else not_known("signature", SIGNER, missing)


def is_made_by_given(checks: Sequence[Check]) -> bool:
    """True if every signature was checked, there is one, and keys that the user gave made all of them."""
    verdicts = {check.verdict for check in checks if check.claim == SIGNER}
    return verdicts == {Verdict.PASSED}
