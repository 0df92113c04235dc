"""A device in a session that its passcode made: its fail-safe is armed at first, and kept while we think."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from typing import TYPE_CHECKING

from companion.errors import CompanionError
from companion.protocols.matter.clusters import failures
from companion.protocols.matter.clusters.general_commissioning import ARM_FAIL_SAFE, ArmFailSafe
from companion.protocols.matter.driver.session.node import Node

if TYPE_CHECKING:
    from companion.protocols.matter.driver.session.conversations import Conversations
    from companion.protocols.matter.messages import Exchanges

log = logging.getLogger(__name__)

FAIL_SAFE_SECONDS = 60
"""After which a device that hears no more of us forgets what it was given."""
DISARM_SECONDS = 3.0
LEAST_LEFT = 20.0
"""Seconds of the fail-safe that any step may need."""


class Commissionee(Node):
    """A node whose session its passcode made. What is said to it here lets it take everything back."""

    def __init__(self, conversations: Conversations, session: Exchanges) -> None:
        super().__init__(conversations, session)
        self._armed_until: float | None = None

    async def arm(self, seconds: int | None = None) -> None:
        """From now on the device takes everything back unless it hears of us in time. Raises DeviceBusy."""
        seconds = FAIL_SAFE_SECONDS if seconds is None else seconds
        answer = await self.query(ARM_FAIL_SAFE, ArmFailSafe(seconds))
        if (error := failures.of_commissioning(answer.error)) is not None:
            raise error
        self._armed_until = time.monotonic() + seconds

    async def need(self, seconds: float) -> None:
        """Have this much of the fail-safe left for what follows."""
        if self._armed_until is not None and self._armed_until - time.monotonic() < seconds:
            await self.arm(max(FAIL_SAFE_SECONDS, round(seconds)))

    async def disarm(self) -> bool:
        """Let the device take back what it was given. True if it said so. Raises nothing."""
        if self._armed_until is None or not self.is_up:
            return False
        self._armed_until = None
        with suppress(CompanionError, TimeoutError):
            async with asyncio.timeout(DISARM_SECONDS):
                answer = await self.query(ARM_FAIL_SAFE, ArmFailSafe(0))
                return failures.of_commissioning(answer.error) is None
        return False

    def completed(self) -> None:
        """The fail-safe is over, because all is well."""
        self._armed_until = None

    @asynccontextmanager
    async def kept(self) -> AsyncIterator[None]:
        """While this lasts, the fail-safe is armed again before it ends: its user reads or types."""
        keeper = asyncio.ensure_future(self._keep())
        try:
            yield
        finally:
            keeper.cancel()
            with suppress(asyncio.CancelledError):
                await keeper

    async def _keep(self) -> None:
        while self._armed_until is not None and self.is_up:
            await asyncio.sleep(max(0.0, self._armed_until - time.monotonic() - LEAST_LEFT))
            try:
                await self.need(LEAST_LEFT + 1)
            except CompanionError as error:
                log.info("the fail-safe can't be kept: %s", error.code)
                return
