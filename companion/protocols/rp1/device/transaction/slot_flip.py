"""What turns a device into something else, and how it is finished after a power cut (sections 9 and 10).

Each flip is one write of `Slots`; what follows from it is done after it, and again at boot. What would be
resumed is forgotten before the state it belongs to; what an owner said is forgotten after it.
"""

from __future__ import annotations

from companion.protocols.rp1.aborts import LocalAbort
from companion.protocols.rp1.credentials import items
from companion.protocols.rp1.credentials.items import ItemType
from companion.protocols.rp1.credentials.revocation_list import token_id
from companion.protocols.rp1.credentials.transfer_token import TransferToken
from companion.protocols.rp1.device.storage.anti_rollback import AntiRollbackStore
from companion.protocols.rp1.device.storage.entries import OwnerTerms
from companion.protocols.rp1.device.storage.resumption import ResumptionStore
from companion.protocols.rp1.device.storage.slots import Slots
from companion.protocols.rp1.device.transaction.owner_terms import EffectiveTerms

_OF_AN_OWNER = (ItemType.OWNER, ItemType.TIME)
"""Items that one owner signed, and that say nothing for the next one."""


class SlotFlip:
    """The writes with which the slots change roles: FINAL, revert, reset and transfer."""

    def __init__(
        self,
        slots: Slots,
        anti_rollback: AntiRollbackStore,
        resumption: ResumptionStore,
        owner_terms: EffectiveTerms,
    ) -> None:
        self._slots = slots
        self._anti_rollback = anti_rollback
        self._resumption = resumption
        self._owner_terms = owner_terms
        self._settle()

    def finalise(self, acknowledgement: bytes) -> None:
        """FINAL: the provisional slot stays."""
        self._slots.finalise(acknowledgement)
        self._settle()

    def revert(self) -> None:
        """Give a provisional flip up: FINAL did not come, or the owner took it back."""
        tx = self._slots.active.tx
        assert tx is not None
        self._resumption.erase()
        self._anti_rollback.never_again(tx)
        self._slots.revert()

    def reset(self, *, frees: bool) -> None:
        """To UNOWNED, or where `frees` is False and a lock is set, to a device that has its owner and nothing
        else. Epoch first, slots then, the owner's record last (section 9.3)."""
        if self._slots.is_provisional:
            self.revert()
        active, numbers = self._slots.active, self._anti_rollback.now
        locked = not frees and active.owner is not None and active.owner.reset_lock
        kept = {kind: data for kind, data in active.items.items() if kind == ItemType.OWNER}
        self._resumption.erase()
        self._slots.replace(
            kept if locked else {},
            active.owner if locked else None,
            epoch=numbers.epoch,
            boots=numbers.boots,
        )
        if not locked:
            self._owner_terms.forget()

    def transfer(self, token: TransferToken, signed: bytes, new_owner: bytes) -> None:
        """Another owner, and with `wipe` nothing else: one flip, final, named after the token's octets."""
        active, numbers = self._slots.active, self._anti_rollback.now
        kept = {kind: data for kind, data in active.items.items() if kind not in _OF_AN_OWNER}
        owner = items.encode(items.Owner(new_owner, token.epoch))
        self._resumption.erase()
        self._slots.replace(
            {**({} if token.wipe else kept), ItemType.OWNER: owner},
            OwnerTerms(new_owner, takes_grants=False),
            tx=token_id(signed),
            epoch=token.epoch,
            boots=numbers.boots,
        )
        self._settle()

    def end_dead_chain(self) -> None:
        """What was begun by a grant that no longer holds is not gone on with (section 10.4).

        The secret that is kept is that of the one transaction which is staged or provisional.
        """
        kept = self._resumption.kept
        if kept is None or not kept.rights.grants:
            return
        try:
            self._owner_terms.judge(kept.rights.grants)
        except LocalAbort:
            self._resumption.erase()
            if self._slots.is_provisional:
                self.revert()
            else:
                self._slots.abandon()

    def _settle(self) -> None:
        """Finish what a power cut may have left undone after FINAL, a flip, or before a revert."""
        slot = self._slots.active
        if self._slots.is_provisional:
            if slot.tx in self._anti_rollback.now.reverted:
                self.revert()
        else:
            self._anti_rollback.rise(slot.epoch, slot.voucher_until)
            self._owner_terms.settle(slot)
            kept = self._resumption.kept
            if kept is not None and kept.tx == slot.tx:
                self._resumption.erase()
        self._owner_terms.forget_other_owners()
