"""What is done with the nodes of a network. What a node confirmed is kept at once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from itertools import count

from companion.errors import ProtocolViolation
from companion.errors.mesh_network import KeyRefreshOpen, ModelMissing, NodeSilent, NodeUnconfigured
from companion.protocols.mesh import addresses
from companion.protocols.mesh.driver.session import MeshSession
from companion.protocols.mesh.models import composition, refresh, requests
from companion.protocols.mesh.models.composition import Composition
from companion.protocols.mesh.models.identifiers import ONOFF_SERVER
from companion.protocols.mesh.models.model_messages import Publication
from companion.protocols.mesh.models.refresh import Stage
from companion.protocols.mesh.network.keys import ApplicationKey, NetworkKey, Phase
from companion.protocols.mesh.settings import settings_of, with_bound, with_settings
from companion.protocols.mesh.store import MeshNetwork, MeshNode, MeshStore, fresh_key


class Actions:
    """See `MeshActions` of the contract."""

    def __init__(self, session: MeshSession, store: MeshStore) -> None:
        self._session, self._store = session, store

    async def begin(self) -> None:
        await self._session.begin()

    async def configure(self, node: int, publish_to: int | None) -> None:
        told = await self._composition(node)
        key = self._application_key()
        await self._session.ask(requests.add_application_key(node, key))
        has = self._node(node)
        self._keep(replace(has, keys=tuple(sorted({*has.keys, key.index}))))
        for number, element in enumerate(told.elements):
            for model in element.models:
                if model.is_foundation:
                    continue
                await self._session.ask(requests.bind(node, node + number, model, key.index))
                has = self._node(node)
                self._keep(replace(has, settings=with_bound(has.settings, number, model, key.index)))
        if publish_to is not None:
            await self._publish(node, told, publish_to, key.index)

    async def switch(self, node: int, on: bool | None) -> bool:
        if not self._node(node).composition:
            raise NodeUnconfigured(node=f"{node:04x}")
        place = composition.decode(self._node(node).composition).element_with(ONOFF_SERVER)
        if place is None:
            raise ModelMissing(node=f"{node:04x}", model=ONOFF_SERVER.name)
        element, key = node + place, self._application_key().index
        if on is None:
            on = not requests.onoff_in(await self._session.ask(requests.get_onoff(element, key)))
        number = self._store.next_transaction(self._session.network.id)
        wish = requests.set_onoff(element, key, on, number)
        return requests.onoff_in(await self._session.ask(wish))

    async def refresh(self, told: Callable[[int, int], None]) -> None:
        with self._store.changing():
            if self._key.phase is Phase.NORMAL:
                self._begin_refresh()
        while (wanted := refresh.wanted(self._key, self._stages)) is not Stage.UNTOUCHED:
            silent = [node for node in self._network.nodes if not await self._advance(node, wanted, told)]
            if silent:
                raise KeyRefreshOpen(nodes=", ".join(f"{node.address:04x}" for node in silent))
            with self._store.changing():
                self._finish_phase()

    async def reset(self, node: int) -> None:
        await self._session.ask(requests.reset(node))
        self._store.remove_node(self._network.id, node)

    # --- inside --------------------------------------------------------------------------------------

    @property
    def _network(self) -> MeshNetwork:
        return self._session.network

    @property
    def _key(self) -> NetworkKey:
        return self._network.network_keys[0]

    @property
    def _stages(self) -> list[Stage]:
        return [node.stage for node in self._network.nodes]

    def _node(self, address: int) -> MeshNode:
        found = self._network.node(address)
        if found is None or found.address != address:
            raise NodeSilent("not a node of this network", node=f"{address:04x}")
        return found

    def _keep(self, node: MeshNode) -> None:
        self._store.put_node(self._network.id, node)

    def _application_key(self) -> ApplicationKey:
        """The usual one of the network; made when it is first wanted."""
        with self._store.changing():
            network = self._network
            for key in network.application_keys:
                if key.network == network.network_keys[0].index:
                    return key
            has = {key.index for key in network.application_keys}
            index = next(each for each in count() if each not in has)
            made = ApplicationKey(index, fresh_key(), network.network_keys[0].index)
            self._store.save(replace(network, application_keys=(*network.application_keys, made)))
        self._session.use_keys()
        return made

    async def _composition(self, node: int) -> Composition:
        answer = await self._session.ask(requests.get_composition(self._node(node).address))
        told = requests.composition_in(answer)
        if len(told.elements) != self._node(node).elements:
            raise ProtocolViolation("a node with another number of elements than it was provisioned with")
        self._keep(replace(self._node(node), composition=told.encode()))
        return told

    async def _publish(self, node: int, told: Composition, to: int, key: int) -> None:
        number = told.element_with(ONOFF_SERVER)
        if number is None:
            raise ModelMissing(node=f"{node:04x}", model=ONOFF_SERVER.name)
        publication = Publication(node + number, to, key, ONOFF_SERVER)
        await self._session.ask(requests.publish(node, publication))
        kept = None if to == addresses.UNASSIGNED else publication
        has = self._node(node)
        changed = replace(settings_of(has.settings, number, ONOFF_SERVER), publication=kept)
        self._keep(replace(has, settings=with_settings(has.settings, changed)))

    def _begin_refresh(self) -> None:
        """New keys are kept before the first node has one of them."""
        network, key = self._network, self._key
        self._store.save(
            replace(
                network,
                network_keys=(refresh.begin(key, fresh_key()), *network.network_keys[1:]),
                application_keys=tuple(
                    refresh.begin_application(each, fresh_key()) if each.network == key.index else each
                    for each in network.application_keys
                ),
                nodes=tuple(replace(node, stage=Stage.UNTOUCHED) for node in network.nodes),
            )
        )
        self._session.use_keys()

    async def _advance(self, node: MeshNode, wanted: Stage, told: Callable[[int, int], None]) -> bool:
        """Bring a node as far as all are to be now. False where it does not answer."""
        network = self._network
        applications = [
            key
            for key in network.application_keys
            if key.index in node.keys and key.network == self._key.index
        ]
        while (stage := self._node(node.address).stage) < wanted:
            try:
                for request in refresh.steps(node.address, stage, self._key, applications):
                    await self._session.ask(request)
            except NodeSilent:
                return False
            self._keep(replace(self._node(node.address), stage=Stage(stage + 1)))
            told(node.address, stage + 1)
        return True

    def _finish_phase(self) -> None:
        network = self._network
        key = refresh.moved(self._key, self._stages)
        if key == self._key:
            return
        changed = replace(network, network_keys=(key, *network.network_keys[1:]))
        if key.phase is Phase.NORMAL:
            changed = replace(
                changed,
                application_keys=tuple(
                    replace(each, old=None) if each.network == key.index else each
                    for each in network.application_keys
                ),
                nodes=tuple(replace(node, stage=Stage.UNTOUCHED) for node in network.nodes),
            )
        self._store.save(changed)
        self._session.use_keys()
