"""Secrets in the wrong hands: photographed labels, stolen resumption secrets, secrets that a batch shares."""

from __future__ import annotations

from dataclasses import replace

import pytest

from companion import errors
from companion.encoding import es256
from companion.protocols.rp1.aborts import Abort, PeerAbort
from companion.protocols.rp1.credentials.items import ItemType
from companion.protocols.rp1.device import effects
from companion.protocols.rp1.device.machine import DeviceMachine
from companion.protocols.rp1.handshake import DeviceIdentityKey
from companion.protocols.rp1.methods import Method
from companion.protocols.rp1.wire import info
from companion.protocols.rp1.wire.info import InfoState
from companion.protocols.rp1.wire.operations import Csr, Op
from companion.protocols.rp1.wire.record import Direction, RecordType
from companion.protocols.rp1.wire.results import TxState
from companion.secret import Secret
from tests.adversary import broken
from tests.adversary.photographer import answer_to_label
from tests.protocols.rp1.support.bench import PRODUCT, DeviceBench, Requester, requester
from tests.protocols.rp1.support.driver_bench import ListeningBench, label, with_code
from tests.protocols.rp1.support.handshake_pair import Pair, code_of
from tests.protocols.rp1.support.raw_session import OTHER_TX, QUERY, RawSession


def refusal(call, *given) -> int:
    with pytest.raises(PeerAbort) as raised:
        call(*given)
    return int(raised.value.code)


# --- the label -------------------------------------------------------------------------------------------


def test_whoever_photographs_the_label_of_an_unowned_device_can_race_to_own_it():
    device = DeviceBench()
    Requester(device).open().own()
    assert info.decode(device.connect()).state is InfoState.OWNED, "the buyer sees that it is owned"


async def test_the_buyer_is_told_that_the_device_is_owned():
    device = ListeningBench()
    Requester(device).open().own()
    device.disconnect()
    with pytest.raises(errors.NotAuthorised):
        await with_code(device=device).commission()


def test_whoever_photographed_the_label_can_not_impersonate_the_device():
    """r is known, the identity key is not: M4 carries another key, or a signature that does not hold."""
    thief = es256.generate()
    pair = Pair(Method.OOB)
    other_key = DeviceIdentityKey(lambda message: es256.sign(thief, message), es256.point(thief))
    assert code_of(Pair(Method.OOB).device(identity=other_key).run) == Abort.NOT_AUTHENTIC
    borrowed = DeviceIdentityKey(other_key.sign, pair.d_terms.identity.point)
    assert code_of(pair.device(identity=borrowed).run) == Abort.NOT_AUTHENTIC


def owned() -> DeviceBench:
    session = requester()
    session.own()
    session.device.disconnect()
    return session.device


def test_the_label_of_an_owned_device_is_worth_nothing():
    assert answer_to_label(owned()) == Abort.NOT_AUTHORISED


def test_after_a_reset_the_label_is_worth_what_it_was():
    device = owned()
    device.press(effects.Press.RESET)
    assert answer_to_label(device) is None


# --- the resumption secret -------------------------------------------------------------------------------


def thief_of(victim: Requester) -> Requester:
    """Somebody with the RPSK of the victim's session."""
    made = Requester(victim.device)
    made.rpsk, made.reqid = victim.rpsk, 1000
    return made


def interrupted() -> Requester:
    victim = requester()
    victim.ask(Op.CSR, Csr())
    victim.device.disconnect()
    return victim


def test_a_stolen_resumption_secret_serves_its_transaction_only():
    thief = thief_of(interrupted()).reopen()
    assert thief.ask(Op.QUERY).status == 0
    assert thief.ask(Op.CSR, Csr(), OTHER_TX).status == Abort.NOT_AUTHORISED
    assert thief.stage(ItemType.WIFI, b"", OTHER_TX) == Abort.NOT_AUTHORISED
    assert thief.ask(Op.RESET).status == Abort.NOT_AUTHORISED


