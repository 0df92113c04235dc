"""A network of nodes behind one proxy, without a radio: time passes only where somebody waits."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from dataclasses import replace

from companion.errors import LinkLostError, OperationTimeout
from companion.protocols.mesh.driver.actions import Actions
from companion.protocols.mesh.driver.session import MeshSession
from companion.protocols.mesh.models.composition import Composition, Element, Feature
from companion.protocols.mesh.models.identifiers import (
    CONFIGURATION_SERVER,
    ONOFF_CLIENT,
    ONOFF_SERVER,
)
from companion.protocols.mesh.network.effects import Transmit
from companion.protocols.mesh.network.iv_index import IvState
from companion.protocols.mesh.network.proxy import ProxyPduType
from companion.protocols.mesh.node.device import NodeDevice, NodeEffect
from companion.protocols.mesh.node.state import NodeState
from companion.protocols.mesh.store import MeshNetwork, MeshNode, MeshStore, fresh_key, new_network
from tests.protocols.mesh.driver.kills import MortalMemory

LAMP = Composition(0xFFFF, 1, 1, 32, Feature.PROXY, (Element((CONFIGURATION_SERVER, ONOFF_SERVER)),))
SWITCH = Composition(0xFFFF, 2, 1, 32, Feature(0), (Element((CONFIGURATION_SERVER, ONOFF_CLIENT)),))


class Network:
    """The first of the nodes is the proxy. silent: addresses of nodes that hear nothing

    lost_after: the link ends with so many messages from now on
    """

    def __init__(self, *compositions: Composition, iv_index: int = 0) -> None:
        self.memory = MortalMemory()
        self.store = MeshStore(self.memory)
        made = replace(new_network("Boathouse"), iv_index=iv_index)
        address = made.next_address
        self.nodes: list[NodeDevice] = []
        for each in compositions or (LAMP,):
            key, count = fresh_key(), len(each.elements)
            kept = MeshNode(address, count, key, address.to_bytes(16, "big"), f"Node {address}")
            made = replace(made, nodes=(*made.nodes, kept), next_address=address + count)
            networks = {one.index: one for one in made.network_keys}
            self.nodes.append(NodeDevice(NodeState(address, key, each, networks, IvState(iv_index))))
            address += count
        self.id = made.id
        self.store.save(made)
        self.silent: set[int] = set()
        self.now = 0.0
        self.sent: list[bytes] = []
        self.lost_after: int | None = None
        self._waiting: deque[tuple[ProxyPduType, bytes]] = deque()

    @property
    def kept(self) -> MeshNetwork:
        found = self.store.get(self.id)
        assert found is not None
        return found

    async def actions(self) -> Actions:
        """A session of a process of its own: all that it knows is what is kept."""
        self._waiting.clear()
        session = MeshSession(self, self.store, self.id, clock=lambda: self.now)
        made = Actions(session, self.store)
        await made.begin()
        return made

    # --- the bearer -----------------------------------------------------------------------------------

    async def open(self) -> None:
        self._do(lambda node: node.connected() if node is self.nodes[0] else [])

    async def send(self, type: ProxyPduType, octets: bytes) -> None:
        if self.lost_after is not None:
            if self.lost_after == 0:
                raise LinkLostError("cut")
            self.lost_after -= 1
        self.sent.append(octets)
        self._do(lambda node: node.hear(type, octets, self.now))

    async def receive(self, seconds: float) -> tuple[ProxyPduType, bytes]:
        if not self._waiting:
            self._do(lambda node: node.advance(self.now))
        if self._waiting:
            return self._waiting.popleft()
        self.now += max(seconds, 0.01)
        raise OperationTimeout("nothing")

    def _do(self, act: Callable[[NodeDevice], list[NodeEffect]]) -> None:
        for node in self.nodes:
            if node.state.address not in self.silent:
                for effect in act(node):
                    if isinstance(effect, Transmit):
                        self._waiting.append((effect.type, effect.octets))
