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

from companion.errors import Cancelled, CompanionError, RadioError, SetupCodeError
from companion.model import FoundDevice
from companion.secret import Secret
from ui.engine import ownership
from ui.engine.archive import Archive
from ui.engine.identify import Blinker
from ui.engine.messages import (
    Answer,
    Blink,
    CancelRun,
    CheckTyped,
    CodeRead,
    CodeRefused,
    Command,
    Examined,
    ExportRun,
    ListRecords,
    LookAround,
    Nearby,
    OpenRun,
    PassphraseNeeded,
    PressVirtual,
    RadioMissing,
    RadioReady,
    Recognise,
    RunRefused,
    StartRun,
    StopLooking,
    Typed,
    UseRadio,
    Warm,
)
from ui.engine.ownership_messages import (
    CancelTokens,
    MakeToken,
    RecallNetworks,
    RenewList,
    RevokeDevice,
    SaveToken,
    StartOperation,
)
from ui.engine.unexpected import explained
from ui.engine.virtual_world import VirtualButton, make_world
from ui.shell.warm_up import warm_up

if TYPE_CHECKING:
    from companion.endpoint import EmbeddedEndpoint
    from companion.identity import Identity
    from companion.radio import Radio
    from companion.registry import Registry
    from companion.runs.base import Run

NEARBY_EVERY = 0.5
RADIO_CHECK_EVERY = 5.0
# Longer than anything that looking around still has to close.
CANCEL_AGAIN = 10.0


@dataclass(frozen=True)
class Settings:
    """What the engine is started with. `data_dir` None: the platform's own place."""

    radio: str = "os"
    data_dir: Path | None = None


@dataclass(frozen=True)
class _Place:
    """What a run needs besides its radio."""

    identity: Identity
    registry: Registry
    endpoint: EmbeddedEndpoint