def test_a_stolen_resumption_secret_dies_after_ten_minutes():
    victim = interrupted()
    victim.device.tick(601)
    assert refusal(thief_of(victim).reopen) == Abort.NOT_AUTHENTIC


def test_a_stolen_resumption_secret_dies_with_its_transaction():
    for end in (Requester.own, lambda session: session.ask(Op.ABORT_TX)):
        victim = requester()
        victim.ask(Op.CSR, Csr())
        end(victim)
        victim.device.disconnect()
        assert refusal(thief_of(victim).reopen) == Abort.NOT_AUTHENTIC


def test_a_stolen_resumption_secret_opens_no_recorded_session():
    """Each resumed session has ephemeral keys of its own: two of them share nothing."""
    victim = interrupted()
    first = victim.reopen().machine._agreed.master
    victim.device.disconnect()
    second = victim.reopen().machine._agreed.master
    assert first.traffic()[0] != second.traffic()[0]
    record = Direction(first.traffic()[0]).seal(16, b"passphrase")
    assert code_of(Direction(second.traffic()[0]).open, record) == Abort.ORDER


def test_a_resumed_session_makes_no_resumption_secret():
    victim = interrupted().reopen()
    made = victim.machine._agreed.master.resumption()
    victim.ask(Op.CSR, Csr())
    victim.device.disconnect()
    thief = Requester(victim.device)
    thief.rpsk = made
    assert refusal(thief.reopen) == Abort.NOT_AUTHENTIC


# --- a session that was never confirmed --------------------------------------------------


def unconfirmed(machine: type[DeviceMachine] = DeviceMachine) -> tuple[DeviceBench, tuple[bytes, bytes]]:
    """A numeric comparison in which nobody pressed, left behind; and its resumption secret."""
    device = DeviceBench(button=None)
    device.machine = machine(device.product, device.flash, device.clock)
    session = RawSession(device, Method.NC)
    assert device.shown is not None
    master = session.handshake.master
    assert master is not None
    device.disconnect()
    return device, master.resumption()


def resumed(device: DeviceBench, rpsk: tuple[bytes, bytes]) -> Requester:
    somebody = Requester(device)
    somebody.rpsk = rpsk
    return somebody.reopen()


def test_nothing_is_resumed_that_was_never_confirmed():
    assert refusal(resumed, *unconfirmed()) == Abort.NOT_AUTHENTIC


def test_a_device_that_keeps_the_secret_too_early_is_taken_without_a_press():
    device, rpsk = unconfirmed(broken.KeepsAtM4)
    session = resumed(device, rpsk)
    session.stage_all()
    assert session.ask(Op.QUERY).result[1] == TxState.STAGED


def test_nothing_but_confirm_is_heard_before_both_presses():
    for kind in (RecordType.APP, RecordType.KEYUPDATE, RecordType.PROGRESS):
        session = RawSession(DeviceBench(button=None), Method.NC)
        assert session.abort_of(kind, QUERY if kind is RecordType.APP else b"") == Abort.ORDER


# --- secrets that are no secrets ---------------------------------------------------------------------------


@pytest.mark.parametrize("r", [bytes(16), bytes(range(16)), bytes(range(16, 0, -1)), b"\xff" * 16])
async def test_a_secret_that_anybody_guesses_is_refused(r):
    bench = with_code()
    bench.code = label(bench.device, r=Secret(r))
    with pytest.raises(errors.SecretPredictable):
        await bench.commission()


async def test_a_secret_that_a_batch_shares_is_refused_from_the_second_device_on():
    bench = with_code()
    await bench.commission()
    sibling = ListeningBench(product=replace(PRODUCT, serial="RP1-0002", identity=es256.generate()))
    bench.device, bench.code = sibling, label(sibling)
    with pytest.raises(errors.SecretPredictable):
        await bench.commission()
    assert sibling.machine.info.state is InfoState.UNOWNED
