"""Virtual Matter devices to commission: runs with their events, and what is left behind."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

from companion.api import commission
from companion.events import Event
from companion.model import FoundDevice, SetupCode, WifiCredentials
from companion.outcome import Outcome
from companion.protocols import Order, recognise
from companion.protocols.matter.virtual.factory.options import Fault, MatterOptions
from companion.protocols.matter.virtual.factory.product import Kind, Medium, Product, make
from companion.protocols.matter.virtual.peripheral import VirtualMatter
from companion.questions import Question
from companion.runs.answers import Answers
from companion.runs.handle import RunHandle
from companion.services import Services
from companion.virtual.access_points import DEMO
from companion.virtual.world import World

E = TypeVar("E", bound=Event)

LABEL = make(Kind.LIGHT, Medium.WIFI)
"""Not the sample: all tests of this computer share its loopback network."""
NETWORK = DEMO.points[0]
WIFI = WifiCredentials(NETWORK.ssid, NETWORK.passphrase)
CODE = recognise(LABEL.onboarding.qr)
DIGITS = recognise(LABEL.onboarding.digits)


def light(*faults: Fault, product: Product = LABEL, **numbers: float) -> VirtualMatter:
    """A device with faults; those with a number by name."""
    given = dict.fromkeys(faults, 0.0) | {Fault[name.upper()]: number for name, number in numbers.items()}
    return VirtualMatter(MatterOptions(product=product, faults=given))


@dataclass(frozen=True)
class Told:
    """Somebody who answers some types of questions, and else as every program does."""

    usual: Answers
    given: Mapping[type[Question[Any]], Callable[[Any], Any]]

    async def answer(self, question: Question[Any]) -> Any:
        known = self.given.get(type(question))
        return await self.usual.answer(question) if known is None else known(question)


@dataclass
class CommissioningBench:
    """services: open; events: of all runs."""

    services: Services
    devices: list[VirtualMatter]
    events: list[Event] = field(default_factory=list)

    def run(
        self,
        code: SetupCode | None = CODE,
        *,
        answers: Mapping[type[Question[Any]], Callable[[Any], Any]] | None = None,
        on_event: Callable[[Event], None] = lambda event: None,
        timeout: float = 10.0,
        found: FoundDevice | None = None,
        **order: Any,
    ) -> RunHandle:
        wanted = Order(**{"wifi": WIFI, "name": "Lamp", **order})
        usual = Answers(wifi=wanted.wifi, name=wanted.name)
        told = usual if answers is None else Told(usual, answers)

        def heard(event: Event) -> None:
            self.events.append(event)
            on_event(event)

        return commission(
            self.services, code, found=found, order=wanted, answers=told, on_event=heard, timeout=timeout
        )

    async def commission(self, code: SetupCode | None = CODE, **more: Any) -> Outcome:
        return await self.run(code, **more)

    def heard(self, kind: type[E]) -> list[E]:
        return [event for event in self.events if isinstance(event, kind)]

    @property
    def is_clean(self) -> bool:
        """No device has anything of ours, no record says so, and no run is to be gone on with."""
        vault = self.services.identity.vault
        no_fabrics = all(not device.state.settings.members for device in self.devices)
        return no_fabrics and not self.services.registry.devices() and not vault.get("memory/matter/pending")


@asynccontextmanager
async def bench(folder: Path, *devices: VirtualMatter) -> AsyncIterator[CommissioningBench]:
    """Devices switched on, and services with keys and records in a folder."""
    async with Services(["virtual"], data_dir=folder, make_world=lambda: World(list(devices))) as services:
        await services.open()
        yield CommissioningBench(services, list(devices))
