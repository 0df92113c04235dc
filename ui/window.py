"""The main window: the rail, the sections that exist, and the one bridge to the engine."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSettings, QSize, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QWidget

from ui.messages import Command
from ui.walk import WalkView
from ui.widgets import Place, Rail

if TYPE_CHECKING:
    from ui.bridge import Bridge

LEAST_SIZE = QSize(900, 600)
USUAL_SIZE = QSize(1080, 720)


class MainWindow(QWidget):
    """Made without the engine, so that it paints at once; `painted` says that it did."""

    painted = Signal()
    closed = Signal()

    def __init__(self, settings: QSettings) -> None:
        super().__init__()
        self._settings = settings
        self._bridge: Bridge | None = None
        self._early: list[Command] = []
        self._was_painted = False
        self._closing = False
        self.setWindowTitle("Companion")
        self.setMinimumSize(LEAST_SIZE)
        self.walk = WalkView(self.send)
        self._sections: dict[str, QWidget] = {"add": self.walk}
        self._stack = QStackedWidget()
        self._stack.addWidget(self.walk)
        self._rail = Rail(self._places())
        self._rail.chosen.connect(self.open_section)
        self._rail.set_current("add")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self._rail)
        row.addWidget(self._stack, 1)
        self._restore_size()

    def _places(self) -> list[Place]:
        return [Place("add", self.tr("Add device"), "add")]

    # --- the engine --------------------------------------------------------------------------------

    def connect_engine(self, bridge: Bridge) -> None:
        """Take events from the bridge and send what was wanted before it was there."""
        self._bridge = bridge
        bridge.arrived.connect(self.take)
        early, self._early = self._early, []
        for command in early:
            bridge.send(command)

    def send(self, command: Command) -> None:
        """Hand a command to the engine, now or as soon as there is one."""
        if self._bridge is None:
            self._early.append(command)
        else:
            self._bridge.send(command)

    def take(self, event: object) -> None:
        """An event of the engine."""
        self.walk.take(event)

    # --- sections ----------------------------------------------------------------------------------

    def open_section(self, key: str) -> None:
        """Bring a section of the rail to the front."""
        section = self._sections[key]
        self._rail.set_current(key)
        self._stack.setCurrentWidget(section)
        self.walk.set_front(section is self.walk)

    # --- coming and going --------------------------------------------------------------------------

    def call(self) -> None:
        """Come to the front; another instance was started."""
        self.setWindowState(self.windowState() & ~self.windowState().WindowMinimized)
        self.show()
        self.raise_()
        self.activateWindow()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self._was_painted:
            self._was_painted = True
            QTimer.singleShot(0, self.painted.emit)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Hide at once; the app ends when the engine has given back the radio and told the device."""
        self._settings.setValue("window/geometry", self.saveGeometry())
        self.walk.close_down()
        event.accept()
        if not self._closing:
            self._closing = True
            self.closed.emit()

    def _restore_size(self) -> None:
        geometry = self._settings.value("window/geometry")
        if geometry is None or not self.restoreGeometry(geometry):
            self.resize(USUAL_SIZE)
