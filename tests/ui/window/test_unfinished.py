"""After a kill, the first thing that the window says is what was left half done, and how to finish it."""

import asyncio
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from companion.events import Proven
from companion.protocols.rp1.virtual import factory
from companion.protocols.rp1.virtual.options import Rp1Options
from companion.protocols.rp1.virtual.peripheral import VirtualRp1
from companion.registry import open_registry
from companion.virtual.air import Air
from tests.ui.support.killed_window import EVENTS
from tests.ui.support.stage import LONG, stage
from tests.ui.support.steps import leave_half_done
from ui.engine.events import Nearby
from ui.flow.state import Page


def test_the_run_that_was_left_is_finished_with_one_press(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with stage(qtbot, tmp_path, monkeypatch) as scene:
        qtbot.waitUntil(
            lambda: any(isinstance(each, Nearby) and each.devices for each in scene.heard), timeout=LONG
        )
        name = scene.router.flow.nearby[0].name
    leave_half_done(tmp_path, name)
    with stage(qtbot, tmp_path, monkeypatch) as scene:
        page = scene.router.scan
        qtbot.waitUntil(page._finish.isVisible, timeout=LONG)
        assert name in page._unfinished.accessibleName()
        qtbot.waitUntil(lambda: bool(scene.router.flow.nearby), timeout=LONG)
        page._finish.click()
        scene.until(Page.CONFIRMATION)


def test_a_device_that_is_away_is_not_taken_for_another(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    leave_half_done(tmp_path, "Somebody else")
    with stage(qtbot, tmp_path, monkeypatch) as scene:
        page = scene.router.scan
        qtbot.waitUntil(page._finish.isVisible, timeout=LONG)
        qtbot.waitUntil(lambda: bool(scene.router.flow.nearby), timeout=LONG)
        page._finish.click()
        assert scene.page is Page.SCAN and not scene.router.flow.running
        assert "Somebody else is not in range" in page._notice.accessibleName()


@contextmanager
def device_apart(state: Path) -> Iterator[str]:
    """A virtual device in this process, which outlives the app's; yields the radio that reaches it."""
    there, over = threading.Event(), asyncio.Event()
    radios: list[str] = []
    loop = asyncio.new_event_loop()

    async def be_there() -> None:
        device = VirtualRp1(Rp1Options(product=factory.product_in(state), flash=state / "flash.bin"))
        async with Air() as air:
            radio = f"tcp-client:127.0.0.1:{air.ports[0]}"
            await device.open(radio)
            radios.append(f"virtual+bumble:{radio}")
            there.set()
            await over.wait()
            await device.close()

    thread = threading.Thread(target=loop.run_until_complete, args=(be_there(),))
    thread.start()
    try:
        assert there.wait(LONG / 1000)
        yield radios[0]
    finally:
        loop.call_soon_threadsafe(over.set)
        thread.join(LONG / 1000)
        loop.close()


@pytest.mark.slow
@pytest.mark.parametrize("event", EVENTS)
def test_a_window_that_is_killed_finishes_what_it_began(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, event: str
) -> None:
    state, folder = tmp_path / "device", tmp_path / "app"
    code = factory.label(factory.product_in(state))
    with device_apart(state) as radio:
        command = [sys.executable, "-m", "tests.ui.support.killed_window", radio, str(folder), code, event]
        killed = subprocess.run(command, capture_output=True, text=True, timeout=LONG / 1000)
        assert killed.returncode == -9, killed.stderr
        with stage(qtbot, folder, monkeypatch, radio=radio) as scene:
            page = scene.router.scan
            qtbot.waitUntil(page._finish.isVisible, timeout=LONG)
            qtbot.waitUntil(lambda: bool(scene.router.flow.nearby), timeout=LONG)
            page._finish.click()
            scene.until(Page.CONFIRMATION)
            scene.press_primary()
            # Nothing is asked again, and the device is seen at the endpoint: it is where it was before.
            scene.until(Page.SUCCESS)
            assert any(isinstance(each, Proven) for each in scene.heard)
            scene.press_primary()
            scene.until(Page.SCAN)
            qtbot.waitUntil(lambda: not page._finish.isVisible(), timeout=LONG)


def test_a_run_that_nobody_wants_to_finish_is_dismissed_for_good(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    leave_half_done(tmp_path, "Old lamp")
    leave_half_done(tmp_path, "Broken plug", "F0:02")
    with stage(qtbot, tmp_path, monkeypatch) as scene:
        page = scene.router.scan
        for name in ("Broken plug", "Old lamp"):
            qtbot.waitUntil(lambda name=name: name in page._unfinished.accessibleName(), timeout=LONG)
            qtbot.waitUntil(page._dismiss.isVisible, timeout=LONG)
            page._dismiss.click()
        qtbot.waitUntil(lambda: not page._dismiss.isVisible(), timeout=LONG)
    registry = open_registry(tmp_path)
    assert registry.unfinished() == [] and len(registry.runs()) == 2
    registry.close()
