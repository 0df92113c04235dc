"""The owner's mesh networks as the rest of Companion sees them, and their files."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING, Any

from companion.errors.mesh_network import MeshNetworkMissing
from companion.model import Advertisement
from companion.protocols import Memory
from companion.protocols.mesh import advertisement as announcements
from companion.protocols.mesh.addresses import LAST_UNICAST
from companion.protocols.mesh.bearer import PROXY_SERVICE
from companion.protocols.mesh.database import reader, writer
from companion.protocols.mesh.database.merge import merge
from companion.protocols.mesh.driver.actions import Actions
from companion.protocols.mesh.driver.proxy_link import ProxyLink
from companion.protocols.mesh.driver.session import MeshSession
from companion.protocols.mesh.models import composition
from companion.protocols.mesh.network.keys import Phase
from companion.protocols.mesh.store import MeshNetwork, MeshNode, MeshStore
from companion.protocols.meshes import ImportedMesh, MeshElement, MeshFacts, MeshNodeFacts

if TYPE_CHECKING:
    from companion.radio import Link


SHARE = 0x2000
"""Addresses that a network keeps for this computer when it is exported, or as many more as it has used."""


class Networks:
    """Implements `MeshDriver` of the contract."""

    def mesh_networks(self, memory: Memory) -> tuple[MeshFacts, ...]:
        return tuple(_facts(network) for network in MeshStore(memory).networks())

    def export_mesh(self, memory: Memory, network: str, now: datetime) -> dict[str, Any]:
        store = MeshStore(memory)
        with store.changing():
            kept = _with_room(_existing(store, network))
            store.save(kept)
        return writer.write(kept, now)

    def import_mesh(self, memory: Memory, content: bytes, *, replace_keys: bool = False) -> ImportedMesh:
        store = MeshStore(memory)
        imported = reader.read(content)
        with store.changing():
            merged = merge(imported, store.get(imported.network.id), replace_keys=replace_keys)
            store.save(merged)
        return ImportedMesh(_facts(merged), imported.left_out)

    def hears_mesh(self, memory: Memory, network: str) -> Callable[[Advertisement], bool]:
        kept = _existing(MeshStore(memory), network)
        keys = [key.reveal() for each in kept.network_keys for key in each.receiving()]

        def hears(seen: Advertisement) -> bool:
            data = seen.service_data.get(PROXY_SERVICE, b"")
            if not announcements.is_node_identity(data):
                return any(announcements.is_of_network(data, key) for key in keys)
            return any(announcements.is_node(data, key, node.address) for key in keys for node in kept.nodes)

        return hears

    def mesh_actions(self, memory: Memory, network: str, link: Link) -> Actions:
        store = MeshStore(memory)
        return Actions(MeshSession(ProxyLink(link), store, _existing(store, network).id), store)

    def forget_mesh_node(self, memory: Memory, network: str, node: int) -> None:
        store = MeshStore(memory)
        store.remove_node(_existing(store, network).id, node)


def _existing(store: MeshStore, network: str) -> MeshNetwork:
    if (kept := store.get(network)) is None:
        raise MeshNetworkMissing(network)
    return kept


def _with_room(network: MeshNetwork) -> MeshNetwork:
    """Whoever reads the file gives addresses too: a network that was ours alone keeps its first blocks."""
    if network.last_address < LAST_UNICAST:
        return network
    block = network.next_address // SHARE
    return replace(network, last_address=min((block + 1) * SHARE - 1, LAST_UNICAST))


def _facts(network: MeshNetwork) -> MeshFacts:
    return MeshFacts(
        network.id,
        network.name,
        network.address,
        network.iv_index if network.iv_known else None,
        network.network_keys[0].phase is not Phase.NORMAL,
        tuple(_node(each) for each in sorted(network.nodes, key=lambda node: node.address)),
    )


def _node(node: MeshNode) -> MeshNodeFacts:
    elements = composition.decode(node.composition).elements if node.composition else ()
    told = (each.publication.address for each in node.settings if each.publication is not None)
    return MeshNodeFacts(
        node.address,
        node.name,
        node.uuid.hex(),
        tuple(
            MeshElement(node.address + number, tuple(model.name for model in element.models))
            for number, element in enumerate(elements)
        ),
        bool(node.keys),
        tuple(sorted(set(told))),
        int(node.stage),
    )
