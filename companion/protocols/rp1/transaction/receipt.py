"""The device's signed word on what it accepted, and its acknowledgement (section 9).

Receipt:      COSE_Sign1 by the identity key over {1 tx, 2 manifest, 3 th5, 4 epoch, 5 serial, 6 time,
              7 list counter, 8 SHA-256(owner key), 9 SHA-256(grant chain)}
FINAL reply:  COSE_Sign1 by the identity key over {1 tx, 2 SHA-256(receipt)}

The pair of both is what the registry keeps and what the transparency log is made of.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeVar

from companion.encoding import cbor, cose, shape
from companion.protocols.rp1 import crypto, serials
from companion.protocols.rp1.credentials import signed_object
from companion.protocols.rp1.credentials.items import TX_SIZE

_T = TypeVar("_T")


class BadReceipt(signed_object.BadSigned):
    """A receipt or acknowledgement that is not signed by the device, or speaks of something else."""


@dataclass(frozen=True)
class Receipt:
    """th5: of the session in which the device committed; time: Unix seconds, None without a real clock;
    list_counter: of the owner's list that holds once this is final, 0 without one; owner_sha256: of the
    owner key's point; grants_sha256: `items.grants_digest` of the chain by which the session acted."""

    tx: bytes
    manifest: bytes
    th5: bytes
    epoch: int
    serial: str
    owner_sha256: bytes
    time: int | None = None
    list_counter: int = 0
    grants_sha256: bytes | None = None


def sign(signer: cose.Signer, receipt: Receipt) -> bytes:
    """The encoded receipt, signed with the identity key."""
    payload: cbor.Value = {
        1: receipt.tx,
        2: receipt.manifest,
        3: receipt.th5,
        4: receipt.epoch,
        5: receipt.serial,
        6: receipt.time,
        7: receipt.list_counter,
        8: receipt.owner_sha256,
        9: receipt.grants_sha256,
    }
    return cose.sign(signer, cbor.encode(payload), "rp1 receipt")


def read(signed: bytes, identity_key: bytes) -> Receipt:
    """What the device of this key (point, 65 octets) signed. Raises BadReceipt."""
    with signed_object.refuse_as(BadReceipt):
        payload = cose.verify(identity_key, signed, "rp1 receipt")
        fields = shape.fields(cbor.decode(payload), range(1, 10))
        return Receipt(
            tx=shape.octets(fields[1], TX_SIZE),
            manifest=shape.octets(fields[2], 32),
            th5=shape.octets(fields[3], 32),
            epoch=shape.uint(fields[4]),
            serial=shape.text(fields[5], serials.MAX_SERIAL, 1),
            owner_sha256=shape.octets(fields[8], 32),
            time=None if fields[6] is None else shape.uint(fields[6]),
            list_counter=shape.uint(fields[7]),
            grants_sha256=None if fields[9] is None else shape.octets(fields[9], 32),
        )


def check(
    signed: bytes,
    identity_key: bytes,
    *,
    tx: bytes,
    manifest: bytes,
    transcripts: Mapping[bytes, bytes | None],
    serial: str,
    epoch: int | None,
    owner_sha256: bytes,
    list_counter: int | None,
) -> Receipt:
    """The receipt, if it is this device's for this transaction, exactly these items and exactly this owner.

    transcripts:  th5 of every session of the transaction, with the digest of the grants by which it acted
                  (see `Receipt`); the COMMIT may have arrived in an earlier one, under others than today's
    epoch:        that the device has from this transaction on; None: not known any more
    list_counter: of the owner's list that the device said it holds; None: it did not say
    owner_sha256: as in `Receipt`
    Raises BadReceipt.
    """
    receipt = read(signed, identity_key)
    is_ours = (receipt.tx, receipt.manifest) == (tx, manifest)
    if not is_ours or not serials.same(receipt.serial, serial):
        raise BadReceipt("the receipt is for another transaction, other items or another device")
    if receipt.th5 not in transcripts:
        raise BadReceipt("the receipt is from a session that was not ours")
    if not (_is(epoch, receipt.epoch) and _is(list_counter, receipt.list_counter)):
        raise BadReceipt("the receipt names another epoch or list than the device has")
    if (receipt.owner_sha256, receipt.grants_sha256) != (owner_sha256, transcripts[receipt.th5]):
        raise BadReceipt("the receipt names another owner, or other grants than the session's")
    return receipt


def _is(known: _T | None, said: _T) -> bool:
    """True unless it is known to be something else."""
    return known is None or known == said


def acknowledge(signer: cose.Signer, tx: bytes, receipt_sha256: bytes) -> bytes:
    """The device's answer to FINAL, signed with the identity key."""
    return cose.sign(signer, cbor.encode({1: tx, 2: receipt_sha256}), "rp1 final")


def check_acknowledgement(signed: bytes, identity_key: bytes, *, tx: bytes, receipt: bytes) -> None:
    """The acknowledgement is this device's, for this transaction and this receipt. Raises BadReceipt."""
    with signed_object.refuse_as(BadReceipt):
        said = shape.fields(cbor.decode(cose.verify(identity_key, signed, "rp1 final")), (1, 2))
    if said != {1: tx, 2: crypto.sha256(receipt)}:
        raise BadReceipt("the acknowledgement is for something else")
