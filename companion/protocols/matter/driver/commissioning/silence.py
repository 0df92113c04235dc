"""A device that is silent after it was told to join: called meanwhile, and which link is missing."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Coroutine
from typing import TYPE_CHECKING, Any

from companion.errors import (
    AuthenticationError,
    DeviceUnreachable,
    LinkLostError,
    RadioError,
)
from companion.lan.reachability import missing_link
from companion.model import Text
from companion.protocols.matter.driver.session import operational
from companion.protocols.matter.driver.unreachable import LINKS
from companion.questions import TryAgain

if TYPE_CHECKING:
    from companion.lan import Lan
    from companion.protocols import Reporter
    from companion.protocols.matter.driver.commissioning.network import Joining
    from companion.protocols.matter.driver.session.node import Node

log = logging.getLogger(__name__)

SILENCE_SECONDS = 4.0
"""After which a device that does not say whether it joined is called meanwhile."""


async def connect(joining: Joining, call: Callable[[], Coroutine[Any, Any, Node]] | None) -> Node | None:
    """Let it join, and wait for its word. One that is silent may have joined: it is called meanwhile."""
    said = asyncio.ensure_future(joining.connect())
    called: asyncio.Future[Node] | None = None
    try:
        await asyncio.wait((said,), timeout=SILENCE_SECONDS)
        if not said.done() and call is not None:
            called = asyncio.ensure_future(call())
            await asyncio.wait((said, called), return_when=asyncio.FIRST_COMPLETED)
            if called.done() and called.exception() is None:
                node, called = called.result(), None
                return node
        try:
            await said
        except LinkLostError:
            raise
        except RadioError as silent:
            log.info("the device does not say whether it joined: %s", silent)
        return None
    finally:
        await operational.end(said, called)


async def first_of(called: Coroutine[Any, Any, Node], back: Coroutine[Any, Any, None]) -> Node | None:
    """A session with a device that joined, or None once it is on the air again: both are waited for, and
    the error of the call raised where neither comes about."""
    calling, returning = asyncio.ensure_future(called), asyncio.ensure_future(back)
    waiting: set[asyncio.Future[Any]] = {calling, returning}
    try:
        while True:
            done, waiting = await asyncio.wait(waiting, return_when=asyncio.FIRST_COMPLETED)
            if calling in done and calling.exception() is None:
                return calling.result()
            if returning in done and returning.exception() is None:
                return None
            if not waiting:
                return calling.result()
    finally:
        await operational.end(*waiting)


async def offer_again(
    reporter: Reporter, lan: Lan, unreachable: operational.Unreachable, *, thread: bool
) -> None:
    """Say which link is missing; returns where the user wants it tried again. Raises DeviceUnreachable."""
    if isinstance(unreachable.why, AuthenticationError):
        raise unreachable.why from unreachable
    missing = await missing_link(lan, announced=unreachable.announced, thread=thread)
    error = DeviceUnreachable(f"{missing}: {unreachable.why}", missing=LINKS[missing])
    if not await reporter.ask(TryAgain(Text(error.title), LINKS[missing])):
        raise error from unreachable
