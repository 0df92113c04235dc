"""The main window: the rail, the sections that exist, and the one bridge to the engine."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSettings, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QWidget

from ui.shell import preferences
from ui.widgets import Place, Rail, mark_icon

if TYPE_CHECKING:
    from ui.engine.bridge import Bridge
    from ui.flow.ownership import Owned, OwnershipFlow, Task
    from ui.pages.records import RecordPages
    from ui.pages.router import Router
    from ui.pages.settings import SettingsPage

LEAST_SIZE = QSize(960, 640)
USUAL_SIZE = QSize(1080, 720)


class MainWindow(QWidget):
    """Made with its rail and no more, so that it paints at once; `painted` says that it did, and `furnish`
    brings the pages."""

    painted = Signal()
    preferences_changed = Signal(object)
    closed = Signal()

    def __init__(self, settings: QSettings) -> None:
        super().__init__()
        self._settings = settings
        self.walk: Router | None = None
        self._bridge: Bridge | None = None
        self._records: RecordPages | None = None
        self._settings_page: SettingsPage | None = None
        self._radio = ""
        self._was_painted = False
        self._closing = False
        self.setWindowTitle("Companion")
        self.setMinimumSize(LEAST_SIZE)
        self._sections: dict[str, QWidget] = {}
        self._stack = QStackedWidget()
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
        return [
            Place("add", self.tr("Add device"), "add"),
            Place("devices", self.tr("Devices"), "devices"),
            Place("activity", self.tr("Activity"), "activity"),
            Place("settings", self.tr("Settings"), "settings", low=True),
        ]

    # --- the engine --------------------------------------------------------------------------------

    def furnish(self, bridge: Bridge, radio: str) -> Router:
        """Bring in the walk with its first page, and connect it with the engine."""
        from ui.pages.router import Router
        from ui.pages.scan.page import ScanPage

        self._radio = radio
        self.walk = Router(ScanPage(), bridge.send)
        self.walk.scanning.remember(self._settings)
        self.walk.can_open_devices = True
        self.walk.device_wanted.connect(self._open_device)
        self.walk.page_changed.connect(self._bring_act)
        self.walk.act_ended.connect(self._end_act)
        self._bridge = bridge
        bridge.arrived.connect(self.walk.take)
        self._sections["add"] = self.walk
        self._stack.addWidget(self.walk)
        self._stack.setCurrentWidget(self.walk)
        self.setWindowIcon(mark_icon())
        return self.walk

    # --- sections ----------------------------------------------------------------------------------

    def open_section(self, key: str) -> None:
        """Bring a section of the rail to the front."""
        if self._bridge is None or self.walk is None:
            return
        if key == "add" and not self.walk.leave_act():
            key = "devices"
        if key == "settings":
            self._open_settings()
        elif key != "add":
            self._open_records().refresh()
        # An owner's act has the walk's pages, and the place of the device that it is for.
        section = self.walk if key == "devices" and self.walk.acting else self._sections[key]
        self._rail.set_current(key)
        self._stack.setCurrentWidget(section)
        if self.walk is not None:
            self.walk.set_front(section is self.walk)

    def _open_records(self) -> RecordPages:
        """The pages of devices and runs, made when the first of them is wanted."""
        if self._records is None:
            from ui.pages.records import RecordPages

            assert self._bridge is not None
            self._records = RecordPages(self._bridge.send, self)
            self._records.add_wanted.connect(lambda: self.open_section("add"))
            self._records.history_wanted.connect(lambda: self.open_section("activity"))
            self._records.operation_wanted.connect(self._begin_act)
            self._bridge.arrived.connect(self._records.take)
            for key, page in (("devices", self._records.devices), ("activity", self._records.activity)):
                self._sections[key] = page
                self._stack.addWidget(page)
        return self._records

    def _open_settings(self) -> None:
        if self._settings_page is None:
            from ui.pages.settings import SettingsPage

            self._settings_page = SettingsPage()
            self._settings_page.show_preferences(preferences.load(self._settings))
            self._settings_page.changed.connect(self._set)
            self._settings_page.radio_chosen.connect(self._use_radio)
            self._sections["settings"] = self._settings_page
            self._stack.addWidget(self._settings_page)
        if self.walk is not None:
            radio = self.walk.flow.radio
            spec = radio.spec if radio else self._radio
            self._settings_page.show_radio(spec, can_change=not self.walk.flow.running)

    def _set(self, wanted: preferences.Preferences) -> None:
        preferences.save(self._settings, wanted)
        self.preferences_changed.emit(wanted)

    def _use_radio(self, spec: str) -> None:
        """Another radio; its devices are listed on the first page when that comes back."""
        self._radio = spec
        if self.walk is not None:
            self.walk.use_radio(spec)

    def _open_device(self, key: str) -> None:
        self._open_records().open_device(key)
        self.open_section("devices")

    # --- an owner's acts ---------------------------------------------------------------------------

    def _begin_act(self, task: Task, owned: Owned) -> None:
        if self.walk is not None and not self.walk.begin_act(task, owned):
            from ui.present import ownership

            self._open_records().show_notice(owned.key, ownership.not_now())

    def _bring_act(self) -> None:
        """An act has something to show: its pages take the place of the devices page."""
        if self.walk is not None and self.walk.acting and self._rail.current() == "devices":
            self._stack.setCurrentWidget(self.walk)

    def _end_act(self, flow: OwnershipFlow) -> None:
        """Back to the device, with what has been done."""
        from ui.present import ownership

        pages = self._open_records()
        record = flow.outcome.record if flow.outcome is not None else None
        pages.show_notice(flow.owned.key or record or "", ownership.note(flow))
        if flow.owned.token is not None and record is not None:
            self._open_device(record)
        elif self._rail.current() == "devices":
            self.open_section("devices")
            pages.devices.table.setFocus(Qt.FocusReason.OtherFocusReason)

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
        if self.walk is not None:
            self.walk.close_down()
        event.accept()
        if not self._closing:
            self._closing = True
            self.closed.emit()

    def _restore_size(self) -> None:
        geometry = self._settings.value("window/geometry")
        if geometry is None or not self.restoreGeometry(geometry):
            self.resize(USUAL_SIZE)
