"""Ownership operations, run by the driver: the device afterwards, what the user reads if it fails."""

from __future__ import annotations

import hashlib

import pytest

from companion import errors
from companion.events import CertificateRevoked, Secured
from companion.model import Possession, Step, WifiCredentials
from companion.protocols import Order, OwnedDevice, OwnershipOperation, TransferTerms
from companion.protocols.rp1.credentials.items import ItemType
from companion.protocols.rp1.device.effects import Press
from companion.protocols.rp1.driver import Driver
from companion.protocols.rp1.methods import Standing
from companion.protocols.rp1.session import plan as session_plan
from companion.protocols.rp1.wire.operations import Op
from companion.protocols.rp1.wire.results import Reply, TxState
from companion.secret import Secret
from tests.protocols.rp1.support.bench import PRODUCT
from tests.protocols.rp1.support.driver_bench import HOME, DriverBench, FakeIdentity, FakeMemory, with_code

WORK = WifiCredentials(b"Work 5", Secret("battery staple"))
FOREVER = 2_000_000_000


async def owned(**changes) -> DriverBench:
    """A bench whose device was just commissioned from it."""
    bench = with_code(**changes)
    await bench.commission()
    bench.reporter.steps.clear()
    bench.reporter.told.clear()
    return bench


def held(bench: DriverBench) -> dict:
    return dict(bench.device.machine.settings.settings)


def stranger(bench: DriverBench) -> DriverBench:
    """Somebody else at the same device."""
    return DriverBench(device=bench.device, identity=FakeIdentity(), memory=FakeMemory())


def token(
    bench: DriverBench, to: DriverBench | None, *, wipe: bool = True, expires: int = FOREVER
) -> OwnedDevice:
    """What the new owner reads from the old one's token; `to` None: the bearer's form."""
    own = OwnedDevice("Lamp", PRODUCT.point, PRODUCT.serial)
    terms = TransferTerms(to.identity.owner.public if to is not None else None, expires, wipe)
    text = Driver().make_token(own, terms, bench.identity, bench.memory).text.reveal_text()
    return Driver().read_token(text)


def lost_after(bench: DriverBench, op: Op) -> None:
    """The link goes before the reply to this operation arrives, once."""
    desk_of = bench.device.machine._state.transactions
    answer, gone = desk_of.answer, []

    def watched(request, by):
        reply = answer(request, by)
        if request.op == op and not gone:
            gone.append(op)
        return reply

    desk_of.answer = watched
    bench.spoil = lambda kind: kind == "notification" and gone == [op] and not gone.append(None)


# --- new credentials --------------------------------------------------------------------------------------


async def test_rotation_brings_a_new_certificate_and_nothing_else():
    bench = await owned()
    before = held(bench)
    done = await bench.operate(OwnershipOperation.ROTATE)
    assert [credential.kind for credential in done.credentials] == ["ldevid", "anchors", "endpoint"]
    after = held(bench)
    assert after[ItemType.LDEVID] != before[ItemType.LDEVID]
    for kept in (ItemType.WIFI, ItemType.OWNER, ItemType.LABEL, ItemType.TIME):
        assert after[kept] == before[kept]
    assert (done.method, done.device.name, done.possession) == ("owner", "Lamp", Possession.COMMISSIONED)
    assert done.receipt.final and done.proof is not None
    assert bench.reporter.steps == [Step.SECURE, Step.CONFIRM, Step.HAND_OVER, Step.CHECK]
    assert [event.method for event in bench.reporter.told if isinstance(event, Secured)] == ["owner"]
    assert bench.reporter.asked[1:] == [], "the user is asked nothing"


async def test_reprovisioning_brings_another_network_and_name():
    bench = await owned()
    bench.order = Order(wifi=WORK, name="DriverBench lamp", room="Study")
    done = await bench.operate(OwnershipOperation.REPROVISION)
    after = held(bench)
    assert after[ItemType.WIFI].ssid == b"Work 5"
    assert after[ItemType.LABEL].label == "DriverBench lamp"
    assert done.device.name == "DriverBench lamp"
    assert bench.device.machine.standing is Standing.OWNED


