"""What a slot's log is made of, as deterministic CBOR."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TypeAlias

from companion.encoding import cbor, shape
from companion.protocols.rp1.credentials.grants import CTI_SIZE
from companion.protocols.rp1.credentials.items import TX_SIZE
from companion.protocols.rp1.device.keys import MOST_KEPT


@dataclass(frozen=True)
class OwnerTerms:
    """Who owns the device: the key (point, 65 octets), and what item 6 said besides.

    The key itself, not only its hash: tokens and lists must be verified, and do not carry it.
    takes_grants: False after a transfer, until the new owner has spoken (section 9.3)
    """

    key: bytes
    reset_lock: bool = False
    delegation_depth: int = 0
    offline: bool = False
    grant_floor: int = 0
    takes_grants: bool = True


@dataclass(frozen=True)
class Open:
    """A transaction begins in this slot."""

    tx: bytes


@dataclass(frozen=True)
class Key:
    """The transaction has a new key pair."""

    key_id: int


@dataclass(frozen=True)
class Begin:
    """The first chunk of an item."""

    kind: int
    total: int
    sha256: bytes
    chunk: bytes


@dataclass(frozen=True)
class More:
    """The next chunk of an item."""

    kind: int
    chunk: bytes


@dataclass(frozen=True)
class Drop:
    """An item that was wrong."""

    kind: int


@dataclass(frozen=True)
class Tried:
    """VERIFY of these bits; failure: its detail, None where it worked; cause: what refines the detail."""

    bits: int
    failure: int | None
    cause: int | None = None


@dataclass(frozen=True)
class OwnersList:
    """The revocation list that shall hold once the transaction's owner is one (mode 0), encoded."""

    signed: bytes


@dataclass(frozen=True)
class Copy:
    """An item that the flip takes over from the other slot."""

    kind: int
    data: bytes


@dataclass(frozen=True)
class CopyKey:
    """The key that belongs to a copied item 1."""

    key_id: int


@dataclass(frozen=True)
class Seal:
    """The flip. boots: the boot counter at that moment; voucher_until: expiry of the voucher that is spent
    with it; use: id and epoch of the limited grant that is used once more with it."""

    sequence: int
    tx: bytes | None
    owner: OwnerTerms | None
    r_used: bool
    epoch: int
    boots: int
    receipt: bytes | None
    is_final: bool
    voucher_until: int = 0
    use: tuple[bytes, int] | None = None


@dataclass(frozen=True)
class Final:
    """The owner has the receipt."""

    acknowledgement: bytes


@dataclass(frozen=True)
class Revert:
    """The flip is taken back."""


Entry: TypeAlias = (
    Open | Key | Begin | More | Drop | Tried | OwnersList | Copy | CopyKey | Seal | Final | Revert
)

_TAGS: tuple[type[Entry], ...] = (
    Open,
    Key,
    Begin,
    More,
    Drop,
    Tried,
    OwnersList,
    Copy,
    CopyKey,
    Seal,
    Final,
    Revert,
)


def encode(entry: Entry) -> bytes:
    """The octets of an entry."""
    return cbor.encode([_TAGS.index(type(entry)), *_fields(entry)])


def decode(data: bytes) -> Entry:
    """The entry in `data`, which this module wrote."""
    tag, *rest = shape.array(cbor.decode(data), 1, 16)
    make: Callable[..., Entry] = _TAGS[shape.uint(tag, len(_TAGS) - 1)]
    if make is not Seal:
        return make(*rest)
    sequence, tx, owner, r_used, epoch, boots, receipt, is_final, voucher, use = shape.array(rest, 10)
    return Seal(
        shape.uint(sequence),
        None if tx is None else shape.octets(tx, TX_SIZE),
        None if owner is None else _owner(owner),
        shape.flag(r_used),
        shape.uint(epoch),
        shape.uint(boots),
        None if receipt is None else shape.octets(receipt, 1, cbor.MAX_SIZE),
        shape.flag(is_final),
        shape.uint(voucher),
        None if use is None else _use(use),
    )


def encode_keys(keys: Mapping[int, bytes]) -> bytes:
    """The key store: what is kept of private keys, by key id."""
    return cbor.encode(keys)


def decode_keys(data: bytes) -> dict[int, bytes]:
    """The key store in `data`; empty for an empty cell."""
    if not data:
        return {}
    value = cbor.decode(data)
    assert isinstance(value, dict)
    return {key_id: shape.octets(kept, 32, MOST_KEPT) for key_id, kept in value.items()}


def _fields(entry: Entry) -> list[cbor.Value]:
    if not isinstance(entry, Seal):
        return list(vars(entry).values())
    owner = entry.owner
    return [
        entry.sequence,
        entry.tx,
        list(vars(owner).values()) if owner is not None else None,
        entry.r_used,
        entry.epoch,
        entry.boots,
        entry.receipt,
        entry.is_final,
        entry.voucher_until,
        list(entry.use) if entry.use is not None else None,
    ]


def _owner(value: object) -> OwnerTerms:
    key, lock, depth, offline, floor, takes_grants = shape.array(value, 6)
    return OwnerTerms(
        shape.octets(key, 65),
        shape.flag(lock),
        shape.uint(depth),
        shape.flag(offline),
        shape.uint(floor),
        shape.flag(takes_grants),
    )


def _use(value: object) -> tuple[bytes, int]:
    cti, epoch = shape.array(value, 2)
    return shape.octets(cti, CTI_SIZE), shape.uint(epoch)
