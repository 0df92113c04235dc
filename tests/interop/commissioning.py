"""Companion's own run against devices of others, as its users start it."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from companion.events import Event
from companion.model import DeviceSettings, WifiCredentials
from companion.outcome import Outcome
from companion.protocols import Order, recognise
from companion.questions import (
    ChooseDevice,
    ChooseNetwork,
    ConfirmDevice,
    Question,
    ReviewAttestation,
    TryAgain,
)
from companion.runs.commissioning import CommissioningRun
from companion.services import Services, open_services
from companion.virtual.access_points import HAFEN
from companion.virtual.world import World


@dataclass
class Companion:
    """Open services, and what a run said and asked. networks: given one after the other, the last again."""

    services: Services
    networks: Sequence[WifiCredentials] = (HAFEN,)
    accepts_risks: bool = True
    told: list[Event] = field(default_factory=list)
    asked: list[Question[Any]] = field(default_factory=list)

    async def commission(self, code: str, **order: Any) -> Outcome:
        """One run with a device's code. order: what differs from the usual order."""
        networks = list(self.networks)

        def tell(event: Event) -> None:
            self.told.append(event)
            if isinstance(event, Question):
                self.asked.append(event)
                self._answer(run, event, networks)

        services = self.services
        run = CommissioningRun(
            radio=services.radio,
            code=recognise(code),
            order=Order(**{"name": "Lamp", "room": "Hall", **order}),
            identity=services.identity,
            registry=services.registry,
            endpoint=services.endpoint,
            lan=services.lan,
            on_event=tell,
            timeout=20.0,
        )
        return await run.run()

    def _answer(
        self, run: CommissioningRun, question: Question[Any], networks: list[WifiCredentials]
    ) -> None:
        match question:
            case ConfirmDevice():
                run.answer(question, True)
            case ReviewAttestation():
                run.answer(question, self.accepts_risks)
            case ChooseDevice(devices):
                run.answer(question, devices[0])
            case ChooseNetwork():
                network = networks.pop(0) if len(networks) > 1 else networks[0]
                run.answer(question, DeviceSettings("Lamp", "Hall", network))
            case TryAgain():
                run.answer(question, False)
            case _:
                raise AssertionError(f"nobody expected {question}")

    def events(self, kind: type[Event]) -> list[Any]:
        """What it told of one kind."""
        return [event for event in self.told if isinstance(event, kind)]


@asynccontextmanager
async def companion_with(folder: Path, *devices: Any, **options: Any) -> AsyncIterator[Companion]:
    """Companion on an air with these devices, its data in `folder`. options: those of `Companion`."""
    async with open_services(["virtual"], data_dir=folder, world=World(list(devices))) as services:
        yield Companion(services, **options)
