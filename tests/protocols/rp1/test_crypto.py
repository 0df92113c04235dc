"""What the primitives must refuse; what they compute is held by the vectors."""

from __future__ import annotations

import pytest

from companion.protocols.rp1 import crypto

KEY = crypto.generate()
POINT = crypto.point(KEY)
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
    with pytest.raises(crypto.BadPoint):
        crypto.load_point(point)
    assert not crypto.es256_verify(point, bytes(64), b"")


def test_both_ends_arrive_at_the_same_x():
    other = crypto.generate()
    here = crypto.ecdh(KEY, crypto.load_point(crypto.point(other)))
    assert here == crypto.ecdh(other, crypto.load_point(POINT))


@pytest.mark.parametrize(
    "signature",
    [bytes(64), b"", bytes(63), bytes(65), ORDER.to_bytes(32, "big") * 2, bytes(31) + b"\1" + bytes(32)],
    ids=["zero", "empty", "short", "long", "order", "s is zero"],
)
def test_bad_signatures(signature):
    assert not crypto.es256_verify(POINT, signature, b"message")


def test_a_signature_is_of_its_message():
    signature = crypto.es256_sign(KEY, b"message")
    assert crypto.es256_verify(POINT, signature, b"message")
    assert not crypto.es256_verify(POINT, signature, b"massage")


@pytest.mark.parametrize("sealed", [b"", bytes(15), bytes(16), bytes(40)])
def test_what_was_not_sealed_does_not_open(sealed):
    with pytest.raises(crypto.NotAuthentic):
        crypto.unseal(crypto.aes_ccm(bytes(16)), bytes(13), sealed, b"")


@pytest.mark.parametrize("ek", [b"", bytes(1183), b"\xff" * 1184], ids=["empty", "short", "not reduced"])
def test_bad_encapsulation_keys(ek):
    with pytest.raises(crypto.BadPoint):
        crypto.encapsulate(ek)


def test_a_wrong_ciphertext_opens_to_an_unrelated_secret():
    private = crypto.kem_generate()
    secret, ciphertext = crypto.encapsulate(crypto.encapsulation_key(private))
    assert crypto.decapsulate(private, ciphertext) == secret
    assert crypto.decapsulate(private, bytes(1088)) != secret
