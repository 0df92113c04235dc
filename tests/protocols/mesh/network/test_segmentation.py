"""Segments over air that loses and repeats them: the message comes whole and once, or the sender knows."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from companion.protocols.mesh.network import segmentation, upper_transport
from companion.protocols.mesh.network.effects import Ignored, Undelivered
from companion.protocols.mesh.network.lower_transport import (
    MOST_SEGMENTS,
    Acknowledgement,
    KeyId,
    Segment,
)
from companion.protocols.mesh.network.segmentation import (
    INCOMPLETE,
    MOST_INCOMING,
    MOST_SILENT,
    Outgoing,
    Reassembly,
    SegmentFrom,
    acknowledgement_pause,
    retry_pause,
    split,
)
from tests.protocols.mesh.network.peers import HERE, THERE, delivered, hear, sent, stack, to


@settings(max_examples=25)
@given(
    st.binary(min_size=1, max_size=upper_transport.LONGEST_ACCESS),
    st.booleans(),
    st.randoms(use_true_random=False),
)
def test_a_message_arrives_once_over_bad_air(octets: bytes, by_application: bool, chance: object) -> None:
    """Three of ten PDUs are lost in each direction, some come twice, and the order is any."""
    import random

    assert isinstance(chance, random.Random)
    here, there = stack(HERE), stack(THERE)
    air = sent(here.send(to(THERE, octets, 0 if by_application else None), 0.0))
    came: list[bytes] = []
    given_up = False
    now = 0.0
    for _ in range(400):
        back: list[bytes] = []
        chance.shuffle(air)
        for pdu in air:
            for _ in range(chance.choice((0, 0, 0, 1, 1, 1, 1, 1, 1, 2))):
                heard = hear(there, [pdu], now)
                came += delivered(heard)
                back += sent(heard)
        now = min(filter(None, (here.deadline, there.deadline)), default=now)
        back += sent(there.advance(now))
        effects = hear(here, [pdu for pdu in back if chance.random() > 0.3], now)
        effects += here.advance(now)
        given_up |= any(isinstance(each, Undelivered) for each in effects)
        air = sent(effects)
        if here.deadline is None:
            break
    assert here.deadline is None
    assert len(came) <= 1
    if len(octets) > upper_transport.LONGEST_WHOLE - upper_transport.SHORT_MIC:
        assert came == [octets] or given_up


def test_without_loss_it_takes_each_segment_once_and_one_acknowledgement() -> None:
    here, there = stack(HERE), stack(THERE)
    octets = bytes(range(100))
    segments = sent(here.send(to(THERE, octets), 0.0))
    assert len(segments) == -(-(100 + upper_transport.SHORT_MIC) // 12)
    heard = hear(there, segments)
    assert delivered(heard) == [octets]
    assert len(sent(heard)) == 1
    assert hear(here, sent(heard)) == [] and here.deadline is None
    # What is repeated is acknowledged, not heard again.
    assert delivered(hear(there, segments[:1])) == []


def test_what_got_lost_alone_is_sent_again_as_soon_as_it_is_known() -> None:
    here, there = stack(HERE), stack(THERE)
    first, _, *rest = sent(here.send(to(THERE, bytes(40)), 0.0))
    hear(there, [first, *rest])
    (told,) = sent(there.advance(acknowledgement_pause(7)))
    (again,) = sent(hear(here, [told], 0.6))
    assert delivered(hear(there, [again], 0.6)) == [bytes(40)]


def test_what_nobody_acknowledges_is_given_up_after_a_known_time() -> None:
    here = stack(HERE)
    count = len(sent(here.send(to(THERE, bytes(50)), 0.0)))
    now, effects = 0.0, []
    while here.deadline is not None:
        now = here.deadline
        effects = here.advance(now)
        count += len(sent(effects))
    assert effects == [Undelivered(THERE, refused=False)]
    assert count == 5 * MOST_SILENT
    assert now == MOST_SILENT * retry_pause(7)
    assert here.advance(now + 1) == []


def test_whoever_has_no_room_says_so() -> None:
    outgoing = Outgoing(split(bytes(30), KeyId(), 0), 0, 0.0)
    assert len(outgoing.due(0.0)) == 3
    assert outgoing.due(0.1) == ()
    outgoing.acknowledge(Acknowledgement(0, 0), 0.1)
    assert outgoing.refused and outgoing.lost and outgoing.due(9.0) == ()


def test_an_acknowledgement_without_news_does_not_keep_the_sender_waiting() -> None:
    outgoing = Outgoing(split(bytes(30), KeyId(), 0), 0, 0.0)
    now = 0.0
    for _ in range(MOST_SILENT + 1):
        outgoing.due(now)
        outgoing.acknowledge(Acknowledgement(0, 0b1), now)
        outgoing.due(now)
        now = outgoing.deadline
    assert outgoing.lost and not outgoing.arrived
    # Blocks that the message does not have are no news either.
    outgoing = Outgoing(split(bytes(30), KeyId(), 0), 0, 0.0)
    outgoing.due(0.0)
    outgoing.acknowledge(Acknowledgement(0, 0xFFFFFFF0), 0.0)
    assert outgoing.deadline == retry_pause(0)


def segment(
    number: int = 0, last: int = 1, *, source: int = THERE, sequence: int = 100, zero: int = 100
) -> SegmentFrom:
    return SegmentFrom(Segment(KeyId(), False, zero, number, last, bytes(12)), source, HERE, sequence, 5, 0)


def test_a_receiver_says_what_is_missing_and_forgets_what_does_not_go_on() -> None:
    reassembly = Reassembly()
    assert reassembly.deadline is None
    assert reassembly.hear(segment(), 0.0, is_new=True) == (None, None)
    assert reassembly.deadline == acknowledgement_pause(0)
    assert reassembly.due(0.1) == ()
    (answer,) = reassembly.due(acknowledgement_pause(0))
    assert answer.acknowledgement.blocks == 0b1 and answer.source == THERE
    assert reassembly.deadline == INCOMPLETE
    assert reassembly.due(INCOMPLETE) == () and reassembly.deadline is None


def test_the_newest_message_of_a_source_counts() -> None:
    reassembly = Reassembly()
    reassembly.hear(segment(sequence=200, zero=200), 0.0, is_new=True)
    assert reassembly.hear(segment(1, sequence=101, zero=100), 0.0, is_new=True) == (None, None)
    whole, _ = reassembly.hear(segment(1, sequence=201, zero=200), 0.0, is_new=True)
    assert whole is not None and whole.sequence == 200 and whole.upper == bytes(24)


def test_a_segment_that_does_not_belong_is_left_out() -> None:
    reassembly = Reassembly()
    reassembly.hear(segment(), 0.0, is_new=True)
    assert reassembly.hear(segment(1, 2), 0.0, is_new=True) == (None, None)
    # It is older than its message could be.
    assert reassembly.hear(segment(sequence=5, zero=100, source=9), 0.0, is_new=True) == (None, None)
    assert reassembly.deadline == acknowledgement_pause(0)


def test_endless_first_segments_take_bounded_room() -> None:
    reassembly = Reassembly()
    for source in range(1, 500):
        reassembly.hear(segment(source=source), 0.0, is_new=True)
    assert len(reassembly.due(1.0)) == MOST_INCOMING
    # Those that are whole make room for others.
    reassembly = Reassembly()
    for source in range(1, 500):
        reassembly.hear(segment(0, 0, source=source), 0.0, is_new=True)
    whole, _ = reassembly.hear(segment(0, 0, source=7000), 0.0, is_new=True)
    assert whole is not None


def test_endless_new_messages_of_one_source_take_the_room_of_one() -> None:
    here = stack(HERE)
    there = stack(THERE)
    for _ in range(50):
        first, *_ = sent(there.send(to(HERE, bytes(380)), 0.0))
        # Repeated as they come, as somebody would who wants to fill us.
        hear(here, [first] * 3)
    assert here.ignored[Ignored.ELSEWHERE] == 150
    assert segmentation.MOST_SILENT < MOST_SEGMENTS
