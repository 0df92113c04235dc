"""A device that has another address after each link is found again at once, not called at the old one."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from typing import Any

import pytest

from companion.errors import ConnectFailed
from companion.model import Advertisement
from companion.outcome import Outcome, Result
from companion.runs.dialer import BRIEF_SEARCH_SECONDS, RadioDialer
from tests.protocols.rp1.faults.cuts import Cut, Faults, Kind, Place
from tests.protocols.rp1.faults.disk import RamDisk
from tests.protocols.rp1.faults.environment import Around
from tests.protocols.rp1.support.driver_bench import FakeLink

CALLING = 62.0
"""Seconds that three tries at an address take where nobody is."""
IN_THE_MIDDLE = 22
"""An ATT operation of a commissioning when items are staged."""


class Wandering(Around):
    """Its address lasts for one link. missed: how often a former one was called; took: seconds of a run."""

    def __init__(self, scenario: str, *cuts: Cut) -> None:
        super().__init__(scenario, Faults(cuts), RamDisk())
        self.made = self.missed = 0
        self.took = 0.0

    @property
    def place(self) -> str:
        return f"C0:00:00:00:00:{self.made:02X}"

    async def _run(self, run: Any) -> Outcome:
        clock = asyncio.get_running_loop().time
        begun = clock()
        try:
            return await super()._run(run)
        finally:
            self.took = clock() - begun

    async def _advertisements(self) -> AsyncIterator[Advertisement]:
        async for seen in super()._advertisements():
            await asyncio.sleep(0.3)
            yield replace(seen, address="C0:00:00:00:00:FF", service_data={})
            yield replace(seen, address=self.place)

    async def connect(self, advertisement: Advertisement, **given: Any) -> FakeLink:
        if advertisement.address != self.place:
            self.missed += 1
            await asyncio.sleep(CALLING)
            raise ConnectFailed("nobody is there")
        self.made += 1
        return await super().connect(advertisement, **given)


def refused(scenario: str) -> Wandering:
    """A commissioning that was killed in the middle, whose device has forgotten it since."""
    around = Wandering(scenario, Cut(Kind.APP, Place.ATT, IN_THE_MIDDLE))
    assert around.command() is None
    around.device.machine._state.resumption.erase()
    return around


@pytest.mark.parametrize("scenario", ["oob", "nc"])
def test_after_a_refused_resumption_the_new_address_is_called(scenario):
    around = refused(scenario)
    outcome = around.command()
    assert outcome is not None and outcome.result is Result.COMMISSIONED
    assert around.made == 3, "one link before the kill, one to resume, one to begin anew"
    assert around.missed == 0
    assert around.took < CALLING / 2


@pytest.mark.parametrize("scenario", ["oob", "nc"])
def test_after_a_lost_link_the_new_address_is_called(scenario):
    around = Wandering(scenario, Cut(Kind.LINK, Place.ATT, IN_THE_MIDDLE))
    outcome = around.command()
    assert outcome is not None and outcome.result is Result.COMMISSIONED
    assert (around.made, around.missed) == (2, 0)
    assert around.took < CALLING / 2


def test_a_device_that_is_not_seen_after_its_link_is_called_where_it_was(monkeypatch):
    """It advertises seldom, or the scan hears nothing: then its last address is what there is."""
    around = refused("oob")
    waited = []
    look = RadioDialer._search_briefly

    async def deaf(dialer: RadioDialer) -> None:
        monkeypatch.setattr(around, "_advertisements", silence)
        begun = asyncio.get_running_loop().time()
        await look(dialer)
        waited.append(asyncio.get_running_loop().time() - begun)
        monkeypatch.setattr(Wandering, "place", dialer.found.address)

    async def silence() -> AsyncIterator[Advertisement]:
        await asyncio.sleep(3600)
        yield Advertisement("never")

    monkeypatch.setattr(RadioDialer, "_search_briefly", deaf)
    outcome = around.command()
    assert outcome is not None and outcome.result is Result.COMMISSIONED
    assert waited == [pytest.approx(BRIEF_SEARCH_SECONDS, abs=1)]
    assert around.missed == 0
