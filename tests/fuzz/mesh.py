"""What mesh devices say before they are nodes, and what a provisioner says to them."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from functools import cache

from cryptography.hazmat.primitives.asymmetric import ec

from companion.encoding import es256
from companion.errors import CompanionError, ProtocolViolation
from companion.protocols.mesh import advertisement, known_secrets
from companion.protocols.mesh.bearer import MOST_OCTETS, MessageType, Reassembler, segments
from companion.protocols.mesh.provisioning import pdus
from companion.protocols.mesh.provisioning.capabilities import Algorithm, Capabilities, Choice
from companion.protocols.mesh.provisioning.exchange import public_octets
from companion.protocols.mesh.provisioning.provisioner import Provisioner
from companion.protocols.mesh.virtual.options import BOTH, MeshOptions
from companion.protocols.mesh.virtual.provisionee import Provisionee
from companion.secret import Secret

PLAIN = Capabilities(algorithms=BOTH)


def mesh_advertisements(data: bytes) -> None:
    if (told := advertisement.read_unprovisioned(data)) is not None:
        assert advertisement.read_unprovisioned(told.encode()) == told
    assert not advertisement.is_node(data, bytes(16), 1) or len(data) == 17


def mesh_proxy_pdus(data: bytes) -> None:
    """Each octet says how long the next PDU is."""
    reassembler, at = Reassembler(), 0
    with suppress(ProtocolViolation):
        while at < len(data):
            size = data[at] % 64
            whole = reassembler.feed(data[at + 1 : at + 1 + size])
            at += 1 + size
            assert whole is None or len(whole[1]) <= MOST_OCTETS


def mesh_provisioning(data: bytes) -> None:
    """One message, to each end at each place where it may come."""
    with suppress(ProtocolViolation):
        assert pdus.decode(pdus.encode(pdus.decode(data))) == pdus.decode(data)
    for messages in range(4):
        with suppress(CompanionError):
            _waiting(messages).receive(data)
    device = Provisionee(MeshOptions(capabilities=PLAIN))
    device.hear(data)
    device.hear(data)


def _waiting(messages: int) -> Provisioner:
    """A provisioner that got so many messages of a device."""
    provisioner = Provisioner(key=_key())
    provisioner.invite()
    if messages > 0:
        provisioner.receive(pdus.encode(pdus.CapabilitiesPdu(PLAIN)))
        provisioner.start(Choice(Algorithm.HMAC))
    if messages > 1:
        provisioner.receive(pdus.encode(pdus.PublicKey(public_octets(_other_key()))))
        provisioner.confirm(Secret(bytes(32)))
    if messages > 2:
        provisioner.receive(pdus.encode(pdus.Confirmation(bytes(32))))
        provisioner.reveal()
    return provisioner


@cache
def _key() -> ec.EllipticCurvePrivateKey:
    return es256.generate()


@cache
def _other_key() -> ec.EllipticCurvePrivateKey:
    return es256.generate()


def mesh_secrets(data: bytes) -> None:
    text = data.decode("latin-1")
    with suppress(ValueError):
        assert isinstance(known_secrets.static_secret(text), Secret)
    with suppress(ValueError):
        assert len(known_secrets.public_key(text)) == pdus.PUBLIC_KEY_OCTETS


def seeds() -> dict[str, list[bytes]]:
    """What both ends really say."""
    provisioner, device = Provisioner(), Provisionee(MeshOptions(capabilities=PLAIN))
    said = [provisioner.invite()]
    said += device.hear(said[-1])
    provisioner.receive(said[-1])
    said += provisioner.start(Choice(Algorithm.HMAC))
    pieces = list(segments(MessageType.PROVISIONING, said[-1], 20))
    return {
        "mesh_advertisements": [
            advertisement.Unprovisioned(bytes(range(16))).encode(),
            advertisement.node_identity(bytes(16), 2, bytes(8)),
        ],
        "mesh_proxy_pdus": [b"".join(bytes((len(piece),)) + piece for piece in pieces)],
        "mesh_provisioning": [*said[:3], pdus.encode(pdus.Confirmation(bytes(32))), b"\x08", b"\x09\x04"],
        "mesh_secrets": [b"01 23 45", b"0x" + b"ab" * 64],
    }


MESH: dict[str, Callable[[bytes], None]] = {
    target.__name__: target
    for target in (mesh_advertisements, mesh_proxy_pdus, mesh_provisioning, mesh_secrets)
}
