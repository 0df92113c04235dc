"""What P-256 and ES256 must refuse; what they compute is held by RP1's and Matter's vectors."""

from __future__ import annotations

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given, settings
from hypothesis import strategies as st

from companion.encoding import es256

KEY = es256.generate()
POINT = es256.point(KEY)
P = 0xFFFFFFFF00000001000000000000000000000000FFFFFFFFFFFFFFFFFFFFFFFF
ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551

BAD_POINTS = {
    "infinity": b"\x00",
    "infinity, padded": bytes(65),
    "zero": b"\x04" + bytes(64),
    "off the curve": POINT[:64] + bytes([POINT[64] ^ 1]),
    "compressed": bytes([2 + POINT[64] % 2]) + POINT[1:33],
    "hybrid": bytes([6 + POINT[64] % 2]) + POINT[1:],
    "coordinate not reduced": b"\x04" + P.to_bytes(32, "big") + POINT[33:],
    "short": POINT[:64],
    "long": POINT + b"\x00",
    "empty": b"",
}


@pytest.mark.parametrize("point", BAD_POINTS.values(), ids=BAD_POINTS.keys())
def test_bad_points(point):
    with pytest.raises(es256.BadPoint):
        es256.load_point(point)
    assert not es256.verify(point, bytes(64), b"")


@pytest.mark.parametrize(
    "signature",
    [bytes(64), b"", bytes(63), bytes(65), ORDER.to_bytes(32, "big") * 2, bytes(31) + b"\1" + bytes(32)],
    ids=["zero", "empty", "short", "long", "order", "s is zero"],
)
def test_bad_signatures(signature):
    assert not es256.verify(POINT, signature, b"message")


def test_a_signature_is_of_its_message():
    signature = es256.sign(KEY, b"message")
    assert es256.verify(POINT, signature, b"message")
    assert not es256.verify(POINT, signature, b"massage")


@settings(max_examples=50, deadline=None)
@given(st.binary(min_size=64, max_size=64))
def test_signatures_in_der_and_back(raw: bytes) -> None:
    assert es256.raw_signature(es256.der_signature(raw)) == raw


@pytest.mark.parametrize(
    "der",
    [
        "",
        "3006020101020101ff",
        "3006020101",
        "3006020180020101",
        "30260221" + "01" * 33 + "020101",
    ],
    ids=["empty", "more", "short", "negative", "too long"],
)
def test_what_is_no_der_signature_is_refused(der: str) -> None:
    with pytest.raises(ValueError):
        es256.raw_signature(bytes.fromhex(der))


def test_only_a_public_key_on_p256_is_one() -> None:
    assert es256.is_p256(KEY.public_key())
    others = (
        KEY,
        ec.generate_private_key(ec.SECP384R1()).public_key(),
        Ed25519PrivateKey.generate().public_key(),
    )
    assert not any(map(es256.is_p256, others))
