"""The token with which an owner transfers a device to another one, offline (section 10).

COSE_Sign1 by the old owner, label "rp1 xfer", over {1 serial, 2 SHA-256(new owner key), 3 epoch, 4 exp,
5 wipe}. It works once: the device's epoch becomes the token's, which must be above it.
"""

from __future__ import annotations

from dataclasses import dataclass

from companion.encoding import cbor, cose, shape
from companion.protocols.rp1 import serials
from companion.protocols.rp1.credentials import items, signed_object

MAX_TOKEN = 512
"""Octets of an encoded token."""


class BadToken(signed_object.BadSigned):
    """A transfer token that is none, or that somebody else signed."""


@dataclass(frozen=True)
class TransferToken:
    """expires: Unix seconds; wipe: the device forgets its items with its owner."""

    serial: str
    new_owner_sha256: bytes
    epoch: int
    expires: int
    wipe: bool


def sign(signer: cose.Signer, token: TransferToken) -> bytes:
    """The encoded token, signed by the old owner."""
    payload: cbor.Value = {
        1: token.serial,
        2: token.new_owner_sha256,
        3: token.epoch,
        4: token.expires,
        5: token.wipe,
    }
    return cose.sign(signer, cbor.encode(payload), "rp1 xfer")


def read(signed: bytes, owner_key: bytes) -> TransferToken:
    """What the owner of this key (point, 65 octets) signed. Raises BadToken."""
    with signed_object.refuse_as(BadToken):
        return _decode(cose.verify(owner_key, signed, "rp1 xfer"))


def unverified(signed: bytes) -> TransferToken:
    """What a token says, whoever signed it: the old owner's key is the device's to know. Raises BadToken."""
    with signed_object.refuse_as(BadToken):
        return _decode(cose.payload_of(signed))


def _decode(payload: bytes) -> TransferToken:
    fields = shape.fields(cbor.decode(payload), range(1, 6))
    return TransferToken(
        serial=shape.text(fields[1], serials.MAX_SERIAL, 1),
        new_owner_sha256=shape.octets(fields[2], 32),
        epoch=shape.uint(fields[3], items.MAX_EPOCH),
        expires=shape.uint(fields[4]),
        wipe=items.truth(fields[5]),
    )
