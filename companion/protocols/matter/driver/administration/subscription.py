"""A node that tells by itself when it changes: subscribed to (Core 8.5), and asked anew when it says so."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator
from dataclasses import replace
from typing import TYPE_CHECKING

from companion.errors import OperationTimeout
from companion.protocols.matter.clusters import administrator_commissioning as windows
from companion.protocols.matter.clusters import diagnostics, on_off
from companion.protocols.matter.driver.administration import status
from companion.protocols.matter.interaction.messages import Outgoing, SubscribeRequest
from companion.protocols.matter.interaction.subscription import Subscribe, Subscription

if TYPE_CHECKING:
    from companion.administration import DeviceStatus
    from companion.protocols.matter.driver.session.node import Node

FLOOR_SECONDS, CEILING_SECONDS = 1, 60
"""Between two reports, at least and at most."""
_TOLD = (
    on_off.ON_OFF.path(None),
    windows.WINDOW_STATUS.path(0),
    diagnostics.HARDWARE_FAULTS.path(0),
)
"""Three paths are what every node takes in a subscription (Core 2.11.2.2)."""


async def follow(node: Node) -> AsyncIterator[DeviceStatus]:
    """How it is, then each time that this changed. Ends with the caller.

    Raises DeviceError and RadioError leaves; OperationTimeout where it tells nothing any more.
    """
    request = SubscribeRequest(False, FLOOR_SECONDS, CEILING_SECONDS, _TOLD)
    subscription = Subscription(await node.run(Subscribe(request)), time.monotonic())
    told = asyncio.Event()

    def take(opcode: int, payload: bytes) -> Outgoing | None:
        answer, reading = subscription.receive(opcode, payload, time.monotonic())
        if reading is not None:
            told.set()
        return answer

    node.conversations.listen(take)
    try:
        last: DeviceStatus | None = None
        while True:
            now = await status.ask(node)
            if last is None or _without_clock(now) != _without_clock(last):
                yield now
            last = now
            await _until(told, subscription)
    finally:
        node.conversations.listen(None)


async def _until(told: asyncio.Event, subscription: Subscription) -> None:
    """The next report. However often a node tells, it is asked no more often than it was allowed to tell."""
    await asyncio.sleep(FLOOR_SECONDS)
    try:
        async with asyncio.timeout(max(0.0, subscription.next_deadline - time.monotonic())):
            await told.wait()
    except TimeoutError:
        raise OperationTimeout("the device tells nothing any more") from None
    told.clear()


def _without_clock(said: DeviceStatus) -> DeviceStatus:
    """Its uptime always changes, and a signal strength with every breath."""
    network = replace(said.network, rssi=None) if said.network is not None else None
    return replace(said, uptime=None, network=network)
