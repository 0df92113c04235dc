"""A session of the lab: the scenario's runs, one after the other or several at a time.

Each run is a run like any other, with its own record in the registry.
"""

from __future__ import annotations

import asyncio
import logging
import random
import time
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from companion.api import commission
from companion.errors import Cancelled, CaptureUnavailable, CompanionError, FileNotOwn, ScenarioInvalid
from companion.events import Connected, Event, InLab, LinkLost, RunStarted, StepStarted
from companion.lab.faults import AMOUNTS
from companion.lab.results import Ending, LabRun, Results
from companion.lab.scenario import Button, Scenario
from companion.lab.source import SHOWN
from companion.lab.unit import Pool, Unit
from companion.model import ShownBy, Step, WifiCredentials
from companion.outcome import Outcome
from companion.protocols import Order
from companion.questions import AcceptRisk, CompareNumbers, EnterSecret, Question, SetupSecret
from companion.radio.capture import new_recording
from companion.runs.answers import Answers
from companion.runs.handle import RunHandle
from companion.secret import Secret
from companion.services import Services

if TYPE_CHECKING:
    from companion.virtual.air_link import AirLink

log = logging.getLogger(__name__)


class LabEvent:
    """Something happened in a session."""


@dataclass(frozen=True)
class LabRunStarted(LabEvent):
    """A run began. place: of its device among those that take part."""

    number: int
    place: int
    device: str


@dataclass(frozen=True)
class LabRunEnded(LabEvent):
    """A run ended."""

    run: LabRun


@dataclass(frozen=True)
class LabDisplay(LabEvent):
    """A device's display shows something else; None: nothing."""

    place: int
    device: str
    number: str | None


class Lab:
    """One session. It belongs to one event loop, and runs once."""

    def __init__(
        self,
        services: Services,
        scenario: Scenario,
        *,
        wifi: WifiCredentials | None = None,
        tell: Callable[[LabEvent], None] = lambda event: None,
        records: bool = False,
    ) -> None:
        """services: with open identity, registry and endpoint, and for real devices an open radio.

        wifi: what the devices join; None: for virtual ones the network that they see
        records: what goes over the air is recorded, where one run follows the other: of several at a time
        nobody could tell whose it is
        Raises ScenarioInvalid where devices and radio do not fit together.
        """
        if scenario.is_virtual is not services.is_virtual:
            raise ScenarioInvalid(
                "its devices are virtual: use --radio virtual"
                if scenario.is_virtual
                else "its devices are real: use --radio os"
            )
        self._services = services
        self._scenario = scenario
        self._wifi = wifi or (_network_of_the_world() if scenario.is_virtual else None)
        self._tell = tell
        self._records = records and scenario.at_a_time == 1
        self._pool = Pool(scenario.present, self._on_display)
        self._numbers = iter(range(1, scenario.runs + 1))
        self._runs: list[LabRun] = []
        self._under_way: set[RunHandle] = set()
        self._stopping = self._cancelled = False
        self._began = time.monotonic()

    async def run(self) -> Results:
        """All runs, to the end or until the session is stopped.

        Raises ScenarioInvalid for faults that a device can't have, RadioError and StorageError leaves.
        """
        self._began = time.monotonic()
        async with self._air() as (services, air):
            try:
                async with asyncio.TaskGroup() as group:
                    for _ in range(min(self._scenario.at_a_time, self._scenario.runs)):
                        group.create_task(self._work(services, air))
            except BaseExceptionGroup as several:
                raise several.exceptions[0] from None
        return self.results

    @property
    def results(self) -> Results:
        """What came of it so far."""
        runs = tuple(sorted(self._runs, key=lambda run: run.number))
        scenario = self._scenario
        return Results(
            scenario.name,
            scenario.seed,
            scenario.runs,
            scenario.at_a_time,
            runs,
            time.monotonic() - self._began,
        )

    def stop(self) -> None:
        """No other run begins; those under way end by themselves."""
        self._stopping = True

    def cancel(self) -> None:
        """Stop, and end the runs under way as soon as their devices have been told."""
        self.stop()
        self._cancelled = True
        for handle in tuple(self._under_way):
            handle.cancel()

    def press(self, place: int, matches: bool) -> None:
        """Press the button of a device that shows a number; place: as `LabDisplay` tells it."""
        self._pool.press(place, matches)

    # --- inside -------------------------------------------------------------------------------------

    @asynccontextmanager
    async def _air(self) -> AsyncIterator[tuple[Services, AirLink | str]]:
        """The services over the session's radio, and where its virtual devices are switched on."""
        from companion.radio import RadioKind, RadioSpec, open_radio

        specs = [RadioSpec.parse(text) for text in self._services.radios]
        if not self._scenario.is_virtual:
            yield self._services, ""
            return
        if specs[0].kind is RadioKind.BUMBLE:
            yield self._services, specs[0].transport
            return
        world = _Air()
        radio = await open_radio(specs[0].text, world=world)
        try:
            yield self._services.over(radio), world.link
        finally:
            await radio.close()

    async def _work(self, services: Services, air: AirLink | str) -> None:
        for number in self._numbers:
            if self._stopping:
                return
            unit = self._pool.take(number)
            self._tell(LabRunStarted(number, unit.place, unit.name))
            try:
                run = await self._one(number, unit, services, air)
            finally:
                self._pool.give_back(unit)
            self._runs.append(run)
            if self._scenario.stop_at_failure and run.ending is Ending.FAILED:
                self.stop()
            self._tell(LabRunEnded(run))

    async def _one(self, number: int, unit: Unit, services: Services, air: AirLink | str) -> LabRun:
        began = time.monotonic()
        notes = _Notes()
        try:
            await unit.switch_on(air, random.Random(f"{self._scenario.seed} {number}"))
            async with self._recording(services):
                outcome = await self._commission(number, unit, services, notes)
        except ScenarioInvalid:
            raise
        except CompanionError as error:
            outcome = Outcome.refused(error)
        finally:
            await unit.switch_off()
        return notes.told(number, unit, outcome, began - self._began, time.monotonic() - began)

    @asynccontextmanager
    async def _recording(self, services: Services) -> AsyncIterator[None]:
        """What keeps it from being made keeps no run from its end."""
        async with AsyncExitStack() as stack:
            if self._records:
                try:
                    recording = services.radio.capture(new_recording(services.data_dir))
                    await stack.enter_async_context(recording)
                except (OSError, CaptureUnavailable, FileNotOwn) as error:
                    self._records = False
                    log.warning("no run of the lab is recorded: %s", type(error).__name__)
            yield

    async def _commission(self, number: int, unit: Unit, services: Services, notes: _Notes) -> Outcome:
        scenario = self._scenario
        code, shown = await unit.read()
        order = Order(
            method=unit.device.ordered_method,
            wifi=self._wifi,
            thread=await unit.prepare(services),
            name=unit.name,
            shown=shown,
            shown_by=SHOWN.get(unit.device.source, ShownBy.LIGHT),
            attended=scenario.is_virtual and unit.device.button is not Button.NOBODY,
        )
        answers = _Answers(
            self._wifi,
            unit.name,
            unit=unit if scenario.is_virtual else None,
            accepts_risks=scenario.accept_risks,
        )
        found = None if code is not None else await unit.find(services.radio, scenario.timeout)

        def note(event: Event) -> None:
            if isinstance(event, RunStarted):
                services.registry.append(event.run, self._origin(number, unit))
            notes.take(event)

        handle = commission(
            services,
            code,
            found=found,
            order=order,
            answers=answers,
            timeout=scenario.timeout,
            on_event=note,
        )
        self._under_way.add(handle)
        if self._cancelled:
            # While its device was switched on.
            handle.cancel()
        try:
            return await handle
        finally:
            self._under_way.discard(handle)

    def _origin(self, number: int, unit: Unit) -> InLab:
        faults = (
            f"{fault}-{amount}" if fault in AMOUNTS else fault.value
            for fault, amount in unit.device.faults.items()
        )
        return InLab(self._scenario.name, number, self._scenario.seed, tuple(faults))

    def _on_display(self, unit: Unit) -> None:
        self._tell(LabDisplay(unit.place, unit.name, unit.shown))