class Engine:
    """Obeys the window's commands and tells what happens. Every method runs on the engine's loop."""

    def __init__(self, tell: Callable[[object], None], settings: Settings) -> None:
        self._tell = tell
        self._settings = settings
        self._spec = settings.radio
        self._radio: Radio | None = None
        self._opening = asyncio.Lock()
        self._one_run = asyncio.Lock()
        self._looking: asyncio.Task[None] | None = None
        self._warming: asyncio.Task[None] | None = None
        self._starting: asyncio.Task[Any] | None = None
        self._run: Run | None = None
        self._button = VirtualButton(tell)
        self._blinker = Blinker(tell, self._open_radio)
        self._archive = Archive(tell, settings.data_dir)
        self._places: dict[bool, _Place] = {}
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
                self._recognise(command)
            case CheckTyped():
                self._check_typed(command)
            case (
                StartRun()
                | StartOperation()
                | RecallNetworks()
                | MakeToken()
                | CancelTokens()
                | RevokeDevice()
                | RenewList()
            ):
                await self._start(command)
            case SaveToken():
                self._tell(await asyncio.to_thread(ownership.save, command))
            case Answer():
                await self._blinker.stop()
                self._answer(command)
            case CancelRun():
                await self._blinker.stop()
                self._cancel()
            case Blink():
                await self._blinker.blink(command.device)
            case ListRecords() | OpenRun() | ExportRun():
                self._archive.handle(command, self._is_virtual())
            case PressVirtual():
                self._button.press(command.matches)

    async def close(self) -> None:
        """End the run, then close what is open."""
        await self._blinker.stop()
        self._cancel()
        await self._stop_looking()
        async with self._one_run:
            pass
        await self._close_radio()
        for place in self._places.values():
            await place.endpoint.close()
        self._places.clear()
        self._archive.close()

    # --- the radio ---------------------------------------------------------------------------------

    async def _open_radio(self) -> Radio:
        async with self._opening:
            if self._radio is None:
                from companion.radio import open_radio

                world = make_world(self._button) if self._spec == "virtual" else None
                self._radio = await open_radio(self._spec, world=world)
            return self._radio

    async def _close_radio(self) -> None:
        async with self._opening:
            radio, self._radio = self._radio, None
            if radio is not None:
                await radio.close()

    def _is_virtual(self) -> bool:
        """True if the radio in use reaches only devices inside this computer."""
        from companion.radio import RadioSpec

        return RadioSpec.parse(self._spec).is_virtual

    async def _use_radio(self, spec: str) -> None:
        await self._stop_looking()
        await self._close_radio()
        self._spec = spec

    def _look_around(self) -> None:
        loop = asyncio.get_running_loop()
        if self._looking is None and not self._one_run.locked():
            self._looking = loop.create_task(self._look())
        if self._warming is None:
            self._warming = loop.create_task(self._warm_up())

    async def _warm_up(self) -> None:
        try:
            await warm_up()
        finally:
            self._tell(Warm())

    async def _stop_looking(self) -> None:
        looking, self._looking = self._looking, None
        while looking is not None and not looking.done():
            # Again, for libraries below lose a cancellation now and then, and a run would wait for ever.
            looking.cancel()
            await asyncio.wait([looking], timeout=CANCEL_AGAIN)

    async def _look(self) -> None:
        """Tell who is near. Without a radio, wait for one: an adapter may be plugged in any time."""
        told: type[CompanionError] | None = None
        while True:
            try:
                radio = await self._open_radio()
                await radio.check()
                self._tell(RadioReady(radio.spec, radio.is_virtual))
                await self._follow_nearby(radio)
            except RadioError as error:
                if type(error) is not told:
                    told = type(error)
                    self._tell(RadioMissing(self._spec, error))
                    await self._examine()
                await self._close_radio()
            await asyncio.sleep(RADIO_CHECK_EVERY)

    async def _examine(self) -> None:
        """Tell what this computer lacks besides, and what mends it."""
        from companion.doctor import check

        self._tell(Examined(await asyncio.to_thread(check, self._settings.data_dir)))

    async def _follow_nearby(self, radio: Radio) -> None:
        from companion.runs.commissioning import nearby

        seen: dict[str, FoundDevice] = {}
        told: tuple[FoundDevice, ...] | None = None

        async def gather() -> None:
            async for found in nearby(radio):
                seen[found.address] = found

        gathering = asyncio.get_running_loop().create_task(gather())
        try:
            while not gathering.done():
                ranked = tuple(sorted(seen.values(), key=lambda found: found.rssi or -127, reverse=True))
                if ranked != told:
                    told = ranked
                    self._tell(Nearby(ranked))
                await asyncio.wait([gathering], timeout=NEARBY_EVERY)
            gathering.result()
        finally:
            gathering.cancel()
            await asyncio.wait([gathering])

    # --- codes -------------------------------------------------------------------------------------

    def _recognise(self, command: Recognise) -> None:
        from companion.protocols import recognise

        try:
            code = recognise(command.text.reveal_text())
        except (SetupCodeError, UnicodeDecodeError) as error:
            refused = error if isinstance(error, SetupCodeError) else SetupCodeError("not text")
            self._tell(CodeRefused(refused, command.origin))
        else:
            self._tell(CodeRead(code, command.origin))

    def _check_typed(self, command: CheckTyped) -> None:
        from companion.protocols import recognise
        from companion.setup_code.typed import grouped

        entry = grouped(command.text.reveal_text())
        code = None
        if entry.complete:
            try:
                code = recognise(entry.canonical)
            except SetupCodeError as error:
                self._tell(CodeRefused(error, "typed"))
        self._tell(Typed(command.text, entry, code))

    # --- the run -----------------------------------------------------------------------------------

    async def _start(self, start: StartRun | StartOperation | ownership.AtOnce) -> None:
        """Run one walk or act to its end. It tells its own story; what fails before it is told as refused."""
        await self._stop_looking()
        async with self._one_run:
            self._starting = asyncio.current_task()
            try:
                self._run = await self._prepare(start)
                self._starting = None
                if self._run is not None:
                    await self._run.run()
            except asyncio.CancelledError:
                if self._starting is None:
                    raise
                # The user cancelled before the run began: there is no outcome that could say so.
                self._tell(RunRefused(Cancelled()))
            except Exception as error:
                self._tell(RunRefused(explained(error)))
            finally:
                self._run = self._starting = None

    async def _prepare(self, start: StartRun | StartOperation | ownership.AtOnce) -> Run | None:
        """The run; None for what is done without a device, and told at once."""
        if isinstance(start, ownership.AtOnce):
            virtual = self._is_virtual()
            place = await self._open_place(virtual)
            self._tell(ownership.done_at_once(start, place, self._archive.folder(virtual)))
            return None
        radio = await self._open_radio()
        place = await self._open_place(radio.is_virtual)
        if isinstance(start, StartOperation):
            return ownership.owners_act(start, radio, place, self._tell)
        from companion.protocols import Order
        from companion.runs.commissioning import CommissioningRun

        return CommissioningRun(
            radio=radio,
            code=start.code,
            order=Order(),
            identity=place.identity,
            registry=place.registry,
            endpoint=place.endpoint,
            tell=self._tell,
            found=start.found,
        )

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

    # --- what a run needs --------------------------------------------------------------------------

    async def _open_place(self, virtual: bool) -> _Place:
        """Identity, registry and endpoint; virtual worlds have their own. The key store may block."""
        place = self._places.get(virtual)
        if place is None:
            from companion.endpoint import EmbeddedEndpoint
            from companion.identity import open_identity
            from companion.services import lan_address

            folder = self._archive.folder(virtual)
            identity = await asyncio.to_thread(
                open_identity, folder, throwaway=virtual, ask_passphrase=self._ask_passphrase
            )
            host = "127.0.0.1" if virtual else lan_address()
            registry = self._archive.registry(virtual)
            endpoint = await EmbeddedEndpoint.start(identity, host=host, is_revoked=registry.is_revoked)
            place = self._places[virtual] = _Place(identity, registry, endpoint)
        return place

    def _ask_passphrase(self, new: bool) -> Secret:
        """Called on the key store's thread: puts the question to the window and waits there."""
        question = PassphraseNeeded(new)
        answer: concurrent.futures.Future[Secret | None] = concurrent.futures.Future()
        self._asked = (question, answer)
        self._tell(question)
        given = answer.result()
        if given is None:
            raise Cancelled
        return given
