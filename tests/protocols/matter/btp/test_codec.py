"""Segments and handshakes as octets."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from companion.errors import OperationTimeout, ProtocolViolation, VersionUnsupported
from companion.protocols.matter.btp import BtpFailure, Reason, Request, Response, Segment
from companion.protocols.matter.btp.handshake import choose, segment_size
from companion.protocols.matter.btp.reassembly import Reassembler, Segmenter
from companion.protocols.matter.btp.segment import decode

PAYLOAD = bytes.fromhex(
    "0400000049b6a902a9a5773dbb8cafd90120a7c7000015300120cb0c120a3499327ddaec4ebe60889df0f1bf80d8a4dea1dd6ffef1"
    "6ef58ecafe25028e17240300280418"
)
"""From matter.js's BtpCodecTest, as the handshakes below."""


def test_a_segment_looks_as_others_write_it() -> None:
    whole = Segment(0, PAYLOAD, acknowledged=0, length=0x44, ends=True)
    assert whole.encode() == bytes.fromhex("0d00004400") + PAYLOAD
    assert decode(whole.encode()) == whole
    last = Segment(0, PAYLOAD, acknowledged=0, ends=True)
    assert last.encode() == bytes.fromhex("0e0000") + PAYLOAD
    assert Segment(2, acknowledged=1).encode() == bytes.fromhex("080102")


def test_handshakes_look_as_others_write_them() -> None:
    assert Request(185, 6).encode() == bytes.fromhex("656c04000000b90006")
    several = Request(185, 6, (4, 5, 6))
    assert several.encode() == bytes.fromhex("656c54060000b90006")
    assert Request.decode(several.encode()) == several
    assert Response(256, 6).encode() == bytes.fromhex("656c04000106")
    assert Response.decode(bytes.fromhex("656c04000106")) == Response(256, 6)


SEGMENTS = st.builds(
    Segment,
    sequence=st.integers(0, 255),
    payload=st.binary(min_size=1, max_size=30),
    acknowledged=st.none() | st.integers(0, 255),
    length=st.none() | st.integers(0, 65535),
    ends=st.booleans(),
) | st.builds(Segment, sequence=st.integers(0, 255), acknowledged=st.integers(0, 255))


@given(SEGMENTS)
def test_any_segment_comes_back(segment: Segment) -> None:
    assert decode(segment.encode()) == segment


@given(st.binary(max_size=12))
def test_any_octets_are_a_segment_or_malformed(data: bytes) -> None:
    try:
        segment = decode(data)
    except BtpFailure as failure:
        assert failure.reason is Reason.MALFORMED
        return
    assert decode(segment.encode()) == segment


@pytest.mark.parametrize(
    "data",
    [
        "",
        "01",
        "0100",
        "010005",  # the length is cut off
        "0800",
        "656c04000106",  # a handshake
        "2000ff",
        "03000500ff",  # begins and continues
        "0000",  # neither payload nor acknowledgement
        "0000ff",  # payload that belongs to nothing
        "080000ff",
        "0200",  # goes on without payload
        "01000500",
    ],
)
def test_what_is_no_segment_is_malformed(data: str) -> None:
    with pytest.raises(BtpFailure) as caught:
        decode(bytes.fromhex(data))
    assert caught.value.reason is Reason.MALFORMED


def test_a_last_segment_may_leave_out_that_it_continues() -> None:
    assert decode(bytes.fromhex("0401ff")) == Segment(1, b"\xff", ends=True)


@pytest.mark.parametrize("data", ["", "656c", "656c04000000b900", "656d04000000b90006", "656c04000000b90000"])
def test_what_is_no_request_is_refused(data: str) -> None:
    with pytest.raises(BtpFailure) as caught:
        Request.decode(bytes.fromhex(data))
    assert caught.value.reason is Reason.HANDSHAKE


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        ("656c04f400", Reason.HANDSHAKE),
        ("656c04f40000", Reason.HANDSHAKE),
        ("656c04130006", Reason.HANDSHAKE),
        ("656c03f40006", Reason.VERSION),
        ("656c00000000", Reason.VERSION),
    ],
)
def test_a_response_without_sense_is_refused(data: str, reason: Reason) -> None:
    with pytest.raises(BtpFailure) as caught:
        Response.decode(bytes.fromhex(data))
    assert caught.value.reason is reason


