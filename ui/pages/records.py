"""The devices and activity pages, alerts among them: what the registry holds, which comes anew together."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from companion.administration import DeviceStatus
from companion.errors import CompanionError
from companion.events import RunFinished, StatusReported
from companion.registry.lists import DeviceQuery, DeviceRow, RunRow
from ui.engine.commands import Command, ListDevices, ListRuns, OpenRun, ReadPage
from ui.engine.events import DeviceList, DeviceRenamed, EngineFailed, ListPage, RunList, RunOpened
from ui.engine.registry import RegistryState
from ui.flow.tasks import Task
from ui.pages.activity.page import ActivityPage
from ui.pages.activity.presenter import ActivityPresenter
from ui.pages.alerts.presenter import AlertsPresenter
from ui.pages.devices.page import DevicesPage
from ui.pages.devices.presenter import DevicesPresenter
from ui.pages.replay.place import ReplayPlace
from ui.pages.team.banner import RegistryBanner
from ui.pages.views import NoticeView
from ui.present import team
from ui.present.ownership import results
from ui.present.texts import advice_of, title_of
from ui.widgets import Tone


class RecordPages(QObject):
    """Both pages with their presenters.

    add_wanted: the user wants to set up a device. operation_wanted: a Task and the Owned device it is for.
    history_wanted: the activity page shall come, with this device's latest run. virtual_wanted: the records
    of virtual devices shall.
    """

    add_wanted = Signal()
    virtual_wanted = Signal()
    operation_wanted = Signal(object, object)
    history_wanted = Signal()

    def __init__(self, send: Callable[[Command], None], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._devices = DevicesPresenter(send, self)
        self._activity = ActivityPresenter(send, self)
        self._alerts = AlertsPresenter(self.activity.alerts, send)
        self._alerts.counted.connect(self.activity.count_alerts)
        self.activity.alerts.run_chosen.connect(self._activity.open_run)
        self.activity_place = ReplayPlace(self.activity)
        self._activity.pages_wanted.connect(self.activity_place.open)
        self._devices.add_wanted.connect(self.add_wanted)
        self.devices.virtual_wanted.connect(self.virtual_wanted)
        self._devices.operation_wanted.connect(self.operation_wanted)
        self._devices.history_wanted.connect(self._open_history)
        self._devices.renamed.connect(send)
        self._is_unreadable = False
        self._banners = (RegistryBanner(), RegistryBanner())
        for page, banner in zip((self.devices, self.activity), self._banners, strict=True):
            page.body.insertWidget(0, banner)

    @property
    def devices(self) -> DevicesPage[DeviceRow]:
        return self._devices.page

    @property
    def activity(self) -> ActivityPage[RunRow]:
        return self._activity.page

    def show_virtual(self, virtual: bool, *, others: bool = False) -> None:
        """Say whose records these are: virtual devices have their own. others: there are some of those."""
        self.devices.offer_virtual(others and not virtual)
        self.devices.show_virtual(virtual)
        self.activity.show_virtual(virtual)

    def refresh(self) -> None:
        """A page came to the front, or a run ended."""
        self._activity.stop_replay()
        self._devices.refresh()
        self._activity.refresh()
        self._alerts.refresh()

    def open_device(self, key: str) -> None:
        """Show this device as soon as its record is there."""
        self._devices.select(key)
        self.refresh()

    def open_voucher(self, what: str | Path) -> None:
        """Show the saved ownership voucher with this GUID, or the one in this file."""
        self._devices.open_voucher(what)

    def act_on(self, key: str, act: str) -> None:
        """Show this device, and press one of its buttons if it has that then."""
        self._devices.act_on(key, act)
        self.refresh()

    def open_run(self, run: str, beside: str = "", act: str = "") -> None:
        """Show this run, beside another one if that is named. act: export or replay it"""
        self.activity_place.leave()
        self._activity.open_run(run, beside, act)

    def show_notice(self, key: str, notice: NoticeView | None) -> None:
        """Say on a device's page what has just been done; None says nothing."""
        self._devices.set_notice(key, notice)
        self.refresh()

    def show_asked(self, key: str, task: Task) -> None:
        """A device on the network is asked, or followed."""
        self._devices.set_followed(key if task is Task.FOLLOW else "")
        self.show_notice(key, results.asking(task))

    def show_status(self, key: str, status: DeviceStatus) -> None:
        """What a device has just said of itself."""
        self._devices.set_status(key, status)

    def _say_unreadable(self, error: CompanionError | None) -> None:
        """Why there is no list: a folder that can't be written, a full disk, a damaged database."""
        if error is None and not self._is_unreadable:
            return
        self._is_unreadable = error is not None
        notice = NoticeView(Tone.DANGER, title_of(error), advice_of(error)) if error is not None else None
        for banner in self._banners:
            banner.show_trouble(notice)
        if notice is not None and not self.devices.has_list:
            self.devices.show_unreadable()
            self.activity.show_unreadable()

    def take(self, event: object) -> None:
        """An event of the engine."""
        self._alerts.take(event)
        self._activity.take(event)
        self._devices.take(event)
        match event:
            case DeviceList():
                self._say_unreadable(None)
                self._devices.show(event)
            case RunList():
                self._say_unreadable(None)
                self._activity.show(event)
            case EngineFailed(error, ListDevices() | ListRuns() | ReadPage() | OpenRun()):
                self._say_unreadable(error)
            case ListPage() if isinstance(event.query, DeviceQuery):
                self._devices.show_page(event)
            case ListPage():
                self._activity.show_page(event)
            case RunOpened():
                self._activity.show_details(event.run)
            case RunFinished():
                self._devices.set_followed("")
                self.refresh()
            case StatusReported() if self._devices.followed:
                self._devices.set_status(self._devices.followed, event.status)
                self._devices.refresh()
            case RegistryState(status):
                for banner in self._banners:
                    banner.show_trouble(team.brief(status))
                self._activity.refresh()
            case DeviceRenamed():
                self.refresh()
                self._devices.show_renamed(event.device)

    def _open_history(self, device: str) -> None:
        self.activity_place.leave()
        self.history_wanted.emit()
        self._activity.open_latest(device)
