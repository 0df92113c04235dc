"""The faults of a virtual RP1 device, where they bite: messages, flash, INFO, display."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import replace

from companion.protocols.rp1 import aborts
from companion.protocols.rp1.aborts import Abort, AbortMessage, LocalAbort
from companion.protocols.rp1.device.admission.attempts import LOCK_COUNT
from companion.protocols.rp1.device.state import ANTI_ROLLBACK_PAGE, SLOT_PAGES
from companion.protocols.rp1.device.storage.anti_rollback import AntiRollbackStore
from companion.protocols.rp1.device.storage.flash import FaultyFlash, Flash
from companion.protocols.rp1.device.storage.pages import Cell, StorageFull
from companion.protocols.rp1.methods import Method
from companion.protocols.rp1.virtual.options import Fault
from companion.protocols.rp1.wire import fragment, info, messages
from companion.virtual.gatt import FaultPlan, drop_at

CRASHED = 70
"""Exit status of a process that a fault let crash."""


class FullFlash:
    """Another flash in which nothing can be added to a slot."""

    def __init__(self, inner: Flash) -> None:
        self._inner = inner

    def read(self, page: int) -> bytes:
        return self._inner.read(page)

    def write(self, page: int, offset: int, data: bytes) -> None:
        if page in SLOT_PAGES:
            raise StorageFull
        self._inner.write(page, offset, data)

    def erase(self, page: int) -> None:
        self._inner.erase(page)


class FaultInjector:
    """What goes wrong with one device, from its power-on."""

    def __init__(self, faults: Mapping[Fault, float]) -> None:
        self._faults = faults
        self._messages = 0
        self._incoming = fragment.Reassembler()

    @property
    def plan(self) -> FaultPlan | None:
        """What happens to ATT operations."""
        return drop_at(int(self._faults[Fault.DROP_AT])) if Fault.DROP_AT in self._faults else None

    @property
    def seconds_a_phase(self) -> float:
        """How slow its network is."""
        return self._faults.get(Fault.SLOW, 0.0)

    def flash(self, flash: Flash) -> Flash:
        """The flash as this device has it."""
        if Fault.NC_LOCKED in self._faults:
            numbers = AntiRollbackStore(Cell(flash, ANTI_ROLLBACK_PAGE), 0)
            while numbers.now.comparisons < LOCK_COUNT:
                numbers.count_comparison()
        if Fault.FULL_FLASH in self._faults:
            flash = FullFlash(flash)
        if Fault.CRASH_AT_WRITE not in self._faults:
            return flash
        return FaultyFlash(flash, int(self._faults[Fault.CRASH_AT_WRITE]), on_cut=_crash)

    def info(self, value: bytes) -> bytes:
        """INFO as a reader gets it."""
        if Fault.TAMPERED_INFO not in self._faults:
            return value
        served = info.decode(value)
        return info.encode(replace(served, methods=served.methods & ~(Method.NC | Method.OOB)))

    def number(self, number: str) -> str:
        """The number as the display shows it."""
        if Fault.WRONG_NUMBER not in self._faults:
            return number
        return "".join(str(9 - int(digit)) if digit.isdigit() else digit for digit in number)

    def ends_link(self, value: bytes, *, starts: bool) -> bool:
        """True if the link ends instead of this value. starts: a message is counted at its first value."""
        flag = fragment.START if starts else fragment.END
        if not value or not value[0] & flag:
            return False
        self._messages += 1
        if self._messages == int(self._faults.get(Fault.CRASH_AT_MESSAGE, 0)):
            _crash()
        return self._messages == int(self._faults.get(Fault.DROP_AT_MESSAGE, 0))

    def answer(self, value: bytes) -> bytes | None:
        """What somebody else's session makes the device answer to this RX value; None: there is none."""
        if Fault.BUSY not in self._faults:
            return None
        try:
            message = self._incoming.feed(value)
        except LocalAbort:
            return b""
        if message is None:
            return b""
        return aborts.encode(AbortMessage(messages.sid_of(message), Abort.BUSY))


def _crash() -> None:
    os._exit(CRASHED)
