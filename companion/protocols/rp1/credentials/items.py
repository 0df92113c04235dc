"""The eight items of a transaction (section 9.2), and the manifest that names a set of them.

An item travels as one deterministic CBOR value. `encode` makes it, `decode` reads it back and refuses what
does not have its shape; `item_signatures` and `certificates` check what is inside.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import IntEnum
from typing import TypeAlias, assert_never

from companion.encoding import cbor, cose, es256, shape
from companion.encoding.cbor import MalformedCbor, Value
from companion.protocols.rp1 import crypto
from companion.secret import Secret

MAX_CERTIFICATE = 4096
MAX_TEXT = 255
MAX_CLAIM = 4096
"""Octets of item 5's claim: a certificate and an RSA key with room to spare."""
TX_SIZE = 8
NO_TX = bytes(TX_SIZE)
"""The tx of requests that belong to no transaction."""
MAX_EPOCH = 0xFFFF_FFFF
"""Epochs and floors of grants are u32."""
MAX_GRANTS = 8
MAX_GRANT = 1024
"""Of a chain of grants, and of one grant's octets."""


class ItemType(IntEnum):
    """The type numbers of section 9."""

    LDEVID = 1
    ANCHORS = 2
    WIFI = 3
    THREAD = 4
    CLOUD = 5
    OWNER = 6
    TIME = 7
    LABEL = 8


class WifiKind(IntEnum):
    """Item 3's `security`."""

    OPEN = 0
    WPA2 = 1
    WPA3 = 2
    WPA2_WPA3 = 3
    EAP_TLS = 4


@dataclass(frozen=True)
class LdevidChain:
    """The operational certificate: DER, leaf first, no root."""

    chain: tuple[bytes, ...]


@dataclass(frozen=True)
class TrustAnchors:
    """Whom the device believes when it calls its endpoint: DER certificates."""

    anchors: tuple[bytes, ...]


@dataclass(frozen=True)
class Enterprise:
    """What EAP-TLS needs besides the LDevID.

    anchors: whom to believe at the RADIUS server (DER), item 2's where empty
    outer:   the identity that is sent in clear, `identity` where None
    """

    identity: str
    server_name: str
    anchors: tuple[bytes, ...] = ()
    outer: str | None = None


@dataclass(frozen=True)
class WifiNetwork:
    """ssid: 1 to 32 octets; passphrase None for open networks and EAP-TLS."""

    ssid: bytes
    kind: WifiKind
    passphrase: Secret | None = None
    enterprise: Enterprise | None = None


@dataclass(frozen=True)
class ThreadDataset:
    """An operational dataset as Thread TLVs, at most 254 octets; it holds the network key."""

    tlvs: Secret


@dataclass(frozen=True)
class CloudEndpoint:
    """Where the device reports for work: `endpoint` is host:port; `claim` is redeemed after FINAL."""

    kind: int | str
    endpoint: str
    client_id: str
    claim: Secret | None = None


@dataclass(frozen=True)
class Owner:
    """Who owns the device from now on (point, 65 octets), and on what terms.

    grant_floor: first grants of an epoch below it are worth nothing
    grants:      encoded, by which somebody takes the device for the owner; the last holder signs then
    signature:   64 octets, by `sign_owner` for one device and transaction
    """

    key: bytes
    epoch: int
    reset_lock: bool = False
    delegation_depth: int = 0
    offline: bool = False
    grant_floor: int = 0
    grants: tuple[bytes, ...] = ()
    signature: bytes = bytes(es256.SIGNATURE_SIZE)


@dataclass(frozen=True)
class TimeFloor:
    """Unix seconds; `signature`: ES256(owner key, "rp1 time" || tx || u64be)."""

    seconds: int
    signature: bytes | None = None


@dataclass(frozen=True)
class Label:
    """What people call the device and where it stands."""

    label: str
    room: str
    site: str | None = None


Item: TypeAlias = (
    LdevidChain | TrustAnchors | WifiNetwork | ThreadDataset | CloudEndpoint | Owner | TimeFloor | Label
)

_TYPES: Mapping[type, ItemType] = {
    LdevidChain: ItemType.LDEVID,
    TrustAnchors: ItemType.ANCHORS,
    WifiNetwork: ItemType.WIFI,
    ThreadDataset: ItemType.THREAD,
    CloudEndpoint: ItemType.CLOUD,
    Owner: ItemType.OWNER,
    TimeFloor: ItemType.TIME,
    Label: ItemType.LABEL,
}


def type_of(item: Item) -> ItemType:
    """The type number of an item."""
    return _TYPES[type(item)]


def encode(item: Item) -> bytes:
    """The item's one encoding."""
    return cbor.encode(_value(item))


def decode(kind: ItemType, data: bytes) -> Item:
    """The item of this type that `data` encodes. Raises MalformedCbor."""
    value = cbor.decode(data)
    match kind:
        case ItemType.LDEVID:
            return LdevidChain(_certificates(value))
        case ItemType.ANCHORS:
            return TrustAnchors(_certificates(value))
        case ItemType.WIFI:
            return _wifi(value)
        case ItemType.THREAD:
            return ThreadDataset(Secret(shape.octets(value, 1, 254)))
        case ItemType.CLOUD:
            return _cloud(value)
        case ItemType.OWNER:
            return _owner(value)
        case ItemType.TIME:
            return _time(value)
        case ItemType.LABEL:
            return _label(value)
        case _:
            assert_never(kind)


def without_claim(cloud: bytes) -> bytes:
    """An encoded item 5 as it is apart from its claim, which VERIFY does not use."""
    item = decode(ItemType.CLOUD, cloud)
    assert isinstance(item, CloudEndpoint)
    return encode(replace(item, claim=None))


