"""The owner key signs ES256 as the profile wants it."""

import pytest
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from hypothesis import given
from hypothesis import strategies as st

from companion.identity import OwnerKey

OWNER = OwnerKey.generate()


def verify(public: bytes, signature: bytes, message: bytes) -> None:
    key = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), public)
    r, s = (int.from_bytes(half, "big") for half in (signature[:32], signature[32:]))
    key.verify(encode_dss_signature(r, s), message, ec.ECDSA(hashes.SHA256()))


def test_the_signature_is_the_one_of_rfc_6979() -> None:
    """RFC 6979, A.2.5: P-256 with SHA-256, message "sample"."""
    scalar = 0xC9AFA9D845BA75166B5C215767B1D6934E50C3DB36E89B127B8A622B120F6721
    owner = OwnerKey(ec.derive_private_key(scalar, ec.SECP256R1()))
    assert owner.sign(b"sample").hex() == (
        "efd48b2aacb6a8fd1140dd9cd45e81d69d2c877b56aaf991c34d0ea84eaf3716"
        "f7cb1c942d657c41d436c7a1b6e29f65f3e900dbb9aff4064dc4ab2f843acda8"
    )


@given(st.binary(max_size=100))
def test_signatures_have_64_octets_and_hold_for_their_message_alone(message: bytes) -> None:
    signature = OWNER.sign(message)
    assert len(signature) == 64
    verify(OWNER.public, signature, message)
    with pytest.raises(InvalidSignature):
        verify(OWNER.public, signature, message + b"!")


def test_the_public_key_is_an_uncompressed_point() -> None:
    assert len(OWNER.public) == 65 and OWNER.public[0] == 4


def test_a_sealed_key_comes_back() -> None:
    assert OwnerKey.load(OWNER.seal()).public == OWNER.public
    assert repr(OWNER.seal()) == "<redacted>"


def test_a_key_on_another_curve_is_refused() -> None:
    with pytest.raises(ValueError, match="P-256"):
        OwnerKey(ec.generate_private_key(ec.SECP384R1()))
