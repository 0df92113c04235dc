"""The contract for protocols whose devices are nodes of a mesh: its networks, and what is done with nodes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any, Protocol, runtime_checkable

from companion.model import Advertisement
from companion.protocols.contract import Memory

if TYPE_CHECKING:
    from companion.radio import Link


@dataclass(frozen=True)
class MeshElement:
    """address: of the element; models: their names"""

    address: int
    models: tuple[str, ...]


@dataclass(frozen=True)
class MeshNodeFacts:
    """What is known of a node. elements: () until it was asked; is_configured: it has an application key

    publishes_to: addresses that it tells of changes; refreshed: 0 to 3, how far a refresh of keys is with it
    """

    address: int
    name: str
    uuid: str
    elements: tuple[MeshElement, ...]
    is_configured: bool
    publishes_to: tuple[int, ...]
    refreshed: int

    def as_json(self) -> dict[str, Any]:
        return {
            "address": f"{self.address:04x}",
            "name": self.name,
            "uuid": self.uuid,
            "elements": [
                {"address": f"{each.address:04x}", "models": list(each.models)} for each in self.elements
            ],
            "configured": self.is_configured,
            "publishes_to": [f"{each:04x}" for each in self.publishes_to],
        }


@dataclass(frozen=True)
class MeshFacts:
    """What is known of a network. address: ours; is_refreshing: new keys are on their way to its nodes"""

    id: str
    name: str
    address: int
    iv_index: int | None
    is_refreshing: bool
    nodes: tuple[MeshNodeFacts, ...]

    def as_json(self) -> dict[str, Any]:
        return {
            "id": self.id,
            "name": self.name,
            "address": f"{self.address:04x}",
            "iv_index": self.iv_index,
            "refreshing": self.is_refreshing,
            "nodes": [node.as_json() for node in self.nodes],
        }


@dataclass(frozen=True)
class ImportedMesh:
    """left_out: nodes without a device key, which cannot be configured"""

    network: MeshFacts
    left_out: int


class MeshActions(Protocol):
    """Over one link to a node that is a proxy. Nodes are named by the address of their first element.

    Each raises NodeSilent, NodeRefused, ProtocolViolation, SequenceNumbersUsed and RadioError leaves.
    """

    async def begin(self) -> None:
        """Hear the network's beacon. Raises ProxyForeign where none of it comes."""

    async def configure(self, node: int, publish_to: int | None) -> None:
        """Ask what it is, give it the application key, bind that to its models; have its lights publish."""

    async def switch(self, node: int, on: bool | None) -> bool:
        """Its light, on, off, or the other way round; whether it is on then.

        Raises ModelMissing, NodeUnconfigured.
        """

    async def refresh(self, told: Callable[[int, int], None]) -> None:
        """Give every node new keys, or go on with that. told: a node, and how far it is (1 to 3)

        Raises KeyRefreshOpen where a node did not answer.
        """

    async def reset(self, node: int) -> None:
        """It leaves the network and is forgotten."""


@runtime_checkable
class MeshDriver(Protocol):
    """Implemented by the drivers of such protocols. Networks are named by their id."""

    def mesh_networks(self, memory: Memory) -> tuple[MeshFacts, ...]:
        """All of them, the usual one first."""

    def export_mesh(self, memory: Memory, network: str, now: datetime) -> dict[str, Any]:
        """As other apps read it, with every key. Raises MeshNetworkMissing."""

    def import_mesh(self, memory: Memory, content: bytes, *, replace_keys: bool = False) -> ImportedMesh:
        """Of such a file; a network that is known already is brought up to date. replace_keys: also
        where that loses a known key. Raises MeshFileInvalid, MeshKeysDiffer.
        """

    def hears_mesh(self, memory: Memory, network: str) -> Callable[[Advertisement], bool]:
        """Tells whether an advertisement is of a proxy of the network; it proves nothing."""

    def mesh_actions(self, memory: Memory, network: str, link: Link) -> MeshActions:
        """Over a link to such a proxy. Raises MeshNetworkMissing."""

    def forget_mesh_node(self, memory: Memory, network: str, node: int) -> None:
        """Without asking it: it keeps its keys until they are refreshed."""
