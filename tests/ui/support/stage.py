"""A real run for tests: window pages, bridge, engine and a virtual device, without a screen."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from companion.questions import CompareNumbers
from companion.runs import saved_networks
from tests.ui.support.timeouts import LONG
from ui.engine.bridge import Bridge
from ui.engine.commands import PressVirtual
from ui.engine.engine import Engine, Settings
from ui.engine.events import CodeRead, VirtualDisplay, Warm
from ui.flow.state import Page
from ui.pages.router import Router
from ui.pages.scan.page import ScanPage
from ui.widgets import Button, ButtonKind


class Stage(QObject):
    """A run on a virtual radio whose RP1 device has `options`. `heard` has every event."""

    def __init__(self, qtbot: QtBot, folder: Path, radio: str = "virtual") -> None:
        super().__init__()
        self.qtbot = qtbot
        self.heard: list[object] = []
        self.shown: str | None = None
        self.bridge = Bridge(lambda tell: Engine(tell, Settings(radio, folder)))
        self.router = Router(ScanPage(), self.bridge.send)
        self.bridge.arrived.connect(self.router.take)
        # Last: what was heard has reached the page, for each receiver gets an event of its own from Qt.
        self.bridge.arrived.connect(self._hear)
        qtbot.addWidget(self.router)
        self.router.resize(992, 720)
        self.router.show()

    def _hear(self, event: object) -> None:
        self.heard.append(event)
        if isinstance(event, VirtualDisplay):
            self.shown = event.number

    @property
    def page(self) -> Page:
        return self.router.flow.page

    @property
    def is_warm(self) -> bool:
        """Nothing is left to load or to make ahead of the first run."""
        return self.router.is_made and any(isinstance(event, Warm) for event in self.heard)

    def until(self, *pages: Page) -> Any:
        """Wait for one of these pages; returns its widget."""
        self.qtbot.waitUntil(
            lambda: self.page in pages and self.router.currentWidget() is self.router.page(self.page),
            timeout=LONG,
        )
        return self.router.currentWidget()

    def press_primary(self) -> None:
        """Press the one filled button of the page."""
        shown = [
            button
            for button in self.router.currentWidget().findChildren(Button)
            if button.kind is ButtonKind.PRIMARY and button.isVisible()
        ]
        assert len(shown) == 1, f"{len(shown)} primary buttons on {self.page}"
        assert shown[0].isEnabled(), f"the primary button of {self.page} can't be pressed"
        shown[0].click()

    def scan_sample(self) -> None:
        """Hold the sample label to the scanner."""
        self.router.sources.read_sample()

    def scan_code(self, text: str) -> None:
        """Give the engine a text, as the reader does."""
        self.router.sources.reader.read.emit((text,), "test")

    def read_codes(self) -> list[CodeRead]:
        return [event for event in self.heard if isinstance(event, CodeRead)]

    def compare(self, *, on_device: bool | None = None) -> None:
        """Answer the comparison by what the device shows, on both sides or on the device as told."""
        page = self.until(Page.COMPARISON)
        self.qtbot.waitUntil(lambda: self.shown is not None, timeout=LONG)
        question = self.router.flow.question
        assert isinstance(question, CompareNumbers)
        same = question.number == self.shown
        self.bridge.send(PressVirtual(same if on_device is None else on_device))
        self.qtbot.waitUntil(page.match.isEnabled, timeout=LONG)
        (page.match if same else page.differ).click()

    def kept_networks(self) -> list[str]:
        """The networks that are offered to whoever sets up the next device, at the end of a run."""
        handler = self.bridge._handler
        assert isinstance(handler, Engine)
        return [each.name for each in saved_networks.recall(handler._services[True].identity.vault)]

    def on_engine(self, work: Coroutine[Any, Any, None]) -> None:
        """Run something on the engine's loop, as the virtual world's own events are."""
        loop = self.bridge._loop
        assert loop is not None
        asyncio.run_coroutine_threadsafe(work, loop).result(20)


@contextmanager
def stage(
    qtbot: QtBot,
    folder: Path,
    monkeypatch: pytest.MonkeyPatch,
    make: Callable[[Any], Any] | None = None,
    radio: str = "virtual",
    devices: list[Any] | None = None,
) -> Iterator[Stage]:
    """A stage that is closed as the app closes. `make(button)` gives the device's Rp1Options; `devices`
    takes the device."""
    monkeypatch.setattr("ui.engine.engine.make_world", world_of(make, devices))
    made = Stage(qtbot, folder, radio)
    made.bridge.start()
    made.router.begin()
    try:
        yield made
    finally:
        made.router.close_down()
        made.bridge.arrived.disconnect()
        made.bridge.stop()
        assert made.bridge.join(20), "the engine did not close"


def _usual(button: Any) -> Any:
    from companion.protocols.rp1.virtual.options import Rp1Options

    return Rp1Options(press=button)


def world_of(
    make: Callable[[Any], Any] | None = None, devices: list[Any] | None = None
) -> Callable[[Any], Any]:
    """What stands in for `make_world`; see `stage`."""

    def world(button: Any) -> Any:
        from companion.protocols.rp1.virtual.peripheral import VirtualRp1
        from companion.virtual.world import World

        # A radio that is opened again has a world of its own: two devices with one label would be too many.
        device = VirtualRp1((make or _usual)(button))
        if devices is not None:
            devices[:] = [device]
        return World([device])

    return world
