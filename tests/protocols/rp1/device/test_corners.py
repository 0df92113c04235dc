"""Moments in between: what a power cut, a reset or a clock leaves half done is finished or refused."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from companion.protocols.rp1.aborts import Abort, PeerAbort
from companion.protocols.rp1.device import effects
from companion.protocols.rp1.device.effects import Press
from companion.protocols.rp1.device.state import DeviceState
from companion.protocols.rp1.device.storage.flash import FaultyFlash, FileFlash, PowerCut, RamFlash
from companion.protocols.rp1.handshake import CommissionerTerms
from companion.protocols.rp1.handshake.attestation import Trust
from companion.protocols.rp1.methods import Method, Mode, Standing
from companion.protocols.rp1.session.commissioner import Answered, Commissioner
from companion.protocols.rp1.wire import fragment
from companion.protocols.rp1.wire.info import Caps
from companion.protocols.rp1.wire.operations import Csr, Op
from companion.secret import Secret
from tests.protocols.rp1.support.bench import PRODUCT, Clock, DeviceBench, Requester, requester
from tests.protocols.rp1.support.raw_session import RawSession, SlowTrial, begin_trial, silent_device


def test_a_resumption_that_runs_out_during_its_handshake_is_refused() -> None:
    session = requester()
    session.ask(Op.CSR, Csr())
    device = session.device
    device.disconnect()
    device.tick(595)
    assert session.rpsk is not None
    rpsk, psk_id = session.rpsk
    terms = CommissionerTerms(device.connect(), Method.PSK, Mode.RESUME, secret=Secret(rpsk), psk_id=psk_id)
    machine = Commissioner(terms, room=fragment.value_size(device.mtu))
    machine.begin(0.0)
    for piece in machine.outgoing():
        device.write(piece.data)
    assert machine.receive(device.notified.pop(0), 0.0) == [Answered()]
    device.tick(5)
    machine.reveal(0.0)
    for piece in machine.outgoing():
        device.write(piece.data)
    with pytest.raises(PeerAbort) as refused:
        machine.receive(device.notified.pop(0), 0.0)
    assert refused.value.code == Abort.NOT_AUTHENTIC


def cut_during(device: DeviceBench, flash: RamFlash, step: int, press: Press) -> None:
    """Power goes at the n-th flash operation after a press."""
    faulty = FaultyFlash(flash, None, torn=0.0)
    device.flash = faulty
    device.boot()
    faulty._cut_at = faulty.operations + step
    with pytest.raises(PowerCut):
        device.press(press)
    device.flash = flash
    device.boot()


@pytest.mark.parametrize("step", range(1, 9))
def test_a_reset_of_a_provisional_device_is_finished_after_a_power_cut(step: int) -> None:
    session = requester()
    session.commit_all()
    device = session.device
    flash = device.flash
    assert isinstance(flash, RamFlash)
    cut_during(device, flash, step, Press.RESET)
    if device.machine.standing is Standing.PROVISIONAL:
        device.press(Press.RESET)
    assert device.machine.standing is Standing.UNOWNED
    assert device.machine._state.resumption.kept is None, "nothing may be resumed on another's device"


def test_half_a_reset_is_not_shown_as_a_transaction() -> None:
    session = requester()
    session.own()
    device = session.device
    flash = device.flash
    assert isinstance(flash, RamFlash)
    ends = set()
    for step in range(1, 12):
        copy = flash.copy()
        faulty = FaultyFlash(copy, None, torn=0.0)
        other = DeviceBench(faulty)
        faulty._cut_at = faulty.operations + step
        try:
            other.press(Press.RESET)
        except PowerCut:
            ends.add("cut")
        else:
            ends.add("done")
        state = DeviceState(PRODUCT, copy, Clock())
        assert state.slots.staging is None
        assert state.standing in (Standing.OWNED, Standing.UNOWNED)
    assert ends == {"cut", "done"}


def test_a_reset_ends_a_trial_without_ble() -> None:
    device = SlowTrial(product=replace(PRODUCT, caps=PRODUCT.caps & ~Caps.BLE_DURING_VERIFY))
    begin_trial(device)
    assert device.machine.is_away
    device.press(Press.RESET)
    assert not device.machine.is_away
    assert effects.CancelVerify() in device.seen
    assert device.machine.verified(None) == []
    assert DeviceState(PRODUCT, device.flash, Clock()).slots.staging is None


def test_the_next_tick_is_never_late() -> None:
    device = DeviceBench()
    assert device.machine.next_tick == 30.0
    device.connect()
    comparing = silent_device()
    assert comparing.device.machine.next_tick <= 30.0
    live = RawSession(DeviceBench())
    live.device.clock.now = 50.0
    assert live.device.machine.next_tick == 60.0
    trying = SlowTrial()
    begin_trial(trying)
    assert trying.machine.next_tick == 5.0
    assert trying.machine.uptime == 0.0


def test_a_handshake_has_its_own_deadline() -> None:
    device = DeviceBench()
    terms = CommissionerTerms(device.connect(), Method.OOB, secret=PRODUCT.r)
    machine = Commissioner(terms, room=244)
    machine.begin(0.0)
    device.write(machine.outgoing()[0].data)
    assert device.machine.next_tick == 10.0


def test_a_host_without_a_session_may_say_anything() -> None:
    machine = DeviceBench().machine
    machine.progress(1)
    machine.mtu_changed(100)
    assert machine.verified(None) == []
    assert machine.button(Press.LONG) == []


def test_a_message_to_a_link_that_went_is_dropped() -> None:
    session = silent_device()
    session.device.machine._link = None
    session.device.press(Press.SHORT)
    assert session.hear() == b""


def test_a_flash_file_is_closed_and_a_fault_may_do_more_than_raise(tmp_path: Path) -> None:
    flash = FileFlash(tmp_path / "flash.bin")
    said: list[str] = []
    faulty = FaultyFlash(flash, 1, on_cut=lambda: said.append("off"))
    with pytest.raises(PowerCut):
        faulty.write(0, 0, b"x")
    assert said == ["off"]
    flash.close()
    with pytest.raises(OSError):
        flash.read(0)


@pytest.mark.parametrize("octets", [1023, 65536])
def test_no_device_takes_messages_of_another_size(octets: int) -> None:
    with pytest.raises(ValueError, match="1024 to 65535"):
        replace(PRODUCT, max_msg=octets)


def test_a_clock_above_the_floor_is_believed() -> None:
    state = DeviceState(PRODUCT, RamFlash(), Clock(), lambda: PRODUCT.build_time + 5.5)
    assert state.owner_terms.now == PRODUCT.build_time + 5
    state = DeviceState(PRODUCT, RamFlash(), Clock(), lambda: 0.0)
    assert state.owner_terms.now == PRODUCT.build_time


def test_a_voucher_session_has_ten_minutes() -> None:
    device = DeviceBench()
    session = Requester(device, method=Method.KEY)
    trust = Trust(known=frozenset({PRODUCT.fp}))
    session.secure(CommissionerTerms(device.connect(), Method.KEY, trust=trust))
    for _ in range(11):
        device.tick(54)
        session.ask(Op.FACTS)
    device.tick(6)
    assert not device.is_up
