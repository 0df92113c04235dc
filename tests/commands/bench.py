"""A device on a virtual air of its own, and commands of several apps beside it."""

from __future__ import annotations

import asyncio
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from companion.cli import main
from companion.protocols.rp1.virtual import factory as rp1_factory
from companion.protocols.rp1.virtual.options import Rp1Options
from companion.protocols.rp1.virtual.peripheral import VirtualRp1
from companion.virtual.access_points import HAFEN

SECONDS = 150.0
SAMPLE = str(Path("companion/protocols/rp1/virtual/samples/rp1.png").resolve())
WIFI = '{"ssid": "Hafen 12", "passphrase": "seven gulls at noon"}'


@dataclass
class Bench:
    """A device with a state folder on an air of its own, and command lines beside it."""

    radio: str
    folder: Path
    capsys: pytest.CaptureFixture[str]

    def __post_init__(self) -> None:
        assert HAFEN.passphrase is not None
        self.wifi = self.folder / "wifi.json"
        self.wifi.write_text(json.dumps({"ssid": HAFEN.name, "passphrase": HAFEN.passphrase.reveal_text()}))
        self.device: VirtualRp1 | None = None

    async def power_on(self) -> VirtualRp1:
        """The device, after a power cut if it was on."""
        if self.device is not None:
            await self.device.close()
        state = self.folder / "device"
        product = rp1_factory.product_in(state)
        self.device = VirtualRp1(Rp1Options(product=product, flash=state / "flash.bin"))
        await self.device.open(self.radio.removeprefix("virtual+bumble:"))
        return self.device

    async def run(self, *words: str, app: str = "app", status: int = 0) -> dict[str, Any]:
        """The JSON document of a command that ends with this status."""
        self.capsys.readouterr()
        command = [*words, "--radio", self.radio, "--data-dir", str(self.folder / app), "--json"]
        async with asyncio.timeout(SECONDS):
            ended = await asyncio.to_thread(main, command)
        out, err = self.capsys.readouterr()
        assert ended == status, out + err
        self.said = err
        document: dict[str, Any] = json.loads(out)
        return document

    async def commission(self, *more: str, app: str = "app", status: int = 0) -> dict[str, Any]:
        assert self.device is not None
        code = self.device.setup_code
        wifi = ("--wifi-file", str(self.wifi))
        return await self.run(
            "commission", "--code", code, *wifi, "--name", "Lamp", *more, app=app, status=status
        )

    async def listed(self, app: str = "app") -> dict[str, Any]:
        (device,) = (await self.run("devices", app=app))["devices"]
        assert isinstance(device, dict)
        return device
