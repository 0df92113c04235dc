"""Numeric comparison against an impostor who grinds: the number is worth its digits."""

from __future__ import annotations

from dataclasses import replace
from itertools import count, islice

import pytest

from companion.protocols.rp1 import aborts, schedule
from companion.protocols.rp1.aborts import Abort
from companion.protocols.rp1.device import machine, state
from companion.protocols.rp1.device.admission.attempts import LOCK_COUNT
from companion.protocols.rp1.device.effects import Press
from companion.protocols.rp1.handshake import CommissionerHandshake, CommissionerTerms, DeviceHandshake
from companion.protocols.rp1.methods import Method
from companion.protocols.rp1.store.commissioner_store import MOST_COMPARISONS, CommissionerStore
from companion.protocols.rp1.wire import fragment, messages
from companion.protocols.rp1.wire.info import decode as info_of
from tests.adversary import broken
from tests.adversary.impostor import (
    BITS,
    NUMBERS,
    AsCommissioner,
    AsDevice,
    Dice,
    encounters,
)
from tests.protocols.rp1.support.bench import DeviceBench
from tests.protocols.rp1.support.driver_bench import FakeMemory
from tests.protocols.rp1.support.handshake_pair import Pair, code_of

ENOUGH = 40 * NUMBERS
"""Tries after which an attack that works has worked, but for a chance of e^-40."""


@pytest.fixture(autouse=True)
def _short_numbers(monkeypatch):
    monkeypatch.setattr(schedule, "NUMBERS", NUMBERS)


def compared(device: DeviceHandshake, m3: bytes) -> str | None:
    return device.receive_m3(m3)[1].number


def chosen_at_m3(dice: Dice) -> tuple[AsCommissioner, DeviceHandshake]:
    """The impostor has M2 of a device and is about to open."""
    pair = Pair(Method.NC)
    impostor = AsCommissioner(pair.c_terms, dice.commissioner())
    device = DeviceHandshake(pair.d_terms)
    impostor.take(device.receive_m1(impostor.m1))
    return impostor, device


# --- one session ------------------------------------------------------------------------------------


def test_an_impostor_meets_the_number_as_often_as_chance_does():
    sessions = 640
    met = sum(encounter.succeeds for encounter in islice(encounters(Pair(Method.NC), 1), sessions))
    expected = sessions / 2**BITS
    assert abs(met - expected) <= 3 * expected**0.5


def test_a_million_numbers_on_rp1(monkeypatch):
    monkeypatch.undo()
    assert schedule.NUMBERS == 10**6


@pytest.mark.parametrize("variant", [broken.no_commitment, broken.without_nonce], ids=lambda v: v.__name__)
def test_without_a_whole_commitment_the_devices_number_is_chosen(variant, monkeypatch):
    monkeypatch.setattr(schedule, "commitment", variant)
    impostor, device = chosen_at_m3(Dice(2))
    found = impostor.grind("000-042", ENOUGH)
    assert found is not None
    assert compared(device, impostor.m3(found)) == "000-042"


def test_with_the_commitment_no_other_opening_is_taken():
    impostor, device = chosen_at_m3(Dice(2))
    found = impostor.grind("000-042", ENOUGH)
    assert found is not None
    assert code_of(device.receive_m3, impostor.m3(found)) == Abort.COMMITMENT


def test_a_commissioner_that_reveals_too_early_is_led_to_any_number():
    pair, dice = Pair(Method.NC), Dice(3)
    commissioner = broken.RevealsInM1(pair.c_terms, dice.commissioner())
    impostor = AsDevice(commissioner.commit(), pair.d_terms, dice.device())
    m2 = impostor.grind("000-042", commissioner.revealed, ENOUGH)
    assert m2 is not None
    commissioner.receive_m2(m2)
    opened = messages.decode_m3(commissioner.open())
    assert impostor.number(opened.point, opened.nonce) == "000-042"


# --- the commitment itself --------------------------------------------------------------------------


def openings(impostor: AsCommissioner, bits: int, tries: int) -> int:
    """How many of so many other nonces fit the commitment in its first bits."""
    m1 = messages.decode_m1(impostor.m1)
    wanted = int.from_bytes(m1.commitment, "big") >> 256 - bits
    point = impostor.handshake._point
    return sum(
        int.from_bytes(schedule.commitment(m1.sid, m1.suite, m1.method, point, nonce), "big") >> 256 - bits
        == wanted
        for nonce in (number.to_bytes(16, "big") for number in range(tries))
    )


def test_a_commitment_of_eight_bits_is_opened_twice(monkeypatch):
    monkeypatch.setattr(schedule, "commitment", broken.eight_bits)
    impostor, device = chosen_at_m3(Dice(5))
    m1 = messages.decode_m1(impostor.m1)
    point = impostor.handshake._point

    def fits(nonce: bytes) -> bool:
        return schedule.commitment(m1.sid, m1.suite, m1.method, point, nonce) == m1.commitment

    found = impostor.grind("000-042", 256 * ENOUGH, fits)
    assert found is not None
    assert compared(device, impostor.m3(found)) == "000-042"


