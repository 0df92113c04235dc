"""The voucher with which a manufacturer assigns a device to an owner (section 6, RFC 8366).

COSE_Sign1, label "rp1 voucher", over {1 serial, 2 SHA-256(owner key), 3 nonce = th5[:16] or 4 expiry}.
"""

from __future__ import annotations

from dataclasses import dataclass

from companion.encoding import cbor, cose, shape
from companion.protocols.rp1 import serials
from companion.protocols.rp1.aborts import Abort
from companion.protocols.rp1.credentials import signed_object

NONCE_SIZE = 16
MAX_VOUCHER = 1024
"""Octets of an encoded voucher."""


class BadVoucher(signed_object.BadSigned):
    """A voucher that is none, or that somebody else signed."""


@dataclass(frozen=True)
class Voucher:
    """For one session (`nonce`) or until a time (`expires`, Unix seconds): exactly one of both."""

    serial: str
    owner_sha256: bytes
    nonce: bytes | None = None
    expires: int | None = None


def owner_message(th5: bytes) -> bytes:
    """What the new owner signs in the session to prove possession of the key."""
    return b"rp1 vouch" + th5


def sign(signer: cose.Signer, voucher: Voucher) -> bytes:
    """The encoded voucher, signed by whoever assigns the device."""
    payload: dict[int, cbor.Value] = {1: voucher.serial, 2: voucher.owner_sha256}
    if voucher.nonce is not None:
        payload[3] = voucher.nonce
    if voucher.expires is not None:
        payload[4] = voucher.expires
    return cose.sign(signer, cbor.encode(payload), "rp1 voucher")


def read(signed: bytes, assigner: bytes) -> Voucher:
    """What the holder of this key (point, 65 octets) signed. Raises BadVoucher."""
    with signed_object.refuse_as(BadVoucher):
        payload = cose.verify(assigner, signed, "rp1 voucher")
        fields = shape.fields(cbor.decode(payload), (1, 2), (3, 4))
        voucher = Voucher(
            serial=shape.text(fields[1], serials.MAX_SERIAL, 1),
            owner_sha256=shape.octets(fields[2], 32),
            nonce=shape.octets(fields[3], NONCE_SIZE) if 3 in fields else None,
            expires=shape.uint(fields[4]) if 4 in fields else None,
        )
    if (voucher.nonce is None) == (voucher.expires is None):
        raise BadVoucher("neither or both of nonce and expiry", Abort.MALFORMED)
    return voucher


def look(signed: bytes) -> bytes:
    """The encoded voucher itself, if it is a signed object at all. Raises BadVoucher."""
    with signed_object.refuse_as(BadVoucher):
        return cose.sign1(signed, MAX_VOUCHER)
