"""The owner's mesh networks, as they are kept: keys and their refresh in the vault, the rest in the registry.

Addresses and sequence numbers only ever go up: what was given away once is not used again, whatever became of
it, because nodes drop what looks repeated (Mesh Protocol 1.1, 3.9.8).
"""

from __future__ import annotations

import json
import secrets
import uuid
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from companion.errors import RegistryBusy
from companion.errors.mesh import MeshNetworkFull
from companion.protocols.mesh.addresses import LAST_UNICAST
from companion.protocols.mesh.crypto import KEY_SIZE
from companion.protocols.mesh.models.refresh import Stage
from companion.protocols.mesh.network.iv_index import IvState
from companion.protocols.mesh.network.keys import ApplicationKey, NetworkKey
from companion.protocols.mesh.settings import Group, ModelSettings, Provisioner, Range, gaps
from companion.protocols.mesh.stored import keys as stored_keys
from companion.protocols.mesh.stored import settings as stored_settings
from companion.secret import Secret

if TYPE_CHECKING:
    from companion.protocols.contract import Memory

OWN_ADDRESS = 0x0001
"""Of this commissioner in its networks."""
USUAL_NAME = "Mesh"

_LIST = "networks"
_STORE = "store"
_BUSY_SECONDS = 10.0


@dataclass(frozen=True)
class MeshNode:
    """address: of its first element; elements: how many addresses it has; device_key: 16 octets; uuid: 16

    composition: its Composition Data Page 0, as it sent it; keys: indexes of the application keys it has
    settings: of its models; stage: how far a refresh of the network's keys is with it
    """

    address: int
    elements: int
    device_key: Secret
    uuid: bytes
    name: str = ""
    composition: bytes = b""
    keys: tuple[int, ...] = ()
    settings: tuple[ModelSettings, ...] = ()
    stage: Stage = Stage.UNTOUCHED

    @property
    def addresses(self) -> Range:
        """Of its elements."""
        return Range(self.address, self.address + self.elements - 1)


@dataclass(frozen=True)
class MeshNetwork:
    """id: a UUID, 32 hexadecimal digits; address: ours; next_address: the first that nobody ever had

    last_address: the last that is ours to give; provisioners: others, who give addresses of theirs
    own_uuid: ours among them, 16 octets
    iv_known: False in a network that was imported, until one of its nodes told its IV index
    sequence: the first number that was not used with `sequence_iv`, and none was with a later IV index
    updating: an IV update is under way; spent: addresses that others gave to nodes which are not kept
    """

    id: str
    name: str
    network_keys: tuple[NetworkKey, ...]
    application_keys: tuple[ApplicationKey, ...] = ()
    nodes: tuple[MeshNode, ...] = ()
    iv_index: int = 0
    updating: bool = False
    address: int = OWN_ADDRESS
    next_address: int = OWN_ADDRESS + 1
    sequence: int = 0
    own_device_key: Secret = field(default_factory=lambda: fresh_key())
    last_address: int = LAST_UNICAST
    iv_known: bool = True
    provisioners: tuple[Provisioner, ...] = ()
    groups: tuple[Group, ...] = ()
    own_uuid: bytes = field(default_factory=lambda: uuid.uuid4().bytes)
    sequence_iv: int = 0
    spent: tuple[Range, ...] = ()

    @property
    def taken(self) -> tuple[Range, ...]:
        """Addresses that are not to be given: of nodes, of other provisioners, and spent ones."""
        theirs = (each for one in self.provisioners for each in one.addresses)
        return (*(each.addresses for each in self.nodes), *theirs, *self.spent)

    def node(self, address: int) -> MeshNode | None:
        """The node that has an address."""
        return next((each for each in self.nodes if 0 <= address - each.address < each.elements), None)


def fresh_key() -> Secret:
    """16 octets."""
    return Secret(secrets.token_bytes(KEY_SIZE))


def new_network(name: str = USUAL_NAME) -> MeshNetwork:
    """With one network key and one application key of its own."""
    key = NetworkKey(0, fresh_key())
    return MeshNetwork(uuid.uuid4().hex, name, (key,), (ApplicationKey(0, fresh_key()),))


