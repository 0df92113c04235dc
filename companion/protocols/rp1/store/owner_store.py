"""What an owner ends, between runs and across kills: the revocation list, and the tokens that are out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from companion.protocols.rp1.credentials import revocation_list
from companion.protocols.rp1.ownership.owners_list import Entries, SavedList

if TYPE_CHECKING:
    from companion.protocols import Memory

_LIST, _TOKENS, _CARRIED = "list", "tokens", "carried"


@dataclass(frozen=True)
class OutstandingToken:
    """A transfer token that left. id: `revocation_list.token_id`; expires: Unix seconds.

    used:  the device was heard to have another owner, which nobody proved
    ended: the device was told not to take it; it stays on the list until the device's epoch has reached it
    """

    id: bytes
    epoch: int
    expires: int
    bearer: bool
    wipe: bool
    used: bool = False
    ended: bool = False


class OwnerStore:
    """One part of `CommissionerStore`. Everything is on the disk when a call returns."""

    def __init__(self, memory: Memory) -> None:
        self._memory = memory

    def owners_list(self, owner_key: bytes) -> SavedList:
        """The owner's list; one that another owner key signed is signed anew."""
        kept = self._memory.get(_LIST)
        if kept is None:
            return SavedList()
        grants = {bytes.fromhex(one): epoch for one, epoch in kept["grants"].items()}
        keys = frozenset(bytes.fromhex(one) for one in kept["keys"])
        left = tuple(bytes.fromhex(one) for one in kept.get("left", ()))
        entries = Entries(kept["floor"], grants, keys, kept["counter"], left)
        encoded = bytes.fromhex(kept["encoded"]) if kept["encoded"] else None
        try:
            if encoded is not None:
                revocation_list.read(encoded, owner_key)
        except revocation_list.BadList:
            encoded = None
        return SavedList(entries, encoded)

    def keep_list(self, kept: SavedList) -> None:
        """On disk when this returns."""
        entries, encoded = kept.entries, kept.encoded
        value = {
            "floor": entries.floor,
            "grants": {one.hex(): epoch for one, epoch in entries.grants.items()},
            "keys": sorted(one.hex() for one in entries.keys),
            "counter": entries.counter,
            "left": [one.hex() for one in entries.left],
            "encoded": encoded.hex() if encoded is not None else None,
        }
        self._memory.put(_LIST, value)

    def cancel(self, token: bytes, owner_key: bytes) -> None:
        """The owner's next list names the token of this id, if it is out. Raises ListFull."""
        entries = self.owners_list(owner_key).entries
        kept = (self._memory.get(_TOKENS) or {}).get(token.hex())
        if kept is not None and token not in entries.grants:
            self.keep_list(SavedList(entries.ending(token, kept[1])))

    def raise_floor(self, owner_key: bytes) -> Entries:
        """The owner's next list ends all grants of before, and needs no entry of theirs any more."""
        entries = self.owners_list(owner_key).entries.raised()
        tokens = self._memory.get(_TOKENS) or {}
        for entry, epoch in list(entries.grants.items()):
            if epoch is not None and epoch < entries.floor and entry.hex() not in tokens:
                entries = entries.without(entry)
        self.keep_list(SavedList(entries))
        return entries

    def carried(self, owner_key: bytes) -> bytes | None:
        """The newest list of another owner, for whose devices this computer has a grant."""
        kept = (self._memory.get(_CARRIED) or {}).get(owner_key.hex())
        return None if kept is None else bytes.fromhex(kept)

    def keep_carried(self, owner_key: bytes, signed: bytes) -> bool:
        """A list of another owner; False where it is no newer than the one that is here. Raises BadList."""
        kept = self.carried(owner_key)
        newer = revocation_list.read(signed, owner_key).counter
        if kept is not None and revocation_list.read(kept, owner_key).counter >= newer:
            return False
        self._memory.put(_CARRIED, {**(self._memory.get(_CARRIED) or {}), owner_key.hex(): signed.hex()})
        return True

    def carried_owners(self) -> tuple[bytes, ...]:
        """The other owners (points) of whom this computer has a list."""
        return tuple(bytes.fromhex(owner) for owner in self._memory.get(_CARRIED) or {})

    def outdated_by(self, fp: bytes, owner_key: bytes) -> int:
        """The highest epoch of the device's cancelled tokens, 0 for none."""
        cancelled = self.owners_list(owner_key).entries.grants
        return max((one.epoch for one in self.tokens(fp) if one.id in cancelled), default=0)

    def outlive(self, token: OutstandingToken, owner_key: bytes) -> None:
        """The device's epoch has reached the token's: the list needs it no more (section 10)."""
        entries = self.owners_list(owner_key).entries
        if token.id in entries.grants:
            self.keep_list(SavedList(entries.without(token.id)))

    def keep_token(self, fp: bytes, token: OutstandingToken) -> None:
        """A transfer token for the device is out, or more is known of it. On disk when this returns."""
        kept = self._memory.get(_TOKENS) or {}
        value = [fp.hex(), token.epoch, token.expires, token.bearer, token.wipe, token.used, token.ended]
        self._memory.put(_TOKENS, {**kept, token.id.hex(): value})

    def forget_token(self, token: OutstandingToken) -> None:
        """The device has counted past it, and the registry knows."""
        kept = dict(self._memory.get(_TOKENS) or {})
        if kept.pop(token.id.hex(), None) is not None:
            self._memory.put(_TOKENS, kept or None)

    def tokens(self, fp: bytes) -> tuple[OutstandingToken, ...]:
        """The transfer tokens that left for the device, but those that it has counted past."""
        return tuple(
            OutstandingToken(bytes.fromhex(one), *terms)
            for one, (of, *terms) in (self._memory.get(_TOKENS) or {}).items()
            if of == fp.hex()
        )
