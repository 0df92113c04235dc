"""What the entries of a slot's log amount to (section 9.3): a sealed slot, or what is staged."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from companion.protocols.rp1.credentials import items
from companion.protocols.rp1.credentials.items import ItemType
from companion.protocols.rp1.device.storage import entries
from companion.protocols.rp1.device.storage.entries import (
    Begin,
    Copy,
    CopyKey,
    Drop,
    Entry,
    Final,
    Key,
    More,
    Open,
    OwnersList,
    OwnerTerms,
    Revert,
    Seal,
    Tried,
)
from companion.protocols.rp1.device.storage.pages import Log


@dataclass(frozen=True)
class StagedItem:
    total: int
    sha256: bytes
    data: bytes = field(repr=False)

    @property
    def is_whole(self) -> bool:
        return len(self.data) == self.total


@dataclass(frozen=True)
class Staging:
    """What a transaction has brought so far. tried: bits that VERIFY found good; failure, cause: of the last
    one; revoked: the revocation list of the owner whom a staged item 6 names, encoded; spared: bits that are
    good again if item 5, which is on its way, comes to this apart from its claim."""

    tx: bytes
    key_id: int | None = None
    items: Mapping[int, StagedItem] = field(default_factory=dict)
    tried: int = 0
    failure: int | None = None
    cause: int | None = None
    revoked: bytes | None = None
    spared: tuple[int, bytes] | None = None

    @property
    def whole(self) -> dict[int, bytes]:
        """The items that are complete, by type."""
        return {kind: item.data for kind, item in self.items.items() if item.is_whole}

    @property
    def manifest(self) -> bytes:
        return items.manifest({kind: self.items[kind].sha256 for kind in self.whole})

    @property
    def offsets(self) -> dict[int, int]:
        """The next offset of each item."""
        return {kind: len(item.data) for kind, item in self.items.items()}


@dataclass(frozen=True)
class Slot:
    """A state that a device can be in, whole. sequence 0: as it left the factory.

    revoked: the list that its transaction brought, encoded; voucher_until, use: see `Seal`
    """

    sequence: int = 0
    tx: bytes | None = None
    items: Mapping[int, bytes] = field(default_factory=dict, repr=False)
    key_id: int | None = None
    owner: OwnerTerms | None = None
    r_used: bool = False
    epoch: int = 0
    boots: int = 0
    receipt: bytes | None = None
    acknowledgement: bytes | None = None
    is_final: bool = True
    revoked: bytes | None = None
    voucher_until: int = 0
    use: tuple[bytes, int] | None = None


def is_reverted(log: Log) -> bool:
    """True for a flip that was taken back."""
    return bool(log.entries) and isinstance(entries.decode(log.entries[-1]), Revert)


def read(log: Log) -> tuple[Slot | None, Staging | None]:
    """A sealed log is a slot, an open one holds what is staged, and a reverted one nothing."""
    staging: Staging | None = None
    copies: dict[int, bytes] = {}
    copied_key: int | None = None
    slot: Slot | None = None
    for raw in log.entries:
        match entries.decode(raw):
            case Open(tx):
                staging = Staging(tx)
            case Copy(kind, data):
                copies[kind] = data
            case CopyKey(key_id):
                copied_key = key_id
            case Seal() as seal:
                assert staging is not None
                slot = _sealed(seal, staging, copies, copied_key)
            case Final(acknowledgement):
                assert slot is not None
                slot = replace(slot, acknowledgement=acknowledgement, is_final=True)
            case Revert():
                return None, None
            case entry:
                assert staging is not None
                staging = _staged(staging, entry)
    return (slot, None) if slot is not None else (None, staging)


def _sealed(seal: Seal, staging: Staging, copies: Mapping[int, bytes], copied_key: int | None) -> Slot:
    whole = staging.whole
    return Slot(
        sequence=seal.sequence,
        tx=seal.tx,
        items={**copies, **whole},
        key_id=staging.key_id if ItemType.LDEVID in whole else copied_key,
        owner=seal.owner,
        r_used=seal.r_used,
        epoch=seal.epoch,
        boots=seal.boots,
        receipt=seal.receipt,
        is_final=seal.is_final,
        revoked=staging.revoked,
        voucher_until=seal.voucher_until,
        use=seal.use,
    )


def _staged(staging: Staging, entry: Entry) -> Staging:
    """What one more entry makes of the staging. Whatever changes the set undoes VERIFIED."""
    others = dict(staging.items)
    match entry:
        case Key(key_id):
            others.pop(ItemType.LDEVID, None)
            return replace(
                staging, key_id=key_id, items=others, tried=0, failure=None, cause=None, spared=None
            )
        case Begin(kind, total, digest, chunk):
            others[kind] = StagedItem(total, digest, chunk)
        case More(kind, chunk):
            item = others[kind]
            others[kind] = replace(item, data=item.data + chunk)
        case Tried(bits, failure, cause):
            good = staging.tried | bits if failure is None else staging.tried & ~bits
            return replace(staging, tried=good, failure=failure, cause=cause, spared=None)
        case OwnersList(signed):
            return replace(staging, revoked=signed)
        case _:
            assert isinstance(entry, Drop)
            kind = entry.kind
            others.pop(kind, None)
    revoked = staging.revoked if kind != ItemType.OWNER else None
    tried, spared = _spared(staging, kind, others.get(kind))
    return replace(
        staging, items=others, tried=tried, failure=None, cause=None, revoked=revoked, spared=spared
    )


def _spared(before: Staging, kind: int, now: StagedItem | None) -> tuple[int, tuple[int, bytes] | None]:
    """What of VERIFIED outlives a change of the item that is `now` so, and what may come back (section 9.1).

    Nothing, but where item 5 changes and is, as soon as it is whole, the same apart from its claim.
    """
    if kind != ItemType.CLOUD or now is None:
        return 0, None
    spared, old = before.spared, before.items.get(kind)
    if old is not None and old.is_whole:
        spared = before.tried, items.without_claim(old.data)
    if not now.is_whole:
        return 0, spared
    same = spared is not None and spared[1] == items.without_claim(now.data)
    return (spared[0] if spared is not None and same else 0), None
