"""What is done with a device over the network: find it, open a session with it, do it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from companion.administration import (
    Administered,
    AdministrationOperation,
    Controller,
    Controllers,
    DeviceStatus,
    Request,
    SharingEnd,
)
from companion.errors import (
    CompanionError,
    ControllerMissing,
    MethodUnavailable,
    OwnController,
)
from companion.events import (
    ControllerJoined,
    ControllerRemoved,
    ControllersReported,
    Event,
    SharingEnded,
    SharingOpened,
    StatusReported,
    Switched,
)
from companion.model import Commissioned, Credential, DeviceIdentity, Possession, Step, Text
from companion.outcome import Outcome, Result
from companion.protocols import (
    Administration,
    AdministrationContext,
    AdministrationDriver,
    Order,
    driver,
)
from companion.runs.answers import Answers
from companion.runs.base import Run
from companion.runs.handle import RunHandle

if TYPE_CHECKING:
    from companion.identity import Identity
    from companion.lan import Lan
    from companion.registry import DeviceRecord, Registry

SHARE_SECONDS = 900
"""How long a code for another app works if nobody says otherwise."""
SHARE_RANGE = range(180, 901)
IDENTIFY_SECONDS = 10
POLL_SECONDS = 2.0
"""How often a shared device is asked who joined."""
CLOSING_SECONDS = 1.2
"""How long a run that is cancelled waits for its device to close the sharing."""


@dataclass(frozen=True)
class NetworkMedium:
    """The local network, as a run names it in the registry."""

    is_virtual: bool
    captured: str | None = None

    @property
    def spec(self) -> str:
        return "virtual-network" if self.is_virtual else "network"


class AdministrationRun(Run):
    """One run, without a radio: a session with a device that is in the registry.

    While it shares, `remove_controller`, `stop_sharing` and `leave_sharing` are done in the same session.
    """

    done = Result.DONE

    def __init__(
        self,
        request: Request,
        device: DeviceRecord,
        *,
        lan: Lan,
        identity: Identity,
        registry: Registry,
        on_event: Callable[[Event], None],
    ) -> None:
        renames = request.operation is AdministrationOperation.RENAME
        super().__init__(
            medium=NetworkMedium(lan.is_loopback),
            code=None,
            order=Order(name=request.name, room=device.room) if renames else Order(),
            identity=identity,
            registry=registry,
            endpoint=None,
            on_event=on_event,
            timeout=0.0,
            protocol=device.protocol,
            lan=lan,
        )
        self.operation = request.operation.value
        self._request = request
        self._device = device
        self._network = lan
        self._came_of_it = Administered()
        self._controllers = Controllers(())
        self._wishes: asyncio.Queue[str | None] = asyncio.Queue()
        self._stays_open = False

    # --- while it shares ---------------------------------------------------------------------------

    def remove_controller(self, key: str) -> None:
        """Take the device away from another controller, without an end to the sharing."""
        self._wishes.put_nowait(key)

    def stop_sharing(self) -> None:
        """Let nobody join any more, and end the run well."""
        self._wishes.put_nowait(None)

    def leave_sharing(self) -> None:
        """End the run well; others can go on joining until the time is over."""
        self._stays_open = True
        self._wishes.put_nowait(None)

    # --- the run -----------------------------------------------------------------------------------

    def _subject(self) -> str | None:
        return self._device.id

    async def _perform(self) -> Commissioned:
        await self._begin()
        made = administration_driver(self._device.protocol)
        self._reporter.progress(Text("Searching for {name}", {"name": self._device.name}))
        context = AdministrationContext(
            device=_identity(self._device),
            identity_key=self._device.identity_key,
            credentials=_current(self._device),
            lan=self._network,
            memory=self._registry.memory(self._device.protocol, self._identity.vault),
            identity=self._identity,
            reporter=self._reporter,
            fabric=self._request.fabric,
        )
        leaves = self._request.operation is AdministrationOperation.REMOVE
        credentials: tuple[Credential, ...] = ()
        if not self._request.offline:
            async with made.administer(context) as session:
                credentials = await self._do(session)
        left = made.forget(context) if leaves else frozenset()
        return Commissioned(
            device=_identity(self._device, self._came_of_it.status),
            method=self._device.method,
            credentials=credentials,
            identity_key=self._device.identity_key,
            possession=Possession.REMOVED if leaves and not left else Possession.COMMISSIONED,
            fabrics=left or None,
        )

    async def _do(self, session: Administration) -> tuple[Credential, ...]:
        """Returns what the device has now, where that changed."""
        request, reporter = self._request, self._reporter
        renews = request.operation is AdministrationOperation.RENEW
        reporter.begin(Step.HAND_OVER if renews else Step.CHECK)
        match request.operation:
            case AdministrationOperation.STATUS:
                self._note_status(await session.status())
            case AdministrationOperation.FOLLOW:
                await self._follow(session)
            case AdministrationOperation.CONTROLLERS:
                self._note_controllers(await session.controllers())
            case AdministrationOperation.REMOVE_CONTROLLER:
                self._note_controllers(await session.controllers())
                await self._remove(session, request.controller)
            case AdministrationOperation.SHARE:
                await self._share(session)
            case AdministrationOperation.STOP_SHARING:
                await self._close_sharing(session)
            case AdministrationOperation.RENAME:
                await session.rename(request.name)
            case AdministrationOperation.IDENTIFY:
                await session.identify(request.seconds or IDENTIFY_SECONDS)
            case AdministrationOperation.SWITCH:
                on = await session.switch(request.on)
                reporter.report(Switched(on))
                self._note(status=DeviceStatus(is_on=on))
                reporter.summarise(Text("It is on") if on else Text("It is off"))
            case AdministrationOperation.RENEW:
                return await session.renew()
            case AdministrationOperation.REMOVE:
                await self._leave(session)
        return ()

    async def _follow(self, session: Administration) -> None:
        """Until the time is over, or its user ends the run."""
        with suppress(TimeoutError):
            async with asyncio.timeout(self._request.seconds or None):
                async for status in session.follow():
                    self._note_status(status)

    # --- sharing -----------------------------------------------------------------------------------

    async def _share(self, session: Administration) -> None:
        """Open it, and follow who joins. A run that is cancelled or fails leaves nothing open, unless its
        user said that it shall stay so.
        """
        self._note_controllers(await session.controllers())
        sharing = await session.share(self._request.seconds or SHARE_SECONDS)
        self._note(sharing=sharing)
        try:
            self._reporter.report(SharingOpened(sharing))
            if not self._request.waits:
                self._reporter.summarise(Text("Another app can join"))
                return
            end = await self._until_joined(session, sharing.until)
        except BaseException:
            if not self._stays_open:
                with suppress(CompanionError, TimeoutError):
                    async with asyncio.timeout(CLOSING_SECONDS):
                        await self._close_sharing(session)
            raise
        if end is SharingEnd.CLOSED and self._stays_open:
            self._reporter.summarise(Text("Another app can join"))
        elif end is SharingEnd.CLOSED:
            await self._close_sharing(session)
        else:
            self._end_sharing(end)

    async def _until_joined(self, session: Administration, until: datetime) -> SharingEnd:
        """Ask who controls it now and then, until somebody joined, the user closes it, or it is over."""
        while (left := (until - datetime.now(UTC)).total_seconds()) > 0:
            try:
                async with asyncio.timeout(min(POLL_SECONDS, left)):
                    wish = await self._wishes.get()
            except TimeoutError:
                if await self._somebody_joined(session):
                    return SharingEnd.JOINED
                continue
            if wish is None:
                return SharingEnd.CLOSED
            try:
                await self._remove(session, wish)
            except CompanionError as error:
                self._reporter.progress(Text(error.title, error.facts))
        # Somebody may have joined in the last moment.
        return SharingEnd.JOINED if await self._somebody_joined(session) else SharingEnd.EXPIRED

    async def _somebody_joined(self, session: Administration) -> bool:
        try:
            now = await session.controllers()
        except CompanionError:
            # It may be away for a moment, and the code goes on working.
            self._reporter.progress(Text("The device does not answer. Its code still works."))
            return False
        joined = now.newer_than(self._controllers)
        if now != self._controllers:
            self._note_controllers(now)
        for each in joined:
            self._reporter.report(ControllerJoined(each))
        return bool(joined)

    async def _close_sharing(self, session: Administration) -> None:
        await session.stop_sharing()
        self._end_sharing(SharingEnd.CLOSED)

    def _end_sharing(self, end: SharingEnd) -> None:
        self._note(sharing_end=end)
        self._reporter.report(SharingEnded(end))
        self._reporter.summarise(_ENDS[end])

    async def _remove(self, session: Administration, wanted: str) -> None:
        """Raises ControllerMissing, OwnController."""
        controller = chosen(self._controllers, wanted)
        await session.remove_controller(controller.key)
        self._reporter.report(ControllerRemoved(controller))
        self._note_controllers(await session.controllers())
        self._reporter.summarise(Text("{name} was removed", {"name": controller.title}))

    async def _leave(self, session: Administration) -> None:
        """What is left to do depends on who else controls it: that is known only before."""
        before = await session.controllers()
        await session.leave()
        others = tuple(each for each in before.entries if not each.is_us)
        self._note_controllers(replace(before, entries=others))

    # --- what came of it ---------------------------------------------------------------------------

    def _note_status(self, status: DeviceStatus) -> None:
        self._note(status=status)
        self._reporter.report(StatusReported(status))
        self._reporter.summarise(Text("The device answers"))

    def _note_controllers(self, now: Controllers) -> None:
        self._controllers = now
        self._note(controllers=now)
        self._reporter.report(ControllersReported(now))

    def _note(self, **known: object) -> None:
        self._came_of_it = replace(self._came_of_it, **known)  # type: ignore[arg-type]  # named by its fields

    def _outcome(
        self,
        commissioned: Commissioned | None,
        error: CompanionError | None,
        failed: Step | None,
        record: str | None = None,
    ) -> Outcome:
        outcome = super()._outcome(commissioned, error, failed, record)
        return replace(outcome, administered=self._came_of_it)


class AdministrationHandle(RunHandle):
    """An administration run in the hands of its program."""

    def __init__(
        self,
        make: Callable[[Callable[[Event], None]], AdministrationRun],
        *,
        on_event: Callable[[Event], None] | None = None,
    ) -> None:
        def kept(on_run_event: Callable[[Event], None]) -> AdministrationRun:
            self._administration = make(on_run_event)
            return self._administration

        super().__init__(kept, Answers(), on_event=on_event)

    def remove_controller(self, key: str) -> None:
        """While it shares: take the device away from another controller (`Controller.key`)."""
        self._administration.remove_controller(key)

    def stop_sharing(self) -> None:
        """While it shares: let nobody join any more, and end the run well."""
        self._administration.stop_sharing()

    def leave_sharing(self) -> None:
        """While it shares: end the run well, and leave the device open to others until the time is over."""
        self._administration.leave_sharing()


_ENDS = {
    SharingEnd.JOINED: Text("Another app joined"),
    SharingEnd.CLOSED: Text("The code no longer works"),
    SharingEnd.EXPIRED: Text("No app joined. The code no longer works"),
}


def administration_driver(protocol: str) -> AdministrationDriver:
    """The driver of a protocol whose devices are controlled over the network. Raises MethodUnavailable."""
    made = driver(protocol)
    if not isinstance(made, AdministrationDriver):
        raise MethodUnavailable(f"{protocol} devices are not controlled over the network")
    return made


def chosen(controllers: Controllers, wanted: str) -> Controller:
    """The controller with this key, or the only one with this name or vendor.

    Raises ControllerMissing for none and for several, OwnController for this computer.
    """
    by_key = [each for each in controllers.entries if each.key == wanted]
    folded = wanted.casefold()
    named = [each for each in controllers.entries if folded in (each.name.casefold(), each.vendor.casefold())]
    found = by_key or named
    if len(found) != 1:
        raise ControllerMissing(wanted=wanted)
    if found[0].is_us:
        raise OwnController
    return found[0]


def _current(record: DeviceRecord) -> tuple[Credential, ...]:
    """What it was given, as far as it was not replaced."""
    return tuple(
        Credential(each.kind, {name: str(value) for name, value in each.details.items()})
        for each in record.credentials
        if each.replaced is None
    )


def _identity(record: DeviceRecord, status: DeviceStatus | None = None) -> DeviceIdentity:
    """The device as it is known, with what it just said of itself."""
    said = status or DeviceStatus()
    return DeviceIdentity(
        record.id,
        record.own_name or record.name,
        said.model or record.model,
        record.serial,
        said.firmware or record.firmware,
    )