async def test_reprovisioning_without_wishes_keeps_network_and_name():
    bench = await owned()
    before = held(bench)
    done = await bench.operate(OwnershipOperation.REPROVISION)
    after = held(bench)
    assert (after[ItemType.WIFI], after[ItemType.LABEL]) == (before[ItemType.WIFI], before[ItemType.LABEL])
    assert done.device.name == "Lamp"


async def test_a_network_that_does_not_work_leaves_the_device_as_it_was():
    bench = await owned()
    before = held(bench)
    bench.device.trial = lambda trial: 1 if trial.bits & 1 else None
    bench.order = Order(wifi=WORK)
    bench.reporter.networks = [errors.NetworkMissing()]
    with pytest.raises(errors.WrongPassphrase):
        await bench.operate(OwnershipOperation.REPROVISION)
    assert held(bench) == before
    assert bench.device.machine.standing is Standing.OWNED


@pytest.mark.beside_the_gate
@pytest.mark.parametrize("operation", [OwnershipOperation.ROTATE, OwnershipOperation.REPROVISION])
@pytest.mark.parametrize("op", [Op.CSR, Op.STAGE, Op.VERIFY, Op.COMMIT, Op.FINAL])
async def test_a_link_that_goes_in_an_operation_is_resumed(operation, op):
    bench = await owned()
    lost_after(bench, op)
    done = await bench.operate(operation)
    assert done.confirmed and done.receipt.final
    assert bench.dialer.dialled > 1


async def test_without_an_endpoint_there_is_nothing_to_rotate():
    bench = await owned()
    bench.endpoint = None
    with pytest.raises(errors.MethodUnavailable):
        await bench.operate(OwnershipOperation.ROTATE)


async def test_a_device_of_another_owner_is_not_touched():
    bench = stranger(await owned())
    for operation in (
        OwnershipOperation.ROTATE,
        OwnershipOperation.REPROVISION,
        OwnershipOperation.RESET,
        OwnershipOperation.QUERY,
    ):
        with pytest.raises(errors.WrongOwnerKey) as refused:
            await bench.operate(operation)
        assert refused.value.code == "A-115"
    assert bench.device.machine.standing is Standing.OWNED


async def test_no_act_is_done_to_a_device_that_nobody_owns():
    bench = with_code()
    for operation in (OwnershipOperation.ROTATE, OwnershipOperation.RESET, OwnershipOperation.QUERY):
        with pytest.raises(errors.NotOwned):
            await bench.operate(operation)


# --- reset ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("lock", ["on", "off"])
async def test_the_owner_sets_his_device_free_lock_or_not(lock):
    bench = await owned(order=Order(extra={"reset_lock": lock}))
    done = await bench.operate(OwnershipOperation.RESET)
    assert done.possession is Possession.RELEASED
    assert bench.device.machine.standing is Standing.UNOWNED
    bench.reporter.networks = [HOME]
    assert (await bench.commission()).confirmed, "its label works again"


async def test_a_button_frees_no_device_with_a_reset_lock_and_the_owner_goes_on():
    bench = await owned(order=Order(extra={"reset_lock": "on"}))
    bench.device.press(Press.RESET)
    assert bench.device.machine.standing is Standing.OWNED
    assert set(held(bench)) == {ItemType.OWNER}
    with pytest.raises(errors.AlreadyYours):
        await bench.commission()
    bench.order = Order(wifi=WORK)
    assert (await bench.operate(OwnershipOperation.REPROVISION)).confirmed
    assert held(bench)[ItemType.WIFI].ssid == b"Work 5"


async def test_a_lock_can_be_set_later():
    bench = await owned()
    bench.order = Order(extra={"reset_lock": "on"})
    await bench.operate(OwnershipOperation.REPROVISION)
    bench.device.press(Press.RESET)
    assert bench.device.machine.standing is Standing.OWNED


