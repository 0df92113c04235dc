"""Between the queue and the air: what is tried again, what ends the station, and what a kill left open."""

from __future__ import annotations

import asyncio
import os
from collections.abc import AsyncGenerator, Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from companion.errors import CompanionError, DeviceNotFound, NotGenuine, PortUnavailable, StorageError
from companion.events import RunStarted
from companion.identity import open_identity
from companion.link_counts import LinkCounts
from companion.model import Commissioned, DeviceIdentity, SetupCode
from companion.outcome import Outcome, Result
from companion.protocols import Order, recognise
from companion.protocols.matter.setup_code.recogniser import rest_of
from companion.protocols.matter.virtual.factory.product import Kind, Medium, make
from companion.runs.answers import Answers
from companion.secret import Secret
from companion.services import Services
from companion.station import station as room
from companion.station.authority import Authority
from companion.station.job import JobState
from companion.station.journal import Seal, journal
from companion.station.queue import TRIES, Offer
from companion.station.station import Settings, Station, StationEvent
from tests.station.line import Line, jobs_of

CODES = [make(Kind.LIGHT, Medium.WIFI).onboarding.qr for _ in range(3)]
SEAL = Seal(Secret(bytes(32)))
Ending = Callable[[SetupCode], CompanionError | Commissioned]


class Texts:
    """A source of some texts. failure: how it ends."""

    name = "texts"

    def __init__(self, *texts: str, failure: CompanionError | None = None) -> None:
        self._texts, self._failure = texts, failure

    async def offers(self) -> AsyncGenerator[Offer, None]:
        for text in self._texts:
            yield Offer(Secret(text), self.name)
        if self._failure is not None:
            raise self._failure


class Work:
    """A station in a folder whose runs end as a test says."""

    def __init__(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.folder, self.told, self.runs = folder, list[StationEvent](), list[str]()
        self.most_at_once = self._at_once = 0
        self.ending: Ending = lambda code: Commissioned(DeviceIdentity("d", "Lamp", serial="SN1"), "pase")
        monkeypatch.setattr(room, "commission", self._commission)
        monkeypatch.setattr(room, "PAUSE_SECONDS", 0.0)

    @contextmanager
    def station(self, at_once: int = 1) -> Iterator[Station]:
        services = Services(("virtual",), data_dir=self.folder)
        registry, identity = services.open_registry(), services.open_identity()
        settings = Settings(Order(), Answers(), at_once=at_once)
        with journal(self.folder / "station.jsonl", SEAL) as kept:
            authority = Authority(identity, registry)
            yield Station(services, authority, kept, SEAL, settings, self.told.append)
        services.close_registry()

    def _commission(self, services: Services, code: SetupCode, **given: Any) -> Any:
        number = len(self.runs)
        self.runs.append(code.text.reveal_text())

        async def run() -> Outcome:
            given["on_event"](RunStarted(f"r{number}", code))
            self._at_once += 1
            self.most_at_once = max(self.most_at_once, self._at_once)
            await asyncio.sleep(0)
            self._at_once -= 1
            end = self.ending(code)
            if isinstance(end, CompanionError):
                return Outcome.refused(end)
            done = Outcome(Result.COMMISSIONED, "r", "matter", (), LinkCounts(), commissioned=end)
            return replace(done, record="d")

        return asyncio.ensure_future(run())


@pytest.fixture
def work(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Work:
    return Work(tmp_path, monkeypatch)


def state_of(station: Station, text: str) -> JobState:
    job = station.queue.job(SEAL.id(Secret(text)))
    assert job is not None
    return job.state


async def test_what_may_pass_is_tried_three_times_and_the_rest_once(work: Work) -> None:
    ends = {CODES[0]: DeviceNotFound(), CODES[1]: NotGenuine()}
    work.ending = lambda code: (
        ends.get(code.text.reveal_text()) or Commissioned(DeviceIdentity("d", "L"), "x")
    )
    with work.station() as station:
        await station.run([Texts(*CODES)])
        assert [state_of(station, code).value for code in CODES] == ["put aside", "put aside", "commissioned"]
    assert [work.runs.count(code) for code in CODES] == [TRIES, 1, 1]


async def test_a_code_of_several_devices_goes_on_with_the_next_one(work: Work) -> None:
    several = "*".join(CODES).replace("*MT:", "*")

    def ending(code: SetupCode) -> Commissioned:
        rest = rest_of(code, code.payload[0]) if code.devices > 1 else None
        return Commissioned(DeviceIdentity("d", "Lamp"), "pase", rest=rest)

    work.ending = ending
    with work.station() as station:
        await station.run([Texts(several)])
        assert station.queue.counts()[JobState.COMMISSIONED] == 3
    assert [recognise(each).devices for each in work.runs] == [3, 2, 1]


async def test_no_more_devices_at_a_time_than_asked_for(work: Work) -> None:
    with work.station(at_once=2) as station:
        await station.run([Texts(*CODES)])
    assert work.most_at_once == 2


async def test_a_source_that_fails_ends_alone(work: Work) -> None:
    with work.station() as station:
        await station.run([Texts(CODES[0], failure=PortUnavailable(port="COM3")), Texts(CODES[1])])
        assert station.queue.counts()[JobState.COMMISSIONED] == 2
    ended = [told.error for told in work.told if told.kind == "source_ended"]
    assert sorted(type(error).__name__ for error in ended) == ["NoneType", "PortUnavailable"]


async def test_a_journal_that_can_not_be_written_ends_the_station_before_anything_is_done(
    work: Work, monkeypatch: pytest.MonkeyPatch
) -> None:
    with work.station() as station:
        monkeypatch.setattr(os, "fsync", _full)
        with pytest.raises(StorageError):
            await station.run([Texts(*CODES)])
    assert work.runs == []


def _full(descriptor: int) -> None:
    raise OSError(28, "No space left on device")


async def test_what_the_registry_knows_is_not_done_again(line: Line) -> None:
    """A kill between the end of a run and its line in the journal."""
    (device,) = await line.power_on(1)
    codes = line.codes("codes.csv", [device])
    told = await line.station("--csv", codes, app="hall")
    seal = Seal.of(open_identity(line.folder / "hall", throwaway=True).vault)
    with journal(line.folder / "hall" / "station.jsonl", seal) as kept:
        (job,) = kept.jobs
        kept.keep(replace(job, state=JobState.RUNNING, code=Secret(device.setup_code), device=""))
    again = await line.station("--csv", codes, app="hall")
    assert [each["state"] for each in jobs_of(again)] == ["commissioned"]
    assert jobs_of(again)[0]["device"] == jobs_of(told)[-1]["device"] != ""
    assert len(line.runs("hall")) == 1
