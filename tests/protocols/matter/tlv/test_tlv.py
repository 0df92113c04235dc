"""TLV: what the specification gives as examples, any element there and back, and bytes that are none."""

from __future__ import annotations

import json
import struct
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from companion.protocols.matter import tlv
from companion.protocols.matter.tlv import Element, Kind, Limits, MalformedTlv, ProfileTag

VECTORS = json.loads((Path(__file__).parents[1] / "vectors" / "tlv.json").read_text(encoding="utf-8"))
QUALIFIED = 0xFFF1 << 16 | 0xDEED
CONTAINERS = {
    "empty structure": tlv.structure(None),
    "empty array": tlv.array(None),
    "empty list": tlv.list_of(None),
    "structure": tlv.structure(None, tlv.signed(0, 42), tlv.signed(1, -17)),
    "array": tlv.array(None, *(tlv.signed(None, number) for number in range(5))),
    "list": tlv.list_of(
        None,
        tlv.signed(None, 1),
        tlv.signed(0, 42),
        tlv.signed(None, 2),
        tlv.signed(None, 3),
        tlv.signed(0, -17),
    ),
    "mixed array": tlv.array(
        None,
        tlv.signed(None, 42),
        tlv.signed(None, -170000),
        tlv.structure(None),
        Element(None, Kind.FLOAT, struct.unpack("<f", struct.pack("<f", 17.9))[0]),
        tlv.text(None, "Hello!"),
    ),
}
TAGS = {
    "context": tlv.unsigned(1, 42),
    "common, 2 octets": tlv.unsigned(ProfileTag(1), 42),
    "common, 4 octets": tlv.unsigned(ProfileTag(100000), 42),
    "implicit, 2 octets": tlv.unsigned(ProfileTag(1, None), 42),
    "implicit, 4 octets": tlv.unsigned(ProfileTag(100000, None), 42),
    "qualified, 6 octets": tlv.unsigned(ProfileTag(1, QUALIFIED), 42),
    "qualified, 8 octets": tlv.unsigned(ProfileTag(0xAA55FEED, QUALIFIED), 42),
    "qualified structure": tlv.structure(
        ProfileTag(1, QUALIFIED), tlv.unsigned(ProfileTag(0xAA, QUALIFIED), 42)
    ),
}


def scalar(kind: str, value: object) -> Element:
    return Element(None, Kind[kind], float(value) if kind in ("FLOAT", "DOUBLE") else value)


@pytest.mark.parametrize(("octets", "kind", "value"), [row[1:] for row in VECTORS["scalars"]])
def test_scalars_look_as_in_the_specification(octets: str, kind: str, value: object) -> None:
    assert tlv.encode(scalar(kind, value)).hex() == octets
    assert tlv.decode(bytes.fromhex(octets)) == scalar(kind, value)


@pytest.mark.parametrize(("octets", "kind", "value"), [row[1:] for row in VECTORS["wide"]])
def test_numbers_that_others_write_wider_are_read(octets: str, kind: str, value: object) -> None:
    assert tlv.decode(bytes.fromhex(octets)) == scalar(kind, value)


@pytest.mark.parametrize(
    ("octets", "element"),
    [(VECTORS["containers"][name], element) for name, element in CONTAINERS.items()]
    + [(VECTORS["tags"][name], element) for name, element in TAGS.items()],
)
def test_containers_and_tags_look_as_in_the_specification(octets: str, element: Element) -> None:
    assert tlv.encode(element).hex() == octets
    assert tlv.decode(bytes.fromhex(octets)) == element


TAG = st.none() | st.integers(0, 255)
PROFILE_TAG = st.builds(ProfileTag, st.integers(0, 2**32 - 1), st.none() | st.integers(0, 2**32 - 1))
SCALAR = st.one_of(
    st.builds(tlv.signed, st.none(), st.integers(-(2**63), 2**63 - 1)),
    st.builds(tlv.unsigned, st.none(), st.integers(0, 2**64 - 1)),
    st.builds(tlv.boolean, st.none(), st.booleans()),
    st.builds(tlv.text, st.none(), st.text(max_size=300)),
    st.builds(tlv.octets, st.none(), st.binary(max_size=300)),
    st.builds(tlv.null, st.none()),
    st.floats(allow_nan=False).map(lambda number: Element(None, Kind.DOUBLE, number)),
    st.floats(allow_nan=False, width=32).map(lambda number: Element(None, Kind.FLOAT, number)),
)


