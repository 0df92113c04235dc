"""TLV held against an implementation of others: the Python package that comes with the Matter SDK."""

from __future__ import annotations

import pytest
from hypothesis import given

from companion.protocols.matter import tlv
from companion.protocols.matter.tlv import Element, Kind
from tests.protocols.matter.tlv.test_tlv import CONTAINERS, ELEMENTS, TAGS

theirs = pytest.importorskip("chip.tlv", reason="home-assistant-chip-clusters is not installed")


def as_they_say(element: Element) -> object:
    """An element in the Python types of theirs."""
    match element.kind:
        case Kind.UNSIGNED:
            return theirs.uint(element.value)
        case Kind.FLOAT:
            return theirs.float32(element.value)
        case Kind.STRUCTURE:
            return {member.tag: as_they_say(member) for member in element}
        case Kind.ARRAY:
            return [as_they_say(member) for member in element]
    return element.value


def speakable(element: Element) -> bool:
    """Theirs has neither lists with values of its own nor tags of profiles in dictionaries."""
    if element.kind is Kind.LIST or isinstance(element.tag, tlv.ProfileTag):
        return False
    return not isinstance(element.value, tuple) or all(speakable(member) for member in element)


def in_order(element: Element) -> Element:
    """The same with the members of structures by tag, as theirs writes them."""
    if not isinstance(element.value, tuple):
        return element
    members = [in_order(member) for member in element]
    if element.kind is Kind.STRUCTURE:
        members.sort(key=lambda member: str(member.tag))
    return Element(element.tag, element.kind, tuple(members))


@given(ELEMENTS.filter(speakable))
def test_theirs_reads_what_ours_writes(element: Element) -> None:
    read = theirs.TLVReader(tlv.encode(element)).get()["Any"]
    assert read == as_they_say(element)


@given(ELEMENTS.filter(speakable))
def test_ours_reads_what_theirs_writes(element: Element) -> None:
    writer = theirs.TLVWriter()
    writer.put(None, as_they_say(element))
    assert in_order(tlv.decode(bytes(writer.encoding))) == in_order(element)


@pytest.mark.parametrize("name", [*CONTAINERS, *TAGS])
def test_theirs_reads_the_examples_of_the_specification(name: str) -> None:
    element = {**CONTAINERS, **TAGS}[name]
    read = theirs.TLVReader(tlv.encode(element)).get()
    assert len(read) == 1
