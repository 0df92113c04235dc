"""What lives outside of the app and outlives it: the device, the air, the user. Here the cuts are made."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from typing import Any
from unittest import mock

from companion.events import Event
from companion.identity import DeviceName
from companion.model import Advertisement, Proof
from companion.outcome import Outcome
from companion.protocols import Order
from companion.protocols.rp1.device.storage.flash import ERASED, PAGE_SIZE, PowerCut, RamFlash
from companion.protocols.rp1.wire.info import SERVICE_UUID
from companion.questions import ChooseDevice, ChooseNetwork, CompareNumbers, ConfirmDevice, Question
from companion.runs.commissioning import CommissioningRun
from tests.protocols.rp1.faults.cuts import Cut, Faults, Kind, Place
from tests.protocols.rp1.faults.device_life import TYPED, life_of
from tests.protocols.rp1.faults.disk import Disk
from tests.protocols.rp1.support.bench import PRODUCT, DeviceBench
from tests.protocols.rp1.support.driver_bench import FakeLink, ListeningBench, label
from tests.protocols.rp1.support.run_kills import Killed
from tests.support.fast_time import run_fast

MTU = 240
"""No message of a commissioning ends near a fragment's edge, so signatures of 70 to 72 octets count alike."""

SCENARIOS = ("oob", "nc", "oob-away")
"""By the label; by comparing numbers; by the label, with a device whose BLE is down while it tries Wi-Fi."""

SECONDS_BETWEEN = 7
"""So long it takes to start an app again that died."""

_STAYS_UP = 128


class CuttingFlash:
    """The device's flash; `strike` is asked at each write, and says how much of it still happens."""

    def __init__(self, strike: Callable[[], float | None]) -> None:
        self.content = RamFlash()
        self._strike = strike

    def read(self, page: int) -> bytes:
        return self.content.read(page)

    def write(self, page: int, offset: int, data: bytes) -> None:
        torn = self._strike()
        if torn is not None:
            self.content.write(page, offset, data[: int(len(data) * torn)])
            raise PowerCut
        self.content.write(page, offset, data)

    def erase(self, page: int) -> None:
        torn = self._strike()
        if torn is not None:
            self.content.write(page, 0, ERASED * int(PAGE_SIZE * torn))
            raise PowerCut
        self.content.erase(page)


@dataclass
class MortalDevice(ListeningBench):
    """A device that boots again wherever its power went. struck: told after each such boot."""

    struck: Callable[[], None] = lambda: None

    def __post_init__(self) -> None:
        self.die(first=True)

    def die(self, *, first: bool = False) -> None:
        """Lose power and get it back, as often as the plan wants."""
        while True:
            try:
                self.boot()
                break
            except PowerCut:
                first = False
        if not first:
            self.struck()

    def write(self, value: bytes) -> None:
        try:
            super().write(value)
        except PowerCut:
            self.die()

    def disconnect(self) -> None:
        try:
            super().disconnect()
        except PowerCut:
            self.die()


@dataclass
class User:
    """Answers what he is asked, and counts what that cost him."""

    run: Any = None
    typed: int = 0
    compared: int = 0
    problems: list[str] = field(default_factory=list)

    def __call__(self, event: Event) -> None:
        if isinstance(event, Question):
            asyncio.get_running_loop().call_soon(self._answer, event)

    def _answer(self, question: Question[Any]) -> None:
        answer: Any = True
        match question:
            case ChooseNetwork():
                answer = TYPED
                self.typed += 1
                self.problems += [str(question.problem)] if question.problem else []
            case CompareNumbers():
                self.compared += 1
            case ChooseDevice():
                (answer,) = question.devices
            case _:
                assert isinstance(question, ConfirmDevice), question
        self.run.answer(question, answer)


