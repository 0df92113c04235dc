"""The main window: the rail, the sections that exist, and the one bridge to the engine."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, assert_never

from PySide6.QtCore import QSettings, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QWidget

from ui.shell import preferences, window_state
from ui.shell.bench_place import BenchPlace
from ui.shell.first_use import FirstUse
from ui.shell.lab_place import LabPlace
from ui.shell.radio_choice import RadioChoice
from ui.shell.sections import Section
from ui.shell.shared_device import SharedDevice
from ui.shell.virtual_exit import VirtualExit
from ui.widgets import Rail, RailEntry, mark_icon

if TYPE_CHECKING:
    from ui.engine.bridge import Bridge
    from ui.flow.owned_device import Owned
    from ui.flow.ownership import OwnershipFlow
    from ui.flow.tasks import Task
    from ui.pages.records import RecordPages
    from ui.pages.router import Router
    from ui.pages.settings import SettingsPage
    from ui.pages.settings_pages import SettingsPages
    from ui.shell.close_question import CloseQuestion


class MainWindow(QWidget):
    """Made with its rail and no more, so that it paints at once; `painted` says that it did, and `add_pages`
    brings the pages."""

    painted = Signal()
    preferences_changed = Signal(object)
    language_changed = Signal(str)
    closed = Signal()

    def __init__(self, settings: QSettings) -> None:
        super().__init__()
        self._settings = settings
        self.router: Router | None = None
        self._bridge: Bridge | None = None
        self._records: RecordPages | None = None
        self._settings_pages: SettingsPages | None = None
        self._was_painted = False
        self._closing = False
        self._question: CloseQuestion | None = None
        self._stack = QStackedWidget()
        self._bench = BenchPlace(self._stack, lambda: self.router, self)
        self._bench.changed.connect(lambda: self.open_section(Section.ADD))
        self._shared = SharedDevice(self, lambda: self.router)
        self._virtual_exit = VirtualExit(self, lambda: self.router)
        self.radio_choice = RadioChoice(settings, lambda: self.router)
        self._first_use = FirstUse(settings, lambda: self.router, self)
        add_lab = partial(self._add_section, Section.LAB)
        self._lab = LabPlace(self, lambda: self.router, self.open_section, add_lab, self._open_records)
        # False in a demo, whose keys do not last.
        self.can_use_real = True
        self._started_with = ""
        self.setWindowTitle("Companion")
        self._sections: dict[Section, QWidget] = {}
        self._rail = self._make_rail()
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(0)
        self._row.addWidget(self._rail)
        self._row.addWidget(self._stack, 1)
        window_state.restore(self, settings)

    def _make_rail(self) -> Rail:
        rail = Rail(self._places())
        rail.chosen.connect(self.go_to)
        rail.set_current(Section.ADD)
        return rail

    def _places(self) -> list[RailEntry]:
        return [
            RailEntry(Section.ADD, self.tr("Add device"), "add"),
            RailEntry(Section.DEVICES, self.tr("Devices"), "devices"),
            RailEntry(Section.ACTIVITY, self.tr("Activity"), "activity"),
            RailEntry(Section.LAB, self.tr("Lab"), "lab"),
            RailEntry(Section.SETTINGS, self.tr("Settings"), "settings", low=True),
        ]

    # --- the engine --------------------------------------------------------------------------------

    def add_pages(self, bridge: Bridge, radio: str) -> Router:
        """Bring in the pages of a run with the first of them, and connect it with the engine."""
        from ui.pages.router import Router
        from ui.pages.scan.page import ScanPage
        from ui.pages.virtual.area import RunArea

        self.router = Router(ScanPage(), bridge.send)
        area = RunArea(self.router)
        area.real_device_wanted.connect(self._virtual_exit.leave)
        self._started_with = self._started_with or radio
        self.router.control.start_with(self._started_with, radio)
        self.router.control.can_use_real = self.can_use_real
        self.router.control.language_wanted.connect(self._speak)
        self.router.control.restored.connect(self._first_use.end)
        self.router.control.reminds_of_backup = self._reminds_of_backup
        self.router.control.backup_wanted.connect(self._show_backup)
        self.router.sources.remember(self._settings)
        self.router.control.can_open_devices = True
        self.router.scan.many_wanted.connect(lambda: self._bench.open(bridge))
        self.router.control.device_wanted.connect(self._open_device)
        self.router.control.records_wanted.connect(partial(self.go_to_records, Section.DEVICES))
        self.router.page_changed.connect(self._show_operation)
        self.router.control.operation_ended.connect(self._end_operation)
        self._bridge = bridge
        bridge.arrived.connect(self.router.take)
        bridge.arrived.connect(self._first_use.take)
        self._add_section(Section.ADD, area)
        self._stack.setCurrentWidget(area)
        self.setWindowIcon(mark_icon())
        return self.router

    def make_anew(self) -> None:
        """Make rail and pages again, in the language that is set now, and show the settings."""
        bridge, router = self._bridge, self.router
        if bridge is None or router is None or self._bench.is_busy:
            return
        self._bench.close_down()
        from ui.engine.commands import ListUnfinished
        from ui.flow.state import Page

        pages = self._settings_pages
        before, place = router.control, pages.settings.place if pages is not None else 0
        # What is made is not seen before it is whole.
        self.setUpdatesEnabled(False)
        router.close_down()
        bridge.arrived.disconnect(router.take)
        bridge.arrived.disconnect(self._first_use.take)
        welcome = router.flow.page is Page.WELCOME and self._rail.current() is Section.ADD
        if self._records is not None:
            bridge.arrived.disconnect(self._records.take)
            self._records.deleteLater()
        if pages is not None:
            bridge.arrived.disconnect(pages.take)
            self._stack.removeWidget(pages.grant)
            pages.grant.deleteLater()
            pages.deleteLater()
        self._lab.drop(bridge)
        old = (*self._sections.values(), self._rail)
        self._sections, self._records, self._settings_pages = {}, None, None
        for widget in old:
            # It stays a child until it is gone: as a window of its own it would take this one's place.
            widget.hide()
            self._stack.removeWidget(widget)
            self._row.removeWidget(widget)
            widget.deleteLater()
        self._rail = self._make_rail()
        self._row.insertWidget(0, self._rail)
        made = self.add_pages(bridge, before.spec)
        made.control.follow(before)
        if welcome:
            made.page_changed.connect(self._first_use.show_anew, Qt.ConnectionType.SingleShotConnection)
        made.begin(welcome=welcome)
        # The new first page missed that the engine is warm.
        bridge.send(ListUnfinished())
        if not welcome:
            self.open_section(Section.SETTINGS)
            self._open_settings().focus_language(place)
            self.setUpdatesEnabled(True)

    def go_to(self, section: Section, show: Callable[[], object] = lambda: None) -> None:
        """A place was chosen, and perhaps something to show in it: ask first where leaving has to be."""

        def go() -> None:
            self.open_section(section)
            show()

        if section is not Section.DEVICES and self._shared.asks_before(go):
            # The rail marks what was pressed; the page is still in front.
            self._rail.set_current(Section.DEVICES)
        else:
            go()

    def go_to_records(self, section: Section, show: Callable[[RecordPages], object]) -> None:
        """Devices or activity was chosen, and what to show there."""
        self.go_to(section, lambda: show(self._open_records()))

    def open_section(self, section: Section) -> None:
        """Bring a section of the rail to the front."""
        router = self.router
        if self._bridge is None or router is None:
            return
        if section is Section.ADD and not router.control.leave_operation():
            section = Section.DEVICES
        match section:
            case Section.ADD:
                pass
            case Section.DEVICES | Section.ACTIVITY:
                control = router.control
                self._open_records().show_virtual(control.is_virtual, others=control.has_virtual_devices)
                self._open_records().refresh()
            case Section.LAB:
                self._lab.open(self._bridge)
            case Section.SETTINGS:
                self._open_settings()
            case _:
                assert_never(section)
        # An owner's operation has the pages of a run, and the place of the device that it is for.
        operates = section is Section.DEVICES and router.control.has_operation
        add, page = self._sections[Section.ADD], self._sections[Section.ADD if operates else section]
        self._rail.set_current(section)
        self._stack.setCurrentWidget(page)
        at_bench = self._bench.show(section is Section.ADD)
        router.set_front(page is add and not at_bench)

    def _add_section(self, section: Section, page: QWidget) -> None:
        self._sections[section] = page
        self._stack.addWidget(page)

    def _open_records(self) -> RecordPages:
        """The pages of devices and runs, made when the first of them is wanted."""
        if self._records is None:
            from ui.pages.records import RecordPages

            assert self._bridge is not None
            self._records = RecordPages(self._bridge.send, self)
            self._records.add_wanted.connect(lambda: self.open_section(Section.ADD))
            self._records.virtual_wanted.connect(self._show_virtual_devices)
            self._records.history_wanted.connect(lambda: self.open_section(Section.ACTIVITY))
            self._records.operation_wanted.connect(self._begin_operation)
            self._bridge.arrived.connect(self._records.take)
            self._add_section(Section.DEVICES, self._records.devices)
            self._add_section(Section.ACTIVITY, self._records.activity_place)
        return self._records

    def _open_settings(self) -> SettingsPage:
        pages = self._settings_pages or self._make_settings()
        pages.refresh()
        if self.router is not None:
            can_change, name = not self._bench.is_busy, self.radio_choice.name
            pages.show_radio(self.router.control, can_change=can_change, name=name)
        return pages.settings

    def _make_settings(self) -> SettingsPages:
        """Settings and what is behind them, made when they are first wanted."""
        from ui.pages.settings_pages import SettingsPages

        assert self._bridge is not None and self.router is not None
        self._settings_pages = made = SettingsPages(self._bridge.send, self.router.sources, self)
        made.settings.show_preferences(preferences.load(self._settings))
        made.settings.changed.connect(self._set)
        made.settings.radio_chosen.connect(self.radio_choice.choose)
        made.settings.welcome_wanted.connect(self._show_welcome)
        made.settings.backup.setVisible(self.can_use_real)  # the keys of a demo do not last
        made.grant_wanted.connect(self._show_grant)
        self._bridge.arrived.connect(made.take)
        self._add_section(Section.SETTINGS, made.settings)
        self._stack.addWidget(made.grant)
        return made

    def _show_grant(self, wanted: bool) -> None:
        """The page of a new grant, or back to the settings that led there."""
        pages = self._settings_pages
        if pages is not None and self._rail.current() is Section.SETTINGS:
            self._stack.setCurrentWidget(pages.grant if wanted else pages.settings)

    def _set(self, wanted: preferences.Preferences) -> None:
        before = preferences.load(self._settings)
        preferences.save(self._settings, wanted)
        self.preferences_changed.emit(wanted)
        if wanted.language != before.language:
            # Not within the gesture: the control that was pressed goes with its page.
            QTimer.singleShot(0, lambda: self.language_changed.emit(wanted.language))

    def begin(self) -> None:
        """The engine is there."""
        if self.router is not None and self._bridge is not None:
            place = window_state.place(self._settings)
            if place is Section.ADD or self._first_use.is_new(self.router):
                self._first_use.begin(self.router, self._bridge)
            else:
                self.open_section(place)

    def _show_welcome(self) -> None:
        if self.router is not None:
            self.router.control.show_welcome()
            self.open_section(Section.ADD)

    def _reminds_of_backup(self) -> bool:
        return self.can_use_real and preferences.reminds_of_backup(self._settings)

    def _show_backup(self) -> None:
        self.open_section(Section.SETTINGS)
        self._open_settings().show_backup_form()

    def _speak(self, language: str) -> None:
        """Another language was chosen on the first page."""
        self._set(preferences.load(self._settings)._replace(language=language))

    def _show_virtual_devices(self) -> None:
        """Their list, which comes with their radio."""
        if self.router is not None:
            self.router.use_radio("virtual")
        self.open_section(Section.DEVICES)

    def _open_device(self, key: str) -> None:
        self._open_records().open_device(key)
        self.open_section(Section.DEVICES)

    def _begin_operation(self, task: Task, owned: Owned) -> None:
        if self.router is not None and not self.router.control.begin_operation(task, owned):
            from ui.present.ownership import results

            self._open_records().show_notice(owned.key, results.not_now())
        elif task.administration is not None and task.form is None and self.router is not None:
            from ui.flow.state import Page

            if self.router.control.has_operation and self.router.flow.page is Page.DEVICE:
                self._open_records().show_asked(owned.key, task)

    def _show_operation(self) -> None:
        """An operation has something to show: its pages take the place of the devices page."""
        from ui.flow.state import Page

        router = self.router
        if router is not None and router.control.has_operation and self._rail.current() is Section.DEVICES:
            if router.flow.page is Page.PROBLEM:
                # What went wrong on the way out is read first.
                self._shared.stay()
            self._stack.setCurrentWidget(self._sections[Section.ADD])

    def _end_operation(self, flow: OwnershipFlow) -> None:
        """Back to the device, with what has been done."""
        from ui.present.ownership import results

        pages = self._open_records()
        record = flow.outcome.record if flow.outcome is not None else None
        known = flow.outcome.administered if flow.outcome is not None else None
        if known is not None and known.status is not None:
            pages.show_status(flow.owned.key, known.status)
        pages.show_notice(flow.owned.key or record or "", results.notice(flow))
        if flow.owned.token is not None and record is not None:
            self._open_device(record)
        elif self._rail.current() is Section.ADD and flow.has_news:
            # It began at the page of a setup code whose device is the user's own.
            self._open_device(flow.owned.key)
        elif self._rail.current() is Section.DEVICES:
            self.open_section(Section.DEVICES)
            pages.devices.table.setFocus(Qt.FocusReason.OtherFocusReason)
        self._shared.go_on()

    # --- coming and going --------------------------------------------------------------------------

    def come_to_front(self) -> None:
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
        """Hide at once, or ask first in the middle of a hand-over; the app ends when the engine has given
        back the radio and told the device."""
        if self.router is not None and self.router.hands_over and not self._closing:
            event.ignore()
            self._ask_to_close()
            return
        if not self._closing and self._shared.asks_before(self.close):
            event.ignore()
            return
        window_state.save(self, self._settings, self._rail.current())
        self._bench.close_down()
        if self.router is not None:
            self.router.close_down()
        event.accept()
        if not self._closing:
            self._closing = True
            self.closed.emit()

    def _ask_to_close(self) -> None:
        """The device may be left half set up. Who goes on without closing loses nothing."""
        from ui.shell.close_question import CloseQuestion

        if self._question is None:
            self._question = CloseQuestion(self)
            self._question.accepted.connect(self._close_anyway)
        self._question.open()

    def _close_anyway(self) -> None:
        self._closing = True
        self.close()
        self.closed.emit()
