"""A Bluetooth device that breaks the rules of BTP, or keeps silent: an error for each, and no task left."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from typing import Any, cast

import pytest

from companion.errors import CompanionError, OperationTimeout, ProtocolViolation, VersionUnsupported
from companion.protocols.matter.btp import Response, Segment
from companion.protocols.matter.btp import session as btp
from companion.protocols.matter.btp.gatt import INDICATED, WRITTEN
from companion.protocols.matter.driver.session import ble, conversations
from companion.protocols.matter.driver.session.ble import BleTransport
from companion.protocols.matter.driver.session.conversations import Conversations
from companion.protocols.matter.pase.commissioner import PaseCommissioner
from companion.radio.inbox import Inbox
from companion.secret import Secret

OPEN = Response(244, 6).encode()


class Scripted:
    """A link to a device that indicates what it is told to, after so many writes."""

    characteristics = frozenset((WRITTEN, INDICATED))
    mtu, max_write = 247, 244

    def __init__(self, handshake: bytes | None, *then: bytes, flood: Callable[[int], bytes] | None = None):
        self.inbox = Inbox()
        self.writes: list[bytes] = []
        self._handshake, self._then, self._flood = handshake, then, flood

    async def write(self, uuid: str, value: bytes) -> None:
        self.writes.append(value)
        if len(self.writes) == 2:
            for segment in self._then:
                self.inbox.put(segment)
            for number in range(3000 if self._flood is not None else 0):
                assert self._flood is not None
                self.inbox.put(self._flood(number))

    async def subscribe(self, uuid: str, *, indications: bool) -> Inbox:
        if self._handshake is not None:
            self.inbox.put(self._handshake)
        return self.inbox


@pytest.fixture(autouse=True)
async def _impatient(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[None]:
    monkeypatch.setattr(ble, "HANDSHAKE_SECONDS", 0.2)
    monkeypatch.setattr(btp, "ACKNOWLEDGEMENT_SECONDS", 0.4)
    monkeypatch.setattr(conversations, "ANSWER_SECONDS", 0.8)
    yield
    left = asyncio.all_tasks() - {asyncio.current_task()}
    assert not [task for task in left if "BleTransport" in repr(task) and not task.cancelling()]


async def opened(link: Scripted) -> None:
    """As a run opens a device: BTP, then PASE."""
    transport = await BleTransport.open(cast("Any", link))
    talk = Conversations(transport)
    try:
        await talk.establish(PaseCommissioner(Secret("20202021"), talk.router.reserve()))
    finally:
        talk.close()


def said(sequence: int, payload: bytes = b"", **more: Any) -> bytes:
    return Segment(sequence, payload, **more).encode()


ONE = said(1, b"x", length=1, ends=True)
BROKEN: dict[str, tuple[Callable[[], Scripted], type[CompanionError]]] = {
    "no handshake": (lambda: Scripted(None), OperationTimeout),
    "handshake of noise": (lambda: Scripted(b"\xff" * 20), ProtocolViolation),
    "handshake cut off": (lambda: Scripted(OPEN[:-1]), ProtocolViolation),
    "window without room": (lambda: Scripted(OPEN[:-1] + b"\0"), ProtocolViolation),
    "segments of no octets": (lambda: Scripted(Response(0, 6).encode()), ProtocolViolation),
    "another version": (lambda: Scripted(Response(244, 6, 9).encode()), VersionUnsupported),
    "no acknowledgement": (lambda: Scripted(OPEN), OperationTimeout),
    "acknowledgement of nothing": (lambda: Scripted(OPEN, said(1, acknowledged=77)), ProtocolViolation),
    "acknowledged and silent": (lambda: Scripted(OPEN, said(1, acknowledged=0)), OperationTimeout),
    "too long a segment": (lambda: Scripted(OPEN, bytes(245)), ProtocolViolation),
    "no segment": (lambda: Scripted(OPEN, b""), ProtocolViolation),
    "number left out": (lambda: Scripted(OPEN, said(2, b"x", length=1, ends=True)), ProtocolViolation),
    "replayed segment": (lambda: Scripted(OPEN, *[ONE] * 2), ProtocolViolation),
    "message too long": (lambda: Scripted(OPEN, said(1, b"x" * 99, length=0xFFFF)), ProtocolViolation),
    "message that never ends": (
        lambda: Scripted(OPEN, said(1, b"x", length=999), flood=lambda after: said((after + 2) % 256, b"x")),
        CompanionError,
    ),
    "acknowledgements without end": (
        lambda: Scripted(OPEN, flood=lambda number: said((number + 1) % 256)),
        CompanionError,
    ),
    "messages without end": (
        lambda: Scripted(OPEN, flood=lambda number: said((number + 1) % 256, b"x", length=1, ends=True)),
        CompanionError,
    ),
}  # fmt: skip


@pytest.mark.parametrize("kind", BROKEN)
async def test_a_device_that_breaks_the_rules_is_left(kind: str) -> None:
    make, error = BROKEN[kind]
    link = make()
    async with asyncio.timeout(5):
        with pytest.raises(error) as raised:
            await opened(link)
    assert raised.value.code and str(raised.value)
    assert len(link.writes) < 1000


class Chatterbox(Scripted):
    """Keeps to every rule and answers nothing: a message of an octet for each segment that it is written."""

    async def write(self, uuid: str, value: bytes) -> None:
        self.writes.append(value)
        number = len(self.writes) - 1
        if number:
            await asyncio.sleep(0)
            message = said(number % 256, b"x", length=1, ends=True, acknowledged=(number - 1) % 256)
            self.inbox.put(message)


async def test_a_device_that_talks_and_answers_nothing_is_left() -> None:
    link = Chatterbox(OPEN)
    async with asyncio.timeout(5):
        with pytest.raises(OperationTimeout):
            await opened(link)
