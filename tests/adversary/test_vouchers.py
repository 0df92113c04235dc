"""Vouchers in the wrong hands, in the wrong session, for something else, changed, or too late."""

from __future__ import annotations

from dataclasses import replace

import pytest

from companion.encoding import cose
from companion.protocols.rp1 import crypto
from companion.protocols.rp1.aborts import Abort
from companion.protocols.rp1.credentials import items, vouchers
from companion.protocols.rp1.device.effects import Press
from companion.protocols.rp1.device.transaction import ownership
from companion.protocols.rp1.handshake import CommissionerTerms
from companion.protocols.rp1.handshake.attestation import Trust
from companion.protocols.rp1.methods import Method, Standing
from companion.protocols.rp1.wire.operations import Csr, Op, Voucher
from tests.adversary import broken
from tests.adversary.photographer import answer_to_label
from tests.adversary.test_ownership import floor_of, session_owns, signed_time
from tests.protocols.rp1.device.admission.test_vouchers import LATER, MAKER, THIEF, assigned, voucher_for
from tests.protocols.rp1.support.bench import NOW, OWNER, PRODUCT, DeviceBench, Requester

UNTIL = {"nonce": None, "expires": LATER}


def again(device: DeviceBench) -> Requester:
    """Another session with it by its key alone."""
    device.disconnect()
    session = Requester(device, method=Method.KEY)
    session.identity_key = PRODUCT.point
    trust = Trust(known=frozenset({PRODUCT.fp}))
    session.secure(CommissionerTerms(device.connect(), Method.KEY, trust=trust))
    return session


def refusal(session: Requester, voucher: Voucher) -> int:
    """The status of VOUCHER, which must have opened nothing."""
    status = session.ask(Op.VOUCHER, voucher).status
    assert status and session.ask(Op.CSR, Csr()).status == Abort.NOT_AUTHORISED
    assert session.device.machine.standing is Standing.UNOWNED
    return status


# --- replayed ------------------------------------------------------------------------------------


def test_a_voucher_for_one_session_is_worth_nothing_in_the_next():
    """Not even to the owner whom it names: he signs for the new session."""
    first = assigned()
    made = voucher_for(first)
    assert first.ask(Op.VOUCHER, made).status == 0
    second = again(first.device)
    assert refusal(second, replace(made, signature=voucher_for(second).signature)) == Abort.GRANT


def test_a_device_that_does_not_ask_for_the_session_takes_it_twice(monkeypatch):
    monkeypatch.setattr(ownership, "_voucher_of", broken.voucher_for_any_session)
    first = assigned()
    made = voucher_for(first)
    second = again(first.device)
    assert second.ask(Op.VOUCHER, replace(made, signature=voucher_for(second).signature)).status == 0


def test_a_recorded_request_is_worth_nothing_in_another_session():
    """A voucher until a time may be shown again, but only by who can sign for the session."""
    first = assigned()
    recorded = voucher_for(first, **UNTIL)
    second = again(first.device)
    assert refusal(second, recorded) == Abort.NOT_AUTHENTIC
    assert second.ask(Op.VOUCHER, voucher_for(second, **UNTIL)).status == 0


# --- for somebody or something else ------------------------------------------------------------------


def test_a_found_voucher_is_worth_nothing_without_the_owners_key():
    session = assigned()
    found = voucher_for(session, **UNTIL)
    th5 = session.machine._agreed.master.th5
    by_thief = THIEF.sign(vouchers.owner_message(th5))
    assert refusal(session, replace(found, signature=by_thief)) == Abort.NOT_AUTHENTIC
    as_thief = replace(found, owner_key=THIEF.public, signature=by_thief)
    assert refusal(session, as_thief) == Abort.NOT_AUTHORISED


@pytest.mark.parametrize(
    "changes",
    [{"serial": "RP1-0002"}, {"serial": "RP1-0001 "}, {"owner_sha256": crypto.sha256(THIEF.public)}],
    ids=["other serial", "serial with a space", "another owner"],
)
def test_a_voucher_is_for_one_device_and_one_owner(changes):
    session = assigned()
    assert refusal(session, voucher_for(session, **UNTIL, **changes)) == Abort.NOT_AUTHORISED


def test_a_stranger_assigns_nothing():
    session = assigned()
    assert refusal(session, voucher_for(session, maker=OWNER)) == Abort.NOT_AUTHENTIC


# --- changed -----------------------------------------------------------------------------------------


def test_no_octet_of_a_voucher_can_be_changed():
    session = assigned()
    whole = voucher_for(session, **UNTIL)
    for at in range(len(whole.voucher)):
        other = whole.voucher[:at] + bytes([whole.voucher[at] ^ 1]) + whole.voucher[at + 1 :]
        status = session.ask(Op.VOUCHER, replace(whole, voucher=other)).status
        assert status in (Abort.NOT_AUTHENTIC, Abort.MALFORMED), "no signed object, or not the maker's"
    assert session.ask(Op.CSR, Csr()).status == Abort.NOT_AUTHORISED
    assert session.ask(Op.VOUCHER, whole).status == 0


@pytest.mark.parametrize(
    "label", ["rp1 xfer", "rp1 grant", "rp1 receipt", "rp1 final", "rp1 rev", "rp1 head"]
)
def test_nothing_else_that_a_maker_signed_passes_for_a_voucher(label):
    session = assigned()
    whole = voucher_for(session, **UNTIL)
    signed = cose.sign(MAKER.sign, cose.payload_of(whole.voucher), label)
    assert refusal(session, replace(whole, voucher=signed)) == Abort.NOT_AUTHENTIC


def test_a_voucher_for_ever_is_none():
    """Neither for a session nor until a time."""
    session = assigned()
    assert refusal(session, voucher_for(session, nonce=None)) == Abort.MALFORMED


# --- too late -----------------------------------------------------------------------------------------


def test_a_voucher_ends_with_its_time():
    session = assigned()
    late = voucher_for(session, nonce=None, expires=floor_of(session.device) - 1)
    assert refusal(session, late) == Abort.GRANT


def test_a_voucher_ends_when_an_owner_signed_a_later_time():
    """The device has no clock: its floor is all it knows, and outlives owner and reset."""
    session, short = assigned(), {"nonce": None, "expires": NOW + 500}
    assert session.ask(Op.VOUCHER, voucher_for(session, **short)).status == 0
    session_owns(session, time=items.encode(signed_time(OWNER, NOW + 1000)))
    device = session.device
    device.press(Press.RESET)
    assert device.machine.standing is Standing.UNOWNED
    second = again(device)
    assert refusal(second, voucher_for(second, **short)) == Abort.GRANT
    assert second.ask(Op.VOUCHER, voucher_for(second, **UNTIL)).status == 0


# --- on a device that has an owner ---------------------------------------------------------------------


def test_no_voucher_takes_a_device_from_its_owner():
    session = assigned()
    assert session.ask(Op.VOUCHER, voucher_for(session, **UNTIL)).status == 0
    session.own()
    assert answer_to_label(session.device, Method.KEY) == Abort.NOT_AUTHORISED
