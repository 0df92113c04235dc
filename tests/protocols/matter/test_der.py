"""DER: one encoding for each value, whatever its length."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from companion.protocols.matter import der


@pytest.mark.parametrize(
    "data",
    [
        "0480",
        "04810100",
        "0482007f",
        "048300000100",
        "04",
        "048101",
        "0402aa",
        "0401aabb",
        "0500",
        "1f810100",
        "",
    ],
)
def test_der_has_one_encoding_for_each_value(data: str) -> None:
    with pytest.raises(der.MalformedDer):
        der.read(bytes.fromhex(data)).of(der.OCTET_STRING)


@pytest.mark.parametrize("size", [0, 127, 128, 255, 256, 65535, 65536])
def test_der_of_any_length_is_read_again(size: int) -> None:
    held = der.read(der.wrap(der.SEQUENCE, der.wrap(der.OCTET_STRING, bytes(size))))
    assert held.only(der.SEQUENCE).of(der.OCTET_STRING) == bytes(size)


def test_what_is_inside_is_counted() -> None:
    pair = der.read(der.wrap(der.SEQUENCE, der.TRUE, der.TRUE))
    assert [each.whole for each in pair.sequence(2)] == [der.TRUE, der.TRUE]
    assert len(pair.sequence(0, 3)) == 2
    for low, high in ((1, None), (3, None), (0, 1), (3, 4)):
        with pytest.raises(der.MalformedDer):
            pair.sequence(low, high)
    with pytest.raises(der.MalformedDer):
        pair.only(der.SET)


@pytest.mark.parametrize(
    ("dotted", "encoded"),
    [
        ("1.2.840.113549.1.7.2", "06092a864886f70d010702"),
        ("2.5.4.3", "0603550403"),
        ("1.3.6.1.4.1.37244.1.1", "060a2b0601040182a27c0101"),
    ],
)
def test_identifiers_of_objects(dotted: str, encoded: str) -> None:
    assert der.oid(dotted).hex() == encoded


@given(st.binary(max_size=60))
def test_any_octets_are_read_as_they_are_or_refused(data: bytes) -> None:
    try:
        nodes = der.read_all(data)
    except der.MalformedDer:
        return
    assert b"".join(der.wrap(node.tag, node.content) for node in nodes) == data
