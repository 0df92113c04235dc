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
from tests.protocols.rp1.support.driver_bench import (
    DriverBench,
    FakeIdentity,
    FakeReporter,
    ListeningBench,
    with_code,
)
from tests.protocols.rp1.support.run_kills import At, SentRequests, unconfirmed


@pytest.mark.parametrize("op", [Op.COMMIT, Op.FINAL])
async def test_a_reply_that_never_comes_leaves_the_end_open_and_the_next_run_closes_it(op):
    """The device switched over, the link went, and it is out of reach for now."""
    bench = with_code()
    sent = SentRequests(bench)
    bench.spoil = lambda kind: kind == "notification" and sent.last() is op
    bench.within_reach = lambda: False
    done = await bench.commission()
    assert not done.confirmed and done.unconfirmed_reason
    assert bench.memory.secrets
    bench.spoil, bench.within_reach = (lambda kind: False), (lambda: True)
    bench.reporter = FakeReporter(networks=[])
    again = await bench.commission()
    assert again.confirmed and again.receipt.final
    assert bench.device.machine.standing is Standing.OWNED


async def test_the_owner_finishes_when_the_resumption_is_gone():
    """FINAL's reply was lost and both ends forgot the resumption: the owner key is enough."""
    bench = with_code()
    sent = SentRequests(bench)
    bench.spoil = lambda kind: kind == "notification" and sent.last() is Op.FINAL
    bench.within_reach = lambda: False
    await bench.commission()
    bench.device.boot()
    bench.spoil, bench.within_reach = (lambda kind: False), (lambda: True)
    bench.reporter = FakeReporter(networks=[])
    assert (await bench.commission()).confirmed


async def test_a_device_that_is_gone_before_it_switched_over():
    bench = with_code()
    bench.spoil = At(10, lambda: True)
    bench.within_reach = lambda: False
    with pytest.raises(errors.LinkLostError):
        await bench.commission()
    assert bench.device.machine.standing is Standing.UNOWNED


async def test_a_device_that_flipped_back_is_commissioned_anew():
    bench = with_code()
    await unconfirmed(bench)
    for _ in range(3):
        bench.device.boot()
    assert bench.device.machine.standing is Standing.UNOWNED
    done = await bench.commission()
    assert done.confirmed and len(done.credentials) == 7


async def test_a_device_that_someone_else_took_meanwhile():
    bench = with_code()
    await unconfirmed(bench)
    bench.device.press(Press.RESET)
    assert (await with_code(device=bench.device, identity=FakeIdentity()).commission()).confirmed
    with pytest.raises(errors.NotAuthorised):
        await bench.commission()


async def test_cancelled_when_the_device_may_have_switched_over():
    bench = with_code()
    sent = SentRequests(bench)
    bench.spoil = lambda kind: kind == "notification" and sent.last() is Op.COMMIT
    run = asyncio.ensure_future(bench.commission())
    bench.within_reach = lambda: run.cancel()
    with pytest.raises(errors.OutcomeUnknown):
        await run
    assert bench.memory.secrets


async def test_who_does_not_wait_for_the_proof_has_a_commissioned_device():
    bench = with_code()
    waiting = asyncio.Event()

    async def wait_for(*args, **kinds):
        waiting.set()
        await asyncio.sleep(60)

    bench.endpoint.wait_for = wait_for
    run = asyncio.ensure_future(bench.commission())
    await waiting.wait()
    run.cancel()
    done = await run
    assert done.confirmed and done.proof is None


def gives_up(bench: DriverBench, code: Abort) -> None:
    """The device ends the session in the first write after CSR, once."""
    sent, told = SentRequests(bench), []

    def give_up(kind: str) -> bool:
        if sent.last() is Op.CSR and kind == "write" and not told:
            told.append(code)
            bench.device.do(bench.device.machine._aborted(LocalAbort(code, "out of luck")))
        return False

    bench.spoil = give_up


async def test_a_device_that_gives_up_says_why():
    bench = with_code()
    gives_up(bench, Abort.INTERNAL)
    with pytest.raises(errors.DeviceInternal):
        await bench.commission()


async def test_a_device_that_lost_its_patience_is_asked_again():
    bench = with_code()
    gives_up(bench, Abort.TIMEOUT)
    assert (await bench.commission()).confirmed
    assert bench.dialer.dialled == 2


async def test_a_request_that_the_device_refuses():
    bench = with_code()
    desk_of = bench.device.machine._state.transactions
    answer = desk_of.answer

    def full(request, by):
        if request.op == Op.CSR:
            return Reply(request.op, request.reqid, request.tx, Abort.NO_SPACE, {})
        return answer(request, by)

    desk_of.answer = full
    with pytest.raises(errors.DeviceFull):
        await bench.commission()
    assert bench.device.machine.standing is Standing.UNOWNED


@pytest.mark.parametrize("serial", [" ", "A/7", "Ä-1", "x" * 65], ids=ascii)
async def test_a_serial_that_is_none_is_certified_under_its_hash(serial):
    device = ListeningBench(product=replace(PRODUCT, serial=serial))
    bench = with_code(device=device)
    done = await bench.commission()
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
    bench = with_code(device=ListeningBench(product=replace(PRODUCT, **said)))
    with pytest.raises(errors.ProtocolViolation):
        await bench.commission()
    assert "session over: code 4, reported by the commissioner" in caplog.messages
    assert bench.device.machine.standing is Standing.UNOWNED


async def test_the_key_alone_leads_nowhere_without_a_voucher():
    bench = with_code(order=Order(method="key"))
    with pytest.raises(errors.VoucherMissing):
        await bench.commission()
    assert bench.reporter.asked == []
