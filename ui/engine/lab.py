"""The lab on the engine's side: one session at a time, over a radio of its own.

The usual virtual devices are in a process of their own (`companion.lab.worker`); a controller that the window
was started with, and this computer's radio, belong to this one.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from companion.errors import CompanionError
from companion.events import Event
from ui.engine.commands import Command
from ui.engine.errors import as_companion_error

if TYPE_CHECKING:
    from companion.lab.lab import Lab, LabEvent
    from companion.lab.results import Results
    from companion.lab.scenario import Scenario
    from companion.lab.worker import LabProcess
    from companion.model import WifiCredentials
    from companion.services import Services


@dataclass(frozen=True)
class StartLab(Command):
    """Begin a session: `LabTold` as it goes on, `LabEnded` or `LabFailed` at its end."""

    scenario: Scenario


@dataclass(frozen=True)
class StopLab(Command):
    """Let no other run begin. now: end those under way, too."""

    now: bool = False


@dataclass(frozen=True)
class PressLab(Command):
    """Press the button of a device that shows a number; place: among those that take part."""

    place: int
    matches: bool


@dataclass(frozen=True)
class ReadScenario(Command):
    """What does this file say? Answered with `ScenarioRead` or `LabFailed`."""

    path: Path


@dataclass(frozen=True)
class WriteLab(Command):
    """Write a file. kind: "toml" for the scenario, "json", "xml" (JUnit) or "csv" for the results.

    Answered with `LabWritten` or `LabFailed`.
    """

    path: Path
    kind: str
    scenario: Scenario
    results: Results | None


@dataclass(frozen=True)
class LabTold(Event):
    """Something happened in the session."""

    event: LabEvent


@dataclass(frozen=True)
class LabEnded(Event):
    """The session is over."""

    results: Results


@dataclass(frozen=True)
class LabFailed(Event):
    """The session could not begin or go on, or a file could not be read or written."""

    error: CompanionError


@dataclass(frozen=True)
class ScenarioRead(Event):
    """What a file says."""

    scenario: Scenario


@dataclass(frozen=True)
class LabWritten(Event):
    """A file was written."""

    path: Path


LabCommand = StartLab | StopLab | PressLab | ReadScenario | WriteLab


class LabEngine:
    """Runs sessions. services: those of virtual devices, or of real ones."""

    def __init__(
        self,
        emit: Callable[[object], None],
        services: Callable[[bool], Services],
        one_run: asyncio.Lock,
        records: Callable[[], bool],
    ) -> None:
        """one_run: held while real devices are used; records: whether octets are recorded"""
        self._records = records
        self._emit = emit
        self._services = services
        self._one_run = one_run
        self._lab: Lab | LabProcess | None = None
        self._session: asyncio.Task[None] | None = None

    async def handle(self, command: LabCommand) -> None:
        """Do what the command says."""
        try:
            match command:
                case StartLab() if self._session is None or self._session.done():
                    self._session = asyncio.get_running_loop().create_task(self._run(command.scenario))
                case StopLab() if self._lab is not None:
                    self._lab.cancel() if command.now else self._lab.stop()
                case PressLab() if self._lab is not None:
                    self._lab.press(command.place, command.matches)
                case ReadScenario():
                    from companion.lab import scenario_file

                    self._emit(ScenarioRead(await asyncio.to_thread(scenario_file.read, command.path)))
                case WriteLab():
                    await asyncio.to_thread(_write, command)
                    self._emit(LabWritten(command.path))
        except CompanionError as error:
            self._emit(LabFailed(error))

    async def close(self) -> None:
        """End the session, and wait until its devices have been told."""
        if self._lab is not None:
            self._lab.cancel()
        if self._session is not None:
            await asyncio.wait([self._session])

    async def _run(self, scenario: Scenario) -> None:
        try:
            if scenario.is_virtual:
                await self._go(self._services(True), scenario)
                return
            async with self._one_run:
                await self._go(self._services(False), scenario)
        except Exception as error:
            self._emit(LabFailed(as_companion_error(error)))
        finally:
            self._lab = None

    async def _go(self, services: Services, scenario: Scenario) -> None:
        from companion.lab.lab import Lab
        from companion.lab.scenario import checked
        from companion.lab.worker import LabProcess
        from ui.engine.offline import open_records

        checked(scenario)
        if scenario.is_virtual and services.radios == ("virtual",):
            self._lab = LabProcess(scenario, services.data_dir, tell=self._told, records=self._records())
            self._emit(LabEnded(await self._lab.run()))
            return
        if not scenario.is_virtual:
            await (await services.open_radio()).check()
        elif services.radios != ("virtual",):
            await services.open_radio()
        await open_records(services)
        await services.open_endpoint()
        wifi = None if scenario.is_virtual else _last_network(services)
        self._lab = Lab(services, scenario, wifi=wifi, tell=self._told, records=self._records())
        self._emit(LabEnded(await self._lab.run()))

    def _told(self, event: LabEvent) -> None:
        self._emit(LabTold(event))


def _last_network(services: Services) -> WifiCredentials | None:
    from companion.api import saved_networks

    return next(iter(saved_networks(services)), None)


def _write(command: WriteLab) -> None:
    """Raises FileUnwritable."""
    from companion.files import replace_durably, unwritable
    from companion.lab.reports import junit, table
    from companion.lab.scenario_file import written
    from companion.plain_text import json_text

    if command.kind == "toml" or command.results is None:
        text = written(command.scenario)
    elif command.kind == "json":
        text = json_text(command.results.as_json(), indent=2) + "\n"
    else:
        text = (junit if command.kind == "xml" else table)(command.results)
    try:
        replace_durably(command.path, text.encode())
    except OSError as error:
        raise unwritable(command.path, error) from error
