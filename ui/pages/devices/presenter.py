"""The devices page at work: the registry's devices as rows, and what their owner wants done with them."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QObject, Signal

from companion.administration import DeviceStatus
from ui.engine.messages import Records
from ui.flow.ownership import Owned
from ui.flow.tasks import Task
from ui.pages.devices.page import DevicesPage
from ui.pages.devices.views import DeviceView
from ui.pages.views import NoticeView
from ui.present.registry import buttons, devices


class DevicesPresenter(QObject):
    """Fills the page from the registry's records.

    add_wanted: the user wants to set up a device. operation_wanted: a Task and the Owned device it is for.
    history_wanted: the key of the device whose runs are wanted. renamed: a device's key, name and room.
    """

    add_wanted = Signal()
    operation_wanted = Signal(object, object)
    history_wanted = Signal(str)
    renamed = Signal(str, str, str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.page = DevicesPage()
        self._records = Records((), ())
        self._shown: list[DeviceView] | None = None
        self._notices: dict[str, NoticeView] = {}
        self._statuses: dict[str, DeviceStatus] = {}
        self._selection = ""
        self.page.add_wanted.connect(self.add_wanted)
        self.page.renamed.connect(self.renamed)
        self.page.action_chosen.connect(self._on_action)
        self.page.renew_wanted.connect(lambda: self.operation_wanted.emit(Task.RENEW, Owned("", "")))

    def select(self, key: str) -> None:
        """Show this device as soon as its record is there."""
        self._selection = key

    def set_notice(self, key: str, notice: NoticeView | None) -> None:
        """What an operation has just done to a device, until its user does something else with it."""
        self._notices = {} if notice is None else {key: notice}

    def set_status(self, key: str, status: DeviceStatus) -> None:
        """What a device said of itself. One that was only switched said nothing else."""
        before = self._statuses.get(key)
        switched = status == DeviceStatus(is_on=status.is_on)
        self._statuses[key] = replace(before, is_on=status.is_on) if switched and before else status

    def show(self, records: Records) -> dict[str, str]:
        """Show these; returns the devices' names by their keys."""
        self._records = records
        latest = {run.device: run for run in reversed(records.runs)}
        views = [
            devices.device(
                record,
                last=latest.get(record.id),
                news=self._notices.get(record.id),
                status=self._statuses.get(record.id),
            )
            for record in records.devices
        ]
        # What is shown already is not painted anew: the list comes after every run and every visit.
        if views != self._shown:
            self._shown = views
            self.page.show_devices(views)
        self.page.show_warning(devices.revoked_list(records.published))
        names = {view.key: view.name for view in views}
        if self._selection in names:
            self.page.open_device(self._selection)
            self._selection = ""
        return names

    def _on_action(self, key: str, action: str) -> None:
        """Something that the page of a device offers."""
        record = next((each for each in self._records.devices if each.id == key), None)
        if record is None:
            return
        if action == buttons.HISTORY:
            self.history_wanted.emit(key)
        elif action == buttons.RENAME:
            self.page.rename(record.name, record.room)
        else:
            self.operation_wanted.emit(Task(action), devices.owned(record))