class MeshStore:
    """Reads and writes networks. Each change is on the disk when the call returns, and rests on what was
    there just before it: no other process changes anything between. Each change raises RegistryBusy.
    """

    def __init__(self, memory: Memory) -> None:
        self._memory = memory
        self._is_held = False

    @contextmanager
    def changing(self) -> Iterator[None]:
        """For a change of several calls, or one that rests on what was read. Not to be awaited in."""
        if self._is_held:
            yield
            return
        with self._memory.alone(_STORE, seconds=_BUSY_SECONDS):
            self._is_held = True
            try:
                yield
            finally:
                self._is_held = False

    def networks(self) -> tuple[MeshNetwork, ...]:
        """All of them, the usual one first."""
        return tuple(each for name in self._listed() if (each := self.get(name)) is not None)

    def usual(self) -> MeshNetwork:
        """The one that devices join where nobody said another; made when it is first wanted."""
        with self.changing():
            for network in self.networks():
                return network
            made = new_network()
            self.save(made)
            return made

    def get(self, network: str) -> MeshNetwork | None:
        """The network of an id."""
        kept, sealed = self._memory.get(_entry(network)), self._memory.get_secret(_entry(network))
        if kept is None or sealed is None:
            return None
        return _read(kept, json.loads(sealed))

    def save(self, network: MeshNetwork) -> None:
        """Keep a network as it is now. Keys come first: what is listed can be read."""
        kept, keys = _written(network)
        with self.changing():
            self._memory.put_secret(_entry(network.id), json.dumps(keys).encode())
            self._memory.put(_entry(network.id), kept)
            if network.id not in (listed := self._listed()):
                self._memory.put(_LIST, [*listed, network.id])

    def forget(self, network: str) -> None:
        """The network with all of its keys: nobody can talk to its nodes afterwards."""
        with self.changing():
            self._memory.put(_LIST, [each for each in self._listed() if each != network] or None)
            self._memory.put(_entry(network), None)
            self._memory.put(_heard(network), None)
            self._memory.put(_wishes(network), None)
            self._memory.put_secret(_entry(network), None)

    def reserve(self, network: str, elements: int) -> int:
        """The first of so many addresses that nobody ever had. Raises MeshNetworkFull, KeyError."""
        with self.changing():
            current = self._existing(network)
            ours = gaps(current.taken, Range(current.next_address, current.last_address))
            first = next((each.low for each in ours if each.high - each.low + 1 >= elements), None)
            if first is None:
                raise MeshNetworkFull
            self.save(replace(current, next_address=first + elements))
            return first

    def keep_sequence(self, network: str, iv_index: int, used: int) -> None:
        """Every number below is used with this IV index from now on, which nobody goes back behind. Raises
        RegistryBusy where another session was given them, KeyError.
        """
        with self.changing():
            current = self._existing(network)
            if (iv_index, used) <= (current.sequence_iv, current.sequence):
                raise RegistryBusy(f"sequence numbers of IV index {iv_index}")
            if iv_index > IvState(current.iv_index, current.updating).sending:
                current = replace(current, iv_index=iv_index, updating=False, iv_known=True)
            self._put_facts(replace(current, sequence_iv=iv_index, sequence=used))

    def keep_iv(self, network: str, index: int, *, updating: bool) -> None:
        """The IV index that the network told. One that is behind what was sent with is not taken. Raises
        KeyError.
        """
        with self.changing():
            current = self._existing(network)
            if IvState(index, updating).sending >= current.sequence_iv:
                self._put_facts(replace(current, iv_index=index, updating=updating, iv_known=True))

    def heard(self, network: str) -> dict[int, tuple[int, int]]:
        """What was last heard of each address: IV index and sequence number."""
        kept = self._memory.get(_heard(network)) or {}
        return {int(source): (iv_index, sequence) for source, (iv_index, sequence) in kept.items()}

    def note_heard(self, network: str, source: int, iv_index: int, sequence: int) -> None:
        """Keep it: it is not heard again."""
        with self.changing():
            kept = self._memory.get(_heard(network)) or {}
            self._memory.put(_heard(network), {**kept, str(source): [iv_index, sequence]})

    def next_transaction(self, network: str) -> int:
        """The number of a wish, 8 bits: for six seconds a node takes one with the number of the last for its
        repetition (Mesh Model 1.1, 3.3.1.2.2)."""
        with self.changing():
            number = ((self._memory.get(_wishes(network)) or 0) + 1) % 256
            self._memory.put(_wishes(network), number)
        return number

    def put_node(self, network: str, node: MeshNode) -> None:
        """Keep a node, in place of the one with its address. Raises KeyError."""
        with self.changing():
            current = self._existing(network)
            others = tuple(each for each in current.nodes if each.address != node.address)
            self.save(replace(current, nodes=(*others, node)))

    def remove_node(self, network: str, address: int) -> None:
        """Forget a node and its device key. Raises KeyError."""
        with self.changing():
            current = self._existing(network)
            left = tuple(each for each in current.nodes if each.address != address)
            gone = (each.addresses for each in current.nodes if each.address == address)
            # Ours below the next address are spent as it is.
            spent = (each for each in gone if each.high >= current.next_address)
            self.save(replace(current, nodes=left, spent=(*current.spent, *spent)))

    def _put_facts(self, network: MeshNetwork) -> None:
        """Keys stay as they are: the vault is sealed anew with each change. But what an older data folder has
        of them beside the vault goes with them.
        """
        if stored_keys.is_split(json.loads(self._memory.get_secret(_entry(network.id)) or b"{}")):
            self.save(network)
        else:
            self._memory.put(_entry(network.id), _written(network)[0])

    def _existing(self, network: str) -> MeshNetwork:
        if (current := self.get(network)) is None:
            raise KeyError(network)
        return current

    def _listed(self) -> list[str]:
        return list(self._memory.get(_LIST) or ())


