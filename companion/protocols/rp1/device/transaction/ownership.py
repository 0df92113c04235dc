"""Who may act for the owner, and who becomes it: grants, transfer tokens, vouchers (sections 6, 10)."""

from __future__ import annotations

from collections.abc import Mapping

from companion.encoding import es256
from companion.protocols.rp1 import serials
from companion.protocols.rp1.aborts import Abort, LocalAbort
from companion.protocols.rp1.credentials import grants, items, transfer_token, vouchers
from companion.protocols.rp1.credentials.grants import Grant
from companion.protocols.rp1.credentials.items import ItemType
from companion.protocols.rp1.credentials.transfer_token import TransferToken
from companion.protocols.rp1.crypto import sha256
from companion.protocols.rp1.device.storage.entries import OwnerTerms
from companion.protocols.rp1.device.storage.owner_record import OwnerRecord
from companion.protocols.rp1.device.transaction.checks import EPOCH_STEP
from companion.protocols.rp1.device.transaction.proof_context import ProofContext
from companion.protocols.rp1.wire.messages import OwnerProof
from companion.protocols.rp1.wire.operations import Voucher


def accept_token(
    proof: OwnerProof, owner: OwnerTerms, record: OwnerRecord, here: ProofContext, epoch: int
) -> TransferToken:
    """The token by which `proof`'s key becomes the owner's. epoch: the device's. Raises LocalAbort."""
    if proof.token is None or proof.grants:
        raise LocalAbort(Abort.NOT_AUTHORISED, "a transfer rests on one token and nothing else")
    try:
        token = transfer_token.read(proof.token, owner.key)
    except transfer_token.BadToken as error:
        raise LocalAbort(error.code, f"transfer token: {error}") from error
    if token.new_owner_sha256 != sha256(proof.owner_key):
        raise LocalAbort(Abort.NOT_AUTHENTIC, "the token is for another owner")
    if not serials.same(token.serial, here.serial):
        raise LocalAbort(Abort.NOT_AUTHENTIC, "the token is for another device")
    if not epoch < token.epoch <= epoch + EPOCH_STEP or token.expires < here.now:
        raise LocalAbort(Abort.GRANT, "the token is used, too far ahead or expired")
    if record.listed is not None and record.listed.cancels(proof.token):
        raise LocalAbort(Abort.GRANT, "the owner cancelled the token")
    return token


def judge_grants(
    signed: tuple[bytes, ...],
    owner: OwnerTerms,
    record: OwnerRecord,
    here: ProofContext,
    last: bytes | None = None,
) -> tuple[Grant, ...]:
    """The grants of an encoded chain, if all of them hold here and now. Raises LocalAbort.

    last: the limited grant (cti) under which the final slot came, whose holder may not have heard so
    """
    try:
        chain = grants.chain(signed, owner.key, owner.delegation_depth)
    except grants.BadGrant as error:
        raise LocalAbort(error.code, f"grant: {error}") from error
    if not owner.takes_grants and record.revoked is None:
        raise LocalAbort(Abort.GRANT, "the new owner has not spoken yet")
    first = chain[0]
    if first.epoch < max(record.floor, owner.grant_floor):
        raise LocalAbort(Abort.GRANT, "a grant from below the floor")
    if is_used_up(first, record) and first.cti != last:
        raise LocalAbort(Abort.GRANT, "a grant is used up")
    for grant in chain:
        _judge(grant, record, here)
    return chain


def is_used_up(first: Grant, record: OwnerRecord) -> bool:
    """True if a chain with this first grant changes nothing any more."""
    return first.max_uses is not None and not record.may_use(first.cti, first.max_uses)


def _judge(grant: Grant, record: OwnerRecord, here: ProofContext) -> None:
    """A grant for itself."""
    if not here.is_in_time(grant):
        raise LocalAbort(Abort.GRANT, "a grant is not valid now")
    if record.listed is not None and record.listed.names(cti=grant.cti, holder=grant.holder):
        raise LocalAbort(Abort.GRANT, "the owner revoked a grant")
    if not grant.covers(here.serial, here.site):
        raise LocalAbort(Abort.NOT_AUTHORISED, "a grant for other devices")


def site_of(held: Mapping[int, bytes]) -> str | None:
    """The site in a device's label, by which a grant may name it."""
    if ItemType.LABEL not in held:
        return None
    label = items.decode(ItemType.LABEL, held[ItemType.LABEL])
    assert isinstance(label, items.Label)
    return label.site


def accept_voucher(
    args: Voucher, manufacturers: tuple[bytes, ...], serial: str, th5: bytes, *, now: int, spent: int
) -> vouchers.Voucher:
    """The voucher by which a manufacturer assigned the device to an owner key.

    now:   Unix seconds by the manufacturer's word alone
    spent: the highest expiry of a voucher that was spent here
    Raises LocalAbort.
    """
    if args.grants:  # section 6 ‡, which this device does not serve yet
        raise LocalAbort(Abort.NOT_AUTHORISED, "a voucher by grant")
    voucher = _voucher_of(args, manufacturers)
    owner = sha256(args.owner_key)
    if not serials.same(voucher.serial, serial) or voucher.owner_sha256 != owner:
        raise LocalAbort(Abort.NOT_AUTHORISED, "the voucher is for another device or owner")
    if voucher.nonce is not None and voucher.nonce != th5[: vouchers.NONCE_SIZE]:
        raise LocalAbort(Abort.GRANT, "the voucher is for another session")
    if voucher.expires is not None and (voucher.expires < now or voucher.expires <= spent):
        raise LocalAbort(Abort.GRANT, "the voucher is expired or spent")
    if not es256.verify(args.owner_key, args.signature, vouchers.owner_message(th5)):
        raise LocalAbort(Abort.NOT_AUTHENTIC, "the owner key did not sign for this session")
    return voucher


def _voucher_of(args: Voucher, manufacturers: tuple[bytes, ...]) -> vouchers.Voucher:
    for manufacturer in manufacturers:
        try:
            return vouchers.read(args.voucher, manufacturer)
        except vouchers.BadVoucher as error:
            if error.code is Abort.MALFORMED:
                raise LocalAbort(error.code, f"voucher: {error}") from error
    raise LocalAbort(Abort.NOT_AUTHENTIC, "no manufacturer of this device signed the voucher")
