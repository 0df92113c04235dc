"""An app that dies at any point of a reset: the same command again ends with what is true."""

from __future__ import annotations

from itertools import count

import pytest

from companion import errors
from companion.model import Commissioned, Possession
from companion.protocols import OwnershipOperation
from companion.protocols.rp1.methods import Standing
from companion.protocols.rp1.store.commissioner_store import CommissionerStore
from companion.protocols.rp1.wire.operations import Op
from companion.protocols.rp1.wire.results import Reply
from tests.protocols.rp1.support.bench import PRODUCT
from tests.protocols.rp1.support.desk import Desk, FakeMemory, desk
from tests.protocols.rp1.support.run_kills import At, Killed


class Disk(FakeMemory):
    """A memory whose app dies before one of its writes."""

    def __init__(self) -> None:
        super().__init__()
        self.strike = lambda kind: None

    def put(self, key, value):
        self.strike("put")
        super().put(key, value)


def die() -> None:
    raise Killed


async def owned() -> Desk:
    table = desk(memory=Disk())
    await table.commission()
    return table


async def killed(table: Desk, at: int, where: str) -> bool:
    """True if the app died before its `at`-th ATT operation, or write to the disk."""
    if where == "att":
        table.spoil = At(at, die)
    else:
        table.memory.strike = At(at, die)
    try:
        await table.operate(OwnershipOperation.RESET)
    except Killed:
        return True
    finally:
        table.spoil, table.memory.strike = (lambda kind: False), (lambda kind: None)
    return False


def is_released(table: Desk, done: Commissioned) -> bool:
    """True if run, device and memory agree that nobody owns it."""
    own = CommissionerStore(table.memory).own(table.device.machine.service_data, None)
    is_unowned = table.device.machine.standing is Standing.UNOWNED
    return done.possession is Possession.RELEASED and is_unowned and own is None


@pytest.mark.parametrize("again", [OwnershipOperation.RESET, OwnershipOperation.QUERY])
@pytest.mark.parametrize("where", ["att", "disk"])
async def test_a_reset_whose_app_is_killed_anywhere_is_told_by_the_next_command(where, again):
    unheard = heard = 0
    for at in count(1):
        table = await owned()
        if not await killed(table, at, where):
            break
        was_reset = table.device.machine.standing is Standing.UNOWNED
        table.story.summaries.clear()
        done = await table.operate(again if was_reset else OwnershipOperation.RESET)
        assert is_released(table, done) and done.confirmed
        assert (done.device.serial, done.device.firmware, done.identity_key) == (
            PRODUCT.serial,
            "1.0",
            PRODUCT.point,
        )
        if was_reset:
            assert "reply lost" in table.story.summaries[-1]
            assert "The device has no owner now" not in table.story.summaries
        unheard, heard = unheard + was_reset, heard + (not was_reset)
        assert "releases" not in table.memory.values
    assert unheard and heard, "kills fell before the reset and after it"


async def test_a_device_that_only_shows_that_nobody_owns_it_stays_the_users():
    """What it shows is not proved: without a reset that was begun here, it changes nothing."""
    table = await owned()
    before = dict(table.memory.values)
    forged = desk(memory=table.memory, identity=table.identity)
    with pytest.raises(errors.NotOwned):
        await forged.operate(OwnershipOperation.RESET)
    assert table.memory.values == before
    assert CommissionerStore(table.memory).own(table.device.machine.service_data, None) == PRODUCT.fp


async def test_a_reset_that_was_refused_is_not_waited_for():
    table = await owned()
    answers = table.device.machine._state.transactions
    answer = answers.answer

    def refuse(request, by):
        if request.op == Op.RESET:
            return Reply(Op.RESET, request.reqid, request.tx, 22, {})
        return answer(request, by)

    answers.answer = refuse
    with pytest.raises(errors.DeviceInternal):
        await table.operate(OwnershipOperation.RESET)
    assert CommissionerStore(table.memory).release(PRODUCT.fp) is None


async def test_an_owner_whose_device_proves_to_be_his_has_no_reset_open():
    table = await owned()
    await killed_before_reset_left(table)
    assert CommissionerStore(table.memory).release(PRODUCT.fp) is not None
    await table.operate(OwnershipOperation.QUERY)
    assert CommissionerStore(table.memory).release(PRODUCT.fp) is None


async def killed_before_reset_left(table: Desk) -> None:
    """The reset is noted, and the app is dead before it went out."""
    begin = table.memory.put

    def put(key, value):
        begin(key, value)
        if key == "releases":
            raise Killed

    table.memory.put = put
    with pytest.raises(Killed):
        await table.operate(OwnershipOperation.RESET)
    table.memory.put = begin
