"""A recorded link, played to the protocol's code: a virtual device loses, refuses and ignores what the real
one did, at the same operations of the same links, and says in clear what that one said.
"""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from companion.link_trace import LOST, OK, UNANSWERED, LinkTrace, TracedOperation, read_traces
from companion.questions import ChooseDevice, Question
from companion.runs.answers import Answers

if TYPE_CHECKING:
    from companion.model import WifiCredentials
    from companion.testing.bench import VirtualDevice
    from companion.virtual.gatt import Fault, Operation
    from companion.virtual.peripheral import Peripheral

SPEAKS_AFTER = 0.05
"""Seconds from an operation until the device says by itself what it said after it: a connection event."""
LONGEST_SILENCE = 5.0
"""Seconds that are waited at most before a link ends that was lost while nothing was asked."""


def play(device: VirtualDevice, links: Sequence[object]) -> None:
    """From now on, the links to a virtual device are these (`LinkTrace.as_json`), one after the other; later
    ones are good. Raises ValueError and TypeError for what is no record of links.
    """
    peripheral = device.peripheral
    recorded = RecordedLinks(peripheral, read_traces(links))
    peripheral.fault, peripheral.speech = recorded, recorded.say


@dataclass(frozen=True)
class Only(Answers):
    """Answers in advance; of several devices without a code this one is meant."""

    address: str = ""

    async def answer(self, question: Question[Any]) -> Any:
        if isinstance(question, ChooseDevice):
            return next(found for found in question.devices if found.address == self.address)
        return await super().answer(question)


def only(device: VirtualDevice, network: WifiCredentials | None) -> Only:
    """Who answers for a run with this device, and gives it this network."""
    return Only(network, address=device.peripheral.address)


class RecordedLinks:
    """A fault plan (`companion.virtual.gatt`). An operation that the record does not have next is served."""

    def __init__(self, peripheral: Peripheral, links: Sequence[LinkTrace]) -> None:
        self._peripheral = peripheral
        self._links = links
        self._link = -1
        self._at = 0
        self._stand_ins: dict[str, str] = {}
        self._read: Counter[str] = Counter()
        self._quotes = False

    def say(self, uuid: str, asked: bool, own: bytes) -> bytes | None:
        """What the real device said at that time of the same link (`companion.virtual.gatt.Speech`).

        Where it was not asked again, the virtual one's own; by itself it says what was recorded, and no more.
        """
        if self._quotes or not 0 <= self._link < len(self._links):
            return own
        link, uuid = self._links[self._link], uuid.lower()
        if not any(each.uuid == uuid for each in link.said):
            return own
        if not asked:
            return None
        told = [each.value for each in link.said if each.asked and each.uuid == uuid]
        self._read[uuid] += 1
        return told[self._read[uuid] - 1] if self._read[uuid] <= len(told) else own

    def _quote(self, link: LinkTrace, after: int) -> None:
        """Say what the real device said by itself after so many operations."""
        self._quotes = True
        try:
            for each in link.said:
                if not each.asked and each.after == after:
                    self._peripheral.notify(each.uuid, each.value)
        finally:
            self._quotes = False

    def __call__(self, operation: Operation) -> Fault | None:
        if operation.number == 1:
            self._link, self._at = self._link + 1, 0
            self._read.clear()
        if self._link >= len(self._links):
            return None
        link = self._links[self._link]
        if self._at >= len(link.operations) or not self._is(operation, link.operations[self._at]):
            return None
        recorded = link.operations[self._at]
        self._at += 1
        if recorded.result == OK and link.said:
            asyncio.get_running_loop().call_later(SPEAKS_AFTER, self._quote, link, self._at)
        if self._at == len(link.operations) and link.lost and recorded.result == OK:
            silence = max(0.0, link.seconds - recorded.at - recorded.seconds)
            asyncio.get_running_loop().call_later(min(silence, LONGEST_SILENCE), self._lose)
        return _fault(recorded.result)

    def _is(self, operation: Operation, recorded: TracedOperation) -> bool:
        """A report has stand-ins in place of characteristics: each is the one that it is met as first."""
        if operation.kind.value.replace(" ", "-") != recorded.kind:
            return False
        uuid = operation.uuid.lower()
        meant = recorded.uuid
        if meant.startswith("<"):
            meant = self._stand_ins.setdefault(meant, uuid)
        return uuid == meant

    def _lose(self) -> None:
        self._ending = asyncio.ensure_future(self._peripheral.drop_links())


def _fault(result: str) -> Fault | None:
    from companion.virtual.gatt import Fault

    if result.startswith("att-"):
        return Fault.REFUSE
    return {LOST: Fault.DROP_LINK, UNANSWERED: Fault.IGNORE}.get(result)
