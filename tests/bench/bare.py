"""The primitives that one side of an RP1 handshake can't do without, straight from the libraries.

| | commissioner | device |
|---|---|---|
| random values | sid, N_C, E_C and its encoding | N_D, E_D and its encoding |
| SHA-256 | INFO, com_C, th2 twice, th3, th4, th5 | the same, and H(M1) for its random values |
| ECDH | E_D decoded, one exchange | E_C decoded, one exchange |
| HKDF | 3 extractions; 2 mixes, MASTER, 4 for M3 and M4, 4 for records, the number in NC | the same |
| AES-CCM | M3 sealed, M4 opened, a cipher for each direction | M3 opened, M4 sealed, the same |
| OOB | fp of the identity key, sig_D checked | sig_D made |
| suite 2 | ML-KEM keys, ek encoded, decapsulation | ek decoded, encapsulation |

Inputs are as long as on the wire. What every handshake shares (labels, the salt of PRK1) is made once.
"""

from __future__ import annotations

import hashlib
import hmac
import os
from collections.abc import Callable

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, mlkem
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature, encode_dss_signature
from cryptography.hazmat.primitives.ciphers.aead import AESCCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDFExpand
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from companion.protocols.rp1.methods import Method

SECRET, LABEL, HEADER, NONCE = bytes(32), bytes(48), bytes(5), bytes(13)
INFO, OPENING, AUTH_D = bytes(18), bytes(86), bytes(137)
M1, M2 = {False: bytes(70), True: bytes(1258)}, {False: bytes(101), True: bytes(1193)}
SHA256, CURVE = hashes.SHA256(), ec.SECP256R1()
SIGN = ec.ECDSA(SHA256, deterministic_signing=True)

IDENTITY = ec.generate_private_key(CURVE)
IDENTITY_POINT = IDENTITY.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
SIGNATURE = decode_dss_signature(IDENTITY.sign(LABEL, SIGN))
PEER = ec.generate_private_key(CURVE).public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
KEM = mlkem.MLKEM768PrivateKey.generate()
EK = KEM.public_key().public_bytes_raw()
CIPHERTEXT = KEM.public_key().encapsulate()[1]
EMPTY = AESCCM(SECRET[:16], 16).encrypt(NONCE, b"\xa0", HEADER)


def sides(method: Method, suites: tuple[int, ...]) -> tuple[Callable[[], None], Callable[[], None]]:
    """The commissioner's primitives and the device's, each to be called once a handshake."""
    identified, hybrid = bool(method & Method.OOB), 2 in suites
    plaintext = AUTH_D if identified else b"\xa0"
    sealed = AESCCM(SECRET[:16], 16).encrypt(NONCE, plaintext, HEADER)

    def commissioner() -> None:
        os.urandom(8)
        if hybrid:
            kem = mlkem.MLKEM768PrivateKey.generate()
            kem.public_key().public_bytes_raw()
        _agree(hybrid, compared=not identified)
        if hybrid:
            KEM.decapsulate(CIPHERTEXT)
        _records(b"\xa0", sealed)
        if identified:
            hashlib.sha256(IDENTITY_POINT).digest()
            public = ec.EllipticCurvePublicKey.from_encoded_point(CURVE, IDENTITY_POINT)
            public.verify(encode_dss_signature(*SIGNATURE), LABEL, ec.ECDSA(SHA256))

    def device() -> None:
        hashlib.sha256(M1[hybrid]).digest()
        if hybrid:
            mlkem.MLKEM768PublicKey.from_public_bytes(EK).encapsulate()
        _agree(hybrid, compared=not identified)
        if identified:
            decode_dss_signature(IDENTITY.sign(LABEL, SIGN))
        _records(plaintext, EMPTY)

    return commissioner, device


def _agree(hybrid: bool, *, compared: bool) -> None:
    """Sections 2 and 3 as both sides go through them."""
    key = ec.generate_private_key(CURVE)
    key.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
    os.urandom(16)
    for hashed in (INFO, OPENING, M1[hybrid], M2[hybrid], OPENING, HEADER, AUTH_D):
        hashlib.sha256(hashed).digest()
    key.exchange(ec.ECDH(), ec.EllipticCurvePublicKey.from_encoded_point(CURVE, PEER))
    for _ in range(3):
        hmac.digest(SECRET, SECRET, "sha256")
    for _ in range(3 + compared):
        HKDFExpand(SHA256, 32, LABEL).derive(SECRET)
    for size in (16, 13) * 4:
        HKDFExpand(SHA256, size, LABEL).derive(SECRET)


def _records(sealed: bytes, opened: bytes) -> None:
    """M3, M4, and what both directions of the session are sealed with."""
    AESCCM(SECRET[:16], 16).encrypt(NONCE, sealed, HEADER)
    AESCCM(SECRET[:16], 16).decrypt(NONCE, opened, HEADER)
    for _ in range(2):
        AESCCM(SECRET[:16], 16)
