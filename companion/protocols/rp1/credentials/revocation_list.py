"""The owner's list of what no longer counts: grants, keys of delegates, transfer tokens (section 10).

COSE_Sign1 by the owner key, label "rp1 rev", over {1 floor, 2 [* cti or SHA-256(token)[:8]], 3 [* key id],
4 time, 5 counter}. Any commissioner carries it; a device keeps the one with the highest counter.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from companion.encoding import cbor, cose, shape
from companion.protocols.rp1 import crypto
from companion.protocols.rp1.credentials import signed_object
from companion.protocols.rp1.credentials.items import MAX_EPOCH

ID_SIZE = 8
MAX_ENTRIES = 32
"""Of both kinds together; where there is more to revoke, the floor rises."""
MAX_LIST = 1024
"""Octets of an encoded list; 32 entries take less than 500."""


class BadList(signed_object.BadSigned):
    """A list that is none, or that somebody else signed."""


@dataclass(frozen=True)
class RevocationList:
    """floor: first grants of an epoch below it are worth nothing; grants: ids of grants (their cti) and of
    transfer tokens (`token_id`); keys: ids of holders' keys (`key_id`); time: Unix seconds when the owner
    signed, which moves the device's time floor; counter: rises from list to list of one owner."""

    floor: int
    grants: frozenset[bytes]
    keys: frozenset[bytes]
    time: int
    counter: int

    def names(self, *, cti: bytes | None = None, holder: bytes | None = None) -> bool:
        """True if the list ends the grant of this cti, or what the holder of this key (point) may do."""
        return cti in self.grants or (holder is not None and key_id(holder) in self.keys)

    def cancels(self, token: bytes) -> bool:
        """True if the list ends this encoded transfer token."""
        return token_id(token) in self.grants


def key_id(point: bytes) -> bytes:
    """The id (8 octets) of a key by its point (65 octets)."""
    return crypto.sha256(point)[:ID_SIZE]


def token_id(token: bytes) -> bytes:
    """The id (8 octets) of an encoded transfer token, which is also the tx of its flip."""
    return crypto.sha256(token)[:ID_SIZE]


def sign(signer: cose.Signer, entries: RevocationList) -> bytes:
    """The encoded list, signed by the owner. Raises ValueError for more than 32 entries."""
    if len(entries.grants) + len(entries.keys) > MAX_ENTRIES:
        raise ValueError("a list of more than 32 entries: raise its floor")
    payload: cbor.Value = {
        1: entries.floor,
        2: sorted(entries.grants),
        3: sorted(entries.keys),
        4: entries.time,
        5: entries.counter,
    }
    return cose.sign(signer, cbor.encode(payload), "rp1 rev")


def read(signed: bytes, owner_key: bytes) -> RevocationList:
    """What the owner of this key (point, 65 octets) signed. Raises BadList."""
    with signed_object.refuse_as(BadList):
        fields = shape.fields(cbor.decode(cose.verify(owner_key, signed, "rp1 rev")), range(1, 6))
        grants, keys = _ids(fields[2]), _ids(fields[3])
        if len(grants) + len(keys) > MAX_ENTRIES:
            raise cbor.MalformedCbor("more than 32 entries")
        return RevocationList(
            floor=shape.uint(fields[1], MAX_EPOCH),
            grants=frozenset(grants),
            keys=frozenset(keys),
            time=shape.uint(fields[4]),
            counter=shape.uint(fields[5]),
        )


def _ids(value: cbor.Value) -> Collection[bytes]:
    return [shape.octets(one, ID_SIZE) for one in shape.array(value, 0, MAX_ENTRIES)]
