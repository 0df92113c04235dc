"""What the primitives must refuse; what they compute is held by the vectors."""

from __future__ import annotations

import pytest

from companion.encoding import es256
from companion.protocols.rp1 import crypto

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


def test_both_ends_arrive_at_the_same_x():
    other = es256.generate()
    here = crypto.ecdh(KEY, es256.load_point(es256.point(other)))
    assert here == crypto.ecdh(other, es256.load_point(POINT))


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


@pytest.mark.parametrize("sealed", [b"", bytes(15), bytes(16), bytes(40)])
def test_what_was_not_sealed_does_not_open(sealed):
    with pytest.raises(crypto.NotAuthentic):
        crypto.unseal(crypto.aes_ccm(bytes(16)), bytes(13), sealed, b"")


@pytest.mark.parametrize("ek", [b"", bytes(1183), b"\xff" * 1184], ids=["empty", "short", "not reduced"])
def test_bad_encapsulation_keys(ek):
    with pytest.raises(crypto.BadEncapsulationKey):
        crypto.encapsulate(ek)


def test_a_wrong_ciphertext_opens_to_an_unrelated_secret():
    private = crypto.kem_generate()
    secret, ciphertext = crypto.encapsulate(crypto.encapsulation_key(private))
    assert crypto.decapsulate(private, ciphertext) == secret
    assert crypto.decapsulate(private, bytes(1088)) != secret
