"""A virtual device's end of one Bluetooth link: BTP over a peripheral's two characteristics."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable

from companion.protocols.matter.btp import BtpFailure, BtpSession
from companion.protocols.matter.btp.segment import ACKNOWLEDGING
from companion.virtual.gatt import Central

log = logging.getLogger(__name__)

PAUSE = 0.01
"""Seconds after an acknowledgement that came alone. On a radio its sender has the answer to its write before
it is indicated more; matter.js acknowledges nothing while it waits for that answer, and then not for 5 s."""


class BtpLink:
    """See above. indicate: indicates a segment until it is confirmed; end: ends the link."""

    def __init__(
        self, central: Central, indicate: Callable[[bytes], Awaitable[None]], end: Callable[[], None]
    ) -> None:
        self.central = central
        self._indicate, self._end = indicate, end
        self._session: BtpSession | None = None
        self._is_heard = False
        self._pauses = False
        self._wanted = asyncio.Event()

    @property
    def next_deadline(self) -> float | None:
        """When `tick` has something to do, if it ever has."""
        return self._session.next_deadline if self._session is not None else None

    def written(self, segment: bytes, now: float) -> tuple[bytes, ...]:
        """The central wrote to C1: the message that is complete now, or none."""
        if self._session is None:
            self._session = BtpSession.peripheral(self.central.mtu)
        try:
            messages = self._session.receive(segment, now)
        except BtpFailure as failure:
            self._fail(failure)
            return ()
        self._pauses = segment[0] == ACKNOWLEDGING
        self._wanted.set()
        return messages

    def subscribed(self, wanted: bool) -> None:
        """The central asked for C2's indications, or does not want them any more."""
        self._is_heard = wanted
        self._wanted.set()

    def send(self, message: bytes) -> None:
        """Queue a message."""
        if self._session is not None:
            self._session.send(message)
            self._wanted.set()

    def tick(self, now: float) -> None:
        """Time has passed."""
        try:
            if self._session is not None:
                self._session.tick(now)
        except BtpFailure as failure:
            self._fail(failure)
        self._wanted.set()

    async def pump(self) -> None:
        """Indicate what is to be sent, until cancelled or the link is gone."""
        loop = asyncio.get_running_loop()
        while True:
            await self._wanted.wait()
            self._wanted.clear()
            while self._session is not None and self._is_heard:
                if self._pauses:
                    self._pauses = False
                    await asyncio.sleep(PAUSE)
                segment = self._session.next_segment(loop.time())
                if segment is None:
                    break
                try:
                    await self._indicate(segment)
                except ConnectionError as error:
                    log.debug("a link ended while a segment was sent: %s", error)
                    return

    def _fail(self, failure: BtpFailure) -> None:
        log.info("%s: %s", self.central.address, failure)
        self._end()
