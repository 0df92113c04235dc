"""What an owner's commissioner does with its revocation list: keeps it, merges it, delivers it (section 10).

Sans-IO. A `Delivery` is one session's exchange of REVOKE_STATE, as often as it takes until the device
holds what this owner says, and no longer: a device may have met a list that another commissioner of the
same owner signed, and what that one named stays named.

    delivery = Delivery(signer, owner key, ours, now, keep)
    while (encoded := delivery.next()) is not None:
        send(encoded)
        delivery.take(what the device holds)   # `keep` gets each newer list before it leaves
    delivery.agreed                            # the list that the device now has, None if it took none

Read before write: another copy of this owner's records (a second computer, a restored backup) may have
signed what the device holds, and the higher counter of an own list would end it unread. So a delivery first
asks what the device holds, with an empty list of counter 0: it replaces none and is refused with the one that
is held. Where that is the own list already, the question was all. A device that holds none takes this one,
after which it goes by grants of an owner to whom it was handed over by a token (section 10.1).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace

from companion.encoding import cose
from companion.protocols.rp1.credentials import revocation_list
from companion.protocols.rp1.credentials.items import MAX_EPOCH
from companion.protocols.rp1.credentials.revocation_list import MAX_ENTRIES, BadList, RevocationList
from companion.protocols.rp1.wire.results import ListHeld

MOST_ROUNDS = 3
MAX_STEP = 1024
"""How far above a device's epoch item 6 or a token may be (section 9)."""
TOKEN_STEP = 64
"""How far a token's epoch is above its device's, so that a reprovisioning does not end an open sale."""
MOST_LEFT = 64
"""Ids of tokens that are over; an older one that a device still lists takes a place in the list again."""
MAX_COUNTER = (1 << 64) - 1


class ListFull(ValueError):
    """More than 32 entries, of which none may leave."""


@dataclass(frozen=True)
class Entries:
    """What the owner ends, as this computer knows it.

    floor:   first grants of a lower epoch are worth nothing
    grants:  epochs by the id (cti) of a grant or of a transfer token; None: another commissioner named it
    keys:    ids of delegates' keys
    counter: of the list that was signed last, 0 before the first one
    left:    ids of tokens that are over, oldest first: no list of a device brings them back
    """

    floor: int = 0
    grants: Mapping[bytes, int | None] = field(default_factory=dict)
    keys: frozenset[bytes] = frozenset()
    counter: int = 0
    left: tuple[bytes, ...] = ()

    @property
    def exists(self) -> bool:
        """False as long as there is nothing that a device would have to know."""
        return bool(self.floor or self.grants or self.keys or self.counter)

    def ending(self, entry: bytes, epoch: int | None) -> Entries:
        """With one more grant or token of this epoch. Raises ListFull."""
        return self._checked({**self.grants, entry: epoch}, self.keys)

    def ending_key(self, key: bytes) -> Entries:
        """With one more holder (the id of its key), for good. Raises ListFull."""
        return self._checked(self.grants, self.keys | {key})

    def raised(self) -> Entries:
        """With a floor above every grant of before."""
        return replace(self, floor=min(self.floor + 1, MAX_EPOCH))

    def without(self, entry: bytes) -> Entries:
        """An entry may leave: its device's epoch has reached the token's, or the floor the grant's."""
        grants = {one: epoch for one, epoch in self.grants.items() if one != entry}
        left = (*(one for one in self.left if one != entry), entry)[-MOST_LEFT:]
        return replace(self, grants=grants, left=left)

    def merged(self, other: RevocationList) -> Entries:
        """With what another list of the same owner says. Raises ListFull."""
        grants = {**dict.fromkeys(other.grants.difference(self.left)), **self.grants}
        grown = replace(self, floor=max(self.floor, other.floor), counter=max(self.counter, other.counter))
        return grown._checked(grants, self.keys | other.keys)

    def says(self, other: RevocationList) -> bool:
        """True if this other list is a signed form of exactly these entries."""
        ours = (self.floor, frozenset(self.grants), self.keys, self.counter)
        return ours == (other.floor, other.grants, other.keys, other.counter)

    def signed(self, signer: cose.Signer, now: int) -> tuple[Entries, bytes]:
        """The next list and its encoding. now: Unix seconds.

        Its counter is above ours and above any that a device was seen to hold, and at least the time: so a
        restored backup does not sign below what it signed before.
        """
        counter = min(max(self.counter + 1, now), MAX_COUNTER)
        made = RevocationList(self.floor, frozenset(self.grants), self.keys, now, counter)
        return replace(self, counter=counter), revocation_list.sign(signer, made)

    def _checked(self, grants: Mapping[bytes, int | None], keys: frozenset[bytes]) -> Entries:
        if len(grants) + len(keys) > MAX_ENTRIES:
            raise ListFull("32 entries, and none of them may leave")
        return replace(self, grants=grants, keys=keys)


