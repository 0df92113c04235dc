"""Who may act for the owner, and who becomes it: grants, transfer tokens, vouchers (sections 6, 10)."""

from __future__ import annotations

from collections.abc import Mapping

from companion.protocols.rp1 import crypto, grants, items, serials, transfer, vouchers
from companion.protocols.rp1.aborts import Abort, LocalAbort
from companion.protocols.rp1.crypto import sha256
from companion.protocols.rp1.device.entries import OwnerRecord
from companion.protocols.rp1.device.lifelong import Lifelong
from companion.protocols.rp1.grants import Grant
from companion.protocols.rp1.items import ItemType
from companion.protocols.rp1.messages import OwnerProof
from companion.protocols.rp1.operations import Voucher
from companion.protocols.rp1.transfer import TransferToken


def accept_token(
    proof: OwnerProof, owner: OwnerRecord, serial: str, numbers: Lifelong, now: int
) -> TransferToken:
    """The token by which `proof`'s key becomes the owner's. Raises LocalAbort."""
    if proof.token is None or proof.grants:
        raise LocalAbort(Abort.NOT_AUTHORISED, "a transfer rests on one token and nothing else")
    try:
        token = transfer.read(proof.token, owner.key)
    except transfer.BadToken as error:
        raise LocalAbort(error.code, f"transfer token: {error}") from error
    if token.new_owner_sha256 != sha256(proof.owner_key):
        raise LocalAbort(Abort.NOT_AUTHENTIC, "the token is for another owner")
    if not serials.same(token.serial, serial):
        raise LocalAbort(Abort.NOT_AUTHORISED, "the token is for another device")
    if token.epoch <= max(numbers.epoch, numbers.epoch_floor) or token.expires < now:
        raise LocalAbort(Abort.GRANT, "the token is used, cancelled or expired")
    return token


def accept_grants(
    proof: OwnerProof, owner: OwnerRecord, serial: str, site: str | None, numbers: Lifelong, now: int
) -> tuple[Grant, ...]:
    """The chain of grants by which somebody acts for the owner; empty for the owner himself.

    serial, site: the device's, by which a grant may name it. Raises LocalAbort.
    """
    if proof.owner_key != owner.key:
        raise LocalAbort(Abort.NOT_AUTHENTIC, "not the owner's key")
    if proof.token is not None:
        raise LocalAbort(Abort.NOT_AUTHORISED, "a token is for a transfer")
    try:
        chain = grants.chain(proof.grants, owner.key, owner.delegation_depth)
    except grants.BadGrant as error:
        raise LocalAbort(error.code, f"grant: {error}") from error
    for grant in chain:
        if grant.expires < now or (grant.not_before or 0) > now:
            raise LocalAbort(Abort.GRANT, "a grant is not valid now")
        if grant.epoch < max(numbers.epoch, numbers.epoch_floor):
            raise LocalAbort(Abort.GRANT, "a grant's epoch is over")
        if grant.max_uses is not None and numbers.uses_of(grant.cti) >= grant.max_uses:
            raise LocalAbort(Abort.GRANT, "a grant is used up")
        if not grant.covers(serial, site):
            raise LocalAbort(Abort.NOT_AUTHORISED, "a grant for other devices")
    return chain


def site_of(held: Mapping[int, bytes]) -> str | None:
    """The site in a device's label, by which a grant may name it."""
    if ItemType.LABEL not in held:
        return None
    label = items.decode(ItemType.LABEL, held[ItemType.LABEL])
    assert isinstance(label, items.Label)
    return label.site


def accept_voucher(args: Voucher, makers: tuple[bytes, ...], serial: str, th5: bytes, now: int) -> bytes:
    """SHA-256 of the owner key to whom a maker assigned the device. Raises LocalAbort."""
    voucher = _voucher_of(args, makers)
    owner = sha256(args.owner_key)
    if not serials.same(voucher.serial, serial) or voucher.owner_sha256 != owner:
        raise LocalAbort(Abort.NOT_AUTHORISED, "the voucher is for another device or owner")
    if voucher.nonce is not None and voucher.nonce != th5[: vouchers.NONCE_SIZE]:
        raise LocalAbort(Abort.GRANT, "the voucher is for another session")
    if voucher.expires is not None and voucher.expires < now:
        raise LocalAbort(Abort.GRANT, "the voucher is expired")
    if not crypto.es256_verify(args.owner_key, args.signature, vouchers.owner_message(th5)):
        raise LocalAbort(Abort.NOT_AUTHENTIC, "the owner key did not sign for this session")
    return owner


def _voucher_of(args: Voucher, makers: tuple[bytes, ...]) -> vouchers.Voucher:
    for maker in makers:
        try:
            return vouchers.read(args.voucher, maker)
        except vouchers.BadVoucher as error:
            if error.code is Abort.MALFORMED:
                raise LocalAbort(error.code, f"voucher: {error}") from error
    raise LocalAbort(Abort.NOT_AUTHENTIC, "no maker of this device signed the voucher")
