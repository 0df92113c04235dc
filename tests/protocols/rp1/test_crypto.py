"""What the primitives must refuse; what they compute is held by the vectors."""

from __future__ import annotations

import pytest

from companion.encoding import es256
from companion.protocols.rp1 import crypto

KEY = es256.generate()
POINT = es256.point(KEY)


def test_both_ends_arrive_at_the_same_x():
    other = es256.generate()
    here = crypto.ecdh(KEY, es256.load_point(es256.point(other)))
    assert here == crypto.ecdh(other, es256.load_point(POINT))


@pytest.mark.parametrize("ek", [b"", bytes(1183), b"\xff" * 1184], ids=["empty", "short", "not reduced"])
def test_bad_encapsulation_keys(ek):
    with pytest.raises(crypto.BadEncapsulationKey):
        crypto.encapsulate(ek)


def test_a_wrong_ciphertext_opens_to_an_unrelated_secret():
    private = crypto.kem_generate()
    secret, ciphertext = crypto.encapsulate(crypto.encapsulation_key(private))
    assert crypto.decapsulate(private, ciphertext) == secret
    assert crypto.decapsulate(private, bytes(1088)) != secret
