"""What belongs to one owner key and only rises for it (section 9.3).

Kept beside the slots in two copies with sequence and CRC, written before the reply that speaks of it. The
record names its key: of any other owner it is void. So no former owner's numbers bind the next one.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property

from companion.encoding import cbor, es256, shape
from companion.protocols.rp1.credentials import revocation_list
from companion.protocols.rp1.credentials.grants import CTI_SIZE
from companion.protocols.rp1.credentials.items import TX_SIZE
from companion.protocols.rp1.credentials.revocation_list import MAX_LIST, RevocationList
from companion.protocols.rp1.device.storage.pages import Cell

MAX_USES_KEPT = 64


@dataclass(frozen=True)
class Use:
    """How often a grant of limited uses was used. epoch: the grant's, so that a floor ends the counting."""

    cti: bytes
    epoch: int
    times: int


@dataclass(frozen=True)
class OwnerRecord:
    """key: point (65 octets); floor: first grants of an epoch below it are worth nothing; time_floor: Unix
    seconds; revoked: the newest list, encoded; settled: the last transaction that acted on this record."""

    key: bytes
    floor: int = 0
    time_floor: int = 0
    revoked: bytes | None = None
    uses: tuple[Use, ...] = ()
    settled: bytes | None = None

    @cached_property
    def listed(self) -> RevocationList | None:
        """The newest list of this owner."""
        return revocation_list.read(self.revoked, self.key) if self.revoked is not None else None

    @property
    def counter(self) -> int:
        """The newest list's; 0 without one."""
        return self.listed.counter if self.listed is not None else 0

    @property
    def time_of_list(self) -> int:
        """Unix seconds when the owner signed the newest list; 0 without one."""
        return self.listed.time if self.listed is not None else 0

    def may_use(self, cti: bytes, most: int) -> bool:
        """True if this grant was used less than `most` times, and one more can be counted."""
        times = self._times_of(cti)
        return times < most and (times > 0 or len(self.uses) < MAX_USES_KEPT)

    def risen(self, *, floor: int = 0, time_floor: int = 0) -> OwnerRecord:
        """The record with these at least; counts end that the floor has passed."""
        floor = max(self.floor, floor)
        uses = tuple(use for use in self.uses if use.epoch >= floor)
        return replace(self, floor=floor, time_floor=max(self.time_floor, time_floor), uses=uses)

    def listing(self, signed: bytes) -> OwnerRecord:
        """The record with this list of the owner's in place of the one before."""
        taken = replace(self, revoked=signed)
        assert taken.listed is not None
        return taken.risen(floor=taken.listed.floor)

    def settling(self, tx: bytes) -> OwnerRecord:
        """The record after a transaction acted on it."""
        return replace(self, settled=tx)

    def counting(self, cti: bytes, epoch: int) -> OwnerRecord:
        """The record after one more use of this grant."""
        others = tuple(use for use in self.uses if use.cti != cti)
        return replace(self, uses=(*others, Use(cti, epoch, self._times_of(cti) + 1)))

    def _times_of(self, cti: bytes) -> int:
        return next((use.times for use in self.uses if use.cti == cti), 0)


class OwnerRecordStore:
    """The one record that a device keeps; every change is durable when it returns."""

    def __init__(self, cell: Cell) -> None:
        self._cell = cell
        self._kept = _decode(cell.value) if cell.value else None

    def of(self, key: bytes) -> OwnerRecord:
        """The record of this owner, an empty one where there is none."""
        return self._kept if self._kept is not None and self._kept.key == key else OwnerRecord(key)

    def keep(self, record: OwnerRecord) -> None:
        """Keep this record; another owner's leaves no copy."""
        if self._kept is not None and self._kept.key != record.key:
            self.forget()
        self._cell.put(_encode(record))
        self._kept = record

    def forget(self) -> None:
        """The owner is one no more."""
        if self._kept is not None:
            self._cell.forget()
            self._kept = None

    def forget_all_but(self, keys: set[bytes]) -> None:
        """Void is the record of a key that no slot names."""
        if self._kept is not None and self._kept.key not in keys:
            self.forget()


def _encode(record: OwnerRecord) -> bytes:
    return cbor.encode(
        [
            record.key,
            record.floor,
            record.time_floor,
            record.revoked,
            [[use.cti, use.epoch, use.times] for use in record.uses],
            record.settled,
        ]
    )


def _decode(data: bytes) -> OwnerRecord:
    key, floor, time_floor, revoked, uses, settled = shape.array(cbor.decode(data), 6)
    return OwnerRecord(
        shape.octets(key, es256.POINT_SIZE),
        shape.uint(floor),
        shape.uint(time_floor),
        None if revoked is None else shape.octets(revoked, 1, MAX_LIST),
        tuple(_use(use) for use in shape.array(uses, 0, MAX_USES_KEPT)),
        None if settled is None else shape.octets(settled, TX_SIZE),
    )


def _use(value: cbor.Value) -> Use:
    cti, epoch, times = shape.array(value, 3)
    return Use(shape.octets(cti, CTI_SIZE), shape.uint(epoch), shape.uint(times))
