"""Calls a node of our fabric on the network: found by multicast DNS, a session by certificates."""

from __future__ import annotations

import asyncio
import itertools
import logging
import time
from collections.abc import Sequence
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from companion.errors import CompanionError, OperationTimeout
from companion.protocols.matter.case.initiator import CaseInitiator
from companion.protocols.matter.driver.session.conversations import Conversations
from companion.protocols.matter.driver.session.node import Node
from companion.protocols.matter.driver.session.udp import UdpTransport
from companion.protocols.matter.establishment.outcome import EstablishmentFailed, Resumption
from companion.protocols.matter.messages import Timing

if TYPE_CHECKING:
    from companion.lan import Address, Lan, Service
    from companion.protocols.matter.driver.store.own_fabric import OwnFabric

log = logging.getLogger(__name__)

KIND = "_matter._tcp"
RESOLVE_SECONDS = 3.0
MOST_PLACES = 8
"""That are called in one turn."""
HEAD_START = 2.0
"""Seconds; a small device needs about one for a session."""
SHORTEST_PAUSE, LONGEST_PAUSE = 0.1, 2.0
"""Between two turns: who refuses at once is not called without end."""
_LONGEST_INTERVAL = 3_600_000


class Unreachable(Exception):
    """No session came about. announced: multicast DNS knew the node; why: the last failure at its address."""

    def __init__(self, *, announced: bool, why: CompanionError | None) -> None:
        super().__init__("the node can't be reached")
        self.announced, self.why = announced, why


async def call(
    lan: Lan,
    fabric: OwnFabric,
    node: int,
    *,
    seconds: float,
    by_hand: Address | None = None,
    resumption: Resumption | None = None,
) -> Node:
    """A session with a node of the fabric. by_hand: where it is, instead of asking the network.

    resumption: of an earlier session; the first call goes on from it, where the node can.
    Raises Unreachable after `seconds`; calls that have begun by then are ended first.
    """
    until = time.monotonic() + seconds
    announced, why = by_hand is not None, None
    for turn in itertools.count():
        places, timing = await _look(lan, fabric, node, until, by_hand)
        announced = announced or bool(places)
        calls = Calls(lan, fabric, node, timing, resumption)
        resumption = None if places else resumption
        if (found := await calls.first(in_turn(places, turn), until)) is not None:
            return found
        why = calls.why if why is None or isinstance(why, OperationTimeout) else why
        left = until - time.monotonic()
        if left <= 0:
            raise Unreachable(announced=announced, why=why)
        await asyncio.sleep(min(left, LONGEST_PAUSE, SHORTEST_PAUSE * 2**turn))
    raise AssertionError("it is counted on and on")


def in_turn(places: Sequence[Address], turn: int) -> Sequence[Address]:
    """Those to call this time: who announces addresses without end hides the right one for a while only."""
    if len(places) <= MOST_PLACES:
        return places
    first = turn * MOST_PLACES % len(places)
    return (*places[first:], *places[:first])[:MOST_PLACES]


class Calls:
    """Calls to places where a node may be. why: what the one that got furthest failed of."""

    def __init__(
        self,
        lan: Lan,
        fabric: OwnFabric,
        node: int,
        timing: Timing,
        resumption: Resumption | None = None,
    ) -> None:
        self.why: CompanionError | None = None
        self._resumption = resumption
        self._lan, self._fabric, self._node, self._timing = lan, fabric, node, timing

    async def first(self, places: Sequence[Address], until: float) -> Node | None:
        """The session that is there first. Each place has some time before the next is called as well, so
        that nobody who announces a place where nothing answers holds the others up."""
        waiting, running = list(places), set[asyncio.Task[Node | None]]()
        try:
            while running or (waiting and time.monotonic() < until):
                if waiting and time.monotonic() < until:
                    running.add(asyncio.ensure_future(self._session(waiting.pop(0))))
                done, running = await asyncio.wait(
                    running, timeout=HEAD_START if waiting else None, return_when=asyncio.FIRST_COMPLETED
                )
                for each in done:
                    if (node := each.result()) is not None:
                        return node
            return None
        finally:
            await _end(running)

    async def _session(self, place: Address) -> Node | None:
        try:
            if (node := await self._resumed(place)) is not None:
                return node
            return await self._begun(place, None)
        except EstablishmentFailed as failed:
            self.why = failed.leaf
            log.info("%s does not take the call: %s", place, failed)
        except (OperationTimeout, OSError) as silent:
            timeout = OperationTimeout(str(silent)) if isinstance(silent, OSError) else silent
            self.why = self.why or timeout
            log.info("%s does not answer", place)
        return None

    async def _resumed(self, place: Address) -> Node | None:
        """None where there is nothing to go on from, or whoever answers can't: it is called anew at once.

        Raises OperationTimeout, OSError.
        """
        resumption, self._resumption = self._resumption, None
        if resumption is None:
            return None
        try:
            return await self._begun(place, resumption)
        except EstablishmentFailed as failed:
            log.info("%s does not go on from the last session: %s", place, failed)
            return None

    async def _begun(self, place: Address, resumption: Resumption | None) -> Node:
        """Raises EstablishmentFailed, OperationTimeout, OSError."""
        conversations = Conversations(await UdpTransport.open(self._lan, place))
        try:
            machine = CaseInitiator(
                self._fabric.own, self._node, conversations.router.reserve(), resumption=resumption
            )
            session = await conversations.establish(machine, self._timing)
            return Node(conversations, session, machine.established)
        except BaseException:
            conversations.close()
            raise


async def _end(calls: set[asyncio.Task[Node | None]]) -> None:
    """Give up those that still ring, and close one that was taken too late."""
    for each in calls:
        each.cancel()
    for late in await asyncio.gather(*calls, return_exceptions=True):
        if isinstance(late, Node):
            late.close()


async def _look(
    lan: Lan, fabric: OwnFabric, node: int, until: float, by_hand: Address | None
) -> tuple[tuple[Address, ...], Timing]:
    if by_hand is not None:
        return (by_hand,), Timing()
    left = max(0.1, until - time.monotonic())
    try:
        service = await lan.resolve(
            KIND, fabric.authority.identity.instance(node), min(left, RESOLVE_SECONDS)
        )
    except OSError as error:
        raise Unreachable(announced=False, why=OperationTimeout(str(error))) from error
    return ((), Timing()) if service is None else (service.places, timing_of(service))


def timing_of(service: Service) -> Timing:
    """How soon a node answers, as it announces it (core 4.3.4: SII, SAI, SAT in milliseconds)."""
    usual = Timing()

    def seconds(key: str, otherwise: float) -> float:
        text = service.text(key)
        said = text is not None and text.isdecimal() and int(text) <= _LONGEST_INTERVAL
        return int(text or 0) / 1000 if said else otherwise

    return Timing(seconds("SII", usual.idle), seconds("SAI", usual.active), seconds("SAT", usual.threshold))


async def end(*tasks: asyncio.Future[Any] | None) -> None:
    """Cancel what still runs, look at how the others ended, and close a session that came too late."""
    for task in tasks:
        if task is None:
            continue
        task.cancel()
        with suppress(asyncio.CancelledError, CompanionError, Unreachable):
            if isinstance(late := await task, Node):
                late.close()
