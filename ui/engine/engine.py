"""What lives on the engine thread: radio, identity, registry, endpoint, and at most one run.

Everything heavy is imported and opened here, when it is first needed, so that the window paints at
once and the GUI thread never waits for a key store, a database or a radio.
"""

from __future__ import annotations

import asyncio
import concurrent.futures
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from companion.errors import Cancelled, CompanionError, RadioError
from companion.secret import Secret
from ui.engine import bench, clouds, codes, lab, nearby, octets, offline, ownership, radios, registry
from ui.engine.archive import Archive, Asked
from ui.engine.backups import Backups
from ui.engine.bench_messages import StartBench
from ui.engine.commands import (
    Answer,
    AskBackup,
    Blink,
    CancelRun,
    CheckTyped,
    Command,
    Examine,
    LookAround,
    MakeBackup,
    PressVirtual,
    ReadBackup,
    Recognise,
    RestoreBackup,
    StartRun,
    StopLooking,
    TryBackup,
    UseRadio,
)
from ui.engine.desktop import Desktop, TellDesktop
from ui.engine.errors import as_companion_error
from ui.engine.events import PassphraseNeeded, RadioMissing, RadioReady, RunRefused, Warm
from ui.engine.hsm import HsmCommand, HsmEngine
from ui.engine.identify import Blinker
from ui.engine.inventory import EachDevice, EachDeviceRun
from ui.engine.ownership_messages import (
    Administer,
    CancelTokens,
    LeaveSharing,
    MakeToken,
    RecallNetworks,
    RemoveController,
    RenewList,
    RevokeDevice,
    SaveToken,
    StartOperation,
    StopSharing,
)
from ui.engine.upkeep import AskIdentity
from ui.engine.virtual_world import VirtualButton, make_world
from ui.shell.warm_up import warm_up

if TYPE_CHECKING:
    from companion.identity.hardware.keys import PinRequest
    from companion.radio import Radio
    from companion.runs.handle import RunHandle
    from companion.services import Services

Start = StartRun | StartOperation | StartBench | EachDevice | Administer | ownership.AtOnce

RADIO_CHECK_EVERY = 5.0
# Longer than anything that looking around still has to close.
CANCEL_AGAIN = 10.0


@dataclass(frozen=True)
class Settings:
    """What the engine is started with. `data_dir` None: the platform's own folder."""

    radio: str = "os"
    data_dir: Path | None = None


