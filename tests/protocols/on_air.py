"""A whole run over the virtual air, with what it told, asked and left behind."""

from __future__ import annotations

import asyncio
import json
import threading
from collections import defaultdict
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest

import companion.runs.commissioning
import companion.runs.discovery.nearby
from companion.errors import CompanionError, RegistryBusy
from companion.events import Event
from companion.lan import Lan
from companion.model import FoundDevice, SetupCode
from companion.outcome import Outcome
from companion.protocols import Driver, Order
from companion.questions import ConfirmDevice, Question
from companion.radio import Radio, open_radio
from companion.runs.commissioning import CommissioningRun
from companion.runs.discovery.nearby import nearby
from companion.virtual.peripheral import Peripheral
from tests.support.fakes import FakeIdentity, FakeRegistry, Watcher

Answer = Callable[[Any], Any]


class World:
    """The devices of a test, on the air while a radio is open."""

    def __init__(self, *devices: Peripheral) -> None:
        self._devices = devices

    async def populate(self, air: Any) -> None:
        for device in self._devices:
            await device.open(air)

    async def close(self) -> None:
        for device in self._devices:
            await device.close()


class Successor(World):
    """`others` come in the place of `first` when that is to go."""

    def __init__(self, first: Peripheral, *others: Peripheral) -> None:
        super().__init__(first)
        self._first, self._others = first, others
        self._air: Any = None
        self._swap: asyncio.Task[None] | None = None

    async def populate(self, air: Any) -> None:
        self._air = air
        await super().populate(air)

    def swap(self) -> None:
        """At the first call."""
        if self._swap is None:
            self._swap = asyncio.ensure_future(self._swapped())

    async def _swapped(self) -> None:
        await self._first.close()
        for other in self._others:
            await other.open(self._air)

    async def close(self) -> None:
        if self._swap is not None:
            await self._swap
            for other in self._others:
                await other.close()
        await super().close()


class DictMemory:
    """A protocol's memory that lasts as long as the test; values pass through JSON as in the registry."""

    def __init__(self) -> None:
        self.kept: dict[str, str] = {}
        self.sealed: dict[str, bytes] = {}
        self._locks: defaultdict[str, threading.Lock] = defaultdict(threading.Lock)

    @contextmanager
    def alone(self, purpose: str, *, seconds: float) -> Iterator[None]:
        if not self._locks[purpose].acquire(timeout=seconds):
            raise RegistryBusy(purpose)
        try:
            yield
        finally:
            self._locks[purpose].release()

    def get(self, key: str) -> Any | None:
        return json.loads(self.kept[key]) if key in self.kept else None

    def put(self, key: str, value: Any | None) -> None:
        self.kept.pop(key, None)
        if value is not None:
            self.kept[key] = json.dumps(value)

    def get_secret(self, key: str) -> bytes | None:
        return self.sealed.get(key)

    def put_secret(self, key: str, value: bytes | None) -> None:
        self.sealed.pop(key, None)
        if value is not None:
            self.sealed[key] = value


class RememberingRegistry(FakeRegistry):
    def __init__(self, memory: DictMemory) -> None:
        super().__init__()
        self._memory = memory

    def memory(self, protocol: str, vault: Any) -> DictMemory:
        return self._memory


class Answering(Watcher):
    """Answers questions with functions of the question; an exception that one returns refuses it."""

    def __init__(self, answers: dict[type, Answer]) -> None:
        super().__init__()
        self._by_type = {ConfirmDevice: lambda question: True, **answers}

    def __call__(self, event: Event) -> None:
        super().__call__(event)
        if isinstance(event, Question):
            answer = self._by_type[type(event)](event)
            if isinstance(answer, CompanionError):
                self.run.refuse(answer)
            else:
                self.run.answer(event, answer)


class Bench:
    """Commissions devices; `told` is what the last run told."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, driver: Driver) -> None:
        monkeypatch.setattr(companion.runs.commissioning, "driver", lambda name: driver)
        monkeypatch.setattr(companion.runs.discovery.nearby, "drivers", lambda: (driver,))
        monkeypatch.setattr(companion.runs.commissioning, "nearby", self._nearby)
        self._near: frozenset[str] = frozenset()
        self.memory = DictMemory()
        self.told: list[Event] = []

    async def commission(
        self,
        *devices: Peripheral,
        code: SetupCode | None,
        order: Order | None = None,
        answers: dict[type, Answer] | None = None,
        timeout: float = 5.0,
        world: World | None = None,
    ) -> Outcome:
        async with await open_radio("virtual", world=world or World(*devices)) as radio:
            self._near = frozenset(device.address for device in devices)
            return await self.commission_on(radio, code=code, order=order, answers=answers, timeout=timeout)

    async def commission_on(
        self,
        radio: Any,
        *,
        code: SetupCode | None,
        order: Order | None = None,
        answers: dict[type, Answer] | None = None,
        timeout: float = 5.0,
    ) -> Outcome:
        watcher = Answering(answers or {})
        run = watcher.run = CommissioningRun(
            radio=radio,
            code=code,
            order=order or Order(),
            identity=FakeIdentity(),  # type: ignore[arg-type]  # a stand-in for the room
            registry=RememberingRegistry(self.memory),  # type: ignore[arg-type]
            endpoint=None,
            on_event=watcher,
            timeout=timeout,
        )
        self.told = watcher.events
        outcome: Outcome = await run.run()
        return outcome

    async def _nearby(self, radio: Radio, lan: Lan | None) -> AsyncIterator[FoundDevice]:
        """Who is near, until all of the run's devices are whole: their names come in a second packet."""
        whole: set[str] = set()
        async for found in nearby(radio):
            yield found
            if found.advertisement.name:
                whole.add(found.address)
            if whole == self._near:
                return

    def of(self, kind: type) -> list[Any]:
        """The events of a kind."""
        return [event for event in self.told if isinstance(event, kind)]
