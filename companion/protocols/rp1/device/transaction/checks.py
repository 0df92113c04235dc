"""What a device refuses to take: items that are wrong, and sets that must not become active (section 9)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from companion.encoding import es256
from companion.encoding.cbor import MalformedCbor, Value
from companion.protocols.rp1 import crypto
from companion.protocols.rp1.aborts import Abort
from companion.protocols.rp1.credentials import certificates, item_signatures, items
from companion.protocols.rp1.credentials.items import (
    MAX_EPOCH,
    Enterprise,
    ItemType,
    LdevidChain,
    Owner,
    TimeFloor,
    TrustAnchors,
    WifiNetwork,
)
from companion.protocols.rp1.credentials.revocation_list import RevocationList
from companion.protocols.rp1.device.keys import OperationalKeys
from companion.protocols.rp1.device.rights import Rights
from companion.protocols.rp1.device.storage.entries import OwnerTerms
from companion.protocols.rp1.device.storage.slot_log import Staging
from companion.protocols.rp1.device.transaction import owner_by_grant
from companion.protocols.rp1.device.transaction.proof_context import ProofContext
from companion.protocols.rp1.methods import Mode
from companion.protocols.rp1.wire.operations import Stage, VerifyBit

_NEEDED_BITS: Mapping[int, VerifyBit] = {
    ItemType.WIFI: VerifyBit.WIFI,
    ItemType.THREAD: VerifyBit.THREAD,
    ItemType.LDEVID: VerifyBit.CLOUD,
    ItemType.ANCHORS: VerifyBit.CLOUD,
    ItemType.CLOUD: VerifyBit.CLOUD,
}


EPOCH_STEP = 1024
"""No item 6 and no token lifts the epoch further at once: nobody exhausts it for the next owner."""


class Refused(Exception):
    """A request is refused; the session lives."""

    def __init__(self, status: Abort, result: Mapping[int, Value] | None = None) -> None:
        """result: what the refusal carries besides its status"""
        super().__init__(status.name)
        self.status = status
        self.result = result or {}


@dataclass(frozen=True)
class Bounds:
    """What no item may fall behind or go beyond.

    fp: the device's fingerprint (16 octets); epoch: the device's; grant_floor: its owner's
    latest: Unix seconds beyond which no owner may say that it is
    here: the device by which an item 6 by grant is judged; None where none may be staged, but in mode 0
    listed: of the list that comes with the new owner, None without one
    """

    fp: bytes
    epoch: int
    grant_floor: int
    latest: int
    here: ProofContext | None = None
    listed: RevocationList | None = None


def check_item(kind: ItemType, data: bytes, tx: bytes, bounds: Bounds, owner_key: bytes | None) -> None:
    """A complete item. owner_key: who must have signed a time, None at first onboarding before item 6.

    Raises Refused (CHAIN, NOT_AUTHENTIC, NOT_AUTHORISED) and MalformedCbor.
    """
    match items.decode(kind, data):
        case LdevidChain() | TrustAnchors() as chain:
            _check_certificates(chain)
        case WifiNetwork(enterprise=Enterprise(anchors=anchors)) if anchors:
            _check_certificates(TrustAnchors(anchors))
        case Owner() as owner:
            _check_owner(owner, tx, bounds)
        case TimeFloor() as time:
            _check_time(time, tx, bounds, owner_key)


def check_delegated(
    chunk: Stage, data: bytes, tx: bytes, fp: bytes, owner_key: bytes, present: Mapping[int, bytes]
) -> None:
    """Section 10.4: a delegate stages items 2 and 5 only as the final slot has them (item 5 apart from its
    claim) or as the owner signed them. present: the slot's items. Raises Refused NOT_AUTHORISED."""
    if chunk.kind not in (ItemType.ANCHORS, ItemType.CLOUD):
        return
    message = item_signatures.item_message(fp, tx, chunk.sha256)
    if chunk.signature is not None and es256.verify(owner_key, chunk.signature, message):
        return
    held = present.get(chunk.kind)
    if held is None or _compared(chunk.kind, data) != _compared(chunk.kind, held):
        raise Refused(Abort.NOT_AUTHORISED)


def _compared(kind: int, data: bytes) -> bytes:
    return items.without_claim(data) if kind == ItemType.CLOUD else data


def _check_owner(owner: Owner, tx: bytes, bounds: Bounds, *, commits: bool = False) -> None:
    signer = _last_holder(owner, bounds, commits=commits) if owner.grants else None
    if not item_signatures.owner_signed(owner, bounds.fp, tx, signer):
        raise Refused(Abort.NOT_AUTHENTIC)


def _last_holder(owner: Owner, bounds: Bounds, *, commits: bool) -> bytes:
    """Who signs an item 6 by grant (point). commits: the site is known by now. Raises Refused."""
    if bounds.here is None:
        raise Refused(Abort.NOT_AUTHORISED)
    try:
        chain = owner_by_grant.chain_of(owner)
        owner_by_grant.check_terms(owner, chain, bounds.here)
        if commits:
            owner_by_grant.check_place(chain, bounds.here, bounds.listed)
    except owner_by_grant.Unfit as unfit:
        raise Refused(unfit.status) from unfit
    return chain[-1].holder


