"""`commission --from nfc` of a device that is set up at the reader."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from companion.commands import commission
from companion.commands.arguments import code_source
from companion.model import SetupCode
from companion.nfc import content
from companion.nfc.content import TagContent
from companion.nfc.virtual_tag import VirtualReader
from companion.protocols import recognise
from companion.protocols.matter.virtual import peripheral
from companion.protocols.matter.virtual.factory.product import Kind, Medium, make
from companion.protocols.matter.virtual.peripheral import VirtualMatter
from companion.virtual.access_points import HAFEN
from tests.commands.conftest import Run


class Reader:
    """With the device of the virtual world on it, once that is there."""

    def __init__(self, devices: list[VirtualMatter]) -> None:
        self._devices = devices
        self.is_closed = False
        self._held: VirtualReader | None = None

    async def hold(self, seconds: float) -> None:
        (device,) = self._devices
        self._held = VirtualReader(device.answer, device.on_lifted)

    async def do(self, exchange: Any) -> Any:
        assert self._held is not None
        return await self._held.do(exchange)

    def close(self) -> None:
        self.is_closed = True


def test_a_device_with_nfc_is_set_up_at_the_reader(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    label = replace(make(Kind.LIGHT, Medium.WIFI), has_nfc=True)
    code: SetupCode = recognise(label.onboarding.qr)
    devices: list[VirtualMatter] = []
    opened = VirtualMatter.open

    async def open_known(self: VirtualMatter, air: Any) -> None:
        devices.append(self)
        await opened(self, air)

    async def tag() -> TagContent:
        return content.read(content.message_of(code))

    reader = Reader(devices)
    monkeypatch.setattr(peripheral, "SAMPLE", label)
    monkeypatch.setattr(VirtualMatter, "open", open_known)
    monkeypatch.setattr(commission, "ReaderChannel", lambda: reader)
    monkeypatch.setattr(code_source, "next_tag", tag)
    wifi = tmp_path / "wifi.json"
    assert HAFEN.passphrase is not None
    wifi.write_text(json.dumps({"ssid": HAFEN.name, "passphrase": HAFEN.passphrase.reveal_text()}))
    ran = run(
        *("commission", "--from", "nfc", "--radio", "virtual", "--wifi-file", str(wifi), "--name", "Lamp"),
        *("--json", "--accept-risks"),
    )
    assert ran.status == 0, ran.err
    assert ran.document["device"]["serial"] == label.serial
    assert ran.document["link"]["writes"] == 0 and reader.is_closed
