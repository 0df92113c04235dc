"""COSE_Sign1: what was signed for one purpose never passes for another."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from companion.protocols.rp1 import cbor, cose, crypto

KEY = crypto.generate()
POINT = crypto.point(KEY)
SIGNED = cose.sign(lambda message: crypto.es256_sign(KEY, message), b"payload", "rp1 receipt")


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
        cose.verify(crypto.point(crypto.generate()), SIGNED, "rp1 receipt")


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
        cose.encoded(cbor.encode(value), 1024)


def test_inside_a_larger_value_it_is_a_byte_string():
    assert cose.encoded(SIGNED, len(SIGNED)) == SIGNED
    for value, most in (
        (cbor.decode(SIGNED), 1024),
        (SIGNED, len(SIGNED) - 1),
        (SIGNED + b"\0", 1024),
        (None, 9),
    ):
        with pytest.raises(cbor.MalformedCbor):
            cose.encoded(value, most)


def test_a_reader_says_what_is_wrong():
    """4 for what has another shape, 9 for what somebody else signed."""
    defects = {
        4: (cose.CoseMalformed("shape"), cbor.MalformedCbor("an unknown key")),
        9: (cose.CoseInvalid("signature"), crypto.BadPoint("off the curve")),
    }
    for code, errors in defects.items():
        for error in errors:
            with pytest.raises(cose.BadSigned) as raised, cose.reading(cose.BadSigned):
                raise error
            assert raised.value.code == code
    with cose.reading(cose.BadSigned):
        pass
