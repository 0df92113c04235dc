"""This commissioner in one of its networks, over a link to a proxy."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from time import monotonic
from typing import Protocol

from companion.errors import OperationTimeout
from companion.errors.mesh_network import MeshNetworkMissing, NodeSilent, ProxyForeign
from companion.protocols.mesh.models import requests
from companion.protocols.mesh.models.client import (
    Answered,
    ClientEffect,
    ModelClient,
    Request,
    Unanswered,
)
from companion.protocols.mesh.models.messages import Message
from companion.protocols.mesh.network.effects import BeaconHeard, IvChanged, Keys, Transmit
from companion.protocols.mesh.network.iv_index import IvState
from companion.protocols.mesh.network.proxy import AddAddresses, FilterType, ProxyPduType, SetFilterType
from companion.protocols.mesh.network.replay import ReplayList
from companion.protocols.mesh.network.sequence import SequenceNumbers
from companion.protocols.mesh.network.stack import Stack
from companion.protocols.mesh.store import MeshNetwork, MeshStore
from companion.secret import Secret

BEACON_SECONDS = 5.0
"""A proxy says which networks it is in as soon as somebody subscribes (Mesh Protocol 1.1, 6.7)."""


class Bearer(Protocol):
    """The way to a proxy, as the session needs it."""

    async def open(self) -> None:
        """Begin to listen. Raises ServiceMissing and other RadioError leaves."""

    async def send(self, type: ProxyPduType, octets: bytes) -> None:
        """Raises RadioError leaves."""

    async def receive(self, seconds: float) -> tuple[ProxyPduType, bytes]:
        """The next message. Raises OperationTimeout, LinkLostError, ProtocolViolation."""


class MeshSession:
    """`begin` first. Whoever holds one is alone with the network: two would use a sequence number twice."""

    def __init__(
        self,
        link: Bearer,
        store: MeshStore,
        network: str,
        *,
        beacon_seconds: float = BEACON_SECONDS,
        clock: Callable[[], float] = monotonic,
    ) -> None:
        self._link, self._store, self._id = link, store, network
        self._beacon_seconds, self._clock = beacon_seconds, clock
        kept = self.network
        self._keys = Keys({}, {}, self._device_key)
        self.use_keys()
        iv = IvState(kept.iv_index, kept.updating, kept.iv_known)
        self._stack = Stack(
            kept.address,
            1,
            self._keys,
            iv,
            SequenceNumbers(kept.sequence_iv, kept.sequence, self._keep_sequence),
            ReplayList(store.heard(network), lambda *last: store.note_heard(network, *last)),
        )
        self._client = ModelClient(self._stack)

    @property
    def network(self) -> MeshNetwork:
        """As it is kept now. Raises MeshNetworkMissing."""
        if (kept := self._store.get(self._id)) is None:
            raise MeshNetworkMissing(self._id)
        return kept

    def use_keys(self) -> None:
        """Send and read with the keys that are kept now."""
        kept = self.network
        self._keys.networks.clear()
        self._keys.networks.update({key.index: key for key in kept.network_keys})
        self._keys.applications.clear()
        self._keys.applications.update({key.index: key for key in kept.application_keys})

    async def begin(self) -> None:
        """See `MeshActions`."""
        await self._link.open()
        end = self._clock() + self._beacon_seconds
        heard: list[ClientEffect] = []
        while not any(isinstance(effect, BeaconHeard) for effect in heard):
            try:
                heard = self._client.hear(
                    *await self._link.receive(max(0.0, end - self._clock())), self._clock()
                )
            except OperationTimeout:
                raise ProxyForeign(str(dict(self._stack.ignored))) from None
            await self._do(heard)
        for message in (SetFilterType(FilterType.ACCEPT), AddAddresses((self._stack.address,))):
            await self._do(
                [each for each in self._stack.configure_proxy(message) if isinstance(each, Transmit)]
            )

    async def ask(self, request: Request) -> Message:
        """The answer, of a status only success.

        Raises NodeSilent, NodeRefused, ProtocolViolation, SequenceNumbersUsed and RadioError leaves.
        """
        effects = self._client.ask(request, self._clock())
        while True:
            if (answer := await self._do(effects)) is not None:
                requests.check(request, answer)
                return answer
            if any(isinstance(effect, Unanswered) for effect in effects):
                ignored = ", ".join(f"{times} {reason}" for reason, times in self._stack.ignored.items())
                raise NodeSilent(ignored, node=f"{request.destination:04x}")
            effects = await self._next()

    async def _next(self) -> list[ClientEffect]:
        """What comes or becomes due next."""
        deadline = self._client.deadline
        wait = 0.0 if deadline is None else max(0.0, deadline - self._clock())
        effects: list[ClientEffect] = []
        with suppress(OperationTimeout):
            effects = self._client.hear(*await self._link.receive(wait), self._clock())
        return effects + self._client.advance(self._clock())

    async def _do(self, effects: list[ClientEffect]) -> Message | None:
        """Send what is to be sent and keep what is to be kept; the answer among it."""
        answer: Message | None = None
        for effect in effects:
            match effect:
                case Transmit(type, octets):
                    await self._link.send(type, octets)
                case IvChanged(state):
                    self._store.keep_iv(self._id, state.index, updating=state.updating)
                case Answered(message):
                    answer = message
                case _:
                    pass
        return answer

    def _keep_sequence(self, iv_index: int, used: int) -> None:
        self._store.keep_sequence(self._id, iv_index, used)

    def _device_key(self, address: int) -> Secret | None:
        node = self.network.node(address)
        return None if node is None else node.device_key
