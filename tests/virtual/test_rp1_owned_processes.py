"""Ownership outlives the device's process: set up, power cut, ownership operations, reset, set up again."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from companion.protocols.rp1.virtual import factory as rp1_factory
from companion.virtual.access_points import HAFEN
from companion.virtual.air import Air
from tests.virtual.commands import document
from tests.virtual.test_rp1_processes import device_process

pytestmark = pytest.mark.slow


async def test_an_owned_device_that_lost_power_knows_its_owner(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    state, wifi = tmp_path / "device", tmp_path / "wifi.json"
    assert HAFEN.passphrase is not None
    wifi.write_text(json.dumps({"ssid": HAFEN.name, "passphrase": HAFEN.passphrase.reveal_text()}))
    code = rp1_factory.label(rp1_factory.product_in(state))
    async with Air() as air:
        (port,) = air.ports
        place = [
            "--radio",
            f"virtual+bumble:tcp-client:127.0.0.1:{port}",
            "--data-dir",
            str(tmp_path / "app"),
        ]
        commission = ["commission", "--code", code, "--wifi-file", str(wifi), "--name", "Lamp", *place]
        async with device_process(port, state):
            first = await document(capsys, *commission)
        async with device_process(port, state):
            rotated = await document(capsys, "devices", "rotate", "Lamp", *place)
            assert rotated["proof"]["peer_serial"] == first["device"]["serial"]
            assert (await document(capsys, "devices", "reset", "Lamp", *place))["state"] == "released"
        async with device_process(port, state):
            again = await document(capsys, *commission)
    assert again["device"]["id"] == first["device"]["id"]
