"""Runs that end early: what is called off, what stays open, and how the next run closes it."""

from __future__ import annotations

import asyncio
import hashlib
from dataclasses import replace

import pytest

from companion import errors
from companion.identity import serial_of
from companion.protocols import Order
from companion.protocols.rp1.aborts import Abort, LocalAbort
from companion.protocols.rp1.credentials.items import ItemType
from companion.protocols.rp1.device.effects import Press
from companion.protocols.rp1.methods import Standing
from companion.protocols.rp1.wire.operations import Op
from companion.protocols.rp1.wire.results import Reply
from tests.protocols.rp1.support.bench import PRODUCT
from tests.protocols.rp1.support.desk import Desk, FakeIdentity, FakeStory, ListeningBench, desk
from tests.protocols.rp1.support.run_kills import At, SentRequests, unconfirmed


@pytest.mark.parametrize("op", [Op.COMMIT, Op.FINAL])
async def test_a_reply_that_never_comes_leaves_the_end_open_and_the_next_run_closes_it(op):
    """The device switched over, the link went, and it is out of reach for now."""
    table = desk()
    sent = SentRequests(table)
    table.spoil = lambda kind: kind == "notification" and sent.last() is op
    table.within_reach = lambda: False
    done = await table.commission()
    assert not done.confirmed and done.unconfirmed_reason
    assert table.memory.secrets
    table.spoil, table.within_reach = (lambda kind: False), (lambda: True)
    table.story = FakeStory(networks=[])
    again = await table.commission()
    assert again.confirmed and again.receipt.final
    assert table.device.machine.standing is Standing.OWNED


async def test_the_owner_finishes_when_the_resumption_is_gone():
    """FINAL's reply was lost and both ends forgot the resumption: the owner key is enough."""
    table = desk()
    sent = SentRequests(table)
    table.spoil = lambda kind: kind == "notification" and sent.last() is Op.FINAL
    table.within_reach = lambda: False
    await table.commission()
    table.device.boot()
    table.spoil, table.within_reach = (lambda kind: False), (lambda: True)
    table.story = FakeStory(networks=[])
    assert (await table.commission()).confirmed


async def test_a_device_that_is_gone_before_it_switched_over():
    table = desk()
    table.spoil = At(10, lambda: True)
    table.within_reach = lambda: False
    with pytest.raises(errors.LinkLostError):
        await table.commission()
    assert table.device.machine.standing is Standing.UNOWNED


async def test_a_device_that_flipped_back_is_commissioned_anew():
    table = desk()
    await unconfirmed(table)
    for _ in range(3):
        table.device.boot()
    assert table.device.machine.standing is Standing.UNOWNED
    done = await table.commission()
    assert done.confirmed and len(done.credentials) == 7


async def test_a_device_that_someone_else_took_meanwhile():
    table = desk()
    await unconfirmed(table)
    table.device.press(Press.RESET)
    assert (await desk(device=table.device, identity=FakeIdentity()).commission()).confirmed
    with pytest.raises(errors.NotAuthorised):
        await table.commission()


async def test_cancelled_when_the_device_may_have_switched_over():
    table = desk()
    sent = SentRequests(table)
    table.spoil = lambda kind: kind == "notification" and sent.last() is Op.COMMIT
    run = asyncio.ensure_future(table.commission())
    table.within_reach = lambda: run.cancel()
    with pytest.raises(errors.OutcomeUnknown):
        await run
    assert table.memory.secrets


async def test_who_does_not_wait_for_the_proof_has_a_commissioned_device():
    table = desk()
    waiting = asyncio.Event()

    async def wait_for(*args, **kinds):
        waiting.set()
        await asyncio.sleep(60)

    table.endpoint.wait_for = wait_for
    run = asyncio.ensure_future(table.commission())
    await waiting.wait()
    run.cancel()
    done = await run
    assert done.confirmed and done.proof is None


def gives_up(table: Desk, code: Abort) -> None:
    """The device ends the session in the first write after CSR, once."""
    sent, told = SentRequests(table), []

    def give_up(kind: str) -> bool:
        if sent.last() is Op.CSR and kind == "write" and not told:
            told.append(code)
            table.device.do(table.device.machine._aborted(LocalAbort(code, "out of luck")))
        return False

    table.spoil = give_up


async def test_a_device_that_gives_up_says_why():
    table = desk()
    gives_up(table, Abort.INTERNAL)
    with pytest.raises(errors.DeviceInternal):
        await table.commission()


async def test_a_device_that_lost_its_patience_is_asked_again():
    table = desk()
    gives_up(table, Abort.TIMEOUT)
    assert (await table.commission()).confirmed
    assert table.dialer.dialled == 2


async def test_a_request_that_the_device_refuses():
    table = desk()
    desk_of = table.device.machine._state.transactions
    answer = desk_of.answer

    def full(request, by):
        if request.op == Op.CSR:
            return Reply(request.op, request.reqid, request.tx, Abort.NO_SPACE, {})
        return answer(request, by)

    desk_of.answer = full
    with pytest.raises(errors.DeviceFull):
        await table.commission()
    assert table.device.machine.standing is Standing.UNOWNED


@pytest.mark.parametrize("serial", [" ", "A/7", "Ä-1", "x" * 65], ids=ascii)
async def test_a_serial_that_is_none_is_certified_under_its_hash(serial):
    device = ListeningBench(product=replace(PRODUCT, serial=serial))
    table = desk(device=device)
    done = await table.commission()
    assert done.confirmed and done.device.serial == serial
    named = hashlib.sha256(serial.encode()).hexdigest()
    given = device.machine.settings.settings
    assert serial_of(given[ItemType.LDEVID].chain[0]) == named
    assert given[ItemType.CLOUD].client_id == named


@pytest.mark.parametrize(
    "said",
    [
        {"model": "Lamp\x1b[2J"},
        {"model": "x" * 65},
        {"firmware": "1\u202e0"},
        {"model": "La\u2029mp"},
        {"serial": ""},
    ],
    ids=ascii,
)
async def test_facts_that_are_not_to_be_shown_end_the_session_with_4(said, caplog):
    caplog.set_level("INFO")
    table = desk(device=ListeningBench(product=replace(PRODUCT, **said)))
    with pytest.raises(errors.ProtocolViolation):
        await table.commission()
    assert "session over: code 4, reported by the commissioner" in caplog.messages
    assert table.device.machine.standing is Standing.UNOWNED


async def test_the_key_alone_leads_nowhere_without_a_voucher():
    table = desk(order=Order(method="key"))
    with pytest.raises(errors.VoucherMissing):
        await table.commission()
    assert table.story.asked == []
