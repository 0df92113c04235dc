"""Conversations of two ends over a network that loses, doubles and reorders, and over Bluetooth."""

from __future__ import annotations

from dataclasses import dataclass, field

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from companion.protocols.matter.crypto.derivation import SessionKeys
from companion.protocols.matter.messages import (
    INTERACTION,
    SECURE_CHANNEL,
    Ends,
    Exchange,
    Exchanges,
    Message,
    Opcode,
    Reason,
    SecureSession,
    Timing,
)
from companion.protocols.matter.messages.exchanges import MOST_EXCHANGES
from companion.secret import Secret

KEYS = SessionKeys(Secret(bytes(16)), Secret(bytes(range(16))), Secret(bytes(16)))
ASK, ANSWER = 2, 5


def pair(*, reliable: bool = True) -> tuple[Exchanges, Exchanges]:
    one = SecureSession(KEYS, Ends(True, 11, 22, own_node=7, peer_node=9))
    other = SecureSession(KEYS, Ends(False, 22, 11, own_node=9, peer_node=7))
    return tuple(Exchanges(end, reliable=reliable, jitter=lambda: 0.0) for end in (one, other))


def ask(end: Exchanges, payload: bytes = b"?", now: float = 0.0) -> tuple[Exchange, bytes]:
    """A new conversation and the octets of its first message."""
    exchange = end.begin()
    end.send(exchange, INTERACTION, ASK, payload, now)
    (data,) = end.outgoing()
    return exchange, data


def answer(end: Exchanges, asked: Message, now: float = 0.0) -> bytes:
    end.send(Exchange.of(asked), INTERACTION, ANSWER, b"!", now)
    (data,) = end.outgoing()
    return data


def heard(end: Exchanges, data: bytes, now: float = 0.0) -> Message:
    message = end.receive(data, now)
    assert message is not None
    return message


def opened(end: Exchanges, data: bytes) -> Message:
    """What octets say, whether the end reacts to them or not."""
    return end.session.open(data)


def test_a_question_and_its_answer_acknowledge_each_other() -> None:
    one, other = pair()
    exchange, question = ask(one)
    asked = heard(other, question)
    assert asked.payload == b"?" and asked.reliable and asked.acknowledged is None
    assert other.next_deadline == 0.2
    reply = heard(one, answer(other, asked))
    assert reply.acknowledged == asked.counter and Exchange.of(reply) == exchange
    assert one.next_deadline == 0.2, "its question is not repeated any more, its acknowledgement is owed"
    one.finish(exchange)
    (acknowledgement,) = one.outgoing()
    assert one.next_deadline is None
    assert other.receive(acknowledgement, 0.1) is None
    other.finish(Exchange.of(asked))
    assert other.next_deadline is None and other.outgoing() == ()


def test_over_bluetooth_nothing_is_acknowledged_or_repeated() -> None:
    one, other = pair(reliable=False)
    exchange, question = ask(one)
    asked = heard(other, question)
    assert not asked.reliable and asked.acknowledged is None
    heard(one, answer(other, asked))
    assert one.next_deadline is None and other.next_deadline is None
    one.finish(exchange)
    assert one.outgoing() == () and one.tick(1000.0) == ()


def test_over_bluetooth_a_wish_for_acknowledgement_is_not_heeded() -> None:
    reliable, _ = pair()
    _, bluetooth = pair(reliable=False)
    _, question = ask(reliable)
    heard(bluetooth, question)
    assert bluetooth.receive(question, 0.0) is None
    assert bluetooth.next_deadline is None and bluetooth.outgoing() == ()


def test_an_acknowledgement_goes_alone_when_the_answer_takes_long() -> None:
    one, other = pair()
    _, question = ask(one)
    asked = heard(other, question)
    assert other.tick(0.19) == () and other.outgoing() == ()
    other.tick(0.2)
    (acknowledgement,) = other.outgoing()
    assert one.receive(acknowledgement, 0.2) is None
    assert one.next_deadline is None
    reply = heard(one, answer(other, asked, 5.0), 5.0)
    assert reply.acknowledged is None and reply.payload == b"!"


