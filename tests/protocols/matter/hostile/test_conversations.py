"""A node in a session that answers too slowly, too often or not at all: time and memory have bounds."""

from __future__ import annotations

import asyncio
import secrets
import time
import tracemalloc

import pytest

from companion.errors import OperationTimeout, ProtocolViolation
from companion.protocols.matter.driver.session import conversations
from companion.protocols.matter.interaction.client import Read
from companion.protocols.matter.interaction.messages import REPORT_DATA, Opcode, ReportData
from companion.protocols.matter.interaction.paths import AttributePath
from companion.protocols.matter.messages import INTERACTION, Exchange, Header
from companion.protocols.matter.messages.reliability import MOST_TRANSMISSIONS
from tests.protocols.matter.hostile.wire import Wire, in_session

ALL = Read.of(AttributePath())
MORE = REPORT_DATA.encode(ReportData(more=True))
KEPT = 256 * 1024
"""Octets that a flood may leave behind."""


def reporter(pause: float) -> Wire:
    """One that reports nothing, and says each time that more is to come. Give it its `router`."""

    def answers(wire: Wire, message: bytes) -> None:
        arrived = wire.router.receive(message, time.monotonic())  # type: ignore[attr-defined]  # by the test
        if arrived is None:
            return

        def say() -> None:
            now = time.monotonic()
            exchange = Exchange.of(arrived.message)
            arrived.exchanges.send(exchange, INTERACTION, Opcode.REPORT_DATA, MORE, now)
            for _, data in wire.router.outgoing():  # type: ignore[attr-defined]  # by the test
                wire.deliver(data)

        asyncio.get_running_loop().call_later(pause, say)

    return Wire(answers, reliable=False)


async def test_a_report_that_comes_in_drops_has_an_end(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each drop is in time, so that only the time of all of them ends it."""
    monkeypatch.setattr(conversations, "MORE_SECONDS", 0.3)
    wire = reporter(0.05)
    ours, session, wire.router, _ = in_session(wire)  # type: ignore[attr-defined]  # for `reporter`
    begun = time.monotonic()
    with pytest.raises(OperationTimeout):
        await ours.run(session, ALL, seconds=0.3)
    assert time.monotonic() - begun < 5.0
    ours.close()


async def test_a_report_without_an_end_is_refused() -> None:
    wire = reporter(0.0)
    ours, session, wire.router, _ = in_session(wire)  # type: ignore[attr-defined]  # for `reporter`
    with pytest.raises(ProtocolViolation):
        await ours.run(session, Read.of(AttributePath()))
    assert len(wire.sent) <= 600
    ours.close()


async def test_a_node_that_acknowledges_nothing_is_given_up() -> None:
    wire = Wire(lambda wire, message: None)
    ours, session, _, _ = in_session(wire)
    with pytest.raises(OperationTimeout):
        await ours.run(session, Read.of(AttributePath()), seconds=30.0)
    assert len(wire.sent) == MOST_TRANSMISSIONS and len(set(wire.sent)) == 1
    assert ours.router.next_deadline is None
    ours.close()


@pytest.mark.beside_the_gate
@pytest.mark.parametrize("kind", ["noise", "other session", "forged", "replayed", "without keys"])
async def test_a_flood_reaches_nobody_and_leaves_nothing(kind: str) -> None:
    wire = Wire(lambda wire, message: None)
    ours, session, theirs, their_session = in_session(wire)
    asked = asyncio.ensure_future(ours.run(session, Read.of(AttributePath()), seconds=300.0))
    await asyncio.sleep(0)
    arrived = theirs.receive(wire.sent[0], time.monotonic())
    assert arrived is not None
    their_session.send(arrived.exchange, INTERACTION, Opcode.REPORT_DATA, b"\x15\x18", time.monotonic())
    right = theirs.outgoing()[-1][1]
    ends = session.session.ends  # type: ignore[attr-defined]  # of a secure session
    flood = {
        "noise": lambda: secrets.token_bytes(200),
        "other session": lambda: Header(ends.own ^ 1, 5).encode() + bytes(100),
        "forged": lambda: right[:-1] + bytes((right[-1] ^ 1,)),
        "replayed": lambda: stale,
        "without keys": lambda: Header(0, 5, destination=secrets.randbits(63)).encode() + bytes(100),
    }[kind]
    other = their_session.begin()
    their_session.send(other, INTERACTION, Opcode.REPORT_DATA, b"\x15\x18", time.monotonic())
    stale = theirs.outgoing()[-1][1]
    for _ in range(100):
        wire.deliver(flood())
    tracemalloc.start()
    try:
        before = tracemalloc.get_traced_memory()[0]
        begun = time.process_time()
        for number in range(5000):
            wire.sent.clear()
            if number % 50 == 0:
                await asyncio.sleep(0)  # as often as a loop reads a socket, and looks at its timers
            wire.deliver(flood())
        spent = time.process_time() - begun
        assert tracemalloc.get_traced_memory()[0] - before < KEPT
    finally:
        tracemalloc.stop()
    assert not asked.done()
    assert spent < 10.0
    wire.deliver(right)
    async with asyncio.timeout(5):
        assert not (await asked).values
    ours.close()


async def test_conversations_that_the_other_side_begins_do_not_pile_up() -> None:
    wire = Wire(lambda wire, message: None)
    ours, session, theirs, their_session = in_session(wire)
    for _ in range(500):
        their_session.send(their_session.begin(), INTERACTION, Opcode.REPORT_DATA, MORE, time.monotonic())
        for _, data in theirs.outgoing():
            wire.deliver(data)
    assert len(session._open) <= 16
    ours.close()


async def test_an_answer_in_another_conversation_answers_nothing() -> None:
    def answers(wire: Wire, message: bytes) -> None:
        if theirs.receive(message, time.monotonic()) is not None:
            their_session.send(
                their_session.begin(), INTERACTION, Opcode.REPORT_DATA, b"\x15\x18", time.monotonic()
            )
            for _, data in theirs.outgoing():
                wire.deliver(data)

    wire = Wire(answers, reliable=False)
    ours, session, theirs, their_session = in_session(wire)
    with pytest.raises(OperationTimeout):
        await ours.run(session, Read.of(AttributePath()), seconds=0.3)
    ours.close()
