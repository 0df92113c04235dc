"""Stand-ins for the rooms around a run, where a test is about the run alone."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any, ClassVar

from companion.errors import RadioError, RecordMissing
from companion.events import Event
from companion.link_counts import LinkCounts
from companion.link_trace import LinkRecorder
from companion.model import Advertisement, Commissioned, DeviceIdentity, Finding, FoundDevice, SetupCode, Text
from companion.outcome import Outcome
from companion.protocols import Context
from companion.questions import Question
from companion.registry import DeviceRecord
from companion.secret import Secret

SENSOR = Advertisement("C0:00:00:00:00:01", name="Lumen Sensor", rssi=-48)
CODE = SetupCode("fake", "A fake code", Text("Companion commissions it."), Secret("FAKE:1"), protocol="fake")


class FakeLink:
    """A link that carries nothing and counts one write."""

    def __init__(self) -> None:
        self.mtu = 247
        self.counts = LinkCounts(mtu=247, writes=1, bytes_out=5)
        self.recorder = LinkRecorder()
        self.closed = False
        self._listeners: list[Callable[[], None]] = []

    def when_gone(self, tell: Callable[[], None]) -> None:
        self._listeners.append(tell)

    def lose(self) -> None:
        """The device ends it."""
        for tell in self._listeners:
            tell()

    def hang_up(self) -> None:
        self.closed = True
        self.lose()

    async def close(self) -> None:
        self.hang_up()


class FakeRadio:
    """A radio on which `seen` is advertised, and connecting gives a FakeLink."""

    spec = "fake"
    captured: str | None = None

    def __init__(self, *seen: Advertisement, is_virtual: bool = True, broken: RadioError | None = None):
        self.seen = seen
        self.is_virtual = is_virtual
        self.broken = broken
        self.links: list[FakeLink] = []

    async def check(self) -> None:
        if self.broken is not None:
            raise self.broken

    @asynccontextmanager
    async def scan(self) -> AsyncIterator[AsyncIterator[Advertisement]]:
        yield self._advertisements()

    async def _advertisements(self) -> AsyncIterator[Advertisement]:
        for advertisement in self.seen:
            yield advertisement
        await asyncio.sleep(3600)

    async def connect(self, advertisement: Advertisement, **_: Any) -> FakeLink:
        self.links.append(FakeLink())
        return self.links[-1]


class FakeVault:
    """A vault in memory."""

    def __init__(self) -> None:
        self.content: dict[str, Secret] = {}

    def get(self, key: str) -> Secret | None:
        return self.content.get(key)

    def put(self, key: str, value: Secret | None) -> None:
        if value is None:
            self.content.pop(key, None)
        else:
            self.content[key] = value


class FakeIdentity:
    def __init__(self, *, throwaway: bool = True) -> None:
        self.throwaway = throwaway
        self.vault = FakeVault()


class FakeRegistry:
    """Keeps what a run wrote, in memory."""

    def __init__(self) -> None:
        self.events: list[Event] = []
        self.outcome: Outcome | None = None

    def begin_run(self, *, ecosystem: str | None, radio: str, subject: str | None = None) -> str:
        return "run-1"

    def append(self, run: str, event: Event) -> None:
        self.events.append(event)

    def finish_run(self, run: str, outcome: Outcome) -> str | None:
        self.outcome = outcome
        return "record-1" if outcome.commissioned else None

    def devices(self) -> list[DeviceRecord]:
        return []

    def proven_devices(self, protocol: str) -> list[tuple[DeviceIdentity, bytes]]:
        return []

    def device(self, wanted: str) -> DeviceRecord:
        raise RecordMissing(wanted=wanted)

    def memory(self, protocol: str, vault: Any) -> Any:
        return NoMemory()


class NoMemory:
    """A protocol's memory with nothing in it."""

    def get(self, key: str) -> None:
        return None


class FakeDriver:
    """A protocol whose commissioning is the function that a test gives it."""

    name: ClassVar[str] = "fake"
    code_names_unit: ClassVar[bool] = False
    behaviour: Callable[[Context], Any]

    def find(self, advertisement: Advertisement, code: SetupCode | None) -> FoundDevice | None:
        if advertisement.name is None:
            return None
        return FoundDevice("fake", advertisement, advertisement.name)

    def findings(
        self, found: FoundDevice, code: SetupCode | None, method: str | None = None
    ) -> tuple[Finding, ...]:
        return ()

    async def commission(self, context: Context) -> Commissioned:
        result: Commissioned = await type(self).behaviour(context)
        return result


COMMISSIONED = Commissioned(DeviceIdentity("d1", "Lumen Sensor", "LS-2", "LS2-0048"), "oob")


class Watcher:
    """Collects a run's events and answers its questions with `answers` by type."""

    def __init__(self, answers: dict[type, Any] | None = None) -> None:
        self.events: list[Event] = []
        self.answers = answers or {}
        self.run: Any = None
        self._waiting: list[tuple[type, asyncio.Future[Any]]] = []

    def __call__(self, event: Event) -> None:
        self.events.append(event)
        for kind, future in self._waiting:
            if isinstance(event, kind) and not future.done():
                future.set_result(event)
        if isinstance(event, Question) and type(event) in self.answers:
            answer = self.answers[type(event)]
            asyncio.get_running_loop().call_soon(self.run.answer, event, answer)

    async def next(self, kind: type) -> Any:
        """The next event of a kind."""
        future: asyncio.Future[Any] = asyncio.get_running_loop().create_future()
        self._waiting.append((kind, future))
        return await asyncio.wait_for(future, 60)

    def of(self, kind: type) -> list[Any]:
        return [event for event in self.events if isinstance(event, kind)]
