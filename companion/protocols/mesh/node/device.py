"""A whole node behind a proxy link: octets in, octets out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from companion.errors import ProtocolViolation
from companion.protocols.mesh.models import messages
from companion.protocols.mesh.models.identifiers import ONOFF_SERVER, ModelId
from companion.protocols.mesh.models.messages import Message
from companion.protocols.mesh.models.model_messages import USE_DEFAULT_TTL, NodeResetStatus
from companion.protocols.mesh.models.onoff import OnOffStatus
from companion.protocols.mesh.network.effects import (
    DEFAULT_TTL,
    AccessMessage,
    BeaconHeard,
    Delivered,
    Effect,
    IvChanged,
    ProxyTold,
    Transmit,
)
from companion.protocols.mesh.network.proxy import ProxyMessage, ProxyPduType
from companion.protocols.mesh.network.stack import Stack
from companion.protocols.mesh.node import configuration_server
from companion.protocols.mesh.node.onoff_server import OnOffServer
from companion.protocols.mesh.node.proxy_server import ProxyFilter
from companion.protocols.mesh.node.state import NodeState, stack_of


@dataclass(frozen=True)
class WasReset:
    """It left its networks: there is nobody behind its address any more."""


NodeEffect = Transmit | WasReset


class NodeDevice:
    """state: as provisioning left it; stack: another one than its usual

    switched: is called with an element's address and its light's new state
    """

    def __init__(
        self,
        state: NodeState,
        *,
        stack: Stack | None = None,
        switched: Callable[[int, bool], None] = lambda element, on: None,
    ) -> None:
        self.state = state
        self.stack = stack or stack_of(state)
        self.filter = ProxyFilter()
        self.was_reset = False
        self._switched = switched
        self._lights = {
            state.address + number: OnOffServer(state.lit.get(state.address + number, False))
            for number, element in enumerate(state.composition.elements)
            if ONOFF_SERVER in element.models
        }

    @property
    def deadline(self) -> float | None:
        """When `advance` has something to do."""
        return None if self.was_reset else self.stack.deadline

    def connected(self) -> list[NodeEffect]:
        """A client came: its filter is empty, and it is told of every network (6.7)."""
        self.filter = ProxyFilter()
        return [each for index in self.state.networks for each in self._out(self.stack.beacon(index))]

    def hear(self, type: ProxyPduType, octets: bytes, now: float) -> list[NodeEffect]:
        """What the client sent."""
        return self._react(self.stack.hear(type, octets, now), now)

    def advance(self, now: float) -> list[NodeEffect]:
        """What is due by now."""
        return self._react(self.stack.advance(now), now)

    def switch(self, element: int, on: bool, now: float) -> list[NodeEffect]:
        """Somebody pressed the switch on the device itself. Takes an element with a light."""
        self._lights[element].on = on
        return self._lit(element, now)

    def _react(self, effects: list[Effect], now: float) -> list[NodeEffect]:
        if self.was_reset:
            return []
        done: list[NodeEffect] = []
        for effect in effects:
            match effect:
                case Transmit():
                    done += self._out([effect])
                case Delivered(message):
                    self.filter.sent_from(message.source)
                    done += self._message(message, now)
                case ProxyTold(message):
                    done += self._change_filter(message)
                case IvChanged(state):
                    self.state.iv = state
                case BeaconHeard(beacon, index, True):
                    configuration_server.follow_beacon(self.state, index, key_refresh=beacon.key_refresh)
                case _:
                    pass
        return done

    def _change_filter(self, message: ProxyMessage) -> list[NodeEffect]:
        status = self.filter.change(message)
        return [] if status is None else self._out(self.stack.configure_proxy(status))

    def _message(self, message: AccessMessage, now: float) -> list[NodeEffect]:
        try:
            read = messages.decode(message.octets)
        except ProtocolViolation:
            return []
        if message.application is None:
            if message.destination != self.state.address:
                return []
            return self._configure(message, read, now)
        done: list[NodeEffect] = []
        for element in self._addressed(message, ONOFF_SERVER):
            light = self._lights[element]
            before = light.on
            answer = light.answer(read, message.source, now)
            if light.on is not before:
                done += self._lit(element, now)
            if answer is not None:
                done += self._reply(message, element, answer, now)
        return done

    def _configure(self, message: AccessMessage, read: Message, now: float) -> list[NodeEffect]:
        answer = configuration_server.answer(self.state, read, message.network)
        if answer is None:
            return []
        done = self._reply(message, self.state.address, answer, now)
        if isinstance(answer, NodeResetStatus):
            self.was_reset = True
            done.append(WasReset())
        return done

    def _addressed(self, message: AccessMessage, model: ModelId) -> list[int]:
        """The elements whose model is meant: bound to the key, and the address is theirs or their group's."""
        return [
            element
            for element in self._lights
            if message.application in self.state.bound.get((element, model), ())
            and (
                message.destination in (element, 0xFFFF)
                or message.destination in self.state.subscriptions.get((element, model), ())
            )
        ]

    def _reply(self, asked: AccessMessage, element: int, answer: Message, now: float) -> list[NodeEffect]:
        reply = AccessMessage(
            element, asked.source, messages.encode(answer), asked.application, asked.network
        )
        return self._out(self.stack.send(reply, now))

    def _lit(self, element: int, now: float) -> list[NodeEffect]:
        on = self.state.lit[element] = self._lights[element].on
        self._switched(element, on)
        publication = self.state.publications.get((element, ONOFF_SERVER))
        if publication is None or not self.filter.passes(publication.address):
            return []
        ttl = DEFAULT_TTL if publication.ttl == USE_DEFAULT_TTL else publication.ttl
        told = messages.encode(OnOffStatus(on))
        key = self.state.applications[publication.application]
        message = AccessMessage(element, publication.address, told, key.index, key.network, ttl)
        return self._out(self.stack.send(message, now))

    def _out(self, effects: list[Effect]) -> list[NodeEffect]:
        return [each for each in effects if isinstance(each, Transmit)]
