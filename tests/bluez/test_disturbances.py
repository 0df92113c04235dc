"""What happens to this computer's Bluetooth in the middle of a run: it goes on, or says what is wrong."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path

import pytest

import companion.runs.dialer
from companion.errors import AdapterOff, NoAdapter
from companion.events import Event, LinkLost
from companion.outcome import Outcome, Result
from companion.protocols.rp1.virtual.options import Rp1Options
from companion.protocols.rp1.virtual.peripheral import VirtualRp1
from companion.questions import CompareNumbers
from companion.virtual.air import Air
from tests.bluez.adapter import Adapter, Bluez
from tests.bluez.guest import Guest
from tests.bluez.stage import on_bluez
from tests.virtual.stage import Stage

Disturbance = Callable[[], Awaitable[None]]


@pytest.fixture
async def stage(
    adapter: Adapter, air: Air, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[Stage]:
    async with on_bluez(air, VirtualRp1(Rp1Options()), tmp_path, monkeypatch) as opened:
        yield opened


async def disturbed(stage: Stage, disturb: Disturbance) -> Outcome:
    """A run whose first number nobody compares, because the disturbance comes then."""
    running: list[asyncio.Future[None]] = []

    def on_event(event: Event) -> bool:
        if isinstance(event, CompareNumbers) and not running:
            running.append(asyncio.ensure_future(disturb()))
            return True
        return False

    stage.intercept = on_event
    outcome = await stage.commission("nc")
    await asyncio.gather(*running)
    assert any(isinstance(event, LinkLost) for event in stage.told)
    return outcome


async def test_an_adapter_that_is_switched_off_and_on_only_delays_the_run(
    stage: Stage, bluez: Bluez, adapter: Adapter
) -> None:
    async def off_and_on() -> None:
        await bluez.power(adapter.path, False)
        await asyncio.sleep(1)
        await bluez.power(adapter.path, True)

    outcome = await disturbed(stage, off_and_on)
    assert outcome.error is None and outcome.result is Result.COMMISSIONED
    assert "turned off" in str(stage.told)


async def test_an_adapter_that_stays_off_is_named(
    stage: Stage, bluez: Bluez, adapter: Adapter, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(companion.runs.dialer, "RADIO_BACK_SECONDS", 1.0)
    outcome = await disturbed(stage, lambda: bluez.power(adapter.path, False))
    assert isinstance(outcome.error, AdapterOff) and outcome.exit_status == 4


async def test_an_adapter_that_is_pulled_out_is_named(
    stage: Stage, adapter: Adapter, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(companion.runs.dialer, "RADIO_BACK_SECONDS", 1.0)
    outcome = await disturbed(stage, adapter.unplug)
    assert isinstance(outcome.error, NoAdapter) and outcome.exit_status == 4


async def test_a_restarted_bluetooth_service_only_delays_the_run(
    stage: Stage, guest: Guest, bluez: Bluez
) -> None:
    async def restart() -> None:
        await asyncio.to_thread(guest.shell, "kill -9 $(pidof bluetoothd)")
        (path,) = await bluez.until(bool, seconds=20)
        await bluez.power(path, True)

    outcome = await disturbed(stage, restart)
    assert outcome.error is None and outcome.result is Result.COMMISSIONED