def manifest(digests: Mapping[int, bytes]) -> bytes:
    """SHA-256 over [+ [type, sha256]] ascending: 32 octets that name exactly this set of items."""
    return crypto.sha256(cbor.encode([[kind, digests[kind]] for kind in sorted(digests)]))


def _value(item: Item) -> Value:
    match item:
        case LdevidChain(chain=ders) | TrustAnchors(anchors=ders):
            return list(ders)
        case WifiNetwork():
            enterprise = item.enterprise
            return _present(
                {
                    1: item.ssid,
                    2: int(item.kind),
                    3: item.passphrase.reveal() if item.passphrase is not None else None,
                    4: _enterprise_value(enterprise) if enterprise else None,
                }
            )
        case ThreadDataset():
            return item.tlvs.reveal()
        case CloudEndpoint():
            claim = item.claim.reveal() if item.claim is not None else None
            return _present({1: item.kind, 2: item.endpoint, 3: claim, 4: item.client_id})
        case Owner():
            return _present(
                {
                    1: item.key,
                    2: item.epoch,
                    3: item.reset_lock,
                    4: item.delegation_depth,
                    5: item.offline or None,
                    6: item.signature,
                    7: item.grant_floor or None,
                    8: list(item.grants) or None,
                }
            )
        case TimeFloor():
            return _present({1: item.seconds, 2: item.signature})
        case Label():
            return _present({1: item.label, 2: item.room, 3: item.site})
        case _:
            assert_never(item)


def _enterprise_value(enterprise: Enterprise) -> Value:
    anchors: Value = list(enterprise.anchors) or None
    return _present({1: enterprise.identity, 2: enterprise.server_name, 3: anchors, 4: enterprise.outer})


def _present(value: Mapping[int, Value]) -> Value:
    """The map without its absent fields."""
    return {key: field for key, field in value.items() if field is not None}


def _certificates(value: Value) -> tuple[bytes, ...]:
    return tuple(shape.octets(der, 1, MAX_CERTIFICATE) for der in shape.array(value, 1, 16))


def _wifi(value: Value) -> WifiNetwork:
    fields = shape.fields(value, (1, 2), (3, 4))
    enterprise = None
    if 4 in fields:
        inner = shape.fields(fields[4], (1, 2), (3, 4))
        enterprise = Enterprise(
            identity=shape.text(inner[1], MAX_TEXT),
            server_name=shape.text(inner[2], MAX_TEXT),
            anchors=_certificates(inner[3]) if 3 in inner else (),
            outer=shape.text(inner[4], MAX_TEXT) if 4 in inner else None,
        )
    return WifiNetwork(
        ssid=shape.octets(fields[1], 1, 32),
        kind=WifiKind(shape.uint(fields[2], max(WifiKind))),
        passphrase=Secret(shape.octets(fields[3], 0, 64)) if 3 in fields else None,
        enterprise=enterprise,
    )


def _cloud(value: Value) -> CloudEndpoint:
    fields = shape.fields(value, (1, 2, 4), (3,))
    endpoint = shape.text(fields[2], MAX_TEXT)
    host, _, port = endpoint.rpartition(":")
    if not host or not (port.isascii() and port.isdigit() and 0 < int(port) < 65536):
        raise MalformedCbor("the endpoint is not host:port")
    kind, claim = fields[1], fields.get(3)
    if isinstance(claim, str):
        claim = claim.encode()
    return CloudEndpoint(
        kind=shape.text(kind, MAX_TEXT) if isinstance(kind, str) else shape.uint(kind),
        endpoint=endpoint,
        client_id=shape.text(fields[4], MAX_TEXT),
        claim=Secret(shape.octets(claim, 0, MAX_CLAIM)) if claim is not None else None,
    )


def _owner(value: Value) -> Owner:
    fields = shape.fields(value, (1, 2, 3, 4, 6), (5, 7, 8))
    return Owner(
        key=shape.octets(fields[1], es256.POINT_SIZE),
        epoch=shape.uint(fields[2], MAX_EPOCH),
        reset_lock=truth(fields[3]),
        delegation_depth=shape.uint(fields[4], 255),
        offline=truth(fields.get(5, False)),
        grant_floor=shape.uint(fields.get(7, 0), MAX_EPOCH),
        grants=grant_chain(fields[8]) if 8 in fields else (),
        signature=shape.octets(fields[6], es256.SIGNATURE_SIZE),
    )


def grant_chain(value: Value) -> tuple[bytes, ...]:
    """A chain of encoded grants as items and operations carry it. Raises MalformedCbor."""
    return tuple(cose.sign1(one, MAX_GRANT) for one in shape.array(value, 1, MAX_GRANTS))


def truth(value: Value) -> bool:
    """True and false, and 1 and 0 from peers that count: the section does not say which is meant."""
    return value if isinstance(value, bool) else bool(shape.uint(value, 1))


def _time(value: Value) -> TimeFloor:
    fields = shape.fields(value, (1,), (2,))
    signature = shape.octets(fields[2], es256.SIGNATURE_SIZE) if 2 in fields else None
    return TimeFloor(shape.uint(fields[1], 0xFFFF_FFFF_FFFF), signature)


def _label(value: Value) -> Label:
    fields = shape.fields(value, (1, 2), (3,))
    return Label(
        label=shape.text(fields[1], MAX_TEXT),
        room=shape.text(fields[2], MAX_TEXT),
        site=shape.text(fields[3], MAX_TEXT) if 3 in fields else None,
    )
