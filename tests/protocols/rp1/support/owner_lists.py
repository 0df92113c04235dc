"""What tests of the owner's list have in common: lists, and a session that hands them in."""

from __future__ import annotations

from companion.identity.owner import OwnerKey
from companion.protocols.rp1 import crypto
from companion.protocols.rp1.credentials import (
    grants,
    item_signatures,
    items,
    revocation_list,
    transfer_token,
)
from companion.protocols.rp1.credentials.grants import Grant
from companion.protocols.rp1.credentials.items import ItemType
from companion.protocols.rp1.credentials.revocation_list import RevocationList
from companion.protocols.rp1.credentials.transfer_token import TransferToken
from companion.protocols.rp1.device.storage.owner_record import OwnerRecord
from companion.protocols.rp1.handshake import CommissionerTerms, OwnerAuthority
from companion.protocols.rp1.handshake.attestation import Trust
from companion.protocols.rp1.methods import KEY_OWNER, Mode
from companion.protocols.rp1.wire import results
from companion.protocols.rp1.wire.operations import Op, RevokeState
from companion.protocols.rp1.wire.results import ListHeld
from tests.protocols.rp1.support.bench import NOW, OWNER, PRODUCT, TX, DeviceBench, Requester, requester

NO_TX = bytes(8)
LATER = NOW + 3600


def a_list(
    counter: int,
    *,
    key: OwnerKey = OWNER,
    floor: int = 0,
    ids: tuple[bytes, ...] = (),
    holders: tuple[OwnerKey, ...] = (),
    time: int = NOW,
) -> bytes:
    """A list, encoded and signed."""
    keys = frozenset(revocation_list.key_id(holder.public) for holder in holders)
    return revocation_list.sign(key.sign, RevocationList(floor, frozenset(ids), keys, time, counter))


def hand_in(session: Requester, signed: bytes, tx: bytes = NO_TX) -> tuple[int, ListHeld]:
    """Status and what the device holds then (nothing where the reply does not say)."""
    reply = session.ask(Op.REVOKE_STATE, RevokeState(signed), tx)
    return reply.status, results.decode_list_held(reply.result) if reply.result else ListHeld()


def owner_item(
    key: OwnerKey = OWNER,
    tx: bytes = TX,
    *,
    epoch: int = 1,
    lock: bool = False,
    depth: int = 0,
    floor: int = 0,
) -> bytes:
    """Item 6 of a device that works offline, so that nothing needs VERIFY."""
    item = items.Owner(key.public, epoch, lock, depth, True, floor)
    return items.encode(item_signatures.sign_owner(key.sign, item, PRODUCT.fp, tx))


def owned(key: OwnerKey = OWNER, **terms: int) -> DeviceBench:
    """A device of this owner, without a live session."""
    session = requester()
    session.finish_with({ItemType.OWNER: owner_item(key, **terms)})  # type: ignore[arg-type]  # a flag is an int
    session.device.disconnect()
    return session.device


def owner_session(
    device: DeviceBench,
    mode: Mode = Mode.REPROVISION,
    *,
    key: OwnerKey = OWNER,
    authority: OwnerAuthority | None = None,
) -> Requester:
    """A session of method 24. Raises PeerAbort."""
    session = Requester(device, method=KEY_OWNER)
    session.identity_key = PRODUCT.point
    by = authority or OwnerAuthority(key.public, key.sign)
    trust = Trust(known=frozenset({PRODUCT.fp}))
    session.secure(CommissionerTerms(device.connect(), KEY_OWNER, mode, trust=trust, owner=by))
    return session


def sold(to: OwnerKey, epoch: int, *, by: OwnerKey = OWNER, until: int = LATER) -> OwnerAuthority:
    """The buyer with a token."""
    token = TransferToken(PRODUCT.serial, crypto.sha256(to.public), epoch, until, wipe=False)
    return OwnerAuthority(to.public, to.sign, token=transfer_token.sign(by.sign, token))


def by_grant(grant: Grant, holder: OwnerKey, owner: OwnerKey = OWNER) -> OwnerAuthority:
    """The holder of a grant of the owner's."""
    return OwnerAuthority(owner.public, holder.sign, grants=(grants.sign(owner.sign, grant),))


def record_of(device: DeviceBench) -> OwnerRecord | None:
    """The owner's record as it is in flash, whoever it names."""
    return device.machine._state.owner_terms._records._kept
