"""How often a bad radio link ends commissioned: operations that fail at random, and a link that goes once.

Everything runs on the virtual air in time that need not be waited for, so the numbers are the same on
every machine: a run is told by its seed.
"""

from __future__ import annotations

import asyncio
import json
import random
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from companion.errors import CompanionError, NetworkMissing
from companion.events import Event, LinkLost
from companion.identity import Identity, open_identity
from companion.model import SetupCode, WifiCredentials
from companion.outcome import Outcome, Result
from companion.protocols import Order, recognise
from companion.protocols.espressif.virtual.peripheral import VirtualEspressif
from companion.protocols.improv.virtual.peripheral import VirtualImprov
from companion.protocols.rp1.virtual.options import Rp1Options
from companion.protocols.rp1.virtual.peripheral import VirtualRp1
from companion.questions import (
    AcceptRisk,
    ChooseDevice,
    ChooseNetwork,
    CompareNumbers,
    ConfirmDevice,
    Question,
)
from companion.radio import open_radio
from companion.runs.commissioning import CommissioningRun
from companion.secret import Secret
from companion.virtual.access_points import HAFEN
from companion.virtual.gatt import Fault, FaultPlan, Operation
from companion.virtual.peripheral import Peripheral
from companion.virtual.world import World
from tests.support.fakes import FakeRegistry
from tests.support.fast_time import run_fast

RUNS = 200
FAILING = 0.05
UNANSWERED = 0.1  # of those that fail: no answer at all, the others an ATT error
HANG_SECONDS = 900.0
WORKSHOP = WifiCredentials(b"Workshop", Secret("correct horse"))


@dataclass(frozen=True)
class Subject:
    """A protocol and how it is commissioned here."""

    name: str
    make: Callable[[], Peripheral]
    method: str | None = None
    wifi: WifiCredentials = WORKSHOP
    has_code: bool = True


SUBJECTS = (
    Subject("rp1 nc", VirtualRp1, "nc", HAFEN),
    Subject("rp1 oob", VirtualRp1, "oob", HAFEN),
    Subject("rp1 MTU 23", lambda: VirtualRp1(Rp1Options(mtu=23)), "oob", HAFEN),
    Subject("espressif", VirtualEspressif),
    Subject("improv", VirtualImprov, has_code=False),
)


class QuietLink:
    """A fault plan without a fault, which counts the operations of a run."""

    def __init__(self) -> None:
        self.operations = 0

    def __call__(self, operation: Operation) -> Fault | None:
        self.operations += 1
        return None


class BadLink:
    """A fault plan: fails operations at random and ends the link once, all decided by `seed`.

    operations: of a quiet run; the link ends at one of them.
    """

    def __init__(self, seed: int, operations: int) -> None:
        self._dice = random.Random(seed)
        self._end_at = self._dice.randint(1, operations)
        self._seen = 0
        self.failed = 0

    def __call__(self, operation: Operation) -> Fault | None:
        self._seen += 1
        if self._seen == self._end_at:
            return Fault.DROP_LINK
        if self._dice.random() >= FAILING:
            return None
        self.failed += 1
        return Fault.IGNORE if self._dice.random() < UNANSWERED else Fault.REFUSE


class Memory:
    """A protocol's memory for one run."""

    def __init__(self) -> None:
        self._kept: dict[str, str] = {}
        self._secrets: dict[str, bytes] = {}

    def get(self, key: str) -> Any | None:
        return json.loads(self._kept[key]) if key in self._kept else None

    def put(self, key: str, value: Any | None) -> None:
        self._kept.pop(key, None)
        if value is not None:
            self._kept[key] = json.dumps(value)

    def get_secret(self, key: str) -> bytes | None:
        return self._secrets.get(key)

    def put_secret(self, key: str, value: bytes | None) -> None:
        self._secrets.pop(key, None)
        if value is not None:
            self._secrets[key] = value


class Registry(FakeRegistry):
    def __init__(self) -> None:
        super().__init__()
        self._memory = Memory()

    def memory(self, protocol: str, vault: Any) -> Memory:  # type: ignore[override]  # the fake has none
        return self._memory


