"""Asks a model and waits for its answer, sans-IO: one request at a time, repeated a known number of times."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TypeAlias

from companion.errors import ProtocolViolation
from companion.protocols.mesh.models import messages, opcodes
from companion.protocols.mesh.models.messages import Message
from companion.protocols.mesh.models.opcodes import Opcode
from companion.protocols.mesh.network.effects import (
    AccessMessage,
    BeaconHeard,
    Delivered,
    Effect,
    IvChanged,
    ProxyTold,
    Transmit,
    Undelivered,
)
from companion.protocols.mesh.network.proxy import ProxyPduType
from companion.protocols.mesh.network.stack import Stack

PAUSE = 4.0
"""Seconds until a request without an answer is made again: more than its segments take."""
TRIES = 3


@dataclass(frozen=True)
class Request:
    """answer: what is waited for. application: index of the key, None for the device key"""

    destination: int
    message: Message
    answer: Opcode
    application: int | None = None


@dataclass(frozen=True)
class Answered:
    """By the element that was asked, with the key that it was asked with."""

    message: Message


@dataclass(frozen=True)
class Unanswered:
    """refused: the node has no room for the request"""

    refused: bool = False


ClientEffect: TypeAlias = Transmit | Answered | Unanswered | BeaconHeard | IvChanged | ProxyTold


class ModelClient:
    """stack: of this commissioner, with which nobody else sends"""

    def __init__(self, stack: Stack) -> None:
        self._stack = stack
        self._open: Request | None = None
        self._tries = 0
        self._again = 0.0

    @property
    def deadline(self) -> float | None:
        """When `advance` has something to do."""
        times = [self._stack.deadline, self._again if self._open else None]
        return min((each for each in times if each is not None), default=None)

    def ask(self, request: Request, now: float) -> list[ClientEffect]:
        """What is to be sent. A request that is open is forgotten. Raises ValueError as `Stack.send`."""
        self._open, self._tries = request, 0
        return self._try(request, now)

    def hear(self, type: ProxyPduType, octets: bytes, now: float) -> list[ClientEffect]:
        """Whatever the bearer brought. Raises ProtocolViolation for an answer that makes no sense."""
        return self._judge(self._stack.hear(type, octets, now), now)

    def advance(self, now: float) -> list[ClientEffect]:
        """What is due by now."""
        effects = self._judge(self._stack.advance(now), now)
        if self._open is not None and self._again <= now:
            effects += self._next_try(self._open, now)
        return effects

    def _try(self, request: Request, now: float) -> list[ClientEffect]:
        self._tries += 1
        self._again = now + PAUSE
        message = AccessMessage(
            self._stack.address, request.destination, messages.encode(request.message), request.application
        )
        return self._judge(self._stack.send(message, now), now)

    def _next_try(self, request: Request, now: float) -> list[ClientEffect]:
        if self._tries >= TRIES:
            self._open = None
            return [Unanswered()]
        return self._try(request, now)

    def _judge(self, effects: Iterable[Effect], now: float) -> list[ClientEffect]:
        judged: list[ClientEffect] = []
        for effect in effects:
            match effect:
                case Delivered(message):
                    judged += self._answer(message)
                case Undelivered(destination, refused):
                    judged += self._undelivered(destination, refused, now)
                case _:
                    judged.append(effect)
        return judged

    def _answer(self, message: AccessMessage) -> list[ClientEffect]:
        request = self._open
        if request is None or (message.source, message.application) != (
            request.destination,
            request.application,
        ):
            return []
        try:
            opcode, _ = opcodes.split(message.octets)
        except ProtocolViolation:
            return []
        if opcode != request.answer:
            return []
        self._open = None
        return [Answered(messages.decode(message.octets))]

    def _undelivered(self, destination: int, refused: bool, now: float) -> list[ClientEffect]:
        if self._open is None or self._open.destination != destination:
            return []
        if refused:
            self._open = None
            return [Unanswered(refused=True)]
        return self._next_try(self._open, now)