class Engine:
    """Obeys the window's commands and tells what happens. Every method runs on the engine's loop."""

    def __init__(self, emit: Callable[[object], None], settings: Settings) -> None:
        self._emit = emit
        self._settings = settings
        self._spec = settings.radio
        self._services: dict[bool, Services] = {}
        self._one_run = asyncio.Lock()
        # Held while one radio makes way for another; who wants a radio waits.
        self._changing = asyncio.Lock()
        self._looking: asyncio.Task[None] | None = None
        self._warming: asyncio.Task[None] | None = None
        self._starting: asyncio.Task[Any] | None = None
        self._run: RunHandle | bench.BenchRun | EachDeviceRun | None = None
        self._button = VirtualButton(emit)
        self._desktop = Desktop()
        self._blinker = Blinker(emit, self._open_radio)
        self._archive = Archive(emit)
        self._registry = registry.RegistryEngine(emit, self._current, self._open_anew)
        self._hsm = HsmEngine(emit, lambda: self._of_world(False), self._open_anew)
        self._bench = bench.Bench(emit)
        self._octets = octets.OctetRecorder(emit)
        self._backups = Backups(emit, self._owner_folder, self._ask_pin)
        self._lab = lab.LabEngine(emit, self._of_world, self._one_run, lambda: self._octets.is_on)
        self._asked: tuple[PassphraseNeeded, concurrent.futures.Future[Secret | None]] | None = None

    async def handle(self, command: Command) -> None:
        """Do what the command says. Raises CompanionError where it can't."""
        match command:
            case LookAround():
                self._look_around()
            case StopLooking():
                await self._stop_looking()
            case UseRadio():
                await self._use_radio(command.spec)
            case Recognise():
                self._emit(codes.recognised(command))
            case CheckTyped():
                for told in codes.typed(command):
                    self._emit(told)
            case (
                StartRun()
                | StartOperation()
                | Administer()
                | RecallNetworks()
                | MakeToken()
                | CancelTokens()
                | RevokeDevice()
                | RenewList()
                | StartBench()
                | EachDevice()
            ):
                await self._start(command)
            case _ if isinstance(command, bench.WISHES):
                await self._bench.handle(command)
            case SaveToken():
                self._emit(await asyncio.to_thread(ownership.save, command))
            case _ if isinstance(command, offline.OfflineCommand):
                self._emit(await offline.obey(command, self._current()))
            case RemoveController() | StopSharing() | LeaveSharing():
                ownership.wish(command, self._run)
            case Answer():
                await self._blinker.stop()
                self._answer(command)
            case CancelRun():
                await self._blinker.stop()
                self._cancel()
            case Blink():
                await self._blinker.blink(command.device)
            case _ if isinstance(command, Asked):
                # Another radio may be on its way, and with it the records of its devices.
                async with self._changing:
                    pass
                self._registry.watch()
                await self._archive.handle(command, self._current())
            case _ if isinstance(command, registry.RegistryCommand):
                await self._registry.handle(command)
            case HsmCommand():
                await self._hsm.handle(command)
            case Examine():
                await self._examine()
            case radios.AskRadios():
                self._emit(await radios.look())
            case _ if isinstance(command, octets.OctetCommand):
                await self._octets.handle(command, self._current().data_dir)
            case ReadBackup() | RestoreBackup() | AskBackup() | MakeBackup() | TryBackup() | AskIdentity():
                await self._backups.handle(command)
            case _ if isinstance(command, lab.LabCommand):
                await self._lab.handle(command)
            case TellDesktop():
                await self._desktop.tell(command)
            case PressVirtual():
                self._button.press(command.matches)

    async def close(self) -> None:
        """End the run, then close what is open."""
        await self._blinker.stop()
        self._cancel()
        await self._stop_looking()
        await self._lab.close()
        self._registry.stop()
        async with self._one_run:
            pass
        await self._archive.close()
        closed: list[Services] = []
        # What still works may open the other world's meanwhile.
        while left := [each for each in self._services.values() if each not in closed]:
            for services in left:
                await services.close()
            closed += left

    # --- the radio ---------------------------------------------------------------------------------

    def _current(self) -> Services:
        """The services of the radio in use; virtual and real ones are apart. Raises RadioSpecError."""
        from companion.radio import all_virtual

        services = self._of_world(all_virtual((self._spec,)))
        if services.radios != (self._spec,):
            services.use_radios((self._spec,))
        return services

    def _of_world(self, virtual: bool) -> Services:
        """The services of virtual devices, or of real ones. Raises RadioSpecError."""
        from companion.radio import all_virtual
        from companion.services import Services

        if virtual not in self._services:
            usual = "virtual" if virtual else "os"
            self._services[virtual] = Services(
                (self._spec if all_virtual((self._spec,)) is virtual else usual,),
                data_dir=self._folder(virtual),
                ask_passphrase=self._ask_passphrase,
                ask_pin=self._ask_pin,
                make_world=lambda: make_world(self._button),
            )
        return self._services[virtual]

    def _folder(self, virtual: bool) -> Path | None:
        """Where records and keys are. A folder that was given belongs to the radio given with it."""
        from companion.radio import all_virtual

        given = self._settings.data_dir
        if given is None or all_virtual((self._settings.radio,)) is virtual:
            return given
        return given / ("virtual" if virtual else "real")

    def _owner_folder(self) -> Path:
        """The folder of the real devices' owner, made if missing. Raises StorageError leaves."""
        from companion.files import data_folder

        return data_folder(self._folder(False))

    async def _open_radio(self) -> Radio:
        return await self._current().open_radio()

    async def _close_radio(self) -> None:
        for services in tuple(self._services.values()):
            await services.close_radio()

    async def _use_radio(self, spec: str) -> None:
        async with self._changing:
            await self._stop_looking()
            async with self._one_run:
                # A run that was cancelled gives the radio back first.
                await self._close_radio()
            self._spec = spec

    async def _open_anew(self, change: Callable[[Services], None], services: Services | None = None) -> None:
        """Change something that is read when services open, once no run needs what is open. services: None
        for those in use."""
        async with self._changing:
            was_looking = self._looking is not None
            await self._stop_looking()
            async with self._one_run:
                services = services or self._current()
                await asyncio.to_thread(change, services)
                await services.close()
        if was_looking:
            self._look_around()

    def _look_around(self) -> None:
        loop = asyncio.get_running_loop()
        if self._looking is None and (self._changing.locked() or not self._one_run.locked()):
            self._looking = loop.create_task(self._look())
        if self._warming is None:
            self._warming = loop.create_task(self._warm_up())

    async def _warm_up(self) -> None:
        try:
            await warm_up()
        finally:
            self._emit(Warm())

    async def _stop_looking(self) -> None:
        looking, self._looking = self._looking, None
        while looking is not None and not looking.done():
            # Again, for libraries below lose a cancellation now and then, and a run would wait for ever.
            looking.cancel()
            await asyncio.wait([looking], timeout=CANCEL_AGAIN)

    async def _look(self) -> None:
        """Emit who is near. Without a radio, wait for one: an adapter may be plugged in any time."""
        reported: type[CompanionError] | None = None
        async with self._changing:
            pass
        while True:
            try:
                services = self._current()
                radio = await services.open_radio()
                await radio.check()
                self._emit(RadioReady(self._spec, radio.is_virtual))
                await nearby.follow(services, self._emit)
            except RadioError as error:
                if type(error) is not reported:
                    reported = type(error)
                    self._emit(RadioMissing(self._spec, error))
                    await self._examine()
                await self._close_radio()
            await asyncio.sleep(RADIO_CHECK_EVERY)

    async def _examine(self) -> None:
        """Emit what else this computer lacks, and what to do about it."""
        self._emit(await radios.examine(self._folder(False)))

    # --- the run -----------------------------------------------------------------------------------

    async def _start(self, start: Start) -> None:
        """Run to the end. A run emits its own events; what fails before it begins is emitted as refused."""
        async with self._changing:
            await self._stop_looking()
        async with self._one_run:
            self._starting = asyncio.current_task()
            try:
                self._run = await self._prepare(start)
                self._starting = None
                if self._run is not None:
                    await self._run
            except asyncio.CancelledError:
                if self._starting is None:
                    raise
                # The user cancelled before the run began: there is no outcome that could say so.
                self._emit(RunRefused(Cancelled()))
            except Exception as error:
                self._emit(RunRefused(as_companion_error(error)))
            finally:
                self._run = self._starting = None
                await self._octets.end()

    async def _prepare(self, start: Start) -> RunHandle | bench.BenchRun | EachDeviceRun | None:
        """The run; None for what is done at once, without a device."""
        services = self._current()
        if isinstance(start, ownership.AtOnce):
            await offline.open_records(services)
            self._emit(ownership.done_at_once(start, services))
            return None
        if isinstance(start, Administer):
            if services.is_virtual:
                # Its devices live as long as their radio.
                await services.open_radio()
            await offline.open_records(services)
            return ownership.administration_run(start, services, self._emit)
        radio = await services.open_radio()
        if not radio.is_virtual:
            # No adapter is the plainer news: nobody should type a passphrase only to hear it then.
            await radio.check()
        await offline.open_records(services)
        await self._octets.begin(radio, services.data_dir)
        await services.open_endpoint()
        if isinstance(start, StartBench):
            return self._bench.begin(start, services, await asyncio.to_thread(clouds.chosen, services))
        if isinstance(start, EachDevice):
            return EachDeviceRun(start, services, self._emit)
        if isinstance(start, StartOperation):
            return ownership.ownership_run(start, services, self._emit)
        from companion.api import commission
        from companion.runs.answers import ByHand

        services = await asyncio.to_thread(clouds.sent, services, start.protocol)
        code, found, order = start.code, start.found, start.order
        return commission(services, code, found=found, order=order, answers=ByHand(), on_event=self._emit)

    def _answer(self, command: Answer) -> None:
        if self._asked is not None and self._asked[0] is command.question:
            self._asked[1].set_result(command.answer)
            self._asked = None
        elif self._run is not None:
            self._run.answer(command.question, command.answer)

    def _cancel(self) -> None:
        if self._asked is not None:
            self._asked[1].set_result(None)
            self._asked = None
        elif self._run is not None:
            self._run.cancel()
        elif self._starting is not None:
            self._starting.cancel()

    def _ask_passphrase(self, new: bool) -> Secret:
        """Called on the key store's thread: puts the question to the window and waits there."""
        return self._ask_secret(PassphraseNeeded(new))

    def _ask_pin(self, request: PinRequest) -> Secret:
        """As `_ask_passphrase`, for a hardware token."""
        return self._ask_secret(PassphraseNeeded(new=False, pin=request))

    def _ask_secret(self, question: PassphraseNeeded) -> Secret:
        answer: concurrent.futures.Future[Secret | None] = concurrent.futures.Future()
        self._asked = (question, answer)
        self._emit(question)
        given = answer.result()
        if given is None:
            raise Cancelled
        return given
