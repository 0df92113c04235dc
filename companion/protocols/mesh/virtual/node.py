"""A virtual device once it is a node: its models behind the proxy service, and their clock."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from companion.protocols.mesh.bearer import MessageType, Reassembler, segments
from companion.protocols.mesh.models.composition import Composition, Element, Feature
from companion.protocols.mesh.models.identifiers import CONFIGURATION_SERVER, HEALTH_SERVER, ONOFF_SERVER
from companion.protocols.mesh.network.effects import Transmit
from companion.protocols.mesh.network.iv_index import IvState
from companion.protocols.mesh.network.keys import NetworkKey
from companion.protocols.mesh.network.proxy import ProxyPduType
from companion.protocols.mesh.node.device import NodeDevice, NodeEffect
from companion.protocols.mesh.node.state import NodeState
from companion.protocols.mesh.provisioning.exchange import ProvisioningData
from companion.secret import Secret

COMPANY = 0xFFFF
"""For tests alone (Bluetooth Assigned Numbers)."""
REPLAY_LIST = 32


def light(elements: int) -> Composition:
    """A lamp with so many lights."""
    first = Element((CONFIGURATION_SERVER, HEALTH_SERVER, ONOFF_SERVER))
    others = (Element((ONOFF_SERVER,)),) * (elements - 1)
    return Composition(COMPANY, 1, 1, REPLAY_LIST, Feature.PROXY, (first, *others))


class VirtualNode:
    """tell: brings a notification to whoever is connected; size: of one, in octets, is asked each time

    left: called when it was reset and has said so; switched: an element's address and its light
    """

    def __init__(
        self,
        data: ProvisioningData,
        device_key: Secret,
        elements: int,
        *,
        tell: Callable[[bytes], None],
        size: Callable[[], int],
        left: Callable[[], None],
        switched: Callable[[int, bool], None],
    ) -> None:
        state = NodeState(
            data.address,
            device_key,
            light(elements),
            {data.index: NetworkKey(data.index, data.key)},
            IvState(data.iv_index, data.updating),
        )
        self.device = NodeDevice(state, switched=switched)
        self._tell, self._size, self._left = tell, size, left
        self._reassembler = Reassembler()
        self._timer: asyncio.TimerHandle | None = None

    def subscribed(self) -> None:
        """A client listens: it is told of the networks."""
        self._reassembler = Reassembler()
        self._do(self.device.connected())

    def write(self, value: bytes) -> None:
        """What a client wrote. Raises ProtocolViolation, after which it is cut off."""
        whole = self._reassembler.feed(value)
        if whole is not None:
            self._do(self.device.hear(ProxyPduType(whole[0]), whole[1], self._now))

    def press(self, element: int, on: bool) -> None:
        """Somebody uses the switch on the device."""
        self._do(self.device.switch(element, on, self._now))

    @property
    def key(self) -> Secret:
        """The network key that it sends with."""
        return next(iter(self.device.state.networks.values())).sending()

    def close(self) -> None:
        """Nothing is done any more."""
        if self._timer is not None:
            self._timer.cancel()

    @property
    def _now(self) -> float:
        return asyncio.get_running_loop().time()

    def _do(self, effects: list[NodeEffect]) -> None:
        for effect in effects:
            if isinstance(effect, Transmit):
                for piece in segments(MessageType(effect.type), effect.octets, self._size()):
                    self._tell(piece)
        self.close()
        if self.device.was_reset:
            self._left()
        elif (deadline := self.device.deadline) is not None:
            self._timer = asyncio.get_running_loop().call_at(deadline, self._advance)

    def _advance(self) -> None:
        self._do(self.device.advance(self._now))
