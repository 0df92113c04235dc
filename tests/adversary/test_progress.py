"""A device that never comes to an end: VERIFY under way for ever, and PROGRESS without pause."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field, replace

import pytest

from companion import errors
from companion.encoding import cbor
from companion.protocols.rp1.aborts import Abort, LocalAbort
from companion.protocols.rp1.device import effects
from companion.protocols.rp1.device.effects import Effect
from companion.protocols.rp1.driver.session.connection import Connection
from companion.protocols.rp1.driver.transaction import driver as transaction_driver
from companion.protocols.rp1.driver.transaction import losses
from companion.protocols.rp1.driver.transaction.driver import TransactionDriver
from companion.protocols.rp1.methods import Standing
from companion.protocols.rp1.session.commissioner import Commissioner, Progressed
from companion.protocols.rp1.transaction import machine as transaction
from companion.protocols.rp1.wire.info import INFO_UUID, Caps
from companion.protocols.rp1.wire.record import RecordType
from tests.adversary import broken
from tests.protocols.rp1.support.bench import PRODUCT, CommissionerBench
from tests.protocols.rp1.support.driver_bench import DriverBench, FakeLink, ListeningBench, with_code

PATIENCE = 0.5
ENOUGH = 12 * PATIENCE


@dataclass
class Endless(ListeningBench):
    """It tries, and tells how far it is as often as the air carries it. trials: what it was asked for."""

    trials: int = 0
    records: int = 0
    talking: list[asyncio.Task[None]] = field(default_factory=list)

    def do(self, done: list[Effect]) -> None:
        begun = [effect for effect in done if isinstance(effect, effects.StartVerify)]
        super().do([effect for effect in done if effect not in begun])
        if begun:
            self.trials += 1
            self.talking.append(asyncio.get_running_loop().create_task(self._talk()))

    async def _talk(self) -> None:
        session = self.machine._session
        assert session is not None and session._trying is not None
        said = cbor.encode([session._trying.reqid, 1])
        while self.machine._session is session:
            for _ in range(3):
                self.records += 1
                super().do(self.machine._send(session._seal(RecordType.PROGRESS, said).message))
            await asyncio.sleep(0)


@pytest.fixture(autouse=True)
def _hurried(monkeypatch):
    monkeypatch.setattr(transaction, "VERIFY_SECONDS", PATIENCE)


def bench() -> tuple[DriverBench, Endless]:
    device = Endless()
    return with_code(device=device), device


@pytest.mark.beside_the_gate
async def test_endless_progress_ends_the_run_in_its_time(caplog):
    caplog.set_level("INFO")
    here, device = bench()
    async with asyncio.timeout(ENOUGH):
        with pytest.raises(errors.OperationTimeout):
            await here.commission()
    assert device.trials == losses.MOST_TRIALS
    assert caplog.messages.count("session over: code 6, reported by the commissioner") == device.trials
    assert device.machine.standing is Standing.UNOWNED


async def test_a_device_that_is_never_silent_is_late_all_the_same():
    """Its next record waits already when this side looks, so that nothing is ever waited for in vain."""
    device = ListeningBench()
    link = FakeLink(device, lambda kind: False)
    terms = CommissionerBench(device).terms(await link.read(INFO_UUID))
    channel = await Connection.over(link, Commissioner(terms, room=link.max_write))
    await channel.next()
    await channel.reveal()
    await channel.next()
    session = device.machine._session
    assert session is not None
    for reqid in range(3):
        said = session._seal(RecordType.PROGRESS, cbor.encode([reqid, 1]))
        device.do(device.machine._send(said.message))
    channel.wait_until(60.0)
    assert isinstance(await channel.next(), Progressed)
    channel.wait_until(0.0)
    with pytest.raises(LocalAbort) as late:
        await channel.next()
    assert late.value.code == Abort.TIMEOUT


async def test_endless_progress_does_not_flood_the_registry():
    here, device = bench()
    said = []
    here.reporter.progress = lambda text: said.append(str(text))
    with pytest.raises(errors.OperationTimeout):
        await here.commission()
    told = said.count("The device is joining the network")
    assert device.records > 100
    assert 1 <= told <= 1 + device.trials * PATIENCE / transaction_driver.PROGRESS_PAUSE


@pytest.mark.beside_the_gate
async def test_where_progress_gives_more_time_the_run_has_no_end(monkeypatch):
    monkeypatch.setattr(TransactionDriver, "_progressed", broken.progress_gives_time)
    # Longer than a busy machine keeps the loop from the next record, and over three times before we give up.
    monkeypatch.setattr(transaction, "VERIFY_SECONDS", ENOUGH / 3)
    here, device = bench()
    with pytest.raises(TimeoutError):
        async with asyncio.timeout(ENOUGH):
            await here.commission()
    assert device.trials == 1, "and the first trial is still under way"


async def test_a_device_that_stays_away_is_not_waited_for_any_longer(monkeypatch):
    """One without a second radio takes its leave for the trial, and never comes back."""
    monkeypatch.setattr(transaction_driver, "AWAY_SECONDS", PATIENCE)
    looked = []

    def away() -> bool:
        looked.append(0)
        return False

    device = ListeningBench(product=replace(PRODUCT, caps=PRODUCT.caps & ~Caps.BLE_DURING_VERIFY))
    here = with_code(device=device, within_reach=away)
    async with asyncio.timeout(ENOUGH):
        with pytest.raises(errors.LinkLostError):
            await here.commission()
    assert len(looked) > 1
