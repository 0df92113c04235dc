"""Flips taken back, resets, silence, and what a device shows of all that."""

from __future__ import annotations

from dataclasses import replace

from companion.protocols.rp1.device import effects
from companion.protocols.rp1.device.effects import Press
from companion.protocols.rp1.device.storage.flash import RamFlash
from companion.protocols.rp1.handshake import CommissionerHandshake, CommissionerTerms
from companion.protocols.rp1.methods import Method, Standing
from companion.protocols.rp1.wire import messages
from companion.protocols.rp1.wire.info import Caps, InfoState
from companion.protocols.rp1.wire.info import decode as info_of
from companion.protocols.rp1.wire.operations import Commit, Op, Verify
from companion.protocols.rp1.wire.results import TxState, decode_transaction
from tests.protocols.rp1.support.bench import PRODUCT, DeviceBench, Requester, requester
from tests.protocols.rp1.support.raw_session import (
    OTHER_TX,
)


def state_shown(device: DeviceBench) -> InfoState:
    return info_of(device.machine.read_info()).state


def test_the_states_are_shown() -> None:
    device = DeviceBench()
    assert state_shown(device) is InfoState.UNOWNED
    session = Requester(device).open()
    assert state_shown(device) is InfoState.SESSION
    manifest = session.stage_all()
    assert state_shown(device) is InfoState.STAGED
    session.ask(Op.VERIFY, Verify(manifest, 5))
    assert state_shown(device) is InfoState.VERIFIED
    session.ask(Op.COMMIT, Commit(manifest))
    assert state_shown(device) is InfoState.PROVISIONAL
    assert device.machine.info.disc == PRODUCT.disc
    device.disconnect()
    for _ in range(3):
        device.boot()
    assert state_shown(device) is InfoState.UNOWNED
    Requester(device).open().own(OTHER_TX)
    assert state_shown(device) is InfoState.OWNED
    assert device.machine.info.disc == 0xFFF


def test_without_final_the_flip_is_taken_back_after_ten_minutes() -> None:
    session = requester()
    session.commit_all()
    device = session.device
    device.disconnect()
    device.tick(599)
    assert device.machine.standing is Standing.PROVISIONAL
    device.tick(1)
    assert device.machine.standing is Standing.UNOWNED
    assert effects.StateLost() in device.seen
    assert decode_transaction(Requester(device).open().ask(Op.QUERY).result).state is TxState.REVERTED


def test_a_reset_leads_back_to_the_label() -> None:
    session = requester()
    session.own()
    session.device.press(Press.RESET)
    assert session.device.machine.standing is Standing.UNOWNED
    assert session.device.machine.settings.settings == {}
    Requester(session.device).open().own(OTHER_TX)


def test_an_unowned_device_is_silent_after_a_quarter_of_an_hour() -> None:
    device = DeviceBench()
    salt = device.machine.service_data[3:5]
    device.tick(899)
    assert device.machine.is_advertising
    device.tick(1)
    assert not device.machine.is_advertising
    assert device.machine.service_data[3:5] != salt
    device.press(Press.SHORT)
    assert device.machine.is_advertising


def test_a_device_without_display_or_button_offers_no_comparison() -> None:
    product = replace(PRODUCT, caps=PRODUCT.caps & ~Caps.DISPLAY)
    assert not info_of(DeviceBench(product=product).machine.read_info()).methods & Method.NC
    product = replace(PRODUCT, caps=PRODUCT.caps & ~Caps.BUTTON)
    assert not info_of(DeviceBench(product=product).machine.read_info()).methods & Method.NC


def test_the_lock_shows_in_info() -> None:
    flash = RamFlash()
    device = DeviceBench(flash, button=None)
    for _ in range(10):
        device.press(Press.SHORT)
        device.tick(1300)
        device.press(Press.SHORT)
        handshake = CommissionerHandshake(CommissionerTerms(device.connect(), Method.NC))
        m1 = handshake.commit()
        device.write(b"\xc0" + len(m1).to_bytes(2, "big") + m1)
        assert messages.decode_m2(device.notified[0][3:]).sid == handshake.sid
    device.disconnect()
    assert info_of(device.machine.read_info()).nc_locked
    device.press(Press.LONG)
    assert not info_of(device.machine.read_info()).nc_locked
