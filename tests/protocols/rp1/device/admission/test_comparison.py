"""Numeric comparison at the device: presses, CONFIRM, and what is legal before both."""

from __future__ import annotations

import pytest

from companion.encoding import cbor
from companion.protocols.rp1 import aborts
from companion.protocols.rp1.aborts import Abort
from companion.protocols.rp1.device import effects
from companion.protocols.rp1.device.effects import Press
from companion.protocols.rp1.handshake import CommissionerHandshake, CommissionerTerms
from companion.protocols.rp1.methods import Method, Standing
from companion.protocols.rp1.wire import messages
from companion.protocols.rp1.wire.record import RecordType
from tests.protocols.rp1.support.bench import PRODUCT, DeviceBench, Requester
from tests.protocols.rp1.support.raw_session import (
    QUERY,
    silent_device,
)


def test_only_confirm_and_abort_are_legal_before_both_presses() -> None:
    session = silent_device()
    assert session.device.shown is not None
    assert session.abort_of(RecordType.APP, QUERY) == Abort.ORDER


def test_a_confirm_without_the_own_press_is_not_enough() -> None:
    session = silent_device()
    sealed = session.records.seal(RecordType.CONFIRM, cbor.encode(session.sid))
    assert session.send(sealed) == b""
    assert session.abort_of(RecordType.APP, QUERY) == Abort.ORDER


def test_the_own_press_alone_is_not_enough() -> None:
    session = silent_device()
    session.device.press(Press.SHORT)
    assert session.heard() == (RecordType.CONFIRM, cbor.encode(session.sid))
    session.device.press(Press.SHORT)
    assert session.hear() == b"", "a second press says nothing new"
    assert session.abort_of(RecordType.APP, QUERY) == Abort.ORDER


@pytest.mark.parametrize("plaintext", [cbor.encode(bytes(8)), b"", bytes(9)])
def test_a_confirm_carries_the_session_on_the_screen(plaintext: bytes) -> None:
    assert silent_device().abort_of(RecordType.CONFIRM, plaintext) == Abort.ORDER


def test_a_second_confirm_is_out_of_order() -> None:
    session = silent_device()
    session.send(session.records.seal(RecordType.CONFIRM, cbor.encode(session.sid)))
    assert session.abort_of(RecordType.CONFIRM, cbor.encode(session.sid)) == Abort.ORDER


@pytest.mark.parametrize(("how", "code"), [("long press", Abort.NUMBERS_DIFFER), ("nobody", Abort.TIMEOUT)])
def test_the_end_of_a_comparison_says_which_it_was_and_clears_the_display(how: str, code: Abort) -> None:
    session = silent_device()
    if how == "long press":
        session.device.press(Press.LONG)
    else:
        session.device.tick(119)
        assert session.hear() == b""
        session.device.is_up = False
        session.device.tick(1)
    kind, said = session.heard()
    assert (kind, aborts.decode(said).code) == (RecordType.ABORT, code)
    assert effects.ClearDisplay() in session.device.seen
    assert session.device.machine.standing is Standing.UNOWNED


def test_the_commissioners_no_ends_it_too() -> None:
    session = silent_device()
    message = aborts.AbortMessage(session.sid, Abort.NUMBERS_DIFFER)
    session.send(session.records.seal(RecordType.ABORT, aborts.encode(message)))
    assert effects.ClearDisplay() in session.device.seen
    assert (
        session.send(
            CommissionerHandshake(
                CommissionerTerms(session.device.connect(), Method.OOB, secret=PRODUCT.r)
            ).commit()
        )[0]
        == 0x88
    ), "the next session gets its M2"


def test_a_success_clears_the_count_of_comparisons() -> None:
    device = DeviceBench()
    for _ in range(5):
        Requester(device, method=Method.NC).open()
    device.button = None
    for number in range(1, 5):
        handshake = CommissionerHandshake(CommissionerTerms(device.connect(), Method.NC))
        m1 = handshake.commit()
        device.write(b"\xc0" + len(m1).to_bytes(2, "big") + m1)
        answer = device.notified[-1][3:]
        if number < 4:
            assert messages.decode_m2(answer).sid == handshake.sid
    assert aborts.decode(answer).code == Abort.LOCKED, "the fourth unfinished one is refused"