def containers(members: st.SearchStrategy[Element]) -> st.SearchStrategy[Element]:
    tagged = st.dictionaries(st.integers(0, 255) | PROFILE_TAG, members, max_size=5)
    return st.one_of(
        tagged.map(lambda held: tlv.structure(None, *(one.tagged(tag) for tag, one in held.items()))),
        st.lists(members, max_size=5).map(lambda held: tlv.array(None, *held)),
        st.lists(st.tuples(TAG | PROFILE_TAG, members), max_size=5).map(
            lambda held: tlv.list_of(None, *(one.tagged(tag) for tag, one in held))
        ),
    )


ELEMENTS = st.recursive(SCALAR, containers, max_leaves=20)


@given(ELEMENTS, st.binary(max_size=4))
def test_any_element_comes_back_from_its_octets(element: Element, behind: bytes) -> None:
    octets = tlv.encode(element)
    assert tlv.decode(octets) == element
    assert tlv.decode_first(octets + behind) == (element, len(octets))
    if behind:
        with pytest.raises(MalformedTlv):
            tlv.decode(octets + behind)


@pytest.mark.beside_the_gate
@given(ELEMENTS)
def test_what_is_cut_off_is_malformed(element: Element) -> None:
    octets = tlv.encode(element)
    for length in range(len(octets)):
        with pytest.raises(MalformedTlv):
            tlv.decode(octets[:length])


@given(st.binary(max_size=64))
def test_any_octets_are_malformed_or_an_element_that_comes_back(data: bytes) -> None:
    try:
        element = tlv.decode(data)
    except MalformedTlv:
        return
    again = tlv.decode(tlv.encode(element))
    assert repr(again) == repr(element)  # NaN is not equal to itself


@pytest.mark.parametrize(
    ("data", "why"),
    [
        ("18", "end"),
        ("19", "unknown type"),
        ("1f", "unknown type"),
        ("15042a18", "without"),
        ("1624012a18", "tag"),
        ("152401012401021818", "twice"),
        ("0c01ff", "UTF-8"),
        ("13ffffffffffffffff", "cut off"),
        ("153818", "unknown type"),
    ],
)
def test_what_is_not_tlv_is_refused_with_the_reason(data: str, why: str) -> None:
    with pytest.raises(MalformedTlv, match=why):
        tlv.decode(bytes.fromhex(data))


def test_bombs_end_at_the_limits() -> None:
    nested = b"\x16" * 16 + b"\x18" * 16
    assert tlv.decode(nested).kind is Kind.ARRAY
    with pytest.raises(MalformedTlv, match="deeply"):
        tlv.decode(b"\x16" + nested + b"\x18")
    with pytest.raises(MalformedTlv, match="deeply"):
        tlv.decode(b"\x16" * 60000)
    with pytest.raises(MalformedTlv, match="elements"):
        tlv.decode(b"\x16" + b"\x14" * 9000 + b"\x18")
    with pytest.raises(MalformedTlv, match="too long"):
        tlv.decode(b"\x11\x06\x00secret", Limits(size=8))


@pytest.mark.parametrize(
    "element",
    [
        tlv.unsigned(None, -1),
        tlv.unsigned(None, 2**64),
        tlv.signed(None, 2**63),
        tlv.null(256),
        tlv.null(-1),
        tlv.null(ProfileTag(2**32)),
        tlv.null(ProfileTag(-1)),
        tlv.null(ProfileTag(1, 2**32)),
        tlv.structure(None, tlv.null(None)),
        tlv.array(None, tlv.null(1)),
    ],
)
def test_what_tlv_can_not_say_is_not_written(element: Element) -> None:
    with pytest.raises(ValueError):
        tlv.encode(element)


@pytest.mark.parametrize("element", [tlv.unsigned(None, True), tlv.text(None, b"x"), tlv.boolean(None, 1)])
def test_a_value_of_another_type_than_its_kind_is_not_written(element: Element) -> None:
    with pytest.raises(TypeError):
        tlv.encode(element)


def test_members_are_found_by_tag() -> None:
    held = tlv.structure(None, tlv.unsigned(1, 7), tlv.text(2, "x"))
    assert held.member(1).value == 7 and [member.tag for member in held] == [1, 2]
    assert held.find(3) is None
    with pytest.raises(MalformedTlv, match="no member 3"):
        held.member(3)
    with pytest.raises(MalformedTlv, match="container"):
        held.member(1).find(1)


def test_neither_octets_nor_text_are_shown() -> None:
    assert "hunter2" not in repr(tlv.structure(None, tlv.octets(1, b"hunter2"), tlv.text(2, "hunter2")))
    assert repr(tlv.octets(1, b"hunter2")) == "Element(1, OCTETS, <7>)"
    assert repr(tlv.unsigned(None, 7)) == "Element(None, UNSIGNED, 7)"
