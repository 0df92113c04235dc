"""What is signed of items: item 6 and item 7 by the owner, any item for a delegate (sections 9.2, 10.4).

Signatures are ES256 over octets that name the device or the transaction, so that none holds for another one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from companion.encoding import cbor, cose, es256
from companion.encoding.cbor import Value
from companion.protocols.rp1 import crypto
from companion.protocols.rp1.credentials.items import Owner, TimeFloor


def owner_message(item: Owner, fp: bytes, tx: bytes) -> bytes:
    """What is signed to say that this transaction may make the item's key own this device on these terms.

    fp: the fingerprint (16 octets) of the device's identity key
    """
    terms: list[Value] = [
        item.epoch,
        item.reset_lock,
        item.delegation_depth,
        item.offline,
        item.grant_floor,
    ]
    return b"rp1 own" + fp + tx + cbor.encode(terms) + (grants_digest(item.grants) or b"")


def grants_digest(grants: Sequence[bytes]) -> bytes | None:
    """SHA-256 over the array of a chain's encoded grants; None without any, which is the owner's own hand."""
    return crypto.sha256(cbor.encode(list(grants))) if grants else None


def sign_owner(signer: cose.Signer, item: Owner, fp: bytes, tx: bytes) -> Owner:
    """The item, signed for this device and transaction by its key or, with grants, by their last holder."""
    return replace(item, signature=signer(owner_message(item, fp, tx)))


def time_message(tx: bytes, seconds: int) -> bytes:
    """What an owner signs to say that it is at least this late."""
    return b"rp1 time" + tx + seconds.to_bytes(8, "big")


def owner_signed(item: Owner, fp: bytes, tx: bytes, signer: bytes | None = None) -> bool:
    """True if the key in the item (or `signer`, the last holder of its grants) signed its terms for this
    device and transaction: a wrong key with a lock would be a brick."""
    return es256.verify(signer or item.key, item.signature, owner_message(item, fp, tx))


def time_signed(item: TimeFloor, tx: bytes, owner_key: bytes) -> bool:
    """True if this owner (point, 65 octets) signed the time for this transaction."""
    return item.signature is not None and es256.verify(
        owner_key, item.signature, time_message(tx, item.seconds)
    )


def item_message(fp: bytes, tx: bytes, sha256: bytes) -> bytes:
    """What an owner signs to let a delegate stage another item 2 or 5 than the device has (section 10.4)."""
    return b"rp1 item" + fp + tx + sha256
