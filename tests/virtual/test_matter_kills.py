"""The app is killed at a message of the run: the same command sets the device up afterwards, once."""

from __future__ import annotations

import asyncio
import json
import sys
from asyncio.subprocess import DEVNULL, PIPE, Process
from pathlib import Path

import pytest

from companion.protocols.matter.virtual.factory.options import Fault, MatterOptions
from companion.protocols.matter.virtual.factory.product import Kind, Medium, make
from companion.protocols.matter.virtual.peripheral import VirtualMatter
from companion.registry import open_registry
from companion.virtual.access_points import HAFEN
from companion.virtual.air import Air
from tests.virtual.commands import document

pytestmark = pytest.mark.slow

SECONDS = 150.0
FAIL_SAFE = 5.0


class Deadly(VirtualMatter):
    """Kills the app at the N-th message over Bluetooth, counted both ways."""

    def __init__(self, message: int) -> None:
        faults = {Fault.FAIL_SAFE_EXPIRY: FAIL_SAFE}
        super().__init__(MatterOptions(product=make(Kind.LIGHT, Medium.WIFI), faults=faults))
        self.app: Process | None = None
        ends, self._left = self._messages.ends_link, message

        def ends_link() -> bool:
            self._left -= 1
            if not self._left and self.app is not None:
                self.app.kill()
            return ends()

        self._messages.ends_link = ends_link  # type: ignore[method-assign]  # it is asked for each message


async def app(*words: str) -> Process:
    command = (sys.executable, "-m", "companion", *words, "--json")
    return await asyncio.create_subprocess_exec(*command, stdin=DEVNULL, stdout=PIPE, stderr=PIPE)


def owned(folder: Path) -> list[str]:
    """The devices that the app has on record here."""
    registry = open_registry(folder)
    try:
        return [device.id for device in registry.devices()]
    finally:
        registry.close()


@pytest.mark.parametrize("message", [4, 12, 21, 23, 26, 28])
async def test_a_killed_run_is_gone_on_with(
    message: int, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """In PASE, at the attestation, between root and certificate, at the network, and while it joins."""
    wifi = tmp_path / "wifi.json"
    assert HAFEN.passphrase is not None
    wifi.write_text(json.dumps({"ssid": HAFEN.name, "passphrase": HAFEN.passphrase.reveal_text()}))
    device = Deadly(message)
    async with Air() as air:
        radio = f"tcp-client:127.0.0.1:{air.ports[0]}"
        await device.open(radio)
        try:
            place = ("--radio", f"virtual+bumble:{radio}", "--data-dir", str(tmp_path / "app"))
            code = ("--code", device.setup_code, "--wifi-file", str(wifi), "--name", "Lamp")
            commission = ("commission", *code, "--accept-risks", "--timeout", "20", *place)
            device.app = await app(*commission)
            async with asyncio.timeout(SECONDS):
                await device.app.communicate()
            assert device.app.returncode == -9
            assert owned(tmp_path / "app") == []
            device.app = None
            done = await document(capsys, *commission)
            assert done["outcome"] == "commissioned"
            assert len(owned(tmp_path / "app")) == 1
            (member,) = device.state.settings.members
            assert member.acl
        finally:
            await device.close()
