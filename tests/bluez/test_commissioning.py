"""Every protocol from its setup code to working credentials, through the real BlueZ."""

from __future__ import annotations

from pathlib import Path

import pytest

from companion.events import ActionNeeded, Connected, LinkLost
from companion.model import WifiCredentials
from companion.outcome import Result
from companion.protocols.espressif.virtual.options import EspressifOptions
from companion.protocols.espressif.virtual.peripheral import VirtualEspressif
from companion.protocols.improv.virtual.device import ImprovOptions
from companion.protocols.improv.virtual.peripheral import VirtualImprov
from companion.protocols.rp1.virtual.options import Fault, Rp1Options
from companion.protocols.rp1.virtual.peripheral import VirtualRp1
from companion.questions import CompareNumbers
from companion.secret import Secret
from companion.virtual.air import Air
from tests.bluez.stage import on_bluez

pytestmark = pytest.mark.usefixtures("adapter")

WORKSHOP = WifiCredentials(b"Workshop", Secret("correct horse"))


@pytest.mark.parametrize("method", ["nc", "oob"])
async def test_an_rp1_device_is_greeted_at_its_endpoint(
    method: str, air: Air, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    device = VirtualRp1(Rp1Options())
    async with on_bluez(air, device, tmp_path, monkeypatch) as stage:
        outcome = await stage.commission(method)
    assert outcome.error is None and outcome.result is Result.COMMISSIONED
    assert outcome.commissioned.method == method
    assert outcome.commissioned.proof is not None
    assert outcome.link.mtu == 247
    assert any(isinstance(question, CompareNumbers) for question in stage.asked) == (method == "nc")


async def test_an_esp32_joins_by_security_2(
    air: Air, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    device = VirtualEspressif(EspressifOptions(connecting_polls=0))
    async with on_bluez(air, device, tmp_path, monkeypatch) as stage:
        outcome = await stage.commission(wifi=WORKSHOP)
    assert outcome.error is None and outcome.result is Result.COMMISSIONED
    assert outcome.commissioned.method == "security-2"
    assert device.device.provisioned


async def test_an_improv_device_joins_after_a_press_of_its_button(
    air: Air, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    device = VirtualImprov(ImprovOptions(authorization=True, pressed_after=1.5))
    async with on_bluez(air, device, tmp_path, monkeypatch) as stage:
        outcome = await stage.commission(wifi=WORKSHOP, with_code=False)
    assert outcome.error is None and outcome.result is Result.COMMISSIONED
    assert outcome.commissioned.redirect_url == "http://192.168.4.42/"
    assert any(isinstance(event, ActionNeeded) for event in stage.told)


async def test_a_link_that_ends_in_the_middle_is_mended_inside_the_run(
    air: Air, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    device = VirtualRp1(Rp1Options(faults={Fault.DROP_AT_MESSAGE: 9}))
    async with on_bluez(air, device, tmp_path, monkeypatch) as stage:
        outcome = await stage.commission("oob")
    assert outcome.error is None and outcome.result is Result.COMMISSIONED
    assert any(isinstance(event, LinkLost) for event in stage.told)
    assert [event.again for event in stage.told if isinstance(event, Connected)] == [False, True]
