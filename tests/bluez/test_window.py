"""The window on the real stack: pages on Qt's thread, bleak and BlueZ on the engine's."""

from __future__ import annotations

import asyncio
import os
import threading
from collections.abc import Coroutine, Iterator
from contextlib import AsyncExitStack
from pathlib import Path
from typing import Any, TypeVar

import pytest

import companion.services

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ["QT_LOGGING_RULES"] = "qt.qpa.fonts=false"

from PySide6.QtWidgets import QApplication  # the platform is chosen before Qt loads
from pytestqt.qtbot import QtBot

from companion.model import DeviceSettings
from companion.protocols.rp1.virtual.peripheral import VirtualRp1
from companion.virtual.access_points import HAFEN
from companion.virtual.air import Air
from tests.bluez.adapter import Adapter, Bluez
from tests.bluez.guest import Guest
from tests.bluez.stage import PASSPHRASE
from tests.ui.support.stage import stage
from ui.flow.state import Page
from ui.shell import theme

pytestmark = pytest.mark.qt_log_ignore("does not support raise")

T = TypeVar("T")


class Outside:
    """The world outside of the app, on a thread of its own: the air, the adapter's controller, a device."""

    def __init__(self) -> None:
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name="outside")
        self._open = AsyncExitStack()
        self._thread.start()

    def do(self, work: Coroutine[Any, Any, T]) -> T:
        return asyncio.run_coroutine_threadsafe(work, self._loop).result(60)

    async def populate(self, guest: Guest, device: VirtualRp1) -> None:
        bluez = await Bluez.reach(guest.ports.bus)
        self._open.callback(bluez.close)
        air = await self._open.enter_async_context(Air())
        await self._open.enter_async_context(Adapter(air, bluez, guest.ports.hci))
        await device.open(air.link)
        self._open.push_async_callback(device.close)

    def close(self) -> None:
        self.do(self._open.aclose())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(20)
        self._loop.close()


@pytest.fixture
def outside() -> Iterator[Outside]:
    made = Outside()
    yield made
    made.close()


def test_a_device_is_commissioned_in_the_window(
    qapp: QApplication,
    qtbot: QtBot,
    guest: Guest,
    outside: Outside,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    theme.apply(qapp, forced=theme.Scheme.LIGHT, reduced_motion=True)
    monkeypatch.setenv("DBUS_SYSTEM_BUS_ADDRESS", f"tcp:host=127.0.0.1,port={guest.ports.bus}")
    monkeypatch.setenv("COMPANION_PASSPHRASE", PASSPHRASE)
    monkeypatch.setattr(companion.services, "lan_address", lambda: "127.0.0.1")
    device = VirtualRp1()
    outside.do(outside.populate(guest, device))
    with stage(qtbot, tmp_path, monkeypatch, radio="os") as scene:
        qtbot.waitUntil(lambda: bool(scene.router.flow.nearby), timeout=30_000)
        scene.scan_code(device.setup_code)
        scene.until(Page.CONFIRMATION)
        scene.press_primary()
        scene.until(Page.NETWORK)
        scene.router.page(Page.NETWORK).submitted.emit(DeviceSettings("Hallway sensor", "Hallway", HAFEN))
        page = scene.until(Page.SUCCESS)
        assert page.title() == "Hallway sensor is yours"
        outcome = scene.router.flow.outcome
        assert outcome is not None and outcome.commissioned is not None
        assert outcome.commissioned.proof is not None
        assert not scene.router.flow.radio.is_virtual
    assert "BUG" not in guest.shell("dmesg")
