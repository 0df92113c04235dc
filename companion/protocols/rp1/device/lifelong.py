"""What outlives every owner: numbers that only rise, and what must never be taken again (sections 4, 9).

They live outside the slots, so that no flip and no reset takes them back. The count of numeric comparisons
alone falls, by both CONFIRMs or a press of three seconds.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from companion.protocols.rp1 import cbor, shape
from companion.protocols.rp1.device.storage import Cell
from companion.protocols.rp1.grants import CTI_SIZE
from companion.protocols.rp1.items import TX_SIZE

_REVERTED_KEPT = 64
_USES_KEPT = 64


@dataclass(frozen=True)
class Lifelong:
    """boots: starts so far; comparisons: numeric comparisons since the last success or long press;
    epoch, epoch_floor, revocation: sections 9 and 10; time_floor: Unix seconds; reverted: transactions that
    were given up after COMMIT; uses: how often each limited grant was used, by cti."""

    boots: int = 0
    comparisons: int = 0
    epoch: int = 0
    epoch_floor: int = 0
    revocation: int = 0
    time_floor: int = 0
    reverted: tuple[bytes, ...] = ()
    uses: tuple[tuple[bytes, int], ...] = ()

    def uses_of(self, cti: bytes) -> int:
        """How often the grant of this id was used."""
        return dict(self.uses).get(cti, 0)


class LifelongStore:
    """The numbers of one device, durable after each change."""

    def __init__(self, cell: Cell, build_time: int) -> None:
        """`build_time`: Unix seconds when the firmware was made, the lowest time floor."""
        self._cell = cell
        kept = _decode(cell.value) if cell.value else Lifelong()
        self.now = replace(kept, time_floor=max(kept.time_floor, build_time))

    def count_boot(self) -> None:
        self._put(replace(self.now, boots=self.now.boots + 1))

    def count_comparison(self) -> None:
        self._put(replace(self.now, comparisons=self.now.comparisons + 1))

    def clear_comparisons(self) -> None:
        if self.now.comparisons:
            self._put(replace(self.now, comparisons=0))

    def raise_epoch(self, epoch: int, time_floor: int = 0) -> None:
        """Epoch and time floor rise to at least these."""
        risen = replace(
            self.now,
            epoch=max(self.now.epoch, epoch),
            time_floor=max(self.now.time_floor, time_floor),
        )
        if risen != self.now:
            self._put(risen)

    def never_again(self, tx: bytes) -> None:
        """A reverted transaction is not opened again."""
        if tx not in self.now.reverted:
            self._put(replace(self.now, reverted=(*self.now.reverted, tx)[-_REVERTED_KEPT:]))

    def count_use(self, cti: bytes) -> None:
        """A grant with limited uses was used."""
        uses = dict(self.now.uses)
        uses[cti] = uses.pop(cti, 0) + 1
        self._put(replace(self.now, uses=tuple(uses.items())[-_USES_KEPT:]))

    def _put(self, changed: Lifelong) -> None:
        self._cell.put(_encode(changed))
        self.now = changed


def _encode(numbers: Lifelong) -> bytes:
    return cbor.encode(
        [
            numbers.boots,
            numbers.comparisons,
            numbers.epoch,
            numbers.epoch_floor,
            numbers.revocation,
            numbers.time_floor,
            list(numbers.reverted),
            [list(use) for use in numbers.uses],
        ]
    )


def _decode(data: bytes) -> Lifelong:
    boots, comparisons, epoch, epoch_floor, revocation, time_floor, reverted, uses = shape.array(
        cbor.decode(data), 8
    )
    return Lifelong(
        shape.uint(boots),
        shape.uint(comparisons),
        shape.uint(epoch),
        shape.uint(epoch_floor),
        shape.uint(revocation),
        shape.uint(time_floor),
        tuple(shape.octets(tx, TX_SIZE) for tx in shape.array(reverted, 0, _REVERTED_KEPT)),
        tuple(_use(use) for use in shape.array(uses, 0, _USES_KEPT)),
    )


def _use(value: cbor.Value) -> tuple[bytes, int]:
    cti, times = shape.array(value, 2)
    return shape.octets(cti, CTI_SIZE), shape.uint(times)
