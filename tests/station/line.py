"""Devices on an air, and stations beside them: command lines in this process, or in one of their own."""

from __future__ import annotations

import asyncio
import json
import sqlite3
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from companion.cli import main
from companion.endpoint import EmbeddedEndpoint
from companion.identity import open_identity
from companion.protocols.rp1.credentials.items import ItemType
from companion.protocols.rp1.virtual import factory
from companion.protocols.rp1.virtual.options import Rp1Options
from companion.protocols.rp1.virtual.peripheral import VirtualRp1
from companion.registry import Registry, open_registry
from companion.registry.database.connection import DATABASE
from companion.virtual.access_points import HAFEN

SECONDS = 150.0


@dataclass
class Line:
    """radio: an air that devices and stations share."""

    radio: str
    folder: Path
    capsys: pytest.CaptureFixture[str]
    devices: list[VirtualRp1] = field(default_factory=list)
    endpoints: list[tuple[EmbeddedEndpoint, Registry]] = field(default_factory=list)

    def __post_init__(self) -> None:
        assert HAFEN.passphrase is not None
        self.wifi = self.folder / "wifi.json"
        self.wifi.write_text(json.dumps({"ssid": HAFEN.name, "passphrase": HAFEN.passphrase.reveal_text()}))

    async def power_on(self, count: int) -> list[VirtualRp1]:
        """As many new devices."""
        made = [VirtualRp1(Rp1Options(product=factory.make())) for _ in range(count)]
        for device in made:
            await device.open(self.radio.removeprefix("virtual+bumble:"))
        self.devices += made
        return made

    def codes(self, name: str, devices: list[VirtualRp1]) -> str:
        """A list of their codes."""
        file = self.folder / name
        rows = [f'{device.label.serial},"{device.setup_code}"\n' for device in devices]
        file.write_text("".join(["serial,text\n", *rows]))
        return str(file)

    async def run(self, *words: str, app: str, status: int = 0) -> list[dict[str, Any]]:
        """The JSON lines of a command that ends with this status."""
        self.capsys.readouterr()
        command = [*words, "--radio", self.radio, "--data-dir", str(self.folder / app), "--json"]
        async with asyncio.timeout(SECONDS):
            ended = await asyncio.to_thread(main, command)
        out, err = self.capsys.readouterr()
        assert ended == status, out + err
        return [json.loads(line) for line in out.splitlines()]

    async def station(self, *words: str, app: str, status: int = 0) -> list[dict[str, Any]]:
        """What a station tells until it has no more codes."""
        wifi = ("--wifi-file", str(self.wifi), "--status-port", "0")
        return await self.run("station", *wifi, *words, app=app, status=status)

    async def give(self, giver: str, taker: str, *terms: str) -> str:
        """A grant from one to another; its id."""
        request, grant = (str(self.folder / f"{taker}.{name}") for name in ("request", "grant"))
        await self.run("grant", "request", request, "--name", taker, app=taker)
        await self.run("grant", "issue", request, *terms, "--out", grant, "--yes", app=giver)
        (taken,) = await self.run("grant", "import", grant, app=taker)
        return str(taken["id"])

    async def bring_home(self, grant: str, holder: str, owner: str) -> list[dict[str, Any]]:
        """What the holder did, in the owner's records."""
        report = str(self.folder / f"{holder}.report")
        await self.run("grant", "report", grant, "--out", report, app=holder)
        (home,) = await self.run("grant", "bring-home", report, app=owner)
        return list(home["brought_home"])

    async def endpoint(self, app: str) -> str:
        """Where an owner's devices report; its address."""
        identity = open_identity(self.folder / app, throwaway=True)
        registry = open_registry(self.folder / app)
        opened = await EmbeddedEndpoint.start(identity, is_admitted=registry.grants.is_admitted)
        self.endpoints.append((opened, registry))
        return opened.address

    async def close(self) -> None:
        """Switch everything off."""
        for endpoint, registry in self.endpoints:
            await endpoint.close()
            registry.close()
        for device in self.devices:
            await device.close()

    def forget_entry(self, app: str) -> None:
        """The last entry of its log is gone."""
        with closing(sqlite3.connect(self.folder / app / DATABASE)) as database, database:
            database.execute("DELETE FROM log WHERE number = (SELECT max(number) FROM log)")

    def marks(self, app: str) -> list[tuple[str, str, str]]:
        """What its anomaly rules know of each onboarding: owner, label, and certificate request."""
        with closing(sqlite3.connect(self.folder / app / DATABASE)) as database:
            return database.execute("SELECT owner_key, secret, request FROM onboardings").fetchall()

    def owner_key(self, app: str) -> bytes:
        """The public key of an app's identity."""
        key: bytes = open_identity(self.folder / app, throwaway=True).owner.public
        return key

    def runs(self, app: str) -> list[Any]:
        """The runs in an app's registry."""
        registry = open_registry(self.folder / app)
        try:
            return registry.runs()
        finally:
            registry.close()


def owner_of(device: VirtualRp1) -> bytes | None:
    """The key that a device takes as its owner's."""
    item = device.settings.settings.get(ItemType.OWNER)
    return None if item is None else item.key


def jobs_of(told: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The codes that changed, in order."""
    return [each for each in told if each["event"] == "job"]


def states(told: list[dict[str, Any]]) -> list[str]:
    """The states that were told, in order."""
    return [each["state"] for each in jobs_of(told)]
