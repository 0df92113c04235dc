"""A run under a grant that ends early is gone on with: by the grant it began with, or by another one."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from companion import errors
from companion.protocols import Order, OwnershipOperation
from companion.protocols.delegation import DelegateAccount
from companion.protocols.rp1.credentials.items import ItemType
from companion.protocols.rp1.driver import Driver, accounts, delegation
from companion.protocols.rp1.methods import Standing
from companion.protocols.rp1.wire.operations import Op
from companion.trust.grants.terms import Right
from tests.protocols.rp1.driver.test_delegates import given, held, play  # noqa: F401 - a fixture
from tests.protocols.rp1.support.delegation import ENDPOINT, WORK, Play, terms
from tests.protocols.rp1.support.driver_bench import HOME, DriverBench, FakeReporter


class Killed(BaseException):
    """As a process ends."""


def ends_at(worker: DriverBench, op: Op, *, killed: bool) -> None:
    """The device does what the first request of this kind says, and its reply is lost."""
    transactions: Any = worker.device.machine._state.transactions
    answer: Callable[..., Any] = transactions.answer
    lost: list[bool] = []

    def answered(request: Any, by: Any) -> Any:
        reply = answer(request, by)
        if request.op == op and not lost:
            lost.append(True)
        return reply

    def spoil(kind: str) -> bool:
        if kind != "notification" or lost != [True]:
            return False
        lost.append(False)
        if killed:
            raise Killed
        return True

    transactions.answer, worker.spoil = answered, spoil


def restart(worker: DriverBench) -> None:
    if worker.device.is_up:
        worker.device.disconnect()
    worker.spoil, worker.reporter = lambda kind: False, FakeReporter([HOME])


def reported(play: Play, worker: DriverBench) -> list[DelegateAccount]:  # noqa: F811
    """What the owner takes of what the delegate reports under its grant of today."""
    grant = delegation.bundle_of(worker.grant).grants[-1].cti.hex()
    told = accounts.read(accounts.export(grant, worker.memory), play.owner.identity)
    assert told is not None
    return [each for each in told if isinstance(each, DelegateAccount)]


async def two_grants(play: Play, right: Right) -> tuple[DriverBench, str]:  # noqa: F811
    """A delegate with a grant, and another one that it gets meanwhile."""
    worker = play.delegate()
    play.give(play.owner, worker, terms(right))
    first = worker.grant
    play.give(play.owner, worker, terms(right))
    second, worker.grant = worker.grant, first
    worker.order = Order(wifi=WORK)
    return worker, second


@pytest.mark.parametrize("op", [Op.STAGE, Op.COMMIT, Op.FINAL], ids=lambda op: op.name.lower())
async def test_a_change_that_began_under_another_grant_is_ended_and_reported(play: Play, op: Op) -> None:  # noqa: F811
    """The receipt names the grants of the session in which the device committed, whatever is held today."""
    await play.owner.commission()
    worker, second = await two_grants(play, Right.NETWORKS)
    ends_at(worker, op, killed=True)
    with pytest.raises(Killed):
        await worker.operate(OwnershipOperation.REPROVISION)
    restart(worker)
    worker.grant = second
    done = await worker.operate(OwnershipOperation.REPROVISION)
    assert done.confirmed and done.receipt is not None and done.receipt.final is not None
    assert held(worker)[ItemType.WIFI].ssid == b"Work 5"
    assert len(reported(play, worker)) == 1


@pytest.mark.parametrize("op", [Op.STAGE, Op.COMMIT, Op.FINAL], ids=lambda op: op.name.lower())
async def test_a_device_that_was_taken_by_another_grant_is_reported_with_that(play: Play, op: Op) -> None:  # noqa: F811
    """Until COMMIT the device is taken by the grant of today."""
    worker, second = await two_grants(play, Right.ONBOARD)
    worker.reporter = FakeReporter([HOME])
    ends_at(worker, op, killed=True)
    with pytest.raises(Killed):
        await worker.commission()
    restart(worker)
    first, worker.grant = worker.grant, second
    assert (await worker.commission()).confirmed
    (account,) = reported(play, worker)
    by = second if op is Op.STAGE else first
    assert account.onboards and account.chain == delegation.bundle_of(by).chain
    assert account.endpoint == ENDPOINT, "which the owner holds against the grant's"


@pytest.mark.parametrize("right", [Right.NETWORKS, Right.ONBOARD])
async def test_the_last_reply_under_a_grant_for_one_use_is_asked_for_again(play: Play, right: Right) -> None:  # noqa: F811
    """The device counted the use, and its holder has not heard so."""
    onboards = right is Right.ONBOARD
    if onboards:
        worker = play.delegate()
        play.give(play.owner, worker, terms(right, max_uses=1))
        worker.reporter = FakeReporter([HOME])
    else:
        worker = await given(play, terms(right, max_uses=1), wifi=WORK)
    ends_at(worker, Op.FINAL, killed=False)
    done = await (worker.commission() if onboards else worker.operate(OwnershipOperation.REPROVISION))
    assert done.confirmed and done.receipt is not None and done.receipt.final is not None
    assert worker.device.machine.standing is Standing.OWNED and len(reported(play, worker)) == 1
    restart(worker)
    before = held(worker)
    for operation in (OwnershipOperation.REPROVISION, OwnershipOperation.ROTATE):
        with pytest.raises(errors.CompanionError):
            await worker.operate(operation)
    assert held(worker) == before


async def test_a_grant_that_was_used_up_by_an_earlier_change_opens_nothing(play: Play) -> None:  # noqa: F811
    worker = await given(play, terms(Right.NETWORKS, max_uses=1), wifi=WORK)
    assert (await worker.operate(OwnershipOperation.REPROVISION)).confirmed
    play.owner.order = Order(wifi=WORK)
    assert (await play.owner.operate(OwnershipOperation.REPROVISION)).confirmed
    with pytest.raises(errors.GrantRefused):
        await worker.operate(OwnershipOperation.QUERY)


async def test_a_resumption_whose_grant_ended_goes_on_by_another_one(play: Play) -> None:  # noqa: F811
    """The device judges the first session's chain again, and refuses to resume."""
    await play.owner.commission()
    worker = play.delegate()
    ended = play.give(play.owner, worker, terms(Right.NETWORKS))
    first = worker.grant
    play.give(play.owner, worker, terms(Right.NETWORKS))
    second, worker.grant, worker.order = worker.grant, first, Order(wifi=WORK)
    ends_at(worker, Op.STAGE, killed=True)
    with pytest.raises(Killed):
        await worker.operate(OwnershipOperation.REPROVISION)
    restart(worker)
    kept = worker.memory.values.copy()
    Driver().revoke_grant(ended.own, play.owner.identity, play.owner.memory)
    await play.owner.operate(OwnershipOperation.QUERY)
    assert kept == worker.memory.values, "nobody told the delegate"
    worker.grant = second
    assert (await worker.operate(OwnershipOperation.REPROVISION)).confirmed
    assert len(reported(play, worker)) == 1
