"""Calls a node of our fabric on the network: found by multicast DNS, a session by certificates."""

from __future__ import annotations

import logging
import time
from typing import TYPE_CHECKING

from companion.errors import CompanionError, OperationTimeout
from companion.protocols.matter.case.initiator import CaseInitiator
from companion.protocols.matter.driver.conversations import Conversations
from companion.protocols.matter.driver.node import Node
from companion.protocols.matter.driver.udp import UdpTransport
from companion.protocols.matter.establishment.outcome import EstablishmentFailed
from companion.protocols.matter.messages import Timing

if TYPE_CHECKING:
    from companion.lan import Address, Lan, Service
    from companion.protocols.matter.driver.own_fabric import OwnFabric

log = logging.getLogger(__name__)

KIND = "_matter._tcp"
RESOLVE_SECONDS = 3.0
_LONGEST_INTERVAL = 3_600_000


class Unreachable(Exception):
    """No session came about. announced: multicast DNS knew the node; why: the last failure at its address."""

    def __init__(self, *, announced: bool, why: CompanionError | None) -> None:
        super().__init__("the node can't be reached")
        self.announced, self.why = announced, why


async def call(
    lan: Lan, fabric: OwnFabric, node: int, *, seconds: float, by_hand: Address | None = None
) -> Node:
    """A session with a node of the fabric. by_hand: where it is, instead of asking the network.

    Raises Unreachable after `seconds`; a call that has begun by then is ended first.
    """
    until = time.monotonic() + seconds
    announced, why = by_hand is not None, None
    while True:
        places, timing = await _look(lan, fabric, node, until, by_hand)
        announced = announced or bool(places)
        for place in places:
            try:
                return await _session(lan, fabric, node, place, timing)
            except EstablishmentFailed as failed:
                why = failed.leaf
                log.info("%s does not take the call: %s", place, failed)
            except (OperationTimeout, OSError) as silent:
                why = why or (OperationTimeout(str(silent)) if isinstance(silent, OSError) else silent)
                log.info("%s does not answer", place)
        if time.monotonic() >= until:
            raise Unreachable(announced=announced, why=why)


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


async def _session(lan: Lan, fabric: OwnFabric, node: int, place: Address, timing: Timing) -> Node:
    """Raises EstablishmentFailed, OperationTimeout, OSError."""
    conversations = Conversations(await UdpTransport.open(lan, place))
    try:
        machine = CaseInitiator(fabric.own, node, conversations.router.reserve())
        return Node(conversations, await conversations.establish(machine, timing))
    except BaseException:
        conversations.close()
        raise
