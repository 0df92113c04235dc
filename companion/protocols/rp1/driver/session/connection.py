"""Runs a `Commissioner` over a link: writes what goes out, waits for what comes in, keeps the deadlines."""

from __future__ import annotations

import asyncio
import logging
import time
from collections import deque
from typing import TYPE_CHECKING

from companion.errors import CompanionError, LinkLostError, OperationTimeout
from companion.protocols.rp1.aborts import Abort, LocalAbort, PeerAbort, SessionAborted
from companion.protocols.rp1.session import commissioner
from companion.protocols.rp1.session.commissioner import Commissioner, CommissionerEvent, Progressed
from companion.protocols.rp1.wire import info as infos
from companion.protocols.rp1.wire.info import INFO_UUID, RX_UUID, TX_UUID, Info

if TYPE_CHECKING:
    from companion.radio import Inbox, Link

log = logging.getLogger(__name__)

_FAREWELL_SECONDS = 3.0


class Connection:
    """One session over one link. Every method may raise RadioError and SessionAborted.

    careful: each fragment is acknowledged, for a device that has missed some; lost_fragments: this one
    has. Commands can't get lost on the air, but between a device's radio and its program they do.
    """

    def __init__(self, link: Link, inbox: Inbox, machine: Commissioner, *, careful: bool = False) -> None:
        self._link = link
        self._inbox = inbox
        self._machine = machine
        self._events: deque[CommissionerEvent] = deque()
        self._careful = careful
        self.lost_fragments = False

    @classmethod
    async def over(cls, link: Link, machine: Commissioner, *, careful: bool = False) -> Connection:
        """Subscribe and send M1."""
        channel = cls(link, await link.subscribe(TX_UUID), machine, careful=careful)
        machine.begin(time.monotonic())
        await channel._flush()
        channel.wait_until(commissioner.HANDSHAKE_SECONDS)
        return channel

    @property
    def is_secure(self) -> bool:
        return self._machine.is_secure and self._link.is_up

    async def gone(self) -> None:
        """Returns once the link is gone."""
        gone = asyncio.Event()
        self._link.when_gone(gone.set)
        await gone.wait()

    async def next(self) -> CommissionerEvent:
        """The next event. May be cancelled while it waits for the device."""
        while not self._events:
            await self._hear()
        return self._events.popleft()

    async def reveal(self) -> None:
        """Send M3."""
        self._machine.reveal(time.monotonic())
        await self._flush()
        self.wait_until(commissioner.HANDSHAKE_SECONDS)

    async def confirm(self) -> None:
        """The user pressed “They match”."""
        self._events.extend(self._machine.confirm())
        await self._flush()

    async def info(self) -> Info:
        """What the device shows now, unproved. Raises CompanionError."""
        return infos.decode(await self._link.read(INFO_UUID))

    async def request(self, plaintext: bytes, seconds: float) -> None:
        """Send a request whose reply must come within `seconds`, counted from when all of it is written."""
        self._machine.request(plaintext, time.monotonic() + seconds)
        await self._flush()
        self.wait_until(seconds)

    def wait_until(self, seconds: float | None) -> None:
        """The reply under way has `seconds` from now; None: nothing is awaited any more."""
        self._machine.extend(None if seconds is None else time.monotonic() + seconds)

    async def abort(self, code: Abort) -> LocalAbort:
        """Tell the device that the session is over, as far as the link carries it. Returns what to raise."""
        abort = self._machine.abort(code)
        await self._say_why()
        return abort

    async def _hear(self) -> None:
        """Wait for one notification or one deadline."""
        deadline = self._machine.deadline
        wait = 3600.0 if deadline is None else max(deadline - time.monotonic(), 0.0)
        try:
            data = await self._inbox.get(timeout=wait)
        except OperationTimeout:
            data = None
        try:
            if data is None:
                self._machine.tick(time.monotonic())
            else:
                heard = self._machine.receive(data, time.monotonic())
                self._events.extend(heard)
                if all(isinstance(event, Progressed) for event in heard):
                    # A device that never falls silent is late all the same.
                    self._machine.tick(time.monotonic())
        except SessionAborted as abort:
            log.info("session over: code %d, %s", abort.code, abort.why or "reported by the device")
            await self._say_why()
            if isinstance(abort, PeerAbort) and abort.code == Abort.FRAGMENT and not self._careful:
                self.lost_fragments = True
                raise LinkLostError("the device missed a fragment") from abort
            raise
        await self._flush()

    async def _flush(self) -> None:
        for fragment in self._machine.outgoing():
            await self._link.write(RX_UUID, fragment.data, response=fragment.acknowledged or self._careful)

    async def _say_why(self) -> None:
        """The last message of a session, if the link still carries it."""
        try:
            async with asyncio.timeout(_FAREWELL_SECONDS):
                await self._flush()
        except (CompanionError, TimeoutError) as error:
            log.info("the device could not be told: %s", type(error).__name__)
