"""Everything that a device keeps, opened at boot: where it lies in flash and what it makes of the device."""

from __future__ import annotations

from collections.abc import Callable

from companion.protocols.rp1.device.product import Product
from companion.protocols.rp1.device.storage.anti_rollback import AntiRollbackStore
from companion.protocols.rp1.device.storage.flash import Flash
from companion.protocols.rp1.device.storage.owner_record import OwnerRecordStore
from companion.protocols.rp1.device.storage.pages import Cell, Log
from companion.protocols.rp1.device.storage.resumption import ResumptionStore
from companion.protocols.rp1.device.storage.slots import Slots
from companion.protocols.rp1.device.transaction.owner_terms import EffectiveTerms
from companion.protocols.rp1.device.transaction.slot_flip import SlotFlip
from companion.protocols.rp1.device.transaction.transactions import Transactions
from companion.protocols.rp1.methods import Standing
from companion.protocols.rp1.wire.info import InfoState

ANTI_ROLLBACK_PAGE, KEYS_PAGE, RESUMPTION_PAGE, SLOT_PAGES, RECORD_PAGE = 0, 2, 4, (6, 7), 8
PROVISIONAL_SECONDS = 600.0
PROVISIONAL_BOOTS = 3


class DeviceState:
    """The stores of one device. Making it counts a boot and takes back what has waited too long for FINAL.

    wall: Unix seconds of a real clock, None on a device that has none
    """

    def __init__(
        self,
        product: Product,
        flash: Flash,
        uptime: Callable[[], float],
        wall: Callable[[], float] | None = None,
    ) -> None:
        self._uptime = uptime
        self.anti_rollback = AntiRollbackStore(Cell(flash, ANTI_ROLLBACK_PAGE), product.build_time)
        self.anti_rollback.count_boot()
        first, second = SLOT_PAGES
        self.slots = Slots((Log(flash, first), Log(flash, second)), Cell(flash, KEYS_PAGE))
        self.resumption = ResumptionStore(Cell(flash, RESUMPTION_PAGE), uptime)
        records = OwnerRecordStore(Cell(flash, RECORD_PAGE))
        self.owner_terms = EffectiveTerms(product.serial, self.slots, self.anti_rollback, records, wall)
        self.slot_flip = SlotFlip(self.slots, self.anti_rollback, self.resumption, self.owner_terms)
        self.transactions = Transactions(
            product, self.slots, self.anti_rollback, self.resumption, self.owner_terms, self.slot_flip
        )
        boots = self.anti_rollback.now.boots - self.slots.active.boots
        if self.slots.is_provisional and boots >= PROVISIONAL_BOOTS:
            self.slot_flip.revert()
        self._provisional_since = uptime()
        self._known = self._identity

    @property
    def standing(self) -> Standing:
        """Whose the device is."""
        if self.slots.is_provisional:
            return Standing.PROVISIONAL
        return Standing.UNOWNED if self.slots.active.owner is None else Standing.OWNED

    @property
    def is_hidden(self) -> bool:
        """True when its disc is hidden from strangers: owned, or provisional over an owned slot."""
        return self.slots.base.owner is not None

    def state(self, *, in_session: bool) -> InfoState:
        """What INFO and the advertisement show."""
        standing, staging = self.standing, self.slots.staging
        if standing is Standing.PROVISIONAL:
            return InfoState.PROVISIONAL
        if standing is Standing.OWNED:
            return InfoState.OWNED
        if staging is not None:
            return InfoState.VERIFIED if staging.tried else InfoState.STAGED
        return InfoState.SESSION if in_session else InfoState.UNOWNED

    def turned(self) -> Standing | None:
        """The standing, if it or the slot behind it is another one than at the last call."""
        before, self._known = self._known, self._identity
        if self._known == before:
            return None
        self._provisional_since = self._uptime()
        return self.standing

    @property
    def _identity(self) -> tuple[Standing, int]:
        return self.standing, self.slots.active.sequence

    def tick(self) -> bool:
        """Let time do its work. True if a provisional flip was taken back."""
        self.resumption.tick()
        if not self.slots.is_provisional or self._uptime() - self._provisional_since < PROVISIONAL_SECONDS:
            return False
        self.slot_flip.revert()
        self.turned()
        return True
