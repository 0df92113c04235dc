"""Sessions of a node: what arrives finds its own, and strangers take no room without end."""

from __future__ import annotations

import pytest

from companion.protocols.matter.btp import BtpSession
from companion.protocols.matter.crypto.derivation import SessionKeys
from companion.protocols.matter.messages import (
    INTERACTION,
    SECURE_CHANNEL,
    Ends,
    Exchange,
    Exchanges,
    Header,
    Opcode,
    Router,
)
from companion.protocols.matter.messages.router import MOST_STRANGERS
from companion.secret import Secret

KEYS = SessionKeys(Secret(bytes(16)), Secret(bytes(range(16))), Secret(bytes(16)))


def hello(router: Router, now: float = 0.0) -> tuple[Exchanges, bytes]:
    """A first message without keys, and where its answer is expected."""
    exchanges = router.unsecured()
    exchanges.send(exchanges.begin(), SECURE_CHANNEL, Opcode.PBKDF_PARAM_REQUEST, b"hello", now)
    ((of, data),) = router.outgoing()
    assert of is exchanges
    return exchanges, data


def handshake(one: Router, other: Router) -> tuple[Exchanges, Exchanges]:
    """Secure sessions of both, as after PASE."""
    ids = one.reserve(), other.reserve()
    return one.secure(KEYS, Ends(True, *ids)), other.secure(KEYS, Ends(False, *reversed(ids)))


def test_a_node_is_asked_without_keys_and_answers_with_them() -> None:
    one, other = Router(reliable=True), Router(reliable=True, answers=True)
    expected, data = hello(one)
    arrived = other.receive(data, 0.0)
    assert arrived is not None and arrived.message.payload == b"hello"
    arrived.exchanges.send(arrived.exchange, SECURE_CHANNEL, Opcode.PBKDF_PARAM_RESPONSE, b"salt", 0.0)
    ((of, answer),) = other.outgoing()
    assert of is arrived.exchanges
    back = one.receive(answer, 0.0)
    assert back is not None and back.exchanges is expected and back.message.payload == b"salt"

    ours, theirs = handshake(one, other)
    exchange = ours.begin()
    ours.send(exchange, INTERACTION, 2, b"read", 0.0)
    ((_, question),) = one.outgoing()
    asked = other.receive(question, 0.0)
    assert asked is not None and asked.exchanges is theirs
    assert asked.exchange == Exchange(exchange.number, False)


def test_what_belongs_to_no_session_is_left_out() -> None:
    one, other = Router(reliable=True), Router(reliable=True)
    _, data = hello(one)
    assert other.receive(data, 0.0) is None, "it does not answer strangers"
    for stray in (b"", Header(77, 1).encode(), Header(0, 1).encode(), Header(0, 1, None, 5).encode()):
        assert one.receive(stray + bytes(20) if stray else stray, 0.0) is None
    assert one.outgoing() == other.outgoing() == ()


def test_a_message_that_is_not_authentic_reaches_nobody() -> None:
    one, other = Router(reliable=True), Router(reliable=True)
    ours, _ = handshake(one, other)
    ours.send(ours.begin(), INTERACTION, 2, b"read", 0.0)
    ((_, data),) = one.outgoing()
    assert other.receive(data[:-1] + bytes([data[-1] ^ 1]), 0.0) is None
    assert other.receive(data, 0.0) is not None


def test_a_closed_session_is_gone() -> None:
    one, other = Router(reliable=True), Router(reliable=True)
    ours, theirs = handshake(one, other)
    ours.send(ours.begin(), INTERACTION, 2, b"read", 0.0)
    ((_, data),) = one.outgoing()
    other.close(theirs)
    assert other.receive(data, 0.0) is None
    one.close(ours)
    assert one.next_deadline is None and one.tick(100.0) == ()


def test_what_is_lost_is_told_with_its_session() -> None:
    router = Router(reliable=True)
    exchanges, data = hello(router)
    sent, lost = [], ()
    while not lost:
        assert router.next_deadline is not None
        lost = router.tick(router.next_deadline)
        sent += [again for _, again in router.outgoing()]
    assert sent == [data] * 4
    assert lost[0][0] is exchanges and lost[0][1].ours


def test_strangers_make_room_for_each_other() -> None:
    device = Router(reliable=True, answers=True)
    arrived = [device.receive(hello(Router(reliable=True))[1], 0.0) for _ in range(MOST_STRANGERS + 3)]
    assert all(one is not None for one in arrived)
    device.tick(1.0)
    answered = {id(exchanges) for exchanges, _ in device.outgoing()}
    assert len(answered) == MOST_STRANGERS


def test_who_talks_is_not_pushed_out_by_new_strangers() -> None:
    one, device = Router(reliable=True), Router(reliable=True, answers=True)
    exchanges, data = hello(one)
    arrived = device.receive(data, 0.0)
    assert arrived is not None
    for _ in range(3):
        for _ in range(MOST_STRANGERS - 1):
            device.receive(hello(Router(reliable=True))[1], 0.0)
        exchanges.send(exchanges.begin(), SECURE_CHANNEL, Opcode.PASE_PAKE1, b"", 0.0)
        again = device.receive(one.outgoing()[-1][1], 0.0)
        assert again is not None and again.exchanges is arrived.exchanges


def test_session_ids_are_given_once() -> None:
    router = Router(reliable=True)
    given = [router.reserve() for _ in range(0xFFFF)]
    assert sorted(given) == list(range(1, 0x10000))
    with pytest.raises(ValueError):
        router.reserve()
    router.release(given[5])
    assert router.reserve() == given[5]
    router.secure(KEYS, Ends(True, given[7], 1))
    with pytest.raises(ValueError):
        router.reserve()


@pytest.mark.parametrize("mtu", [23, 185, 247, 517])
def test_a_conversation_goes_over_bluetooth(mtu: int) -> None:
    """Certificates there and back, through segments, windows and seals."""
    routers = Router(reliable=False), Router(reliable=False)
    ours, _ = handshake(*routers)
    links = BtpSession.central(mtu, 0.0), BtpSession.peripheral(mtu)
    exchange = ours.begin()
    ours.send(exchange, INTERACTION, 8, bytes(1100), 0.0)
    got = []
    while len(got) < 2:
        for end in (0, 1):
            for _, data in routers[end].outgoing():
                links[end].send(data)
            while (segment := links[end].next_segment(0.0)) is not None:
                for whole in links[1 - end].receive(segment, 0.0):
                    arrived = routers[1 - end].receive(whole, 0.0)
                    assert arrived is not None
                    got.append(arrived.message.payload)
                    if len(got) < 2:
                        arrived.exchanges.send(arrived.exchange, INTERACTION, 9, bytes(700), 0.0)
    assert [len(payload) for payload in got] == [1100, 700]
    assert routers[0].next_deadline is None
