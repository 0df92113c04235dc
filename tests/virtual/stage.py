"""A stage for whole runs: one virtual device on its own air, commissioned as users do it, and the answers."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

from companion.errors import NetworkMissing
from companion.events import Event
from companion.model import DeviceSettings, WifiCredentials
from companion.outcome import Outcome
from companion.protocols import Order, recognise
from companion.questions import (
    AcceptRisk,
    ChooseDevice,
    ChooseNetwork,
    CompareNumbers,
    ConfirmDevice,
    Question,
)
from companion.runs.commissioning import CommissioningRun
from companion.services import Services, open_services
from companion.virtual.access_points import HAFEN
from companion.virtual.world import World


class Labelled(Protocol):
    """A virtual device with a setup code."""

    @property
    def setup_code(self) -> str: ...


@dataclass
class Stage:
    """Open services with the device.

    networks: the answers to come for the network page; intercept: sees each event first, and a question
    for which it returns True gets no answer
    """

    services: Services
    device: Labelled
    same_number: bool = True
    code: str | None = None
    extra: dict[str, str] = field(default_factory=dict)
    networks: list[WifiCredentials] = field(default_factory=list)
    told: list[Event] = field(default_factory=list)
    asked: list[Question[Any]] = field(default_factory=list)
    intercept: Callable[[Event], bool] = lambda event: False

    async def commission(
        self, method: str | None = None, *, wifi: WifiCredentials | None = HAFEN, with_code: bool = True
    ) -> Outcome:
        """One run with the label's code, as far as it comes."""

        def tell(event: Event) -> None:
            self.told.append(event)
            intercepted = self.intercept(event)
            if isinstance(event, Question):
                self.asked.append(event)
                if not intercepted:
                    self._answer(run, event)

        run = CommissioningRun(
            radio=self.services.radio,
            code=recognise(self.code or self.device.setup_code) if with_code else None,
            order=Order(method=method, wifi=wifi, name="Lamp", room="Hall", extra=self.extra),
            identity=self.services.identity,
            registry=self.services.registry,
            endpoint=self.services.endpoint,
            lan=self.services.lan,
            on_event=tell,
            timeout=10.0,
        )
        return await run.run()

    def _answer(self, run: CommissioningRun, question: Question[Any]) -> None:
        match question:
            case ChooseDevice(devices):
                run.answer(question, devices[0])
            case ConfirmDevice() | AcceptRisk():
                run.answer(question, True)
            case CompareNumbers():
                run.answer(question, self.same_number)
            case ChooseNetwork() if self.networks:
                run.answer(question, DeviceSettings("Lamp", "Hall", self.networks.pop(0)))
            case ChooseNetwork():
                run.refuse(NetworkMissing())
            case _:
                raise AssertionError(f"nobody expected {question}")


@asynccontextmanager
async def on_stage(
    device: Labelled, folder: Path, *, others: Sequence[object] = (), **options: Any
) -> AsyncIterator[Stage]:
    """The device on an air of its own, with the app's data in `folder`."""
    world = World([device, *others])
    async with open_services(["virtual"], data_dir=folder, world=world, **options) as services:
        yield Stage(services, device)
