"""A flow: devices on an air, commands beside them as loud as they get, and everything that they left."""

from __future__ import annotations

import asyncio
import json
import logging
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from companion.cli import main
from companion.virtual.access_points import HAFEN
from companion.virtual.devices import DeviceOptions
from companion.virtual.peripheral import Peripheral
from companion.virtual.world import devices_of
from tests.leaks.search import leaks
from tests.leaks.spy import Spy

SECONDS = 150.0


class Uncut(logging.Handler):
    """All that any library tells, before anything is cut from it."""

    def __init__(self) -> None:
        super().__init__()
        self._lines: list[str] = []

    @property
    def text(self) -> str:
        return "\n".join(self._lines)

    def emit(self, record: logging.LogRecord) -> None:
        self._lines.append(self.format(record))


@dataclass
class Flow:
    """radio: the air; said: standard output and error of the commands, their logs at the loudest in it."""

    radio: str
    folder: Path
    spy: Spy
    uncut: Uncut
    capsys: pytest.CaptureFixture[str]
    said: str = ""
    devices: list[Peripheral] = field(default_factory=list)

    async def switch_on(self, name: str, **options: Any) -> Any:
        """A virtual device. What it says to whoever watches its terminal is no log, and not searched."""
        return await self.place(devices_of(name).make(DeviceOptions(say=lambda text: None, **options)))

    async def place(self, device: Any) -> Any:
        """Switch this virtual device on."""
        await device.open(self.radio.removeprefix("virtual+bumble:"))
        self.devices.append(device)
        return device

    async def run(self, *words: str, app: str = "app", status: int | None = 0) -> str:
        """A command's standard output. status None: however it ends."""
        command = [*words, "-vv", "--data-dir", str(self.folder / app)]
        self.capsys.readouterr()
        async with asyncio.timeout(SECONDS):
            ended = await asyncio.to_thread(main, command)
        out, err = self.capsys.readouterr()
        assert status in (None, ended), err
        self.said += out + err
        return out

    async def on_air(self, *words: str, app: str = "app", status: int | None = 0) -> dict[str, Any]:
        """The document of a command that is given the radio."""
        loaded: dict[str, Any] = json.loads(
            await self.run(*words, "--radio", self.radio, "--json", app=app, status=status)
        )
        return loaded

    async def commission(
        self, *words: str, passphrase: str | None = None, app: str = "app", status: int | None = 0
    ) -> dict[str, Any]:
        """A run with a network in range; then all that can be asked about it afterwards."""
        wifi = self.wifi(passphrase)
        try:
            return await self.on_air(
                "commission", *words, "--wifi-file", wifi, "--name", "Lamp", app=app, status=status
            )
        finally:
            await self.ask_afterwards(app)

    def wifi(self, passphrase: str | None = None) -> str:
        """A file with the network's name and this passphrase, the right one if None."""
        assert HAFEN.passphrase is not None
        file = self.folder.parent / f"{self.folder.name}-wifi.json"
        right = HAFEN.passphrase.reveal_text()
        file.write_text(json.dumps({"ssid": HAFEN.name, "passphrase": passphrase or right}))
        return str(file)

    async def ask_afterwards(self, app: str = "app") -> None:
        """Every way in which the registry tells of a run."""
        for run in (await self.on_air("runs", app=app))["runs"]:
            for action in (("show",), ("export",), ("replay", "--speed", "100000")):
                await self.run("runs", action[0], run["id"], *action[1:], "--radio", self.radio, app=app)
            await self.on_air("runs", "show", run["id"], app=app)
        for device in (await self.on_air("devices", app=app))["devices"]:
            await self.on_air("devices", "show", device["id"], app=app)

    @property
    def kept(self) -> bytes:
        """The data folders: registry, key files and whatever else there is."""
        files = [path for path in self.folder.rglob("*") if path.is_file()]
        return b"".join(path.read_bytes() for path in files)

    def leaks(self, *more: bytes) -> list[str]:
        """What was found of what the spy heard, and of what only the test knows."""
        places = {"log or output": self.said.encode(), "data folder": self.kept}
        return leaks(self.spy.heard | set(more), places)
