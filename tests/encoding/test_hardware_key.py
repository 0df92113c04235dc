"""A key in hardware signs like any other, and does nothing else."""

from __future__ import annotations

import copy

import pytest
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import Prehashed
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from companion.encoding import es256
from companion.encoding.hardware_key import HardwareKey

SOFT = es256.generate()
HARD = HardwareKey(
    SOFT.public_key(),
    lambda digest: es256.raw_signature(SOFT.sign(digest, ec.ECDSA(Prehashed(hashes.SHA256())))),
)


def test_it_signs() -> None:
    for key in (HARD, copy.copy(HARD), copy.deepcopy(HARD)):
        assert es256.verify(es256.point(SOFT), es256.sign(key, b"message"), b"message")
    assert isinstance(HARD.curve, ec.SECP256R1) and HARD.key_size == 256
    assert HARD.public_key() == SOFT.public_key()


def test_it_gives_nothing_out() -> None:
    refusals = (
        lambda: HARD.private_numbers(),
        lambda: HARD.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption()),
        lambda: HARD.exchange(ec.ECDH(), SOFT.public_key()),
    )
    for refused in refusals:
        with pytest.raises(ValueError, match="only sign"):
            refused()
    assert str(SOFT.private_numbers().private_value) not in repr(HARD)


def test_it_takes_p256_and_sha256_alone() -> None:
    with pytest.raises(ValueError, match="P-256"):
        HardwareKey(ec.generate_private_key(ec.SECP384R1()).public_key(), lambda digest: digest)
    with pytest.raises(ValueError, match="SHA-256"):
        HARD.sign(b"message", ec.ECDSA(hashes.SHA384()))