@pytest.mark.parametrize(
    ("asked", "known", "size"),
    [
        (247, 247, 244),
        (0, 247, 244),
        (247, None, 244),
        (517, 517, 244),
        (185, 247, 182),
        (247, 23, 20),
        (23, 23, 20),
        (0, None, 20),
        (5, 247, 20),
    ],
)
def test_a_peripheral_chooses_the_largest_segment_that_both_bear(
    asked: int, known: int | None, size: int
) -> None:
    assert choose(Request(asked, 6), known, 4) == Response(size, 4)
    assert choose(Request(asked, 3), known, 4).window == 3


def test_a_peripheral_refuses_versions_that_it_does_not_know() -> None:
    with pytest.raises(BtpFailure, match="knows") as caught:
        choose(Request(247, 6, (3, 5)), 247, 6)
    assert caught.value.reason is Reason.VERSION


def test_a_size_is_never_below_the_smallest_link() -> None:
    assert [segment_size(mtu) for mtu in (None, 0, 23, 24, 247, 517)] == [20, 20, 20, 21, 244, 244]


@given(
    st.lists(st.binary(min_size=1, max_size=600), min_size=1, max_size=4),
    st.integers(20, 244),
    st.lists(st.none() | st.integers(0, 255), min_size=1),
)
def test_messages_come_back_from_their_segments(
    messages: list[bytes], size: int, acknowledgements: list[int | None]
) -> None:
    segmenter, reassembler, got, count = Segmenter(), Reassembler(), [], 0
    for message in messages:
        segmenter.put(message)
    while segmenter:
        segment = segmenter.take(count % 256, acknowledgements[count % len(acknowledgements)], size)
        assert len(segment.encode()) <= size and (segment.ends or len(segment.encode()) == size)
        whole = reassembler.feed(decode(segment.encode()))
        got += [whole] if whole is not None else []
        count += 1
    assert got == messages


@pytest.mark.parametrize("message", [b"", bytes(65536)])
def test_a_message_without_or_of_endless_length_is_not_sent(message: bytes) -> None:
    with pytest.raises(ValueError):
        Segmenter().put(message)


@pytest.mark.parametrize(
    ("segments", "reason"),
    [
        ([Segment(0, b"ab", ends=True)], Reason.MALFORMED),
        ([Segment(0, b"ab", length=4), Segment(1, b"cd", length=2)], Reason.MALFORMED),
        ([Segment(0, b"ab", length=1, ends=True)], Reason.LENGTH),
        ([Segment(0, b"ab", length=3, ends=True)], Reason.LENGTH),
        ([Segment(0, b"ab", length=2)], Reason.LENGTH),
        ([Segment(0, b"ab", length=0, ends=True)], Reason.LENGTH),
        ([Segment(0, b"ab", length=3), Segment(1, b"cd", ends=True)], Reason.LENGTH),
        ([Segment(0, b"ab", length=2049)], Reason.LENGTH),
    ],
)
def test_what_does_not_add_up_to_a_message_is_refused(segments: list[Segment], reason: Reason) -> None:
    reassembler = Reassembler()
    with pytest.raises(BtpFailure) as caught:
        for segment in segments:
            reassembler.feed(segment)
    assert caught.value.reason is reason


@pytest.mark.parametrize("reason", Reason)
def test_each_failure_is_one_for_people(reason: Reason) -> None:
    leaf = BtpFailure(reason, "detail").leaf
    expected = {
        Reason.NO_HANDSHAKE: OperationTimeout,
        Reason.NO_ACKNOWLEDGEMENT: OperationTimeout,
        Reason.VERSION: VersionUnsupported,
    }
    assert type(leaf) is expected.get(reason, ProtocolViolation)
    assert reason.value in leaf.detail and "detail" in leaf.detail
