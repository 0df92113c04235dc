"""A commissioner and a node, one proxy link between them, for tests: time is a number."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from companion.errors.mesh_network import NodeRefused
from companion.protocols.mesh.models import requests
from companion.protocols.mesh.models.client import (
    Answered,
    ClientEffect,
    ModelClient,
    Request,
    Unanswered,
)
from companion.protocols.mesh.models.composition import Composition, Element, Feature
from companion.protocols.mesh.models.identifiers import (
    CONFIGURATION_SERVER,
    ONOFF_CLIENT,
    ONOFF_SERVER,
    ModelId,
)
from companion.protocols.mesh.models.messages import Message
from companion.protocols.mesh.models.opcodes import Opcode
from companion.protocols.mesh.models.status import WORDS, Status
from companion.protocols.mesh.network.effects import (
    AccessMessage,
    Keys,
    Transmit,
)
from companion.protocols.mesh.network.iv_index import IvState
from companion.protocols.mesh.network.keys import (
    ApplicationKey,
    NetworkKey,
)
from companion.protocols.mesh.network.proxy import (
    ProxyPduType,
)
from companion.protocols.mesh.network.replay import ReplayList
from companion.protocols.mesh.network.sequence import SequenceNumbers
from companion.protocols.mesh.network.stack import Stack
from companion.protocols.mesh.node.device import NodeDevice, NodeEffect
from companion.protocols.mesh.node.state import NodeState
from companion.secret import Secret
from tests.protocols.mesh.network.peers import APPLICATION, DEVICE, HERE, NETWORK, THERE

VENDOR = ModelId(0x0001, 0x0059)
COMPOSITION = Composition(
    0xFFFF,
    1,
    1,
    32,
    Feature.PROXY | Feature.RELAY,
    (Element((CONFIGURATION_SERVER, ONOFF_SERVER, VENDOR)), Element((ONOFF_SERVER, ONOFF_CLIENT))),
)


def node_state(address: int = THERE) -> NodeState:
    return NodeState(address, DEVICE, COMPOSITION, {0: NetworkKey(0, NETWORK)})


class Pair:
    """`lose` says of each PDU to the node whether it gets lost."""

    def __init__(self, node: NodeDevice | None = None) -> None:
        self.node = node or NodeDevice(node_state())
        self.keys = Keys(
            {0: NetworkKey(0, NETWORK)}, {0: ApplicationKey(0, APPLICATION)}, lambda address: DEVICE
        )
        numbers = SequenceNumbers(0, 0, lambda iv_index, used: None)
        self.stack = Stack(HERE, 1, self.keys, IvState(0), numbers, ReplayList())
        self.client = ModelClient(self.stack)
        self.now = 0.0
        self.told: list[ClientEffect] = []
        self.sent = 0
        self.lose: Callable[[], bool] = lambda: False

    def ask(self, request: Request) -> Message | None:
        """The answer, or None where there was none."""
        return self.settle(self.client.ask(request, self.now))

    def settle(self, effects: list[ClientEffect]) -> Message | None:
        """Until the request is answered or given up."""
        while True:
            for effect in effects:
                match effect:
                    case Answered(message):
                        return message
                    case Unanswered():
                        self.told.append(effect)
                        return None
                    case Transmit():
                        pass
                    case _:
                        self.told.append(effect)
            back: list[NodeEffect] = []
            for effect in effects:
                if isinstance(effect, Transmit):
                    self.sent += 1
                    if not self.lose():
                        back += self.node.hear(effect.type, effect.octets, self.now)
            effects = self.to_client(back)
            if not effects:
                deadlines = [each for each in (self.client.deadline, self.node.deadline) if each is not None]
                if not deadlines:
                    return None
                self.now = max(self.now, min(deadlines))
                effects = self.to_client(self.node.advance(self.now)) + self.client.advance(self.now)

    def to_client(self, effects: list[NodeEffect]) -> list[ClientEffect]:
        return [
            each
            for effect in effects
            if isinstance(effect, Transmit)
            for each in self.client.hear(effect.type, effect.octets, self.now)
        ]

    def send(self, octets: bytes, application: int | None = None) -> list[NodeEffect]:
        """An access message that nobody waits for an answer to."""
        message = AccessMessage(HERE, THERE, octets, application)
        return [
            each
            for effect in self.stack.send(message, self.now)
            if isinstance(effect, Transmit)
            for each in self.node.hear(effect.type, effect.octets, self.now)
        ]


OTHER_KEY = Secret(b"another key 0000")
PROXY = ProxyPduType.CONFIGURATION


KEY = ApplicationKey(0, APPLICATION)
LIGHT = THERE
GROUP = 0xC001


def configured(node: NodeDevice | None = None) -> Pair:
    """A light with an application key bound to it."""
    pair = Pair(node)
    for request in (
        requests.add_application_key(THERE, KEY),
        requests.bind(THERE, LIGHT, ONOFF_SERVER, 0),
        requests.bind(THERE, LIGHT + 1, ONOFF_SERVER, 0),
    ):
        accept(pair, request)
    return pair


def accept(pair: Pair, request: Request) -> Message:
    answer = pair.ask(request)
    assert answer is not None
    requests.check(request, answer)
    return answer


def refuse(pair: Pair, request: Request, status: Status) -> None:
    answer = pair.ask(request)
    assert answer is not None
    with pytest.raises(NodeRefused) as refused:
        requests.check(request, answer)
    assert refused.value.facts == {"node": "0010", "reason": WORDS[status]}


def other(message: Message, answer: Opcode) -> Request:
    return Request(THERE, message, answer)