@dataclass(frozen=True)
class _Answers(Answers):
    """Answers in advance; a number is compared with what the virtual device shows, as a person would.

    accepts_risks: weak protection is accepted, but no device that is not genuine
    """

    unit: Unit | None = None
    accepts_risks: bool = False

    async def answer(self, question: Question[Any]) -> Any:
        if isinstance(question, AcceptRisk) and self.accepts_risks:
            return True
        if isinstance(question, CompareNumbers) and self.unit is not None:
            return await self.unit.read_number() == question.number
        if isinstance(question, EnterSecret) and question.prompt is not None and self.unit is not None:
            return SetupSecret(Secret(await self.unit.read_number() or ""))
        return await super().answer(question)


@dataclass
class _Notes:
    """What a run told on its way."""

    run: str = ""
    step: Step | None = None
    step_began: float = 0.0
    retried: bool = False

    def take(self, event: Event) -> None:
        match event:
            case RunStarted(run=run):
                self.run = run
            case StepStarted(step=step):
                self.step, self.step_began = step, time.monotonic()
            case LinkLost() | Connected(again=True):
                self.retried = True

    def told(self, number: int, unit: Unit, outcome: Outcome, began: float, seconds: float) -> LabRun:
        error = outcome.error
        run = LabRun(
            number=number,
            device=unit.name,
            protocol=outcome.protocol or unit.device.protocol,
            ending=Ending.RETRIED if self.retried else Ending.GOOD,
            seconds=seconds,
            began=began,
            run=outcome.run or self.run,
            steps=tuple((each.step, each.seconds) for each in outcome.steps),
        )
        if error is None:
            return run
        return replace(
            run,
            ending=Ending.STOPPED if isinstance(error, Cancelled) else Ending.FAILED,
            code=error.code,
            title=error.title_text,
            exit_status=error.exit_status,
            failed_step=outcome.failed_step,
            failed_seconds=time.monotonic() - self.step_began if self.step is not None else 0.0,
        )


class _Air:
    """A world that is empty at first: its devices are switched on when it is their turn."""

    async def populate(self, link: AirLink) -> None:
        self.link = link

    async def close(self) -> None:
        """Nothing is left on it."""


def _network_of_the_world() -> WifiCredentials:
    from companion.virtual.access_points import HAFEN

    return HAFEN
