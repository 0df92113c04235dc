"""What the owner's list says: grants and keys that end, the floor, and the lists that are carried about.

All without a device; each learns of it when it is next met (section 10.6).
"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TYPE_CHECKING

from companion.errors import RevocationListInvalid, TooManyRevoked
from companion.protocols.delegation import GrantLink, ListStanding
from companion.protocols.rp1.credentials import revocation_list
from companion.protocols.rp1.ownership.owners_list import Entries, ListFull, SavedList, nothing_listed
from companion.protocols.rp1.store.commissioner_store import CommissionerStore
from companion.protocols.rp1.store.owner_store import OwnerStore

if TYPE_CHECKING:
    from companion.identity import Identity
    from companion.protocols import Memory


def revoke_grant(link: GrantLink, identity: Identity, memory: Memory) -> None:
    """The owner's next list ends this grant. Raises TooManyRevoked."""
    cti, owner = bytes.fromhex(link.id), identity.owner.public
    owners = CommissionerStore(memory).owners
    entries = owners.owners_list(owner).entries
    if cti not in entries.grants:
        # Issued at the floor of its day, which is today's or lower: the entry may leave once that has risen.
        _keep(owners, lambda: entries.ending(cti, entries.floor))


def revoke_holder(holder: bytes, identity: Identity, memory: Memory) -> None:
    """The owner's next list ends whatever this key (point) may do. Raises TooManyRevoked."""
    revoke_key(revocation_list.key_id(holder), identity, memory)


def revoke_key(key: bytes, identity: Identity, memory: Memory) -> None:
    """The owner's next list ends whatever the key with this id may do. Raises TooManyRevoked."""
    owners = CommissionerStore(memory).owners
    entries = owners.owners_list(identity.owner.public).entries
    if key not in entries.keys:
        _keep(owners, lambda: entries.ending_key(key))


def raise_floor(identity: Identity, memory: Memory) -> int:
    """The owner's next list ends every grant of before; the new floor."""
    owners = CommissionerStore(memory).owners
    risen = owners.raise_floor(identity.owner.public)
    return risen.floor


def list_standing(identity: Identity, memory: Memory) -> ListStanding:
    """The owner's list as this computer has it, signed if there is something to say that no list says yet."""
    entries = _signed(identity, memory).entries
    return ListStanding(entries.counter, entries.floor, len(entries.grants) + len(entries.keys))


def export_list(identity: Identity, memory: Memory, owner: bytes) -> bytes | None:
    """The newest signed list of this owner (point), or of this identity."""
    if owner and owner != identity.owner.public:
        return CommissionerStore(memory).owners.carried(owner)
    return _signed(identity, memory).encoded


def import_list(content: bytes, identity: Identity, memory: Memory) -> bool:
    """Take over a newer list that was carried here. Raises RevocationListInvalid for what no owner
    known here signed, TooManyRevoked."""
    owners = CommissionerStore(memory).owners
    for owner in owners.carried_owners():
        try:
            revocation_list.read(content, owner)
        except revocation_list.BadList:
            continue
        return owners.keep_carried(owner, content)
    ours = identity.owner.public
    try:
        theirs = revocation_list.read(content, ours)
    except revocation_list.BadList as error:
        raise RevocationListInvalid from error
    kept = owners.owners_list(ours)
    try:
        merged = kept.entries.merged(theirs)
    except ListFull as error:
        raise TooManyRevoked from error
    if merged == kept.entries:
        return False
    owners.keep_list(SavedList(merged, content if merged.says(theirs) else None))
    return True


def newest_list(identity: Identity, memory: Memory) -> bytes:
    """What a delegate carries: the newest list, or the one that only asks devices for theirs."""
    kept = _signed(identity, memory)
    return kept.encoded or nothing_listed(identity.owner.sign, int(time.time()))


def _keep(owners: OwnerStore, change: Callable[[], Entries]) -> None:
    try:
        owners.keep_list(SavedList(change()))
    except ListFull as error:
        raise TooManyRevoked from error


def _signed(identity: Identity, memory: Memory) -> SavedList:
    """The owner's list, signed where there is one to sign."""
    owners, owner = CommissionerStore(memory).owners, identity.owner
    kept = owners.owners_list(owner.public)
    if kept.encoded is None and kept.entries.exists:
        kept = SavedList(*kept.entries.signed(owner.sign, int(time.time())))
        owners.keep_list(kept)
    return kept
