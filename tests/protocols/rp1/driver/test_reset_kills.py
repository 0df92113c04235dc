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
from tests.protocols.rp1.support.driver_bench import DriverBench, FakeMemory, with_code
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


async def owned() -> DriverBench:
    bench = with_code(memory=Disk())
    await bench.commission()
    return bench


async def killed(bench: DriverBench, at: int, where: str) -> bool:
    """True if the app died before its `at`-th ATT operation, or write to the disk."""
    if where == "att":
        bench.spoil = At(at, die)
    else:
        bench.memory.strike = At(at, die)
    try:
        await bench.operate(OwnershipOperation.RESET)
    except Killed:
        return True
    finally:
        bench.spoil, bench.memory.strike = (lambda kind: False), (lambda kind: None)
    return False


def is_released(bench: DriverBench, done: Commissioned) -> bool:
    """True if run, device and memory agree that nobody owns it."""
    own = CommissionerStore(bench.memory).own(bench.device.machine.service_data, None)
    is_unowned = bench.device.machine.standing is Standing.UNOWNED
    return done.possession is Possession.RELEASED and is_unowned and own is None


@pytest.mark.parametrize("again", [OwnershipOperation.RESET, OwnershipOperation.QUERY])
@pytest.mark.parametrize("where", ["att", "disk"])
async def test_a_reset_whose_app_is_killed_anywhere_is_told_by_the_next_command(where, again):
    unheard = heard = 0
    for at in count(1):
        bench = await owned()
        if not await killed(bench, at, where):
            break
        was_reset = bench.device.machine.standing is Standing.UNOWNED
        bench.reporter.summaries.clear()
        done = await bench.operate(again if was_reset else OwnershipOperation.RESET)
        assert is_released(bench, done) and done.confirmed
        assert (done.device.serial, done.device.firmware, done.identity_key) == (
            PRODUCT.serial,
            "1.0",
            PRODUCT.point,
        )
        if was_reset:
            assert "the reply was lost" in bench.reporter.summaries[-1]
            assert "The device has no owner now" not in bench.reporter.summaries
        unheard, heard = unheard + was_reset, heard + (not was_reset)
        assert "releases" not in bench.memory.values
    assert unheard and heard, "kills fell before the reset and after it"


async def test_a_device_that_only_shows_that_nobody_owns_it_stays_the_users():
    """What it shows is not proved: without a reset that was begun here, it changes nothing."""
    bench = await owned()
    before = dict(bench.memory.values)
    forged = with_code(memory=bench.memory, identity=bench.identity)
    with pytest.raises(errors.NotOwned):
        await forged.operate(OwnershipOperation.RESET)
    assert bench.memory.values == before
    assert CommissionerStore(bench.memory).own(bench.device.machine.service_data, None) == PRODUCT.fp


async def test_a_reset_that_was_refused_is_not_waited_for():
    bench = await owned()
    answers = bench.device.machine._state.transactions
    answer = answers.answer

    def refuse(request, by):
        if request.op == Op.RESET:
            return Reply(Op.RESET, request.reqid, request.tx, 22, {})
        return answer(request, by)

    answers.answer = refuse
    with pytest.raises(errors.DeviceInternal):
        await bench.operate(OwnershipOperation.RESET)
    assert CommissionerStore(bench.memory).release(PRODUCT.fp) is None


async def test_an_owner_whose_device_proves_to_be_his_has_no_reset_open():
    bench = await owned()
    await killed_before_reset_left(bench)
    assert CommissionerStore(bench.memory).release(PRODUCT.fp) is not None
    await bench.operate(OwnershipOperation.QUERY)
    assert CommissionerStore(bench.memory).release(PRODUCT.fp) is None


async def killed_before_reset_left(bench: DriverBench) -> None:
    """The reset is noted, and the app is dead before it went out."""
    begin = bench.memory.put

    def put(key, value):
        begin(key, value)
        if key == "releases":
            raise Killed

    bench.memory.put = put
    with pytest.raises(Killed):
        await bench.operate(OwnershipOperation.RESET)
    bench.memory.put = begin
