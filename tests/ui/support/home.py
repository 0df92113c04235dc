"""The whole window for tests, with a device that was set up: the devices page and ownership operations."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QObject, QSettings
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from tests.ui.support.stage import LONG, Stage, world_of
from tests.ui.support.steps import go_to_network, hand_over
from ui.engine.bridge import Bridge
from ui.engine.engine import Engine, Settings
from ui.flow.ownership import OwnershipFlow
from ui.flow.state import Page
from ui.flow.tasks import Task
from ui.pages.devices.page import DevicesPage
from ui.pages.devices.views import DeviceView
from ui.shell.sections import Section
from ui.shell.window import MainWindow


class Home(Stage):
    """A stage whose run is in the app's own window."""

    def __init__(self, qtbot: QtBot, folder: Path) -> None:
        QObject.__init__(self)
        self.qtbot = qtbot
        self.heard: list[object] = []
        self.shown: str | None = None
        self.bridge = Bridge(lambda tell: Engine(tell, Settings("virtual", folder)))
        self.window = MainWindow(QSettings(str(folder / "window.ini"), QSettings.Format.IniFormat))
        self.router = self.window.add_pages(self.bridge, "virtual")
        self.bridge.arrived.connect(self._hear)
        qtbot.addWidget(self.window)
        self.window.show()

    @property
    def devices(self) -> DevicesPage:
        return self.window._open_records().devices

    @property
    def operates(self) -> bool:
        return self.router.control.has_operation

    @property
    def operation(self) -> OwnershipFlow:
        assert isinstance(self.router.flow, OwnershipFlow), "no operation is going on"
        return self.router.flow

    @property
    def view(self) -> DeviceView:
        """The device that the detail shows."""
        view = self.devices.table.current()
        assert view is not None
        return view

    def fact(self, name: str) -> str:
        return dict(self.view.facts).get(name, "")

    def choose(self, task: Task) -> None:
        """Press the action of the shown device, as its user does."""
        offered = (self.view.primary, *self.view.actions, *self.view.dangers)
        (title,) = {action.title for action in offered if action is not None and action.key == task}
        self.wait_for(lambda: any(self._buttons(title)))
        self._buttons(title)[0].click()

    def _buttons(self, title: str) -> list[QPushButton]:
        found = self.devices.findChildren(QPushButton)
        return [each for each in found if each.text() == title and each.isVisible()]

    def front(self, page: Page) -> Any:
        """Wait for a page of the operation, in front of the window's user."""
        widget = self.until(page)
        assert self.router.isVisible(), "another section is in front"
        return widget

    def back(self, news: str) -> DeviceView:
        """Wait for the devices page with the operation's news, by their title."""
        self.wait_for(
            lambda: (
                self.page is Page.PROBLEM
                or (
                    not self.router.control.has_operation
                    and self.window._stack.currentWidget() is self.devices
                )
            )
        )
        assert not self.operates, f"the operation ended in {self.operation.error!r}"
        self.wait_for(lambda: self.view.notice is not None and self.view.notice.title == news)
        return self.view

    def wait_for(self, met: Callable[[], bool]) -> None:
        self.qtbot.waitUntil(met, timeout=LONG)


@contextmanager
def home_with_records(qtbot: QtBot, folder: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Home]:
    """A window that shows the one device which the registry in the folder has already."""
    monkeypatch.setattr("ui.engine.engine.make_world", world_of(None, None))
    made = Home(qtbot, folder)
    made.bridge.start()
    made.router.begin()
    try:
        made.window.open_section(Section.DEVICES)
        made.wait_for(lambda: made.devices.table.rows_model.rowCount() == 1)
        yield made
    finally:
        made.router.close_down()
        made.bridge.arrived.disconnect()
        made.bridge.stop()
        assert made.bridge.join(20), "the engine did not close"


@contextmanager
def home(
    qtbot: QtBot,
    folder: Path,
    monkeypatch: pytest.MonkeyPatch,
    make: Callable[[Any], Any] | None = None,
    devices: list[Any] | None = None,
) -> Iterator[Home]:
    """A window that shows its one device, which was just set up. `devices` takes the virtual one."""
    monkeypatch.setattr("ui.engine.engine.make_world", world_of(make, devices))
    made = Home(qtbot, folder)
    made.bridge.start()
    made.router.begin()
    try:
        go_to_network(made)
        hand_over(made)
        made.until(Page.SUCCESS)
        made.window.open_section(Section.DEVICES)
        made.wait_for(lambda: made.devices.table.rows_model.rowCount() == 1)
        yield made
    finally:
        made.router.close_down()
        made.bridge.arrived.disconnect()
        made.bridge.stop()
        assert made.bridge.join(20), "the engine did not close"
