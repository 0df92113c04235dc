"""What a delegate does with the owner's list: carries it from device to device, and can't change it.

Sans-IO, as `owners_list.Delivery`. A device that holds a newer list hands that over, and it is carried on
from there: so a list reaches devices that its owner never meets.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

from companion.protocols.rp1.credentials import revocation_list
from companion.protocols.rp1.credentials.revocation_list import BadList, RevocationList
from companion.protocols.rp1.ownership.owners_list import Delivery, Entries
from companion.protocols.rp1.wire.results import ListHeld


class CarriedDelivery:
    """One session's exchange with a device of another owner."""

    def __init__(self, owner_key: bytes, carried: bytes, keep: Callable[[bytes], object]) -> None:
        """keep: takes a newer list that a device had.

        carried: the newest list that is here, or the owner's that ends nothing: it asks for a newer one, and
                 a device that has none yet lets grants count from then on
        """
        self._owner_key = owner_key
        self._carried = carried
        self._keep = keep
        self._told = False
        self.agreed: Entries | None = None
        """What the device now goes by; None: it did not say so."""

    @property
    def floor(self) -> int:
        """The least grant floor of an item 6."""
        return self._read(self._carried).floor

    def next(self) -> bytes | None:
        """The list to send, None once the device has answered."""
        return None if self._told else self._carried

    def take(self, held: ListHeld | None) -> None:
        """What the device holds after the request, whether it took the list or not; None: it does not say."""
        self._told = True
        if held is None or held.entries is None:
            return
        try:
            theirs = self._read(held.entries)
        except BadList:
            return
        if held.entries != self._carried:
            if theirs.counter < self._read(self._carried).counter:
                return  # it refused ours and holds an older one: nothing that a device of ours does
            self._carried = held.entries
            self._keep(held.entries)
        self.agreed = Entries(theirs.floor, dict.fromkeys(theirs.grants), theirs.keys, theirs.counter)

    def renew(self) -> None:
        """The device may have dropped what it agreed to: it is told again."""
        self._told, self.agreed = False, None

    def _read(self, encoded: bytes) -> RevocationList:
        return revocation_list.read(encoded, self._owner_key)


AnyDelivery: TypeAlias = Delivery | CarriedDelivery
"""The exchange of the owner's list, by the owner or by a delegate."""
