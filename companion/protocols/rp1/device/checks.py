"""What a device refuses to take: items that are wrong, and sets that must not become active (section 9)."""

from __future__ import annotations

from collections.abc import Mapping

from companion.protocols.rp1 import crypto, items
from companion.protocols.rp1.aborts import Abort
from companion.protocols.rp1.device.entries import OwnerRecord
from companion.protocols.rp1.device.rights import Rights
from companion.protocols.rp1.device.slots import Staging
from companion.protocols.rp1.items import ItemType, LdevidChain, Owner, TimeFloor, TrustAnchors
from companion.protocols.rp1.methods import Mode
from companion.protocols.rp1.operations import VerifyBit

_NEEDED_BITS: Mapping[int, VerifyBit] = {
    ItemType.WIFI: VerifyBit.WIFI,
    ItemType.THREAD: VerifyBit.THREAD,
    ItemType.LDEVID: VerifyBit.CLOUD,
    ItemType.ANCHORS: VerifyBit.CLOUD,
    ItemType.CLOUD: VerifyBit.CLOUD,
}


class Refused(Exception):
    """A request is refused; the session lives."""

    def __init__(self, status: Abort, detail: int | None = None) -> None:
        super().__init__(status.name)
        self.status = status
        self.detail = detail


def check_item(kind: ItemType, data: bytes, fp: bytes, tx: bytes, owner_key: bytes | None) -> None:
    """A complete item.

    fp:        the device's fingerprint (16 octets)
    owner_key: who must have signed a time, None at first onboarding before item 6

    Raises Refused (CHAIN, NOT_AUTHENTIC) and MalformedCbor.
    """
    match items.decode(kind, data):
        case LdevidChain() | TrustAnchors() as certificates:
            try:
                items.check_certificates(certificates)
            except items.BadCertificate as error:
                raise Refused(Abort.CHAIN) from error
        case Owner() as owner if owner.grants:
            raise Refused(Abort.NOT_AUTHORISED)
        case Owner() as owner if not items.owner_signed(owner, fp, tx):
            raise Refused(Abort.NOT_AUTHENTIC)
        case TimeFloor() as time if _forged(time, tx, owner_key):
            raise Refused(Abort.NOT_AUTHENTIC)


def check_leaf(staging: Staging, scalar: bytes | None) -> None:
    """A staged certificate is for this transaction's key. Raises Refused CHAIN."""
    staged = staging.whole.get(ItemType.LDEVID)
    if staged is None:
        return
    chain = items.decode(ItemType.LDEVID, staged)
    assert isinstance(chain, LdevidChain)
    if scalar is None or items.leaf_key(chain) != crypto.point(crypto.private_key(scalar)):
        raise Refused(Abort.CHAIN)


def check_commit(
    staging: Staging,
    merged: Mapping[int, bytes],
    owner: OwnerRecord | None,
    rights: Rights,
    epoch: int,
    owner_key: bytes | None,
) -> None:
    """The staged set may become active. owner: the present one; epoch: the device's.

    Raises Refused (NOT_AUTHORISED, GRANT, NOT_AUTHENTIC).
    """
    staged_owner = _owner(staging.whole)
    if staged_owner is None:
        if rights.mode is Mode.ONBOARD:
            raise Refused(Abort.NOT_AUTHORISED)
    elif rights.assigned not in (None, crypto.sha256(staged_owner.key)):
        raise Refused(Abort.NOT_AUTHORISED)
    elif staged_owner.epoch < epoch:
        raise Refused(Abort.GRANT)
    elif owner is not None and staged_owner.key != owner.key:
        raise Refused(Abort.NOT_AUTHORISED)
    _check_time(staging, rights, owner_key)
    effective = _owner(merged)
    if effective is not None and effective.offline:
        return
    needed = 0
    for kind in staging.whole:
        needed |= _NEEDED_BITS.get(kind, 0)
    if needed & ~staging.tried:
        raise Refused(Abort.NOT_AUTHORISED)


def owner_of(staging: Staging, present: OwnerRecord | None) -> tuple[OwnerRecord | None, int]:
    """The owner after the flip, and the epoch that item 6 asks for (0 without one)."""
    item = _owner(staging.whole)
    if item is None:
        return present, 0
    record = OwnerRecord(item.key, item.reset_lock, item.delegation_depth, item.offline)
    return record, item.epoch


def signed_time(held: Mapping[int, bytes], tx: bytes | None) -> int | None:
    """The Unix seconds that a slot's owner signed for its transaction, if he did."""
    owner = _owner(held)
    if owner is None or tx is None or ItemType.TIME not in held:
        return None
    time = items.decode(ItemType.TIME, held[ItemType.TIME])
    assert isinstance(time, TimeFloor)
    return time.seconds if items.time_signed(time, tx, owner.key) else None


def _check_time(staging: Staging, rights: Rights, owner_key: bytes | None) -> None:
    """A time is owner-signed, but for an unsigned one at first onboarding, which moves no floor."""
    if ItemType.TIME not in staging.whole:
        return
    time = items.decode(ItemType.TIME, staging.whole[ItemType.TIME])
    assert isinstance(time, TimeFloor)
    if time.signature is None and rights.mode is Mode.ONBOARD:
        return
    if owner_key is None or not items.time_signed(time, staging.tx, owner_key):
        raise Refused(Abort.NOT_AUTHENTIC)


def _forged(time: TimeFloor, tx: bytes, owner_key: bytes | None) -> bool:
    """A signature that is not by that owner. Where there is none, or nobody to have made it: False."""
    if time.signature is None or owner_key is None:
        return False
    return not items.time_signed(time, tx, owner_key)


def _owner(held: Mapping[int, bytes]) -> Owner | None:
    if ItemType.OWNER not in held:
        return None
    owner = items.decode(ItemType.OWNER, held[ItemType.OWNER])
    assert isinstance(owner, Owner)
    return owner
