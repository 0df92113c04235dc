"""The devices page at work: the registry's devices as rows, and what their owner wants done with them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFileDialog

from companion.administration import DeviceStatus
from companion.errors.registry import RecordChanged
from companion.registry.lists import DeviceQuery, DeviceRow
from companion.registry.notes import tags_in
from companion.registry.records import DeviceRecord
from companion.registry.status import RegistryStatus, Role
from ui.engine.commands import CancelRun, Command, ListDevices, RenameDevice
from ui.engine.evaluation import DeviceEvaluated
from ui.engine.events import DeviceList, ListPage
from ui.engine.inventory import (
    AskTags,
    DevicesTagged,
    DevicesTaken,
    DevicesWritten,
    EachBegan,
    EachDevice,
    EachEnded,
    EachTask,
    KeysRead,
    ReadKeys,
    TagDevices,
    TagsCounted,
    TakeDevices,
    UntagDevices,
    WriteDevices,
    WriteLabel,
)
from ui.engine.registry import EditRefused, RegistryState
from ui.engine.search_index import SearchIndexed
from ui.engine.trust import ProofExported, TrustChecked
from ui.engine.vouchers import FindVoucher, NoteWritten, ReadVoucher, VoucherRead
from ui.flow.owned_device import Owned
from ui.flow.tasks import Task
from ui.pages.devices.inspection.presenter import Inspection
from ui.pages.devices.inventory_bar import Chosen
from ui.pages.devices.page import DevicesPage
from ui.pages.devices.undo import Changes
from ui.pages.devices.views import DeviceView
from ui.pages.page_reader import PageReader
from ui.pages.views import NoticeView
from ui.present import team
from ui.present.registry import buttons, devices, inventory


class DevicesPresenter(QObject):
    """Fills the page from the registry's records, a page of the list at a time.

    add_wanted: the user wants to set up a device. operation_wanted: a Task and the Owned device it is for.
    history_wanted: the key of the device whose runs are wanted. renamed: the RenameDevice that says how.
    """

    add_wanted = Signal()
    operation_wanted = Signal(object, object)
    history_wanted = Signal(str)
    renamed = Signal(object)

    def __init__(self, send: Callable[[Command], None], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._send = send
        self._reader = PageReader(send)
        self._notices: dict[str, NoticeView] = {}
        self._statuses: dict[str, DeviceStatus] = {}
        self._selection = self._followed = ""
        # A device and one of its buttons, to be pressed once its record is there.
        self._act = ("", "")
        self.page = DevicesPage(self._view, devices.state_words())
        self.page.add_wanted.connect(self.add_wanted)
        self.page.renamed.connect(self._on_renamed)
        # Devices that are to be told their names, once those are written here.
        self._untold: dict[str, Owned] = {}
        self._changes = Changes()
        self._edited: int | None = None
        self._status = RegistryStatus()
        self._says_refused = False
        undo = QShortcut(QKeySequence(QKeySequence.StandardKey.Undo), self.page)
        undo.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        undo.activated.connect(self._undo)
        self.page.action_chosen.connect(self._on_action)
        self.page.renew_wanted.connect(lambda: self.operation_wanted.emit(Task.RENEW, Owned("", "")))
        self._inspection = Inspection(self.page, send, self)
        self._inspection.operation_wanted.connect(self.operation_wanted)
        self.page.query_changed.connect(self.refresh)
        self.page.inventory.tags_wanted.connect(lambda: send(AskTags()))
        self.page.inventory.table_wanted.connect(lambda kind: self._move_table(kind))
        bar, each = self.page.inventory, EachTask
        bar.renew_wanted.connect(lambda: send(EachDevice(self.page.query)))
        bar.query_wanted.connect(lambda: send(EachDevice(self.page.query, each.QUERY)))
        self.page.network.submitted.connect(
            lambda wifi: send(EachDevice(self.page.moved, each.REPROVISION, wifi))
        )
        bar.chosen_wanted.connect(self._act_on_selected)
        self.page.tags.submitted.connect(lambda tags: send(TagDevices(self.page.selected.ids, tags)))
        self.page.table.selected.rows_wanted.connect(
            lambda first, count: send(ReadKeys(self.page.query, first, count))
        )
        self.page.stop_wanted.connect(lambda: send(CancelRun()))
        self.page.table.rows_model.page_wanted.connect(self._reader.read)

    def refresh(self) -> None:
        """Ask for the list, with the selected device in sight."""
        current = self.page.table.current()
        selected = self._selection or (current.key if current is not None else "")
        self._send(ListDevices(self.page.query, selected))

    def select(self, key: str) -> None:
        """Show this device as soon as its record is there, whatever was searched before."""
        self._selection, self._act = key, ("", "")
        self.page.clear_filters()

    def act_on(self, key: str, act: str) -> None:
        """Show this device, and press one of its buttons then, if it still has it."""
        self.select(key)
        self._act = (key, act)

    def open_voucher(self, what: str | Path) -> None:
        """Show the saved ownership voucher with this GUID, or the one in this file."""
        self._send(ReadVoucher(what) if isinstance(what, Path) else FindVoucher(what))

    def set_notice(self, key: str, notice: NoticeView | None) -> None:
        """What an operation has just done to a device, until its user does something else with it."""
        self._notices = {} if notice is None else {key: notice}

    @property
    def followed(self) -> str:
        """The key of the device whose status is followed, "" for none."""
        return self._followed

    def set_followed(self, key: str) -> None:
        """It is followed from now on, or none is."""
        self._followed = key

    def set_status(self, key: str, status: DeviceStatus) -> None:
        """What a device said of itself. One that was only switched said nothing else."""
        before = self._statuses.get(key)
        switched = status == DeviceStatus(is_on=status.is_on)
        self._statuses[key] = replace(before, is_on=status.is_on) if switched and before else status

    def show(self, told: DeviceList) -> None:
        """Show the list, unless another one is wanted by now."""
        if told.page.query != self.page.query:
            return
        if told.selected is not None:
            self._selection = ""
        keep = self._reader.begin(told)
        self.page.show_warning(devices.revoked_list(told.published))
        rows = [row for row in told.page.rows if isinstance(row, DeviceRow)]
        self.page.show_list(told.total, told.every, told.page.number, rows, told.selected or 0, keep=keep)
        self._press()

    def _press(self) -> None:
        (key, act), view = self._act, self.page.table.current()
        if key and view is not None and view.key == key:
            self._act = ("", "")
            if act in [each.key for each in (view.primary, *view.actions, *view.dangers) if each is not None]:
                self._on_action(key, act)

    def _take_refusal(self, told: EditRefused) -> None:
        """Say it at the device as it is now; above the list where that can't be had."""
        if isinstance(told.error, RecordChanged):
            self.set_notice(told.device, team.refused(told.error))
            self.refresh()
        else:
            self._says_refused = True
            self.page.show_news(team.refused(told.error))

    def _take_status(self, status: RegistryStatus) -> None:
        """What may be done in a team's registry. When its server is back, the list comes anew."""
        self._status = status
        if self._says_refused and status.problem is None:
            self._says_refused = False
            self.page.show_news(None)
        self.page.allow_edits(status.role.allows(Role.OPERATOR))
        self.refresh()

    def show_page(self, page: ListPage) -> None:
        """Show what was scrolled to."""
        if self._reader.take(page):
            rows = [row for row in page.rows if isinstance(row, DeviceRow)]
            self.page.table.rows_model.show_page(page.number, rows)

    def show_renamed(self, key: str) -> None:
        """Its name is written here: tell it, where that can be done."""
        if (owned := self._untold.pop(key, None)) is not None:
            self.operation_wanted.emit(Task.RENAME, owned)

    def take(self, event: object) -> None:
        """What is done with many devices."""
        match event:
            case TrustChecked() | ProofExported() | DeviceEvaluated():
                self._inspection.take(event)
            case VoucherRead():
                self._inspection.show_voucher(event)
            case NoteWritten():
                self._inspection.show_note(event)
            case RegistryState(status):
                self._take_status(status)
            case EditRefused():
                self._untold.pop(event.device, None)
                self._take_refusal(event)
            case SearchIndexed():
                self.page.show_indexing(inventory.indexing(event))
            case TagsCounted():
                self.page.inventory.offer_tags(event.tags)
            case KeysRead() if event.query == self.page.query:
                self.page.table.selected.take(event.first, event.keys)
            case DevicesWritten() | DevicesTaken() | DevicesTagged() | EachEnded():
                if isinstance(event, DevicesTagged):
                    self._changes.note_tags(event.added)
                self.page.show_news(inventory.news(event))
                self.refresh()
            case EachBegan():
                self.page.show_news(inventory.progress(event), can_stop=True)

    def _act_on_selected(self, act: Chosen) -> None:
        selected = self.page.selected
        match act:
            case Chosen.RENEW:
                self._send(EachDevice(selected))
            case Chosen.QUERY:
                self._send(EachDevice(selected, EachTask.QUERY))
            case Chosen.NETWORK:
                self.page.open_network()
            case Chosen.TAG:
                self.page.open_tags()
            case Chosen.CSV | Chosen.JSON:
                self._move_table(act.name.lower(), selected)

    def _move_table(self, kind: str, query: DeviceQuery | None = None) -> None:
        """Write the devices of a query, of all that are listed without one; kind "": read a table."""
        window = self.page.window()
        if kind:
            title = self.tr("Save the devices, with their names and keys")
            path, _ = QFileDialog.getSaveFileName(window, title, f"devices.{kind}")
            if path:
                self._send(WriteDevices(query or self.page.query, kind, Path(path)))
            return
        title = self.tr("Read names, rooms, tags and notes of devices")
        path, _ = QFileDialog.getOpenFileName(window, title, "", self.tr("Tables (*.csv *.json)"))
        if path:
            self._send(TakeDevices(Path(path)))

    def _write_label(self, row: DeviceRow) -> None:
        suggested = f"{row.record.serial or row.record.id}.pdf".replace("/", "-")
        filters = self.tr("Labels (*.pdf *.svg)")
        path, _ = QFileDialog.getSaveFileName(
            self.page.window(), self.tr("Save the label"), suggested, filters
        )
        if path:
            self._send(WriteLabel(row.record.id, Path(path)))

    def _on_renamed(self, key: str, name: str, room: str, tags: str, note: str) -> None:
        record = self._record(key)
        seen = self._edited if self._edited is not None else (record.revision if record is not None else None)
        wanted = RenameDevice(key, name, room, tags_in([tags]), note, seen)
        if record is not None:
            self._changes.note(record, wanted)
        self._rename(record, wanted)

    def _rename(self, record: DeviceRecord | None, wanted: RenameDevice) -> None:
        if record is not None and buttons.is_told_its_name(record):
            is_same = (record.name, record.room) == (wanted.name, wanted.room)
            # The same name once more is told again; a new note is nothing to the device.
            if not is_same or (record.tags, record.note) == (wanted.tags, wanted.note):
                self._untold[record.id] = replace(devices.owned(record), name=wanted.name, room=wanted.room)
        self.renamed.emit(wanted)

    def _undo(self) -> None:
        """Write what was changed last as it was before: a device, or the tags of a selection."""
        if added := self._changes.take_tags_back():
            self._send(UntagDevices(added))
            return
        if not (key := self._changes.device):
            return
        record = self._record(key)
        before = self._changes.take_back(record)
        self.page.show_news(inventory.taken_back(before.name if before is not None else None))
        if before is not None:
            self._rename(record, before)

    def _record(self, key: str) -> DeviceRecord | None:
        row = self.page.table.rows_model.find(lambda each: each.record.id == key)
        return row.record if row is not None else None

    def _view(self, row: DeviceRow) -> DeviceView:
        key = row.record.id
        news, status = self._notices.get(key), self._statuses.get(key)
        followed = key == self._followed
        here = self._status
        return devices.device(
            row.record, last=row.last, news=news, status=status, followed=followed, registry=here
        )

    def _on_action(self, key: str, action: str) -> None:
        """Something that the page of a device offers."""
        row = self.page.table.rows_model.find(lambda each: each.record.id == key)
        if row is None:
            return
        if action == buttons.TRUST:
            self._inspection.open_trust(row)
        elif action == buttons.EVALUATION:
            self._inspection.open_evaluation(row)
        elif action == buttons.HISTORY:
            self.history_wanted.emit(key)
        elif action == buttons.RENAME:
            told = buttons.told_its_name(row.record)
            record = row.record
            tags = " ".join(record.tags)
            # A list that comes anew while somebody types does not make the form newer.
            self._edited = record.revision
            self.page.rename(record.name, record.room, told, tags=tags, note=record.note)
        elif action == buttons.LABEL:
            self._write_label(row)
        else:
            self.operation_wanted.emit(Task(action), devices.owned(row.record))
