"""A code that is entered while the engine still opens its radio starts a run all the same."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest

import companion.radio
from companion.protocols import recognise
from companion.protocols.rp1.virtual import factory as rp1_factory
from companion.questions import ConfirmDevice
from tests.ui.support.stage import world_of
from ui.engine import engine
from ui.engine.commands import CancelRun, LookAround, StartRun
from ui.engine.engine import Engine, Settings

CODE = recognise(rp1_factory.label(rp1_factory.sample()))


@asynccontextmanager
async def looking_around(folder: Path) -> AsyncIterator[tuple[Engine, asyncio.Event]]:
    """An engine that has just begun, and whether it has found the device of a run."""
    found = asyncio.Event()

    def tell(event: object) -> None:
        if isinstance(event, ConfirmDevice):
            found.set()

    made = Engine(tell, Settings("virtual", folder))
    await made.handle(LookAround())
    yield made, found
    async with asyncio.timeout(60):
        await made.close()


async def start(made: Engine, found: asyncio.Event) -> None:
    """A run from its code to its device, and cancelled there."""
    async with asyncio.timeout(60):
        run = asyncio.ensure_future(made.handle(StartRun(CODE)))
        await found.wait()
        await made.handle(CancelRun())
        await run


@pytest.mark.parametrize("turns", [0, 3, 27, 28, 29, 40, 56, 57, 58, 80, 120])
async def test_a_run_begins_however_far_the_radio_is(
    turns: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ui.engine.engine.make_world", world_of())
    async with looking_around(tmp_path) as (made, found):
        for _ in range(turns):
            await asyncio.sleep(0)
        await start(made, found)


async def test_a_library_that_loses_a_cancellation_costs_a_moment(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ui.engine.engine.make_world", world_of())
    monkeypatch.setattr(engine, "CANCEL_AGAIN", 0.1)
    open_radio, lost = companion.radio.open_radio, []

    async def deaf(*given: Any, **more: Any) -> Any:
        try:
            await asyncio.sleep(0 if lost else 5)
        except asyncio.CancelledError:
            lost.append(True)
        return await open_radio(*given, **more)

    monkeypatch.setattr(companion.radio, "open_radio", deaf)
    async with looking_around(tmp_path) as (made, found):
        await asyncio.sleep(0.01)
        await start(made, found)
    assert lost
