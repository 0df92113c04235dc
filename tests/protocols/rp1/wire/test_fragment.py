"""Fragments at every MTU: what is cut is put together, and nothing else is."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from companion.protocols.rp1.aborts import Abort, LocalAbort
from companion.protocols.rp1.wire.fragment import Reassembler, split, value_size

mtus = st.integers(23, 517)
messages = st.binary(min_size=1, max_size=3000)


def reassemble(fragments, limit=65535):
    reassembler = Reassembler(limit)
    made = [reassembler.feed(fragment.data) for fragment in fragments]
    assert made[:-1] == [None] * (len(made) - 1)
    assert not reassembler.is_inside
    return made[-1]


@given(messages, mtus)
def test_what_is_cut_is_put_together(message, mtu):
    assert reassemble(split(message, value_size(mtu))) == message


@given(messages, mtus)
def test_every_fragment_fits_and_counts(message, mtu):
    fragments = split(message, value_size(mtu))
    assert all(1 <= len(fragment.data) <= min(mtu - 3, 512) for fragment in fragments)
    assert [fragment.data[0] % 64 for fragment in fragments] == [n % 64 for n in range(len(fragments))]
    assert [bool(f.data[0] & 0x80) for f in fragments] == [True] + [False] * (len(fragments) - 1)
    assert [bool(f.data[0] & 0x40) for f in fragments] == [False] * (len(fragments) - 1) + [True]
    assert fragments[0].data[1:3] == len(message).to_bytes(2, "big")


@given(messages, mtus)
def test_every_eighth_and_the_last_are_acknowledged(message, mtu):
    fragments = split(message, value_size(mtu))
    for number, fragment in enumerate(fragments, 1):
        assert fragment.acknowledged == (number % 8 == 0 or number == len(fragments))


@given(st.data())
def test_any_cutting_of_the_peer_is_taken(data):
    """A device may cut as it likes, down to fragments without payload."""
    message = data.draw(st.binary(min_size=1, max_size=200))
    cuts = sorted(data.draw(st.lists(st.integers(0, len(message)), min_size=1, max_size=100)))
    pieces = [message[a:b] for a, b in zip([0, *cuts], [*cuts, len(message)], strict=True)]
    values = []
    for index, piece in enumerate(pieces):
        flags = index % 64 | (0x80 if index == 0 else 0) | (0x40 if index == len(pieces) - 1 else 0)
        head = bytes([flags]) + (len(message).to_bytes(2, "big") if index == 0 else b"")
        values.append(head + piece)
    reassembler = Reassembler()
    assert [reassembler.feed(value) for value in values][-1] == message


@given(st.lists(st.binary(max_size=30), max_size=12))
def test_foreign_octets_raise_only_abort_5(values):
    reassembler = Reassembler(64)
    for value in values:
        try:
            message = reassembler.feed(value)
        except LocalAbort as abort:
            assert abort.code == Abort.FRAGMENT
            return
        assert message is None or len(message) <= 64


@given(st.binary(min_size=50, max_size=400), st.data())
def test_a_lost_doubled_or_swapped_fragment_is_noticed(message, data):
    values = [fragment.data for fragment in split(message, 20)]
    at = data.draw(st.integers(0, len(values) - 2))
    harm = data.draw(st.sampled_from(["lost", "doubled", "swapped"]))
    if harm == "lost":
        del values[at]
    elif harm == "doubled":
        values.insert(at, values[at])
    else:
        values[at], values[at + 1] = values[at + 1], values[at]
    reassembler = Reassembler()
    with pytest.raises(LocalAbort) as raised:
        for value in values:
            assert reassembler.feed(value) is None
    assert raised.value.code == Abort.FRAGMENT


BROKEN = {
    "empty": [b""],
    "no start": [b"\x41abc"],
    "start without length": [b"\xc0\x00"],
    "start inside a message": [b"\x80\x00\x05ab", b"\xc0\x00\x01a"],
    "a gap": [b"\x80\x00\x05ab", b"\x02c"],
    "start with another counter": [b"\xc1\x00\x01a"],
    "longer than announced": [b"\xc0\x00\x01ab"],
    "shorter than announced": [b"\xc0\x00\x03ab"],
    "longer than accepted": [b"\x80\x02\x01a"],
}


@pytest.mark.parametrize("values", BROKEN.values(), ids=BROKEN.keys())
def test_broken(values):
    reassembler = Reassembler(512)
    with pytest.raises(LocalAbort) as raised:
        for value in values:
            assert reassembler.feed(value) is None
    assert raised.value.code == Abort.FRAGMENT


def test_a_message_has_at_most_65535_octets():
    assert reassemble(split(bytes(65535), 512)) == bytes(65535)
    with pytest.raises(ValueError, match="65535"):
        split(bytes(65536), 512)


def test_value_size_is_bounded_by_the_longest_attribute():
    assert (value_size(23), value_size(247), value_size(517)) == (20, 244, 512)
