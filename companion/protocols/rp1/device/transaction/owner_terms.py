"""What holds by the word of the final slot's owner: its item 6 together with its record (sections 9.3, 10.3).

Where both say something, the higher one holds. A transaction acts on the record once, at FINAL, and boot
makes good what a power cut left open there.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from companion.protocols.rp1.aborts import Abort
from companion.protocols.rp1.credentials import revocation_list
from companion.protocols.rp1.credentials.grants import Grant
from companion.protocols.rp1.credentials.items import ItemType
from companion.protocols.rp1.device.storage.anti_rollback import AntiRollbackStore
from companion.protocols.rp1.device.storage.entries import OwnerTerms
from companion.protocols.rp1.device.storage.owner_record import OwnerRecord, OwnerRecordStore
from companion.protocols.rp1.device.storage.slot_log import Slot
from companion.protocols.rp1.device.storage.slots import Slots
from companion.protocols.rp1.device.transaction.checks import Refused, signed_time
from companion.protocols.rp1.device.transaction.ownership import is_used_up, judge_grants, site_of
from companion.protocols.rp1.device.transaction.proof_context import ProofContext
from companion.protocols.rp1.wire import results
from companion.protocols.rp1.wire.results import ListHeld

FLOOR_STEP = 400 * 86400
"""An owner-signed time moves the floor by at most 400 days at once."""
LATEST = 20 * 366 * 86400
"""And never further than twenty years from the build of the firmware."""


class EffectiveTerms:
    """The device's owner, as far as words go that outlive slots."""

    def __init__(
        self,
        serial: str,
        slots: Slots,
        anti_rollback: AntiRollbackStore,
        records: OwnerRecordStore,
        wall: Callable[[], float] | None,
    ) -> None:
        """serial: the device's; wall: Unix seconds of a real clock, None on a device that has none"""
        self._serial = serial
        self._slots = slots
        self._anti_rollback = anti_rollback
        self._records = records
        self._wall = wall

    # --- who, and from when on -----------------------------------------------------------------------

    @property
    def terms(self) -> OwnerTerms | None:
        """The final slot's owner, None where nobody is."""
        return self._slots.base.owner

    @property
    def record(self) -> OwnerRecord | None:
        """That owner's record."""
        return self._records.of(self.terms.key) if self.terms is not None else None

    @property
    def grant_floor(self) -> int:
        """First grants of an epoch below this are worth nothing."""
        terms, record = self.terms, self.record
        return max(terms.grant_floor, record.floor) if terms is not None and record is not None else 0

    # --- proofs --------------------------------------------------------------------------------------

    @property
    def here(self) -> ProofContext:
        """The device as proofs are judged by it."""
        return ProofContext(self._serial, site_of(self._slots.base.items), self.now, self.has_clock)

    def here_once(self, staged: Mapping[int, bytes]) -> ProofContext:
        """The device as it will be with these items staged: its site is what they say."""
        site = site_of(staged) if ItemType.LABEL in staged else self.here.site
        return ProofContext(self._serial, site, self.now, self.has_clock)

    def judge(self, signed: tuple[bytes, ...]) -> tuple[Grant, ...]:
        """The grants of an encoded chain, if all of them hold here and now. Raises LocalAbort."""
        terms, record = self.terms, self.record
        if not signed:
            return ()
        assert terms is not None and record is not None, "a wipe ends every session and its secret"
        use = self._slots.base.use
        return judge_grants(signed, terms, record, self.here, use[0] if use is not None else None)

    def is_used_up(self, chain: tuple[Grant, ...]) -> bool:
        """True if a chain that was judged lets its holder ask, and no more."""
        record = self.record
        return bool(chain) and record is not None and is_used_up(chain[0], record)

    # --- time ----------------------------------------------------------------------------------------

    @property
    def has_clock(self) -> bool:
        return self._wall is not None

    @property
    def time_floor(self) -> int:
        """Unix seconds: it is at least this late, by the firmware's build and this owner's word."""
        record = self.record
        return max(self._anti_rollback.now.time_floor, record.time_floor if record is not None else 0)

    @property
    def now(self) -> int:
        """Unix seconds as far as the device knows."""
        return max(self.time_floor, self._clock())

    @property
    def now_for_manufacturers(self) -> int:
        """The same by the manufacturer's word alone: an owner's does not end vouchers for the next one."""
        return max(self._anti_rollback.now.time_floor, self._clock())

    @property
    def latest(self) -> int:
        """No owner may say that it is later."""
        return self._anti_rollback.now.time_floor + LATEST

    def _clock(self) -> int:
        return int(self._wall()) if self._wall is not None else 0

    def _step(self, record: OwnerRecord, seconds: int) -> int:
        """Where an owner-signed time moves the floor of this record to: clamped, not refused."""
        floor = max(record.time_floor, self._anti_rollback.now.time_floor)
        return min(seconds, floor + FLOOR_STEP, self.latest)

    # --- lists ---------------------------------------------------------------------------------------

    @property
    def held(self) -> ListHeld:
        """The list of this owner that the device goes by."""
        record = self.record
        return ListHeld(record.counter, record.revoked) if record is not None else ListHeld()

    def take_list(self, signed: bytes) -> None:
        """Keep the owner's list if it is newer. Raises Refused (NOT_AUTHENTIC, GRANT)."""
        record = self.record
        assert record is not None
        if check_list(signed, record.key, self.held):
            taken = record.listing(signed)
            self._records.keep(taken.risen(time_floor=self._step(record, taken.time_of_list)))

    def held_at_final(self, key: bytes) -> ListHeld:
        """The list of this key once the transaction that is staged is final."""
        staging = self._slots.staging
        if staging is None or staging.revoked is None:
            return self.held
        return ListHeld(revocation_list.read(staging.revoked, key).counter, staging.revoked)

    def take_list_at_final(self, key: bytes, signed: bytes) -> ListHeld:
        """Keep the list with the transaction that would make this key the owner; what it brings so far.

        Raises Refused (NOT_AUTHENTIC, GRANT).
        """
        if check_list(signed, key, self.held_at_final(key)):
            self._slots.note_list(signed)
        return self.held_at_final(key)

    # --- FINAL and the end ---------------------------------------------------------------------------

    def settle(self, slot: Slot) -> None:
        """What a final slot's transaction makes of its owner's record: once, however often it is asked."""
        if slot.owner is None or slot.tx is None:
            return
        before = self._records.of(slot.owner.key)
        if before.settled == slot.tx:
            return
        record, seconds = before.risen(floor=slot.owner.grant_floor), signed_time(slot.items, slot.tx) or 0
        if slot.revoked is not None:
            record = record.listing(slot.revoked)
            seconds = max(seconds, record.time_of_list)
        record = record.risen(time_floor=self._step(before, seconds))
        if slot.use is not None:
            record = record.counting(*slot.use)
        self._records.keep(record.settling(slot.tx))

    def forget(self) -> None:
        """A wipe: what the owner said ends with what the owner had."""
        self._records.forget()

    def forget_other_owners(self) -> None:
        """Void is the record of a key that no slot names."""
        owners = (self._slots.active.owner, self._slots.previous.owner)
        self._records.forget_all_but({owner.key for owner in owners if owner is not None})


def check_list(signed: bytes, key: bytes, held: ListHeld) -> bool:
    """True if this is a newer list of the owner of this key, False for the one that is held.

    Raises Refused: NOT_AUTHENTIC for a list of somebody else, MALFORMED for what is none, and GRANT, with the
    list held, for an older one.
    """
    try:
        entries = revocation_list.read(signed, key)
    except revocation_list.BadList as error:
        raise Refused(error.code) from error
    if signed == held.entries:
        return False
    if held.entries is not None and entries.counter <= held.counter:
        raise Refused(Abort.GRANT, result=results.encode_list_held(held))
    return True