@dataclass
class Tally:
    """How the runs of one subject ended."""

    subject: Subject
    runs: int = 0
    commissioned: int = 0
    losses: int = 0
    failures: int = 0
    errors: Counter[str] = field(default_factory=Counter)
    seconds: list[float] = field(default_factory=list)

    @property
    def share(self) -> float:
        return self.commissioned / self.runs

    @property
    def hung(self) -> int:
        return self.errors["hung"]

    def line(self) -> str:
        """A row of the table."""
        middle = sorted(self.seconds)[len(self.seconds) // 2] if self.seconds else 0.0
        rest = ", ".join(f"{count} {code}" for code, count in sorted(self.errors.items())) or "-"
        return (
            f"{self.subject.name:<12}{self.runs:>6}{self.failures:>10}{self.losses:>10}"
            f"{self.commissioned:>14}{100 * self.share:>8.1f} %{middle:>10.1f} s{self.hung:>6}   {rest}"
        )


TITLE = (
    f"{'link':<12}{'runs':>6}{'op failed':>10}{'link lost':>10}"
    f"{'commissioned':>14}{'share':>10}{'median':>12}{'hung':>6}   the rest"
)


def table(runs: int = RUNS) -> Iterator[str]:
    """The table of `make bench`, a line at a time."""
    yield f"{100 * FAILING:g} % of ATT operations fail, and the link goes once, in each of {runs} runs"
    yield TITLE
    for subject in SUBJECTS:
        yield tally(subject, runs).line()


def tally(subject: Subject, runs: int, *, first_seed: int = 1) -> Tally:
    """Commission a fresh device `runs` times, each time over another bad link."""
    counted = Tally(subject)
    with tempfile.TemporaryDirectory() as folder:
        identity = open_identity(Path(folder), throwaway=True)
        quiet = QuietLink()
        run_fast(commission(subject, identity, quiet, []))
        for seed in range(first_seed, first_seed + runs):
            run_fast(_count(counted, identity, BadLink(seed, quiet.operations)))
    return counted


async def _count(counted: Tally, identity: Identity, link: BadLink) -> None:
    told: list[Event] = []
    began = time.monotonic()
    counted.runs += 1
    try:
        async with asyncio.timeout(HANG_SECONDS):
            outcome = await commission(counted.subject, identity, link, told)
    except TimeoutError:
        counted.errors["hung"] += 1
        return
    counted.failures += link.failed
    counted.losses += sum(isinstance(event, LinkLost) for event in told)
    if outcome.result is Result.COMMISSIONED:
        counted.commissioned += 1
        counted.seconds.append(time.monotonic() - began)
    else:
        counted.errors[outcome.error.code if outcome.error else "no error"] += 1


async def commission(subject: Subject, identity: Identity, plan: FaultPlan, told: list[Event]) -> Outcome:
    """One run over the link that `plan` spoils."""
    device = subject.make()
    device.fault = plan
    code = recognise(device.setup_code) if subject.has_code else None  # type: ignore[attr-defined]
    async with await open_radio("virtual", world=World([device])) as radio:
        run = _run(subject, radio, code, identity, told)
        return await run.run()


def _run(
    subject: Subject, radio: Any, code: SetupCode | None, identity: Identity, told: list[Event]
) -> CommissioningRun:
    def tell(event: Event) -> None:
        told.append(event)
        if isinstance(event, Question):
            _answer(run, event)

    run = CommissioningRun(
        radio=radio,
        code=code,
        order=Order(method=subject.method, wifi=subject.wifi, name="Lamp", room="Hall"),
        identity=identity,
        registry=Registry(),  # type: ignore[arg-type]  # what it wrote is not looked at
        endpoint=None,
        on_event=tell,
        timeout=30.0,
    )
    return run


def _answer(run: CommissioningRun, question: Question[Any]) -> None:
    match question:
        case ConfirmDevice() | CompareNumbers() | AcceptRisk():
            run.answer(question, True)
        case ChooseDevice(devices):
            run.answer(question, devices[0])
        case ChooseNetwork():
            run.refuse(NetworkMissing())
        case _:
            run.refuse(CompanionError("nobody expected this question"))
