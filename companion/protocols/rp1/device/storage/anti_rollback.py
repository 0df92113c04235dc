"""Anti-rollback state: numbers that only rise, and what must never be taken again (sections 4, 9).

It outlives every owner, outside the slots, so that no flip and no reset takes it back. The count of numeric
comparisons alone falls, by both CONFIRMs or a press of three seconds.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from companion.encoding import cbor, shape
from companion.protocols.rp1.credentials.items import TX_SIZE
from companion.protocols.rp1.device.storage.pages import Cell

_REVERTED_KEPT = 64


@dataclass(frozen=True)
class AntiRollback:
    """boots: starts so far; comparisons: numeric comparisons since the last success or long press;
    epoch: orders items 6 and tokens; time_floor: Unix seconds, moved by builds of the firmware alone;
    voucher_until: the highest expiry of a voucher that was spent; reverted: transactions that were given up
    after COMMIT."""

    boots: int = 0
    comparisons: int = 0
    epoch: int = 0
    time_floor: int = 0
    voucher_until: int = 0
    reverted: tuple[bytes, ...] = ()


class AntiRollbackStore:
    """The numbers of one device, durable after each change."""

    def __init__(self, cell: Cell, build_time: int) -> None:
        """`build_time`: Unix seconds when the firmware was made, the lowest time floor."""
        self._cell = cell
        kept = _decode(cell.value) if cell.value else AntiRollback()
        self.now = replace(kept, time_floor=max(kept.time_floor, build_time))

    def count_boot(self) -> None:
        self._put(replace(self.now, boots=self.now.boots + 1))

    def count_comparison(self) -> None:
        self._put(replace(self.now, comparisons=self.now.comparisons + 1))

    def clear_comparisons(self) -> None:
        if self.now.comparisons:
            self._put(replace(self.now, comparisons=0))

    def rise(self, epoch: int, voucher_until: int = 0) -> None:
        """The epoch, and the expiry that vouchers must exceed, rise to at least these."""
        risen = replace(
            self.now,
            epoch=max(self.now.epoch, epoch),
            voucher_until=max(self.now.voucher_until, voucher_until),
        )
        if risen != self.now:
            self._put(risen)

    def never_again(self, tx: bytes) -> None:
        """A reverted transaction is not opened again."""
        if tx not in self.now.reverted:
            self._put(replace(self.now, reverted=(*self.now.reverted, tx)[-_REVERTED_KEPT:]))

    def _put(self, changed: AntiRollback) -> None:
        self._cell.put(_encode(changed))
        self.now = changed


def _encode(numbers: AntiRollback) -> bytes:
    return cbor.encode(
        [
            numbers.boots,
            numbers.comparisons,
            numbers.epoch,
            numbers.time_floor,
            numbers.voucher_until,
            list(numbers.reverted),
        ]
    )


def _decode(data: bytes) -> AntiRollback:
    boots, comparisons, epoch, time_floor, voucher_until, reverted = shape.array(cbor.decode(data), 6)
    return AntiRollback(
        shape.uint(boots),
        shape.uint(comparisons),
        shape.uint(epoch),
        shape.uint(time_floor),
        shape.uint(voucher_until),
        tuple(shape.octets(tx, TX_SIZE) for tx in shape.array(reverted, 0, _REVERTED_KEPT)),
    )
