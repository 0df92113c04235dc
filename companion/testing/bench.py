"""What a test works with: services on an event loop of their own, virtual devices on their air, and its runs.

The loop runs on a thread from the first use to the end of the test, so that virtual devices go on between two
calls, and tests need no plug-in for coroutines.
"""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable, Coroutine, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from companion.api import commission, read_codes
from companion.events import Event, RunStarted
from companion.model import SetupCode, WifiCredentials
from companion.outcome import Outcome
from companion.protocols import Order, recognise
from companion.runs.answers import AnswerPolicy
from companion.runs.handle import RunHandle
from companion.services import Services

if TYPE_CHECKING:
    from companion.virtual.air_link import AirLink
    from companion.virtual.peripheral import Peripheral

T = TypeVar("T")

ENDS_ITS_PROCESS = "crash-at-"
"""Faults by which a device's process dies: in a test that process is pytest."""
FAREWELL_SECONDS = 5.0
"""How long runs have to tell their devices that they end."""


class VirtualDevice:
    """A virtual device of one test. setup_code: the text of its label; None for one that has no label."""

    def __init__(self, peripheral: Peripheral) -> None:
        self.peripheral = peripheral
        self.setup_code: str | None = getattr(peripheral, "setup_code", None)

    @property
    def name(self) -> str:
        """What it calls itself on the air."""
        return self.peripheral.name

    def __repr__(self) -> str:
        return f"<virtual device {self.name}>"


Code = str | Path | SetupCode | VirtualDevice | None


class Bench:
    """The services of one test, opened at their first use."""

    def __init__(self, radios: Sequence[str], folder: Path, network: WifiCredentials | None) -> None:
        """folder: where records and keys are; network: what devices get unless an order says otherwise."""
        self._world = GrowingWorld()
        self._network = network
        self._services = Services(radios, data_dir=folder, make_world=lambda: self._world, registry="local")
        self._thread: threading.Thread | None = None
        self._stop: asyncio.Event
        self._loop: asyncio.AbstractEventLoop
        self._is_open = False
        self._calls: set[asyncio.Task[Any]] = set()
        self.started: list[str] = []
        """Ids of the runs that began, in the registry."""
        self.outcomes: list[Outcome] = []

    @property
    def services(self) -> Services:
        """Open, for the functions of `import companion`. Raises RadioError and StorageError leaves."""
        if not self._is_open:
            self.call(self._services.open())
            self._is_open = True
        return self._services

    @property
    def radios(self) -> tuple[str, ...]:
        """What it works over, as `--radio` names it."""
        return self._services.radios

    def virtual_device(self, protocol: str, *faults: str) -> VirtualDevice:
        """A new device of this protocol, on the air from now on.

        faults: as `companion virtual --fault` takes them ("drop-at-message=12"). Raises ValueError, whose
        text says what there is, KeyError for a protocol without virtual devices.
        """
        from companion.virtual.devices import DeviceOptions
        from companion.virtual.world import devices_of

        if deadly := [fault for fault in faults if fault.startswith(ENDS_ITS_PROCESS)]:
            raise ValueError(f"“{deadly[0]}” ends the device's process, and here that is pytest's")
        options = DeviceOptions(faults=faults, button="match", say=lambda text: None)
        peripheral = devices_of(protocol).make(options)
        _ = self.services
        self.call(self._world.add(peripheral))
        return VirtualDevice(peripheral)

    def commission(
        self,
        code: Code = None,
        *,
        order: Order | None = None,
        answers: AnswerPolicy | None = None,
        timeout: float = 30.0,
    ) -> Outcome:
        """Commission a device, and wait for how it ends; what fails is in the outcome's `error`.

        code:    a text, a picture's path, a recognised code or a virtual device; None: the only one nearby
        order:   what the device gets; None: the network of `companion_network`
        timeout: seconds in which the device has to be found

        Raises CodeMalformed, CodeUnreadable and RadioError and StorageError leaves.
        """
        made = setup_code(code)
        wanted = order or Order(wifi=self._network)
        return self.run(
            lambda: commission(self.services, made, order=wanted, answers=answers, timeout=timeout)
        )

    def run(self, make: Callable[[], RunHandle]) -> Outcome:
        """The outcome of any run: `run(lambda: companion.rotate(services, device))`."""
        _ = self.services

        async def follow() -> Outcome:
            async with make() as handle:
                async for event in handle:
                    self._note(event)
            return await handle

        outcome = self.call(follow())
        self.outcomes.append(outcome)
        return outcome

    def documents(self) -> list[dict[str, Any]]:
        """The runs as the registry has them now, unfinished ones too; none once it is closed."""
        if not self._is_open:
            return []
        return [self._services.registry.run(f"id:{run}").as_json() for run in self.started]

    def call(self, work: Coroutine[Any, Any, T]) -> T:
        """What a coroutine returns on the loop of the services. Interrupted, it is cancelled."""
        if self._thread is None:
            self._start()

        async def tracked() -> T:
            task = asyncio.current_task()
            assert task is not None
            self._calls.add(task)
            task.add_done_callback(self._calls.discard)
            return await work

        future = asyncio.run_coroutine_threadsafe(tracked(), self._loop)
        try:
            return future.result()
        finally:
            future.cancel()

    def close(self) -> None:
        """End what is under way, switch the devices off and close the services. May be called twice."""
        thread, self._thread = self._thread, None
        if thread is None:
            return
        self._is_open = False
        self._loop.call_soon_threadsafe(self._stop.set)
        thread.join()

    def _note(self, event: Event) -> None:
        if isinstance(event, RunStarted):
            self.started.append(event.run)

    def _start(self) -> None:
        ready = threading.Event()

        async def live() -> None:
            self._loop, self._stop = asyncio.get_running_loop(), asyncio.Event()
            ready.set()
            async with self._services:
                await self._stop.wait()
                if self._calls:  # interrupted: its runs tell their devices
                    await asyncio.wait(self._calls, timeout=FAREWELL_SECONDS)

        self._thread = threading.Thread(target=lambda: asyncio.run(live()), name="companion", daemon=True)
        self._thread.start()
        ready.wait()


class GrowingWorld:
    """An air to which devices are added while it is used."""

    def __init__(self) -> None:
        self._air: AirLink | None = None
        self._devices: list[Peripheral] = []

    async def populate(self, air: AirLink) -> None:
        """Called by the radio that opens the air."""
        self._air = air

    async def add(self, device: Peripheral) -> None:
        """Switch a device on. Raises RuntimeError on a radio that has no virtual air."""
        if self._air is None:
            raise RuntimeError("virtual devices live on the radio “virtual” alone")
        self._devices.append(device)
        await device.open(self._air)

    async def close(self) -> None:
        """Switch all of them off."""
        for device in self._devices:
            await device.close()


def setup_code(code: Code) -> SetupCode | None:
    """The code that is meant. Raises CodeMalformed, and for a picture what `read_codes` raises."""
    match code:
        case VirtualDevice():
            return None if code.setup_code is None else recognise(code.setup_code)
        case Path():
            return read_codes(code)[0]
        case str():
            return recognise(code)
    return code
