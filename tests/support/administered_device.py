"""A device on the network that can be administered, in memory."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import ClassVar

import pytest

from companion.administration import (
    AdministrationOperation,
    Controller,
    Controllers,
    DeviceStatus,
    Medium,
    NetworkStatus,
    Sharing,
)
from companion.errors import CompanionError, ControllersFull
from companion.link_counts import LinkCounts
from companion.model import Commissioned, Credential, DeviceIdentity, Step
from companion.outcome import Outcome, Result
from companion.protocols import AdministrationContext, ProtocolDeclaration, discovery
from companion.protocols.discovery import Installed
from companion.registry import DeviceRecord, Registry
from companion.registry.lookup import by_id
from companion.secret import Secret
from tests.support.fakes import FakeDriver

US = Controller("1", "Companion", "", is_us=True)
HOME = Controller("2", "Apple Home")
CODE, DIGITS = "MT:Y.K9042C00KA0648G00", "3497-011-2332"
PLUG = DeviceStatus(
    name="Plug",
    vendor="Example",
    model="Plug 2",
    serial="PL-1",
    firmware="2.1.0",
    uptime=93_784,
    starts=4,
    network=NetworkStatus(Medium.WIFI, "Home", rssi=-58, channel=6),
    is_on=False,
)


class FakePlug:
    """What is at the other end of `FakeAdministration`; tests change it and look at it.

    failing: raised by the next call; places: for controllers
    """

    def __init__(self) -> None:
        self.name = "Plug"
        self.status = PLUG
        self.controllers: list[Controller] = [US, HOME]
        self.places = 5
        self.sharing: Sharing | None = None
        self.seconds_asked: int | None = None
        self.failing: CompanionError | None = None
        self.unreachable: CompanionError | None = None
        self.identified = 0
        self.sessions = 0
        self.forgotten = False

    def join(self, name: str = "Home Assistant") -> None:
        """Another app uses the code."""
        self.controllers = [*self.controllers, Controller(str(len(self.controllers) + 1), name)]
        self.sharing = None

    def check(self) -> None:
        failing, self.failing = self.failing, None
        if failing is not None:
            raise failing


class FakeAdministration:
    """A session with a plug."""

    def __init__(self, plug: FakePlug) -> None:
        self._plug = plug

    async def status(self) -> DeviceStatus:
        self._plug.check()
        return replace(self._plug.status, is_shared=self._plug.sharing is not None)

    async def follow(self) -> AsyncIterator[DeviceStatus]:
        """How it is, and that it was switched."""
        yield await self.status()
        self._plug.status = replace(self._plug.status, is_on=not self._plug.status.is_on)
        yield await self.status()

    async def controllers(self) -> Controllers:
        self._plug.check()
        return Controllers(tuple(self._plug.controllers), self._plug.places)

    async def remove_controller(self, key: str) -> None:
        self._plug.check()
        self._plug.controllers = [each for each in self._plug.controllers if each.key != key]

    async def share(self, seconds: int) -> Sharing:
        self._plug.check()
        if len(self._plug.controllers) >= self._plug.places:
            raise ControllersFull
        self._plug.seconds_asked = seconds
        until = datetime.now(UTC) + timedelta(seconds=seconds)
        self._plug.sharing = Sharing(Secret(CODE), Secret(DIGITS), until)
        return self._plug.sharing

    async def stop_sharing(self) -> None:
        self._plug.sharing = None

    async def rename(self, name: str) -> None:
        self._plug.check()
        self._plug.name = name

    async def identify(self, seconds: int) -> None:
        self._plug.check()
        self._plug.identified = seconds

    async def switch(self, on: bool | None) -> bool:
        self._plug.check()
        now = not self._plug.status.is_on if on is None else on
        self._plug.status = replace(self._plug.status, is_on=now)
        return now

    async def renew(self) -> tuple[Credential, ...]:
        self._plug.check()
        return (Credential("noc", {"fingerprint": "cc" * 32, "not_after": "2027-01-01T00:00:00+00:00"}),)

    async def leave(self) -> None:
        self._plug.check()
        self._plug.controllers = [each for each in self._plug.controllers if not each.is_us]


class PlugDriver(FakeDriver):
    """A protocol whose devices are the plug of a test."""

    name: ClassVar[str] = "plug"
    plug: ClassVar[FakePlug]

    @asynccontextmanager
    async def administer(self, context: AdministrationContext) -> AsyncIterator[FakeAdministration]:
        context.reporter.begin(Step.CONNECT)
        if self.plug.unreachable is not None:
            raise self.plug.unreachable
        context.reporter.begin(Step.SECURE)
        self.plug.sessions += 1
        try:
            yield FakeAdministration(self.plug)
        finally:
            self.plug.sessions -= 1

    def forget(self, context: AdministrationContext) -> None:
        self.plug.forgotten = True


DECLARATION = ProtocolDeclaration(
    name="plug",
    title="Plug",
    driver=PlugDriver,
    administration=frozenset(AdministrationOperation),
)


@contextmanager
def installed_plug(monkeypatch: pytest.MonkeyPatch) -> Iterator[FakePlug]:
    """A plug, and its protocol among those that are installed."""
    known = discovery.installed()
    with_plug = Installed({**known.protocols, "plug": DECLARATION}, known.foreign, known.broken)
    monkeypatch.setattr(discovery, "installed", lambda: with_plug)
    PlugDriver.plug = FakePlug()
    yield PlugDriver.plug


def record_plug(registry: Registry, name: str = "Kitchen plug") -> DeviceRecord:
    """The plug as it is after its commissioning."""
    run = registry.begin_run(ecosystem="plug", radio="virtual")
    done = Commissioned(
        DeviceIdentity("plug-0001", name, "Plug 2", "PL-1", "2.0.0"),
        "passcode",
        (
            Credential("noc", {"fingerprint": "bb" * 32, "not_after": "2026-12-21T12:00:00+00:00"}),
            Credential("wifi", {"ssid": "Home"}),
        ),
    )
    outcome = Outcome(Result.COMMISSIONED, run, "plug", (), LinkCounts(), commissioned=done)
    record = registry.finish_run(run, outcome)
    assert record is not None
    return registry.device(by_id(record))