def test_collisions_of_n_bits_take_two_to_the_n_tries():
    impostor, _ = chosen_at_m3(Dice(6))
    tries = 1 << 14
    for bits in (6, 8):
        expected = tries / 2**bits
        assert abs(openings(impostor, bits, tries) - expected) <= 3 * expected**0.5
    assert openings(impostor, 256, tries) == 0


# --- many sessions with one device ------------------------------------------------------------------


class Grinder:
    """Somebody who takes M2 after M2 from a device, until one leads to the number on the app's screen."""

    def __init__(self, device: DeviceBench) -> None:
        self.device = device
        self.answers = 0
        self.refused: int | None = None

    def shoot(self) -> str | None:
        """The number that a session would show; None when the device refuses one. It is abandoned."""
        terms = CommissionerTerms(self.device.connect(), Method.NC)
        dice = Dice(self.answers)
        impostor = AsCommissioner(terms, replace(dice.commissioner(), sid=dice.octets(8)))
        for piece in fragment.split(impostor.m1, 244):
            self.device.write(piece.data)
        answer = self._hear()
        if messages.kind_of(answer) == 0:
            self.refused = aborts.decode(answer).code
            return None
        self.answers += 1
        impostor.take(answer)
        return impostor.opening().number

    def grind(self, wanted: str, tries: int) -> bool:
        return any(self.shoot() == wanted for _ in range(tries))

    def patiently(self, seconds: float) -> int:
        """Shoot whenever the device lets one, for so long; how many it answered."""
        until = self.device.clock.now + seconds
        while self.device.clock.now < until:
            if self.shoot() is None:
                self.device.clock.now += 5
        return self.answers

    def _hear(self) -> bytes:
        assembled = fragment.Reassembler()
        heard = [assembled.feed(value) for value in self.device.notified]
        self.device.notified.clear()
        assert heard and heard[-1] is not None
        return heard[-1]


def test_abandoned_sessions_grind_a_device_that_counts_at_confirm(monkeypatch):
    monkeypatch.setattr(machine, "Attempts", broken.CountsAtConfirm)
    assert Grinder(DeviceBench(button=None)).grind("000-042", ENOUGH)


def test_abandoned_sessions_stop_at_the_counter():
    device = DeviceBench(button=None)
    grinder = Grinder(device)
    device.press(Press.SHORT)
    assert grinder.patiently(290) <= LOCK_COUNT
    for _ in range(20):
        device.press(Press.SHORT)
        grinder.patiently(290)
    assert grinder.answers == LOCK_COUNT
    assert grinder.refused == Abort.LOCKED
    assert info_of(device.connect()).nc_locked


def test_while_a_person_looks_at_the_app_only_a_few_sessions_fit():
    """120 seconds is what a user has; the delays leave room for five M2, not for ten."""
    device = DeviceBench(button=None)
    device.press(Press.SHORT)
    assert Grinder(device).patiently(120) == 5


def test_power_cuts_do_not_reset_the_counter():
    device = DeviceBench(button=None)
    grinder = Grinder(device)
    for _ in range(60):
        device.boot()
        grinder.patiently(60)
    assert grinder.answers <= 3, "after three, power-on alone lets nobody in"


def test_power_cuts_reset_a_counter_in_ram(monkeypatch):
    monkeypatch.setattr(state, "AntiRollbackStore", broken.CountsInRam)
    device = DeviceBench(button=None)
    grinder = Grinder(device)
    for _ in range(60):
        device.boot()
        grinder.patiently(5)
    assert grinder.answers > 10 * LOCK_COUNT


def test_nobody_is_let_in_without_a_hand_on_the_device():
    device = DeviceBench(button=None)
    device.clock.now += 301
    grinder = Grinder(device)
    assert grinder.patiently(3600) == 0
    assert grinder.refused == Abort.LOCKED


# --- many sessions with one commissioner ------------------------------------------------------------


def reveals(counting: bool) -> int:
    """How often a commissioner opens for an impostor that abandons each session, at one user action."""
    memories, dice, pair = CommissionerStore(FakeMemory()), Dice(7), Pair(Method.NC)
    for opened in count():
        if opened == 100 or (counting and not memories.count_comparison()):
            return opened
        commissioner = CommissionerHandshake(pair.c_terms, dice.commissioner())
        commissioner.receive_m2(AsDevice(commissioner.commit(), pair.d_terms, dice.device()).m2())
        commissioner.open()
    raise AssertionError


def test_a_commissioner_opens_three_times_for_one_user_action():
    assert reveals(counting=True) == MOST_COMPARISONS == 3
    assert reveals(counting=False) == 100


def test_both_counters_together_keep_the_claim_of_section_13():
    """Against one number of the other side: ten M2 of the device and three M3 of the commissioner."""
    shots = LOCK_COUNT + MOST_COMPARISONS - 1
    assert shots * 1e-6 <= 1.2e-5
