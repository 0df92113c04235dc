"""A secret on the screen, for a device that has a camera or a light sensor."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot

from companion.claims import Evidence
from companion.errors import WrongSetupSecret
from companion.model import ShownBy
from companion.protocols.rp1.virtual.options import Rp1Options
from companion.secret import Secret
from companion.virtual.button import PressScript
from tests.ui.support.doors import choose_channel
from tests.ui.support.stage import LONG, Stage, stage
from ui.engine.commands import StartRun
from ui.engine.events import RunRefused
from ui.flow.commissioning import CommissioningFlow
from ui.flow.state import Page
from ui.pages.scan.code_sources import CodeSources
from ui.pages.scan.page import ScanPage
from ui.pages.scan.secret_screen import SecretScreen
from ui.pages.scan.sources.screen import SECONDS, Screen
from ui.sources.camera_state import CameraState
from ui.widgets import Button


@pytest.fixture
def devices() -> list[Any]:
    return []


@pytest.fixture
def has_read() -> threading.Event:
    """Set once the device before the screen has read it."""
    return threading.Event()


@pytest.fixture
def scene(
    qtbot: QtBot,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    devices: list[Any],
    has_read: threading.Event,
) -> Iterator[Stage]:
    def make(button: PressScript) -> Rp1Options:
        return Rp1Options(press=button, sees=tmp_path / "seen.png", when_seen=has_read.set)

    with stage(qtbot, tmp_path, monkeypatch, make, devices=devices) as made:
        yield made


@pytest.fixture
def page(qtbot: QtBot) -> ScanPage:
    made = ScanPage()
    qtbot.addWidget(made)
    made.resize(960, 640)
    made.show_camera(CameraState.NONE)
    made.show()
    return made


def picture_of(page: ScanPage, folder: Path) -> Path:
    """What a camera before the window sees of it."""
    screen = page.findChild(SecretScreen)
    image: QImage = screen.grab().toImage()
    path = folder / "seen.png"
    assert image.save(str(path))
    return path


def test_a_device_reads_the_screen_and_is_set_up(
    scene: Stage, devices: list[Any], has_read: threading.Event, tmp_path: Path
) -> None:
    scene.qtbot.waitUntil(lambda: bool(devices) and scene.router.flow.radio is not None, timeout=LONG)
    choose_channel(scene.router.scan, "Show the device a code")
    picture_of(scene.router.scan, tmp_path)
    scene.qtbot.waitUntil(has_read.is_set, timeout=LONG)
    scene.router.scan.findChild(SecretScreen).done.click()
    scene.until(Page.CONFIRMATION)
    scene.press_primary()
    scene.until(Page.NETWORK)
    session = scene.router.flow.known.session
    assert session is not None and session.evidence == {Evidence.SCREEN_SECRET}


def test_the_patch_blinks_the_same_secret(page: ScanPage, qtbot: QtBot) -> None:
    secret = Secret(bytes(range(16)))
    page.show_secret("RP1S:", secret)
    patch = page.findChild(SecretScreen).patch
    shades = set()
    for _ in range(2):
        before = patch.is_lit
        shades.add(patch.grab().toImage().pixelColor(60, 60).lightness() > 128)
        patch.blink(None if before else secret)
    assert shades == {True, False}, "the frame begins lit, and without a secret it is dark"


def test_a_secret_is_replaced_after_five_minutes_and_gone_when_the_page_is_left(page: ScanPage) -> None:
    now = [0.0]
    sources = CodeSources(page, lambda _command: None, page)
    screen = Screen(page, sources.recognition, page, clock=lambda: now[0])
    heading = page.title()
    screen.open()
    first = screen._secret
    now[0] = SECONDS - 1
    screen.tick()
    assert screen._secret == first
    now[0] = SECONDS
    screen.tick()
    assert first is not None and screen._secret != first and page.title() != heading
    screen.leave()
    assert screen._secret is None and page.title() == heading
    begun: list[object] = []
    sources.secret_shown.connect(lambda *what: begun.append(what))
    page.secret_read.emit()
    assert begun == []


def test_cancel_takes_the_secret_off_the_screen(page: ScanPage) -> None:
    CodeSources(page, lambda _command: None, page)
    choose_channel(page, "Show the device a code")
    shown = page.findChild(SecretScreen)
    assert shown.isVisible()
    (cancel,) = [each for each in page.findChildren(Button) if each.text() == "Cancel"]
    cancel.click()
    assert not shown.isVisible()


@pytest.mark.parametrize("minutes", [0, 5])
def test_a_shown_secret_is_tried_three_times_and_for_five_minutes(minutes: int) -> None:
    now = [0.0]
    flow = CommissioningFlow(clock=lambda: now[0])
    secret = Secret(bytes(16))
    start = StartRun(None, shown=secret, shown_by=ShownBy.SCREEN)
    assert flow.begin(None, shown=secret, shown_by=ShownBy.SCREEN) == (start,)
    now[0] = 60.0 * minutes
    for _ in range(0 if minutes else 2):
        flow.take(RunRefused(WrongSetupSecret()))
        assert flow.try_again() == (start,)
    flow.take(RunRefused(WrongSetupSecret()))
    flow.try_again()
    assert flow.page is Page.SCAN and flow.shown is None