def _entry(network: str) -> str:
    return f"network/{network}"


def _heard(network: str) -> str:
    return f"heard/{network}"


def _wishes(network: str) -> str:
    return f"wishes/{network}"


def _written(network: MeshNetwork) -> tuple[dict[str, Any], dict[str, Any]]:
    """What everybody who reads the registry may know, and what not.

    A refresh is in one write with its keys: whoever is killed between two keeps the keys that nodes have.
    """
    kept = {
        "id": network.id,
        "name": network.name,
        "iv_index": network.iv_index,
        "updating": network.updating,
        "address": network.address,
        "next_address": network.next_address,
        "sequence": network.sequence,
        "sequence_iv": network.sequence_iv,
        "last_address": network.last_address,
        "iv_known": network.iv_known,
        "own_uuid": network.own_uuid.hex(),
        "provisioners": [stored_settings.of_provisioner(each) for each in network.provisioners],
        "spent": [[each.low, each.high] for each in network.spent],
        "groups": [[each.address, each.name, each.parent] for each in network.groups],
        "nodes": [
            {
                "address": each.address,
                "elements": each.elements,
                "uuid": each.uuid.hex(),
                "name": each.name,
                "composition": each.composition.hex(),
                "keys": list(each.keys),
                "settings": [stored_settings.of_model(one) for one in each.settings],
            }
            for each in network.nodes
        ],
    }
    sealed = {
        "own": stored_keys.of(network.own_device_key),
        "network_keys": [stored_keys.of_network_key(each) for each in network.network_keys],
        "application_keys": [stored_keys.of_application_key(each) for each in network.application_keys],
        "nodes": {str(each.address): [stored_keys.of(each.device_key), each.stage] for each in network.nodes},
    }
    return kept, sealed


def _read(kept: Mapping[str, Any], sealed: Mapping[str, Any]) -> MeshNetwork:
    """A node whose key is missing was cut off between two writes, and is left out."""
    sealed = stored_keys.joined(kept, sealed) if stored_keys.is_split(sealed) else sealed
    nodes = [
        MeshNode(
            told["address"],
            told["elements"],
            stored_keys.secret(of_node[0]),
            bytes.fromhex(told["uuid"]),
            told["name"],
            bytes.fromhex(told["composition"]),
            tuple(told["keys"]),
            tuple(stored_settings.model(one, told["address"]) for one in told["settings"]),
            Stage(of_node[1]),
        )
        for told in kept["nodes"]
        if (of_node := sealed["nodes"].get(str(told["address"])))
    ]
    return MeshNetwork(
        kept["id"],
        kept["name"],
        tuple(stored_keys.network_key(each) for each in sealed["network_keys"]),
        tuple(stored_keys.application_key(each) for each in sealed["application_keys"]),
        tuple(nodes),
        kept["iv_index"],
        kept["updating"],
        kept["address"],
        kept["next_address"],
        kept["sequence"],
        stored_keys.secret(sealed["own"]),
        kept["last_address"],
        kept["iv_known"],
        tuple(stored_settings.provisioner(each) for each in kept["provisioners"]),
        tuple(Group(*each) for each in kept["groups"]),
        bytes.fromhex(kept["own_uuid"]),
        # Before it was kept, numbers were those of the IV index that was sent with.
        kept.get("sequence_iv", IvState(kept["iv_index"], kept["updating"]).sending),
        tuple(Range(*each) for each in kept.get("spent", ())),
    )
