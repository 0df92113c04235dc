"""Two ends of a session, and ends that do not keep to the rules."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field

import pytest
from hypothesis import given
from hypothesis import strategies as st

from companion.protocols.matter.btp import BtpFailure, BtpSession, Reason, Request, Response, Segment
from companion.protocols.matter.btp.segment import decode

HANDSHAKE_RESPONSE = Response(244, 6).encode()


@dataclass
class End:
    """One end, what it wrote and is not taken yet, and what arrived."""

    session: BtpSession
    flying: deque[bytes] = field(default_factory=deque)
    got: list[bytes] = field(default_factory=list)
    written: list[bytes] = field(default_factory=list)


@dataclass
class Air:
    """A link between two ends with a clock. order: which of the things that can happen happens next."""

    central: End
    peripheral: End
    now: float = 0.0

    @staticmethod
    def at(mtu: int | None, theirs: int | None, window: int = 6, their_window: int = 6) -> Air:
        central = BtpSession.central(mtu, 0.0, window=window)
        return Air(End(central), End(BtpSession.peripheral(theirs, window=their_window)))

    def write(self, end: End) -> bool:
        segment = None if end.flying else end.session.next_segment(self.now)
        if segment is not None:
            end.flying.append(segment)
            end.written.append(segment)
        return segment is not None

    def deliver(self, end: End, other: End) -> bool:
        if not end.flying:
            return False
        other.got += other.session.receive(end.flying.popleft(), self.now)
        return True

    def moves(self) -> list[tuple[End, End, bool]]:
        one, two = self.central, self.peripheral
        return [(one, two, True), (two, one, True), (one, two, False), (two, one, False)]

    def move(self, choice: int) -> bool:
        """Do one thing, `choice` first; False where nothing can happen at this time."""
        moves = self.moves()
        for offset in range(4):
            end, other, writes = moves[(choice + offset) % 4]
            if self.write(end) if writes else self.deliver(end, other):
                return True
        return False

    def run(self, order: list[int], until: int) -> None:
        """Until both ends got `until` messages in all; the clock goes on where nothing else does."""
        step = 0
        while len(self.central.got) + len(self.peripheral.got) < until:
            if not self.move(order[step % len(order)] if order else 0):
                self.wait()
            step += 1
            assert step < 20000, "they wait for each other"

    def settle(self) -> None:
        while self.move(0):
            pass

    def wait(self) -> None:
        dues = [end.session.next_deadline for end in (self.central, self.peripheral)]
        self.now = max(self.now, min(due for due in dues if due is not None))
        self.central.session.tick(self.now)
        self.peripheral.session.tick(self.now)


MTU = st.none() | st.integers(23, 517)
MESSAGES = st.lists(st.binary(min_size=1, max_size=1300), max_size=4)


@given(MTU, MTU, st.integers(1, 8), st.integers(1, 255), MESSAGES, MESSAGES, st.lists(st.integers(0, 3)))
def test_messages_arrive_at_any_mtu_window_and_order(
    mtu: int | None,
    theirs: int | None,
    window: int,
    their_window: int,
    there: list[bytes],
    back: list[bytes],
    order: list[int],
) -> None:
    air = Air.at(mtu, theirs, window, their_window)
    for message in there:
        air.central.session.send(message)
    for message in back:
        air.peripheral.session.send(message)
    air.run(order, len(there) + len(back))
    assert air.peripheral.got == there and air.central.got == back
    assert air.now <= 2.5 * (1 + len(air.central.written)), "nobody lets a limit pass"
    size = air.central.session.segment_size
    assert all(len(segment) <= size for segment in air.central.written[1:] + air.peripheral.written[1:])


@pytest.mark.parametrize(("mtu", "segments"), [(23, 17), (185, 2), (247, 2), (517, 2), (None, 17)])
def test_a_message_takes_the_fewest_segments(mtu: int | None, segments: int) -> None:
    air = Air.at(mtu, mtu)
    air.settle()
    air.central.session.send(bytes(297))
    assert air.central.session.has_more
    air.run([], 1)
    assert not air.central.session.has_more
    data = [written for written in air.central.written[1:] if decode(written).payload]
    assert len(data) == segments
    assert decode(data[0]).acknowledged == 0, "the first acknowledges the handshake"


def test_a_request_and_its_answer_need_no_segment_for_acknowledgements() -> None:
    air = Air.at(247, 247)
    air.settle()
    for _ in range(5):
        air.central.session.send(bytes(60))
        air.run([], len(air.central.got) + len(air.peripheral.got) + 1)
        air.peripheral.session.send(bytes(100))
        air.run([], len(air.central.got) + len(air.peripheral.got) + 1)
    assert len(air.central.written) == len(air.peripheral.written) == 6


def test_an_idle_session_lives_on_acknowledgements_alone() -> None:
    """While the user looks for a Wi-Fi password."""
    air = Air.at(247, 247)
    air.settle()
    while air.now < 600:
        air.wait()
        air.settle()
    assert air.central.session.is_open and air.peripheral.session.is_open
    assert len(air.central.written) < 600 / 2.5
    air.peripheral.session.send(b"still there")
    air.run([], 1)
    assert air.central.got == [b"still there"]


def opened(window: int = 6) -> BtpSession:
    """A central whose peer is the test."""
    session = BtpSession.central(247, 0.0)
    assert session.next_segment(0.0) == Request(247, 6).encode()
    assert session.receive(Response(244, window).encode(), 0.0) == ()
    return session


def refused(session: BtpSession, data: bytes) -> Reason:
    with pytest.raises(BtpFailure) as caught:
        session.receive(data, 0.0)
    assert not session.is_open and session.next_segment(0.0) is None and session.next_deadline is None
    with pytest.raises(BtpFailure) as again:
        session.receive(data, 0.0)
    assert again.value.reason is Reason.OVER
    session.tick(1000.0)
    return caught.value.reason


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", Reason.MALFORMED),
        (HANDSHAKE_RESPONSE, Reason.MALFORMED),
        (Segment(1, bytes(241), length=241, ends=True).encode(), Reason.SIZE),
        (Segment(0, b"x", length=1, ends=True).encode(), Reason.SEQUENCE),
        (Segment(2, b"x", length=1, ends=True).encode(), Reason.SEQUENCE),
        (Segment(1, b"x", length=1, ends=True, acknowledged=0).encode(), Reason.ACKNOWLEDGEMENT),
        (Segment(1, b"x", length=2, ends=True).encode(), Reason.LENGTH),
        (Segment(1, b"x", length=65535).encode(), Reason.LENGTH),
    ],
)
def test_a_peer_that_breaks_a_rule_ends_the_session(data: bytes, reason: Reason) -> None:
    assert refused(opened(), data) is reason


def test_an_acknowledgement_counts_once_and_only_for_what_was_sent() -> None:
    session = opened()
    session.send(b"x")
    assert session.next_segment(0.0) is not None
    assert session.receive(Segment(1, acknowledged=0).encode(), 0.0) == ()
    assert refused(session, Segment(2, acknowledged=0).encode()) is Reason.ACKNOWLEDGEMENT


def test_a_peer_that_sends_on_into_a_full_window_is_refused() -> None:
    session = opened()
    for sequence in range(1, 6):
        session.receive(Segment(sequence, b"x", length=1, ends=True).encode(), 0.0)
    assert refused(session, Segment(6, b"x", length=1, ends=True).encode()) is Reason.WINDOW


def test_a_window_that_never_opens_ends_in_a_time_limit() -> None:
    session = opened()
    session.send(bytes(4000))
    sent = 0
    while session.next_segment(0.0) is not None:
        sent += 1
    assert sent == 5, "the last place is kept for an acknowledgement"
    assert session.next_deadline == 1.0 and session.next_segment(0.9) is None
    assert session.next_segment(1.0) is not None and session.next_segment(1.0) is None
    assert session.next_deadline == 15.0
    session.tick(14.9)
    with pytest.raises(BtpFailure) as caught:
        session.tick(15.0)
    assert caught.value.reason is Reason.NO_ACKNOWLEDGEMENT
    assert not session.is_open and session.next_deadline is None


def test_the_kept_place_carries_an_acknowledgement() -> None:
    session = opened()
    session.send(bytes(4000))
    while session.next_segment(0.0) is not None:
        pass
    session.receive(Segment(1, b"x", length=1, ends=True).encode(), 0.0)
    last = session.next_segment(0.0)
    assert last is not None and decode(last).acknowledged == 1
    session.receive(Segment(2, b"x", length=1, ends=True).encode(), 0.0)
    assert session.next_deadline == 15.0, "no acknowledgement is due that there is no room for"
    assert session.next_segment(3.0) is None


def test_a_peer_that_lost_an_acknowledgement_gets_a_segment_to_remember_it_by() -> None:
    """matter.js forgets that it owes one where segments come in while it acknowledges earlier ones."""
    session = opened()
    session.send(bytes(2000))
    while (last := session.next_segment(0.0)) is not None:
        stuck_at = decode(last).sequence
    assert session.next_segment(0.99) is None
    reminder = session.next_segment(1.0)
    assert reminder is not None and decode(reminder).payload and decode(reminder).acknowledged is None
    session.receive(Segment(1, acknowledged=stuck_at + 1).encode(), 1.1)
    going_on = session.next_segment(1.1)
    assert going_on is not None and decode(going_on).acknowledged == 1


def test_what_is_partly_acknowledged_gets_new_time() -> None:
    session = opened()
    session.send(bytes(400))
    while session.next_segment(0.0) is not None:
        pass
    session.receive(Segment(1, acknowledged=0).encode(), 10.0)
    session.tick(24.9)
    with pytest.raises(BtpFailure):
        session.tick(25.0)


def test_a_device_that_does_not_answer_the_handshake_is_told_apart() -> None:
    session = BtpSession.central(None, 100.0)
    assert session.next_segment(100.0) == Request(0, 6).encode()
    assert session.next_segment(100.0) is None
    assert session.next_deadline == 115.0
    session.tick(114.9)
    with pytest.raises(BtpFailure) as caught:
        session.tick(115.0)
    assert caught.value.reason is Reason.NO_HANDSHAKE


def test_a_peripheral_has_nothing_to_say_before_it_is_asked() -> None:
    session = BtpSession.peripheral(247)
    session.send(b"early")
    assert session.next_segment(0.0) is None and session.next_deadline is None
    session.receive(Request(247, 6).encode(), 0.0)
    assert session.next_segment(0.0) == HANDSHAKE_RESPONSE
    assert session.next_segment(0.0) == Segment(1, b"early", length=5, ends=True).encode()
    with pytest.raises(BtpFailure) as caught:
        session.tick(15.0)
    assert caught.value.reason is Reason.NO_ACKNOWLEDGEMENT


@pytest.mark.parametrize("data", [b"", b"\x01\x00\x01\x00x", HANDSHAKE_RESPONSE])
def test_a_peripheral_takes_nothing_but_a_request_first(data: bytes) -> None:
    assert refused(BtpSession.peripheral(247), data) is Reason.HANDSHAKE


def test_segments_are_no_larger_than_this_link_whatever_the_device_says() -> None:
    session = BtpSession.central(23, 0.0)
    session.receive(Response(500, 6).encode(), 0.0)
    assert session.segment_size == 20
    larger = Segment(1, bytes(40), length=40, ends=True).encode()
    assert session.receive(larger, 0.0) == (bytes(40),), "what the device chose for itself, it may send"
    unknown = BtpSession.central(None, 0.0)
    unknown.receive(Response(500, 6).encode(), 0.0)
    assert unknown.segment_size == 244
