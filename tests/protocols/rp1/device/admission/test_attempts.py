"""How often a device lets strangers compare numbers (section 4)."""

from __future__ import annotations

import pytest

from companion.protocols.rp1.aborts import Abort, LocalAbort
from companion.protocols.rp1.device.admission.attempts import Attempts
from companion.protocols.rp1.device.storage.anti_rollback import AntiRollbackStore
from companion.protocols.rp1.device.storage.flash import RamFlash
from companion.protocols.rp1.device.storage.pages import Cell
from tests.protocols.rp1.support.bench import Clock


class Device:
    """The counting part of a device. Making a new one on its flash is a power cut."""

    def __init__(self, flash: RamFlash | None = None) -> None:
        self.flash = flash or RamFlash()
        self.clock = Clock()
        self.numbers = AntiRollbackStore(Cell(self.flash, 0), 0)
        self.attempts = Attempts(self.numbers, self.clock)

    def refusal(self) -> int | bool | None:
        """The detail of abort 12, or True where the comparison is let in and counted."""
        before = self.numbers.now.comparisons
        try:
            self.attempts.admit()
        except LocalAbort as refused:
            assert refused.code == Abort.LOCKED
            assert self.numbers.now.comparisons == before, "what is refused is not counted"
            return refused.detail
        assert AntiRollbackStore(Cell(self.flash, 0), 0).now.comparisons == before + 1, "counted in flash"
        return True


def test_three_are_free_then_the_delay_doubles_up_to_the_lock() -> None:
    device = Device()
    for _ in range(3):
        assert device.refusal() is True
    for number in range(4, 11):
        device.attempts.press()
        delay = 10 * 2 ** (number - 3)
        assert device.refusal() == delay
        device.clock.now += delay - 0.5
        device.attempts.press()
        assert device.refusal() == 1
        device.clock.now += 0.5
        assert device.refusal() is True
    assert device.attempts.is_locked
    device.clock.now += 10_000
    device.attempts.press()
    assert device.refusal() is None, "locked: a short press does not help"
    device.attempts.press_long()
    assert not device.attempts.is_locked
    assert device.refusal() is True


def test_a_power_cut_neither_unlocks_nor_shortens_the_delay() -> None:
    device = Device()
    for _ in range(3):
        device.refusal()
    device.clock.now += 15
    again = Device(device.flash)
    again.attempts.press()
    assert again.refusal() == 20, "power-up restarts a running delay"


def test_nobody_is_let_in_outside_the_window() -> None:
    device = Device()
    device.clock.now = 301
    assert device.refusal() is None
    device.attempts.press()
    assert device.refusal() is True
    device.clock.now += 301
    assert device.refusal() is None


def test_after_three_attempts_power_on_opens_no_window() -> None:
    device = Device()
    for _ in range(3):
        device.refusal()
    again = Device(device.flash)
    assert again.refusal() is None


def test_success_clears_the_count() -> None:
    device = Device()
    for _ in range(3):
        device.refusal()
    device.attempts.succeed()
    assert device.refusal() is True


@pytest.mark.parametrize("count", [9, 10])
def test_the_lock_shows_from_the_tenth(count: int) -> None:
    device = Device()
    for _ in range(count):
        device.numbers.count_comparison()
    assert device.attempts.is_locked == (count == 10)
