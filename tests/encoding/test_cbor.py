"""Deterministic CBOR against an independent implementation, and against everything that is not it."""

from __future__ import annotations

from types import MappingProxyType

import cbor2
import pytest
from hypothesis import given
from hypothesis import strategies as st

from companion.encoding import cbor
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


# --- keys that later devices add to results -----------------------------------------------------------

keys = integers | st.binary(max_size=20) | st.text(max_size=20) | st.tuples(integers, st.text(max_size=5))
foreign = st.recursive(leaves, lambda inner: st.dictionaries(keys, inner, max_size=5), max_leaves=12)


def _bytewise(value) -> bytes:
    """Maps in the order of RFC 8949, which cbor2 does not offer."""
    if not isinstance(value, dict):
        return cbor2.dumps(value)
    pairs = sorted((cbor2.dumps(key), _bytewise(inner)) for key, inner in value.items())
    return bytes([0xA0 | len(pairs)]) + b"".join(key + inner for key, inner in pairs)


def _of_integers(value):
    if not isinstance(value, dict):
        return value
    return {key: _of_integers(inner) for key, inner in value.items() if type(key) is int}


@given(foreign)
def test_keys_of_other_types_are_left_out_where_they_may_be(value):
    encoded = _bytewise(value)
    assert cbor.decode(encoded, foreign_keys=True) == _of_integers(value)
    if not isinstance(value, dict) or all(type(key) is int for key in value):
        return
    with pytest.raises(cbor.MalformedCbor):
        cbor.decode(encoded)


@pytest.mark.parametrize(
    "encoded",
    [
        "a2616101616102",  # {"a": 1, "a": 2}
        "a2616201616102",  # {"b": 1, "a": 2}
        "a261610101f6",  # {"a": 1, 1: null}: an integer behind text
        "a17801610101",  # a text key that is not the shortest
        "a1616101" + "00",  # something behind
        "a16161f90000",  # a float in what is left out
        "a1" * 9 + "616101",  # too deep
        "a1" + "81" * 9 + "0101",  # a key that is too deep
        "a16261",  # cut off
    ],
)
def test_what_is_left_out_is_read_as_strictly(encoded):
    with pytest.raises(cbor.MalformedCbor):
        cbor.decode(bytes.fromhex(encoded), foreign_keys=True)


def test_what_is_left_out_has_the_size_of_all_together():
    with pytest.raises(cbor.MalformedCbor):
        cbor.decode(bytes.fromhex("a1616141ff"), max_size=4, foreign_keys=True)
    assert cbor.decode(bytes.fromhex("a1616141ff"), max_size=5, foreign_keys=True) == {}


def test_keys_are_ordered_by_their_octets_and_not_by_their_length():
    """RFC 8949, 4.2.1: -1 (20) comes behind 24 (1818); RFC 7049 would have it first."""
    assert cbor.encode({-1: 0, 24: 0}) == bytes.fromhex("a21818002000")
    assert cbor.decode(bytes.fromhex("a21818002000")) == {24: 0, -1: 0}
    with pytest.raises(cbor.MalformedCbor):
        cbor.decode(bytes.fromhex("a22000181800"))


def test_more_items_than_there_may_be_are_malformed_before_they_are_made():
    value = {1: [0] * 9, 2: {3: [True, None]}}  # 4 and 2 of maps, 9 and 2 of arrays
    data = cbor.encode(value)
    assert cbor.decode(data, max_items=17) == value == cbor.decode(data)
    for most in (0, 3, 12, 16):
        with pytest.raises(cbor.MalformedCbor, match="too many items"):
            cbor.decode(data, max_items=most)
    with pytest.raises(cbor.MalformedCbor, match="too many items"):
        cbor.decode(bytes.fromhex("9bffffffffffffffff"), max_items=17)