class Around:
    """One device, one user, one disk, and the plan of cuts. `noted` is called after each cut."""

    spec, captured, is_virtual = "faults", None, True
    address, client_id = "endpoint.example:8883", None

    def __init__(self, scenario: str, faults: Faults, disk: Disk) -> None:
        self.faults, self.disk, self.user = faults, disk, User()
        self.noted: Callable[[], None] = lambda: None
        self.tried = 0
        self._doomed: list[Cut] = []
        self._dead = False
        self._now = int(time.time())
        self._link: FakeLink | None = None
        caps = PRODUCT.caps & ~_STAYS_UP if scenario == "oob-away" else PRODUCT.caps
        self.flash = CuttingFlash(self._flash_written)
        self.device = MortalDevice(
            flash=self.flash,
            product=replace(PRODUCT, caps=caps),
            mtu=MTU,
            trial=self._try,
            struck=lambda: self.noted(),
        )
        self.code = None if scenario == "nc" else label(self.device)

    def command(self) -> Outcome | None:
        """`companion commission`, in a new app, to its end; None if the app was killed."""
        self._dead = False
        registry, identity = self.disk.open(self._disk_written)
        given: Any = {"radio": self, "registry": registry, "identity": identity, "endpoint": self}
        run = CommissioningRun(code=self.code, order=Order(), on_event=self.user, **given)
        self.user.run = run
        self._now += SECONDS_BETWEEN
        try:
            with mock.patch.object(time, "time", lambda: self._now):
                return run_fast(self._run(run))
        except Killed:
            return None
        finally:
            if self._link is not None:
                self._link.lose()
            self.disk.close()

    async def _run(self, run: CommissioningRun) -> Outcome:
        # What a killed app leaves behind in this process has nobody to complain to.
        asyncio.get_running_loop().set_exception_handler(lambda loop, context: None)
        return await run.run()

    def _try(self, trial: object) -> None:
        """The device joins the network and opens TLS, which takes its time and always works."""
        self.tried += 1

    # --- where it is cut ------------------------------------------------------------------------------

    def _spoil(self, operation: str) -> bool:
        """Before an ATT operation: True loses the link. Raises Killed."""
        self._live()
        due, self._doomed = self._doomed, []
        if not due and (cut := self.faults.pass_by(Place.ATT)) is not None:
            due = [cut]
        for cut in due:
            if cut.kind is Kind.DEVICE:
                self.device.die()
            else:
                self.noted()
            if cut.kind is Kind.APP:
                self._dead = True
        self._live()
        return bool(due)

    def _flash_written(self) -> float | None:
        cut = self.faults.pass_by(Place.FLASH)
        if cut is None:
            return None
        if cut.kind is Kind.DEVICE:
            return cut.torn
        self._doomed.append(cut)
        return None

    def _disk_written(self) -> None:
        self._live()
        if self.faults.pass_by(Place.DISK) is not None:
            self.noted()
            self._dead = True
        self._live()

    def _live(self) -> None:
        """Raises Killed in an app that is dead."""
        if any(cut.kind is Kind.APP for cut in self._doomed):
            self._doomed.clear()
            self.noted()
            self._dead = True
        if self._dead:
            raise Killed

    # --- the radio, as the run and its dialer see it ---------------------------------------------------

    async def check(self) -> None:
        """Bluetooth is on."""

    @asynccontextmanager
    async def scan(self) -> AsyncIterator[AsyncIterator[Advertisement]]:
        self._live()
        yield self._advertisements()

    async def _advertisements(self) -> AsyncIterator[Advertisement]:
        data = {SERVICE_UUID: self.device.machine.service_data}
        yield Advertisement(
            "C0:00:00:00:00:01", name="Lamp", service_uuids=(SERVICE_UUID,), service_data=data
        )
        await asyncio.sleep(3600)

    async def connect(self, advertisement: Advertisement, **given: Any) -> FakeLink:
        self._live()
        self._link = FakeLink(self.device, self._spoil)
        return self._link

    # --- the endpoint -----------------------------------------------------------------------------------

    async def wait_for(
        self, name: DeviceName, *, timeout: float, fingerprint: str | None = None
    ) -> Proof | None:
        """Seen, if the certificate that is looked for is the one that the device lives with."""
        seen = life_of(self.device).leaf
        return Proof(self.address, "TLSv1.3", self.device.product.serial) if seen == fingerprint else None

    def copy(self) -> DeviceBench:
        """The same flash in another device, to see what a power-on now would make of it."""
        return DeviceBench(flash=self.flash.content.copy(), product=self.device.product)