async def test_a_reset_whose_reply_got_lost_is_told_as_such():
    bench = await owned()
    lost_after(bench, Op.RESET)
    done = await bench.operate(OwnershipOperation.RESET)
    assert (done.confirmed, done.possession) == (True, Possession.RELEASED)
    assert "the reply was lost" in bench.reporter.summaries[-1], "and the user reads on what that rests"


async def test_a_reset_that_did_not_arrive_is_tried_again():
    bench = await owned()
    lost_after(bench, Op.FACTS)
    assert (await bench.operate(OwnershipOperation.RESET)).confirmed
    assert bench.device.machine.standing is Standing.UNOWNED


# --- query ------------------------------------------------------------------------------------------------


async def test_a_query_tells_what_the_device_says():
    bench = await owned()
    done = await bench.operate(OwnershipOperation.QUERY)
    assert (done.device.firmware, done.credentials, done.receipt) == ("1.0", (), None)
    (told,) = [text for text in bench.reporter.summaries if "counter" in text]
    assert told == "RP1-0001, firmware 1.0, ownership counter 1; last change complete"


async def provisional(bench: DriverBench, operation: OwnershipOperation) -> None:
    """The app died between COMMIT and FINAL, and its resumption secret ran out."""
    lost_after(bench, Op.COMMIT)
    bench.within_reach = lambda: False
    assert not (await bench.operate(operation)).confirmed
    bench.within_reach, bench.spoil = (lambda: True), (lambda kind: False)
    assert bench.device.machine.standing is Standing.PROVISIONAL
    bench.device.machine._state.resumption.erase()


@pytest.mark.parametrize("operation", [OwnershipOperation.ROTATE, OwnershipOperation.REPROVISION])
async def test_a_query_gives_the_last_word_that_got_lost(operation):
    bench = await owned()
    await provisional(bench, operation)
    done = await bench.operate(OwnershipOperation.QUERY)
    assert done.receipt.final and done.credentials[0].kind == "ldevid"
    assert bench.device.machine.standing is Standing.OWNED


async def test_nothing_new_begins_before_the_last_word():
    bench = await owned()
    await provisional(bench, OwnershipOperation.REPROVISION)
    for operation in (OwnershipOperation.ROTATE, OwnershipOperation.RESET):
        with pytest.raises(errors.ChangePending) as refused:
            await bench.operate(operation)
        assert f"devices query {session_plan.device_id(PRODUCT.fp)}" in refused.value.advice_text
    assert (await bench.operate(OwnershipOperation.REPROVISION)).receipt.final, "the same operation goes on"


async def test_a_change_that_another_computer_began_is_only_told():
    bench = await owned()
    await provisional(bench, OwnershipOperation.REPROVISION)
    bench.memory = FakeMemory()
    assert (await bench.operate(OwnershipOperation.QUERY)).receipt is None
    assert "last change pending" in bench.reporter.summaries[-1]


@pytest.mark.parametrize("ours", [True, False], ids=["begun here", "begun elsewhere"])
async def test_a_query_that_hears_of_a_change_taken_back_revokes_its_certificate(ours):
    """A device may name a transaction as its last one that it has taken back."""
    bench = await owned()
    await provisional(bench, OwnershipOperation.ROTATE)
    leaf = held(bench)[ItemType.LDEVID].chain[0]
    if not ours:
        bench.memory = FakeMemory()
    answers = bench.device.machine._state.transactions
    answer = answers.answer

    def taken_back(request, by):
        if request.op == Op.QUERY:
            return Reply(Op.QUERY, request.reqid, request.tx, 0, {1: int(TxState.REVERTED)})
        return answer(request, by)

    answers.answer = taken_back
    assert (await bench.operate(OwnershipOperation.QUERY)).receipt is None
    revoked = [event.fingerprint for event in bench.reporter.told if isinstance(event, CertificateRevoked)]
    assert revoked == ([hashlib.sha256(leaf).hexdigest()] if ours else [])