def test_a_message_is_repeated_until_its_time_is_over() -> None:
    one, _ = pair()
    exchange, question = ask(one)
    sent, lost, times = [], (), []
    while not lost:
        assert one.next_deadline is not None
        now = one.next_deadline
        lost = one.tick(now)
        sent += one.outgoing()
        times.append(round(now, 3))
    assert lost == (exchange,) and sent == [question] * 4
    assert times == [0.55, 1.1, 1.98, 3.388, 5.641]
    assert one.next_deadline is None
    with pytest.raises(ValueError):
        one.send(exchange, INTERACTION, ASK, b"", 9.0)


def test_a_device_that_talks_is_asked_again_sooner() -> None:
    one, other = pair()
    _, question = ask(other)
    heard(one, question, 10.0)
    ask(one, now=10.0)
    ask(one, now=14.5)
    deadlines = []
    while (due := one.next_deadline) is not None:
        one.tick(due)
        deadlines.append(round(due, 2))
    assert deadlines[:2] == [10.2, 10.33]
    assert 15.05 in deadlines, "4 seconds later it counts as idle"


def test_who_must_be_awake_is_not_waited_for_as_if_it_slept() -> None:
    assert Timing(idle=5.0, active=0.2, threshold=3.0).within(1.0) == Timing(1.0, 0.2, 3.0)


def test_backoff_grows_with_jitter_and_gives_the_time_that_all_of_it_takes() -> None:
    timing = Timing(idle=5.0, active=1.0)
    assert timing.backoff(0, active=True, jitter=0.0) == pytest.approx(1.1)
    assert timing.backoff(1, active=True, jitter=0.0) == pytest.approx(1.1)
    assert timing.backoff(2, active=True, jitter=0.0) == pytest.approx(1.76)
    assert timing.backoff(0, active=False, jitter=1.0) == pytest.approx(6.875)
    assert timing.patience(active=True) == pytest.approx(1.375 * (1 + 1 + 1.6 + 2.56 + 4.096))


@pytest.mark.parametrize(("said", "heeded"), [(0.0, 0.11), (0.001, 0.11), (4294967.295, 3960.0)])
def test_intervals_without_sense_are_not_heeded(said: float, heeded: float) -> None:
    timing = Timing(idle=said, active=said)
    assert timing.backoff(0, active=True, jitter=0.0) == pytest.approx(heeded)


def test_a_repeated_question_is_acknowledged_once_more_and_not_heard_again() -> None:
    one, other = pair()
    _, question = ask(one)
    asked = heard(other, question)
    assert other.receive(question, 0.1) is None
    (acknowledgement,) = other.outgoing()
    said = opened(one, acknowledgement)
    assert said.is_acknowledgement and said.acknowledged == asked.counter and not said.initiator


def test_of_two_messages_in_a_row_the_first_is_acknowledged_at_once() -> None:
    one, other = pair()
    exchange, question = ask(one)
    asked = heard(other, question)
    one.send(exchange, INTERACTION, ASK, b"more", 0.0)
    (more,) = one.outgoing()
    heard(other, more)
    (acknowledgement,) = other.outgoing()
    assert opened(one, acknowledgement).acknowledged == asked.counter


def test_a_finished_conversation_is_repeated_until_it_is_acknowledged() -> None:
    one, other = pair()
    _, question = ask(one)
    asked = heard(other, question)
    exchange = Exchange.of(asked)
    reply = answer(other, asked)
    other.finish(exchange)
    with pytest.raises(ValueError):
        other.send(exchange, INTERACTION, ANSWER, b"", 0.0)
    other.tick(0.6)
    assert other.outgoing() == (reply,)
    heard(one, reply, 0.6)
    one.tick(0.8)
    (acknowledgement,) = one.outgoing()
    assert other.receive(acknowledgement, 0.8) is None
    assert other.next_deadline is None and other.tick(100.0) == ()


def test_a_finished_conversation_is_not_reported_as_lost() -> None:
    one, _ = pair()
    exchange, _ = ask(one)
    one.finish(exchange)
    while one.next_deadline is not None:
        assert one.tick(one.next_deadline) == ()


def test_what_comes_after_the_end_is_acknowledged_and_left_out() -> None:
    one, other = pair()
    exchange, question = ask(one)
    asked = heard(other, question)
    one.finish(exchange)
    reply = answer(other, asked)
    other.send(Exchange.of(asked), INTERACTION, ANSWER, b"late", 0.0)
    (late,) = other.outgoing()
    assert one.receive(reply, 0.0) is None, "it acknowledges the question, which ends the conversation"
    assert one.receive(late, 0.0) is None
    acknowledged = {opened(other, data).acknowledged for data in one.outgoing()}
    assert len(acknowledged) == 2 and None not in acknowledged