@dataclass(frozen=True)
class SavedList:
    """The owner's entries and the list that was signed of them last; None: it has to be signed anew."""

    entries: Entries = field(default_factory=Entries)
    encoded: bytes | None = None


class Delivery:
    """One session's exchange with a device."""

    def __init__(
        self,
        signer: cose.Signer,
        owner_key: bytes,
        kept: SavedList,
        now: int,
        keep: Callable[[SavedList], None],
        *,
        asks: bool = True,
    ) -> None:
        """keep: makes a list durable; called before the list leaves. now: Unix seconds.

        asks: what the device holds is heard before anything is said; False in mode 0, where no list of this
              owner is there
        """
        self._signer = signer
        self._owner_key = owner_key
        self._kept = kept
        self._now = now
        self._keep = keep
        self._rounds = 0
        self._floor_heard = 0
        self._question = nothing_listed(signer, now) if asks else None
        self.agreed: Entries | None = None
        """What the device now goes by; None: it did not say so."""

    @property
    def floor(self) -> int:
        """The least grant floor of an item 6: ours, and that of every list that the device said it holds."""
        return max(self._kept.entries.floor, self._floor_heard)

    def next(self) -> bytes | None:
        """The list to send, the same until `take`; None if there is nothing to say or no more to be done."""
        if self._question is not None:
            return self._question
        if self.agreed is not None or self._rounds >= MOST_ROUNDS or not self._kept.entries.exists:
            return None
        if self._kept.encoded is None:
            self._sign()
        return self._kept.encoded

    def take(self, held: ListHeld | None) -> None:
        """What the device holds after the request, whether it took the list or not; None: it does not say."""
        if self._question is not None:
            question, self._question = self._question, None
            self._take_answer(held, question)
            return
        self._rounds += 1
        if held is None or held.entries is None:
            self._rounds = MOST_ROUNDS
        elif held.entries == self._kept.encoded:
            self.agreed = self._kept.entries
        else:
            self._merge(held.entries)

    def renew(self) -> None:
        """The device may have dropped what it agreed to: it is told again."""
        self._rounds, self.agreed = 0, None

    def _take_answer(self, held: ListHeld | None, question: bytes) -> None:
        """What the device held before it heard anything of ours."""
        if held is None:
            self._rounds = MOST_ROUNDS
        elif held.entries is not None and held.entries == self._kept.encoded:
            self.agreed = self._kept.entries
        elif held.entries not in (None, question):
            self._merge(held.entries)

    def _merge(self, encoded: bytes) -> None:
        """The device has another list of ours; what it names stays named, and the next one is above it.

        Where it names everything that we do, it becomes ours as it is. Where it is older and names nothing
        new, ours is delivered as it is: one signed anew for each device would never reach all of them.
        """
        try:
            theirs = revocation_list.read(encoded, self._owner_key)
            self._floor_heard = max(self._floor_heard, theirs.floor)
            entries = self._kept.entries.merged(theirs)
        except (BadList, ListFull):
            # Not ours, or more than one list holds: the device keeps what it has.
            self._rounds = MOST_ROUNDS
            return
        if entries.says(theirs):
            self._kept = SavedList(entries, encoded)
            if entries.exists:
                self._keep(self._kept)
                self.agreed = entries
            return
        if (
            entries == self._kept.entries
            and self._kept.encoded is not None
            and theirs.counter < entries.counter
        ):
            return
        self._kept = SavedList(entries)
        self._sign()

    def _sign(self) -> None:
        entries, encoded = self._kept.entries.signed(self._signer, self._now)
        self._kept = SavedList(entries, encoded)
        self._keep(self._kept)


def nothing_listed(signer: cose.Signer, now: int) -> bytes:
    """The list that asks: it ends nothing, and its counter is below every other one's."""
    return revocation_list.sign(signer, RevocationList(0, frozenset(), frozenset(), now, 0))


def outdating(epoch: int, ended: int) -> int:
    """The epoch to ask for in item 6 where the device has `epoch`: one more, or as much as ends its tokens.

    ended: the highest epoch of the device's cancelled tokens, 0 for none
    """
    return min(max(epoch + 1, ended), epoch + MAX_STEP, MAX_EPOCH)


def token_epoch(epoch: int) -> int:
    """The epoch of a token for a device that has `epoch`."""
    return min(epoch + TOKEN_STEP, MAX_EPOCH)
