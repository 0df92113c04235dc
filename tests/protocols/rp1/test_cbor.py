"""Deterministic CBOR against an independent implementation, and against everything that is not it."""

from __future__ import annotations

from types import MappingProxyType

import cbor2
import pytest
from hypothesis import given
from hypothesis import strategies as st

from companion.protocols.rp1 import cbor
from companion.protocols.rp1.aborts import Abort

integers = st.integers(-(1 << 64), (1 << 64) - 1)
leaves = st.none() | st.booleans() | integers | st.binary(max_size=300) | st.text(max_size=100)
values = st.recursive(
    leaves,
    lambda inner: st.lists(inner, max_size=5) | st.dictionaries(integers, inner, max_size=5),
    max_leaves=12,
)


def depth(value) -> int:
    inner = value if isinstance(value, list) else value.values() if isinstance(value, dict) else None
    return 0 if inner is None else 1 + max(map(depth, inner), default=0)


@given(values.filter(lambda value: depth(value) <= cbor.MAX_DEPTH))
def test_what_is_said_is_understood(value):
    assert cbor.decode(cbor.encode(value)) == value


@given(values)
def test_there_is_one_encoding_and_it_is_the_one_of_rfc_8949(value):
    assert cbor.encode(value) == cbor2.dumps(value, canonical=True) or _has_reordered_keys(value)
    assert cbor2.loads(cbor.encode(value)) == value


def _has_reordered_keys(value) -> bool:
    """cbor2's canonical order is RFC 7049's, by length first: it differs where negative keys are shorter."""
    if isinstance(value, list):
        return any(map(_has_reordered_keys, value))
    if isinstance(value, dict):
        keys = [cbor.encode(key) for key in value]
        return sorted(keys) != sorted(keys, key=lambda key: (len(key), key)) or any(
            map(_has_reordered_keys, value.values())
        )
    return False


@given(st.binary(max_size=60))
def test_whatever_decodes_is_its_own_encoding(data):
    """No foreign bytes raise anything but MalformedCbor, and none has two readings."""
    try:
        value = cbor.decode(data)
    except cbor.MalformedCbor:
        return
    assert cbor.encode(value) == data


@given(values.filter(lambda value: depth(value) < cbor.MAX_DEPTH), st.binary(max_size=8))
def test_the_first_value_of_several_is_found(value, rest):
    data = cbor.encode(value)
    assert cbor.decode_first(data + rest) == (value, len(data))


MALFORMED = {
    "empty": "",
    "one octet where none is needed": "1817",
    "two octets where one is enough": "1900ff",
    "four octets where two are enough": "1a0000ffff",
    "eight octets where four are enough": "1b00000000ffffffff",
    "a long length": "5801ff",
    "indefinite bytes": "5f4100ff",
    "indefinite array": "9f00ff",
    "indefinite map": "bfff",
    "a tag": "c001",
    "a half float": "f93c00",
    "a float": "fa3f800000",
    "a double": "fb3ff0000000000000",
    "undefined": "f7",
    "a simple value": "e0",
    "a long simple value": "f820",
    "a reserved length": "1c",
    "a text key": "a1616100",
    "a byte string key": "a1410000",
    "a key twice": "a201000100",
    "keys that descend": "a202000100",
    "a negative key first": "a220000100",
    "trailing": "0000",
    "cut bytes": "43ffff",
    "a cut array": "8200",
    "an array that promises too much": "9bffffffffffffffff",
    "text that is not UTF-8": "61ff",
}


@pytest.mark.parametrize("data", MALFORMED.values(), ids=MALFORMED.keys())
def test_refused(data):
    with pytest.raises(cbor.MalformedCbor):
        cbor.decode(bytes.fromhex(data))


def test_depth_and_size_have_an_end():
    nested = b"\x81" * cbor.MAX_DEPTH + b"\x00"
    assert cbor.decode(nested)
    with pytest.raises(cbor.MalformedCbor):
        cbor.decode(b"\x81" + nested)
    with pytest.raises(cbor.MalformedCbor):
        cbor.decode(b"\x81" * 100_000)
    with pytest.raises(cbor.MalformedCbor):
        cbor.decode(cbor.encode(bytes(cbor.MAX_SIZE)))


@pytest.mark.parametrize("value", [1.5, {"a": 1}, {True: 1}, object()])
def test_what_has_no_encoding_is_a_mistake_of_ours(value):
    with pytest.raises(TypeError):
        cbor.encode(value)


def test_relatives_of_the_usual_types_are_said_like_them():
    assert cbor.encode(Abort.BUSY) == b"\x03"
    assert cbor.encode(MappingProxyType({1: True})) == bytes.fromhex("a101f5")
    assert cbor.encode(range(3)) == bytes.fromhex("83000102")


def test_integers_beyond_64_bits_are_a_mistake_of_ours():
    with pytest.raises(ValueError, match="64 bits"):
        cbor.encode(1 << 64)