def test_the_other_side_can_not_open_conversations_without_end() -> None:
    one, other = pair()
    questions = [ask(one)[1] for _ in range(MOST_EXCHANGES + 1)]
    asked = [other.receive(question, 0.0) for question in questions]
    assert asked[-1] is None and all(message is not None for message in asked[:-1])
    assert asked[0] is not None
    other.finish(Exchange.of(asked[0]))
    assert other.receive(ask(one)[1], 0.0) is not None, "there is room again"


def test_an_acknowledgement_opens_no_conversation() -> None:
    one, other = pair()
    exchange = one.begin()
    one.send(exchange, SECURE_CHANNEL, Opcode.STANDALONE_ACKNOWLEDGEMENT, b"", 0.0)
    assert other.receive(one.outgoing()[0], 0.0) is None
    assert other.next_deadline is None


def test_a_wrong_acknowledgement_stops_nothing() -> None:
    one, other = pair()
    exchange, _ = ask(one)
    said = Message(exchange.number, False, SECURE_CHANNEL, 0x10, b"", acknowledged=12345)
    assert one.receive(other.session.seal(said), 0.0) is None
    assert one.next_deadline is not None


def test_what_is_no_message_of_the_session_is_left_out_with_the_reason() -> None:
    one, _ = pair()
    assert one.dropped is None
    assert one.receive(b"\x00" * 40, 0.0) is None
    assert one.dropped is not None and one.dropped.reason is Reason.DESTINATION


def test_conversations_have_numbers_of_their_own() -> None:
    one, _ = pair()
    numbers = [one.begin().number for _ in range(0x10000)]
    assert len(set(numbers)) == 0x10000
    one.finish(Exchange(numbers[7], True))
    assert one.begin().number == numbers[7]
    one.finish(Exchange(1, False))  # of one that there is not, nothing


@dataclass
class Network:
    """What is under way between two ends; `fate` decides what happens to each datagram."""

    ends: tuple[Exchanges, Exchanges]
    fate: list[int]
    flying: list[tuple[int, bytes]] = field(default_factory=list)
    now: float = 0.0
    step: int = 0

    def next_fate(self) -> int:
        self.step += 1
        return self.fate[self.step % len(self.fate)]

    def collect(self) -> None:
        for index, end in enumerate(self.ends):
            for data in end.outgoing():
                fate = self.next_fate()
                if fate:  # 0 is lost
                    self.flying += [(1 - index, data)] * (2 if fate == 1 else 1)

    def deliver(self) -> list[tuple[int, Message]]:
        """The messages that arrive now, some in another order."""
        arriving, self.flying = self.flying, []
        if self.next_fate() == 2:
            arriving.reverse()
        got = [(to, self.ends[to].receive(data, self.now)) for to, data in arriving]
        return [(to, message) for to, message in got if message is not None]

    def wait(self) -> tuple[Exchange, ...]:
        dues = [end.next_deadline for end in self.ends]
        self.now = min(due for due in dues if due is not None)
        return self.ends[0].tick(self.now) + self.ends[1].tick(self.now)


@settings(deadline=None)
@given(st.lists(st.integers(0, 9), min_size=3, max_size=60), st.integers(1, 6))
def test_every_answer_arrives_once_or_the_conversation_is_reported_lost(fate: list[int], rounds: int) -> None:
    network = Network(pair(), fate)
    one, other = network.ends
    exchange = one.begin()
    one.send(exchange, INTERACTION, ASK, b"0", 0.0)
    answers: list[bytes] = []
    questions: list[bytes] = []
    lost: tuple[Exchange, ...] = ()
    while len(answers) < rounds and not lost:
        network.collect()
        for to, message in network.deliver():
            if to == 1:
                questions.append(message.payload)
                other.send(Exchange.of(message), INTERACTION, ANSWER, message.payload, network.now)
            else:
                answers.append(message.payload)
                if len(answers) < rounds:
                    one.send(exchange, INTERACTION, ASK, b"%d" % len(answers), network.now)
        network.collect()
        if not network.flying and len(answers) < rounds:
            lost = network.wait()
    wanted = [b"%d" % number for number in range(rounds)]
    assert questions == wanted[: len(questions)] and answers == wanted[: len(answers)]
    assert lost or answers == wanted
    assert network.now < 120