def _check_time(time: TimeFloor, tx: bytes, bounds: Bounds, owner_key: bytes | None) -> None:
    if time.seconds > bounds.latest:
        raise MalformedCbor("a time that is too far ahead")
    if owner_key is None:
        raise Refused(Abort.NOT_AUTHORISED)
    if time.signature is not None and not item_signatures.time_signed(time, tx, owner_key):
        raise Refused(Abort.NOT_AUTHENTIC)


def _check_certificates(chain: LdevidChain | TrustAnchors) -> None:
    try:
        certificates.check_certificates(chain)
    except certificates.BadCertificate as error:
        raise Refused(Abort.CHAIN) from error


def check_leaf(staging: Staging, kept: bytes | None, keys: OperationalKeys) -> None:
    """A staged certificate is for this transaction's key. Raises Refused CHAIN."""
    staged = staging.whole.get(ItemType.LDEVID)
    if staged is None:
        return
    chain = items.decode(ItemType.LDEVID, staged)
    assert isinstance(chain, LdevidChain)
    if kept is None or certificates.leaf_key(chain) != es256.point(keys.open(kept)):
        raise Refused(Abort.CHAIN)


def check_commit(
    staging: Staging,
    merged: Mapping[int, bytes],
    present: OwnerTerms | None,
    rights: Rights,
    bounds: Bounds,
    owner_key: bytes | None,
) -> None:
    """The staged set may become active. present: the final slot's owner.

    Raises Refused (NOT_AUTHORISED, GRANT, NOT_AUTHENTIC) and MalformedCbor.
    """
    owner = _owner(staging.whole)
    if owner is not None:
        _check_owner(owner, staging.tx, bounds, commits=True)
        if rights.assigned not in (None, crypto.sha256(owner.key)):
            raise Refused(Abort.NOT_AUTHORISED)
        if present is not None and owner.key != present.key:
            raise Refused(Abort.NOT_AUTHORISED)
        if owner.grant_floor < bounds.grant_floor:
            raise Refused(Abort.GRANT)
        check_epoch(owner.epoch, bounds.epoch, may_equal=rights.mode is not Mode.ONBOARD)
    elif rights.mode is Mode.ONBOARD:
        raise Refused(Abort.NOT_AUTHORISED)
    if ItemType.TIME in staging.whole:
        time = items.decode(ItemType.TIME, staging.whole[ItemType.TIME])
        assert isinstance(time, TimeFloor)
        if time.signature is None and rights.mode is not Mode.ONBOARD:
            raise Refused(Abort.NOT_AUTHENTIC)
        _check_time(time, staging.tx, bounds, owner_key)
    _check_tried(staging, merged)


def check_epoch(epoch: int, device_epoch: int, *, may_equal: bool) -> None:
    """An item 6 or token of this epoch comes neither too late nor out of a far future. Raises Refused GRANT.

    At the last epoch of all, equal is enough: an exhausted device still finds an owner.
    """
    lowest = device_epoch if may_equal else min(device_epoch + 1, MAX_EPOCH)
    if not lowest <= epoch <= device_epoch + EPOCH_STEP:
        raise Refused(Abort.GRANT)


def _check_tried(staging: Staging, merged: Mapping[int, bytes]) -> None:
    effective = _owner(merged)
    if effective is not None and effective.offline:
        return
    needed = 0
    for kind in staging.whole:
        needed |= _NEEDED_BITS.get(kind, 0)
    if needed & ~staging.tried:
        raise Refused(Abort.NOT_AUTHORISED)


def owner_of(staging: Staging, present: OwnerTerms | None) -> tuple[OwnerTerms, int]:
    """The owner after the flip, and the epoch that item 6 asks for (0 without one)."""
    item = _owner(staging.whole)
    if item is None:
        assert present is not None
        return present, 0
    terms = OwnerTerms(
        item.key,
        item.reset_lock,
        item.delegation_depth,
        item.offline,
        item.grant_floor,
        takes_grants=not item.grants,
    )
    return terms, item.epoch


def signed_time(held: Mapping[int, bytes], tx: bytes | None) -> int | None:
    """The Unix seconds that a slot's owner signed for its transaction, if any."""
    owner = _owner(held)
    if owner is None or tx is None or ItemType.TIME not in held:
        return None
    time = items.decode(ItemType.TIME, held[ItemType.TIME])
    assert isinstance(time, TimeFloor)
    return time.seconds if item_signatures.time_signed(time, tx, owner.key) else None


def _owner(held: Mapping[int, bytes]) -> Owner | None:
    if ItemType.OWNER not in held:
        return None
    owner = items.decode(ItemType.OWNER, held[ItemType.OWNER])
    assert isinstance(owner, Owner)
    return owner
