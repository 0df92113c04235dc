"""BTP over a Bluetooth link: segments are written and acknowledged by a task of their own.

Nothing that a run waits for holds it up, so a session survives any question to the user.
"""

from __future__ import annotations

import asyncio
import sys
import time
from contextlib import suppress
from typing import TYPE_CHECKING

from companion.errors import (
    AppleProfileMissing,
    AttributeFailure,
    CompanionError,
    PairingFailed,
    ServiceMissing,
)
from companion.protocols.matter.btp import BtpFailure, BtpSession
from companion.protocols.matter.btp.gatt import INDICATED, WRITTEN
from companion.protocols.matter.btp.session import HANDSHAKE_SECONDS

if TYPE_CHECKING:
    from companion.protocols.matter.driver.session.transport import OnEnd, OnMessage
    from companion.radio import Link
    from companion.radio.inbox import Inbox

FOREVER = 86_400.0
DRAIN_SECONDS = 1.0
_ATT_HEADER = 3


class BleTransport:
    """A session of BTP on an open link. The link itself belongs to whoever dialled it."""

    reliable = False

    def __init__(self, link: Link, session: BtpSession, inbox: Inbox) -> None:
        """Use `open`."""
        self._link, self._session, self._inbox = link, session, inbox
        self._wake, self._written = asyncio.Event(), asyncio.Event()
        self._tasks: list[asyncio.Task[None]] = []
        self._on_message: OnMessage | None = None
        self._on_end: OnEnd | None = None

    @classmethod
    async def open(cls, link: Link, mtu: int | None = None) -> BleTransport:
        """Agree on a session. mtu: a smaller one than the link's, for adapters that lose long segments.

        Raises RadioError and DeviceError leaves.
        """
        for uuid in (WRITTEN, INDICATED):
            if uuid not in link.characteristics:
                raise ServiceMissing("the device has no Matter service")
        room = min(link.mtu, link.max_write + _ATT_HEADER)
        session = BtpSession.central(min(room, mtu) if mtu else room, time.monotonic())
        request = session.next_segment(time.monotonic())
        assert request is not None
        try:
            await link.write(WRITTEN, request)
        except (AttributeFailure, PairingFailed) as refused:
            if sys.platform == "darwin":
                raise AppleProfileMissing(str(refused)) from refused
            raise
        inbox = await link.subscribe(INDICATED, indications=True)
        try:
            session.receive(await inbox.get(timeout=HANDSHAKE_SECONDS), time.monotonic())
        except BtpFailure as failure:
            raise failure.leaf from failure
        return cls(link, session, inbox)

    def start(self, on_message: OnMessage, on_end: OnEnd) -> None:
        self._on_message, self._on_end = on_message, on_end
        self._tasks = [asyncio.ensure_future(self._guarded(each)) for each in (self._read, self._write)]

    def send(self, message: bytes) -> None:
        self._session.send(message)
        self._written.clear()
        self._wake.set()

    async def drain(self) -> None:
        with suppress(TimeoutError):
            async with asyncio.timeout(DRAIN_SECONDS):
                await self._written.wait()

    def close(self) -> None:
        self._on_end = None
        self._written.set()
        for task in self._tasks:
            task.cancel()

    async def _guarded(self, work: object) -> None:
        """Do it until it ends in an error, of which `on_end` is told; the other task ends with it."""
        assert callable(work)
        try:
            await work()
        except BtpFailure as failure:
            self._end(failure.leaf)
        except CompanionError as error:
            self._end(error)

    def _end(self, error: CompanionError) -> None:
        tell = self._on_end
        self.close()
        if tell is not None:
            tell(error)

    async def _read(self) -> None:
        while True:
            segment = await self._inbox.get(timeout=FOREVER)
            messages = self._session.receive(segment, time.monotonic())
            self._wake.set()
            for message in messages:
                assert self._on_message is not None
                self._on_message(message)

    async def _write(self) -> None:
        while True:
            self._wake.clear()
            self._session.tick(time.monotonic())
            while (segment := self._session.next_segment(time.monotonic())) is not None:
                await self._link.write(WRITTEN, segment)
            if not self._session.has_more:
                self._written.set()
            due = self._session.next_deadline
            with suppress(TimeoutError):
                async with asyncio.timeout(None if due is None else max(0.01, due - time.monotonic())):
                    await self._wake.wait()
