"""What is signed of items: item 6 and item 7 by the owner, any item for a delegate (sections 9.2, 10.4).

Signatures are ES256 over octets that name the device or the transaction, so that none holds for another one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from companion.encoding import cbor, cose, es256, shape
from companion.encoding.cbor import Value
from companion.protocols.rp1 import crypto
from companion.protocols.rp1.credentials.items import Owner, TimeFloor

_MOST_TERMS = 32


def owner_message(item: Owner, fp: bytes, tx: bytes) -> bytes:
    """What is signed to say that this transaction may make the item's key own this device on these terms.

    fp: the fingerprint (16 octets) of the device's identity key
    """
    return _owner_message(_terms(item), fp, tx, item.grants)


def _terms(item: Owner) -> bytes:
    terms: list[Value] = [
        item.epoch,
        item.reset_lock,
        item.delegation_depth,
        item.offline,
        item.grant_floor,
    ]
    return cbor.encode(terms)


def _owner_message(terms: bytes, fp: bytes, tx: bytes, grants: Sequence[bytes]) -> bytes:
    return b"rp1 own" + fp + tx + terms + (grants_digest(grants) or b"")


def taking(item: Owner) -> bytes:
    """How a delegate took a device for its owner, for whoever has the item's grants: what it signed of the
    item, and its signature, as cbor [bstr terms, bstr64]."""
    return cbor.encode([_terms(item), item.signature])


def is_taken(taking: bytes, grants: Sequence[bytes], holder: bytes, fp: bytes, tx: bytes) -> bool:
    """True if the holder (point) of the last of these grants took this device in this transaction.

    Raises MalformedCbor.
    """
    terms, signature = shape.array(cbor.decode(taking), 2)
    message = _owner_message(shape.octets(terms, 1, _MOST_TERMS), fp, tx, grants)
    return es256.verify(holder, shape.octets(signature, es256.SIGNATURE_SIZE), message)


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
