"""COSE_Sign1: what was signed for one purpose never passes for another."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from companion.encoding import cbor, cose, es256

KEY = es256.generate()
POINT = es256.point(KEY)
SIGNED = cose.sign(lambda message: es256.sign(KEY, message), b"payload", "rp1 receipt")


def test_what_was_signed_is_read_back():
    assert cose.verify(POINT, SIGNED, "rp1 receipt") == b"payload"
    assert cose.payload_of(SIGNED) == b"payload"


def test_its_shape_is_the_one_of_section_10():
    protected, unprotected, payload, signature = cbor.decode(SIGNED)
    assert (protected, unprotected, payload) == (bytes.fromhex("a10126"), {}, b"payload")
    assert len(signature) == 64


def test_another_purpose_or_another_key_is_refused():
    with pytest.raises(cose.CoseInvalid):
        cose.verify(POINT, SIGNED, "rp1 grant")
    with pytest.raises(cose.CoseInvalid):
        cose.verify(es256.point(es256.generate()), SIGNED, "rp1 receipt")


@given(st.integers(0, len(SIGNED) - 1), st.integers(1, 255))
def test_no_changed_octet_survives(at, flip):
    changed = bytearray(SIGNED)
    changed[at] ^= flip
    with pytest.raises(cose.CoseInvalid):
        cose.verify(POINT, bytes(changed), "rp1 receipt")


@pytest.mark.parametrize(
    "value",
    [[], [b"\xa1\x01\x26", {}, b"x"], [b"", {}, b"x", bytes(64)], [b"\xa1\x01\x26", {1: 1}, b"x", bytes(64)]],
)
def test_other_shapes_are_refused(value):
    with pytest.raises(cose.CoseInvalid):
        cose.verify(POINT, cbor.encode(value), "rp1 receipt")
    with pytest.raises(cose.CoseMalformed):
        cose.payload_of(cbor.encode(value))
    with pytest.raises(cbor.MalformedCbor):
        cose.sign1(cbor.encode(value), 1024)


def test_inside_a_larger_value_it_is_a_byte_string():
    assert cose.sign1(SIGNED, len(SIGNED)) == SIGNED
    for value, most in (
        (cbor.decode(SIGNED), 1024),
        (SIGNED, len(SIGNED) - 1),
        (SIGNED + b"\0", 1024),
        (None, 9),
    ):
        with pytest.raises(cbor.MalformedCbor):
            cose.sign1(value, most)
