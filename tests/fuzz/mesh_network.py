"""What comes from a mesh network: of strangers, of members who break its rules, and in other apps' files."""

from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime

from companion.errors import ProtocolViolation
from companion.errors.mesh_network import MeshFileInvalid
from companion.protocols.mesh.database import reader, writer
from companion.protocols.mesh.database.merge import merge
from companion.protocols.mesh.models import composition, messages
from companion.protocols.mesh.network import pdu
from companion.protocols.mesh.network.effects import Transmit
from companion.protocols.mesh.network.iv_index import IvState
from companion.protocols.mesh.network.keys import network_credentials
from companion.protocols.mesh.network.pdu import NetworkPdu
from companion.protocols.mesh.network.proxy import ProxyPduType
from companion.protocols.mesh.node.device import NodeDevice
from tests.protocols.mesh.database.samples import file
from tests.protocols.mesh.network import witness
from tests.protocols.mesh.network.peers import HERE, NETWORK, THERE, stack, to
from tests.protocols.mesh.node.pair import COMPOSITION, node_state


def mesh_strangers(data: bytes) -> None:
    """Anything on the proxy link, of each type."""
    node = NodeDevice(node_state())
    for kind in ProxyPduType:
        assert node.hear(kind, data, 0.0) == []


def mesh_members(data: bytes) -> None:
    """By somebody who has the network key: transport PDUs after their length and whether they steer."""
    node, sequence = NodeDevice(node_state()), 0
    while len(data) > 1 and sequence < 64:
        control, size = bool(data[0] & 0x80), 1 + data[0] % 12
        transport, data = data[1 : 1 + size], data[1 + size :]
        sequence += 1
        for proxy, destination in ((False, THERE), (False, 0xFFFF), (True, 0)):
            made = NetworkPdu(control or proxy, 5, sequence, HERE, destination, transport)
            octets = pdu.seal(made, network_credentials(NETWORK), 0, proxy=proxy)
            kind = ProxyPduType.CONFIGURATION if proxy else ProxyPduType.NETWORK
            node.hear(kind, octets, float(sequence))
    node.advance(1000.0)
    assert node.deadline is None


def mesh_access(data: bytes) -> None:
    """By somebody who has every key."""
    with suppress(ProtocolViolation):
        assert len(messages.encode(messages.decode(data))) == len(data)
    node, sender = NodeDevice(node_state()), stack(HERE, iv=IvState(0))
    for application in (None, 0):
        if not 0 < len(data) <= 376:
            return
        for effect in sender.send(to(THERE, data, application), 0.0):
            assert isinstance(effect, Transmit)
            node.hear(effect.type, effect.octets, 0.0)


def mesh_compositions(data: bytes) -> None:
    with suppress(ProtocolViolation):
        read = composition.decode(data)
        assert len(read.encode()) == len(data)


def mesh_databases(data: bytes) -> None:
    with suppress(MeshFileInvalid):
        network = merge(reader.read(data), None)
        again = reader.read(json.dumps(writer.write(network, datetime(2026, 1, 1, tzinfo=UTC))).encode())
        assert again.network.network_keys == network.network_keys


def seeds() -> dict[str, list[bytes]]:
    """What another implementation sends, a composition, and a file as nRF Mesh writes it."""
    access = [bytes.fromhex(each) for each in witness.ACCESS.values()]
    return {
        "mesh_strangers": [bytes.fromhex(witness.SHORT), bytes.fromhex(witness.FILTER_ADD)],
        "mesh_members": [
            bytes.fromhex("8b0026ac00000002"),
            bytes.fromhex("0b8026ac01ee9dddfd2169326d23f3afdf"),
        ],
        "mesh_access": access[:6] + access[-3:],
        "mesh_compositions": [COMPOSITION.encode()],
        "mesh_databases": [file()],
    }


MESH_NETWORK: dict[str, Callable[[bytes], None]] = {
    target.__name__: target
    for target in (mesh_strangers, mesh_members, mesh_access, mesh_compositions, mesh_databases)
}
