"""What is looked at about one device in the list's place: its trust chain, how it was set up, its voucher."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFileDialog

from companion.registry.lists import DeviceRow
from ui.engine.commands import Command
from ui.engine.evaluation import DeviceEvaluated, EvaluateDevice
from ui.engine.trust import CheckTrust, ExportProof, ProofExported, TrustChecked
from ui.engine.vouchers import NoteWritten, ReadVoucher, VoucherRead, WriteNote
from ui.flow.tasks import Task
from ui.pages.devices.inspection.trust import TrustView
from ui.pages.devices.page import DevicesPage
from ui.present.registry import devices, evaluation, trust


class Inspection(QObject):
    """operation_wanted: a task about the device, whose page is left then"""

    operation_wanted = Signal(object, object)

    def __init__(
        self, page: DevicesPage[DeviceRow], send: Callable[[Command], None], parent: QObject
    ) -> None:
        super().__init__(parent)
        self._page, self._send = page, send
        self._row: DeviceRow | None = None
        self._trust_view: TrustView | None = None
        page.leave.clicked.connect(self._leave)
        page.again.clicked.connect(self._check_trust)
        page.trust.renew_wanted.connect(lambda: self._act(Task.ROTATE))
        page.trust.revoke_wanted.connect(lambda: self._act(Task.REVOKE))
        page.trust.export_wanted.connect(self._export_proof)
        self._voucher: VoucherRead | None = None
        page.voucher.save_wanted.connect(self._save_voucher)
        page.voucher.note_wanted.connect(self._write_note)

    def open_trust(self, row: DeviceRow) -> None:
        """Check the chain of a device."""
        self._row = row
        self._page.open_inspection(self._page.trust, row.record.name, row.record.room)
        self._check_trust()

    def open_evaluation(self, row: DeviceRow) -> None:
        """Judge how a device was set up."""
        self._row = row
        self._page.open_inspection(self._page.evaluation, row.record.name, row.record.room)
        self._page.evaluation.show_waiting()
        self._send(EvaluateDevice(row.record.id))

    def show_voucher(self, told: VoucherRead) -> None:
        """A voucher was read, from a file or by a GUID: it comes in front, whatever is looked at."""
        from ui.present.registry import vouchers  # few have one, and it reads certificates

        self._row = self._trust_view = None
        self._voucher = told
        view = vouchers.voucher(told)
        self._page.voucher.show_view(view)
        self._page.open_inspection(self._page.voucher, view.name, view.place)

    def show_note(self, told: NoteWritten) -> None:
        """The delivery note is written, or not."""
        from ui.present.registry import vouchers

        if self._voucher is not None:
            view = replace(vouchers.voucher(self._voucher), notice=vouchers.written(told))
            self._page.voucher.show_view(view)

    def take(self, told: TrustChecked | ProofExported | DeviceEvaluated) -> None:
        """Show what came of it, unless another device's is wanted by now."""
        row, view = self._row, self._trust_view
        if row is None:
            return
        match told:
            case TrustChecked() if told.record.id == row.record.id:
                self._trust_view = trust.trust(told)
                self._page.trust.show_trust(self._trust_view)
            case ProofExported() if told.device == row.record.id and view is not None:
                self._page.trust.show_trust(replace(view, notice=trust.exported(told)))
            case DeviceEvaluated() if told.device == row.record.id:
                self._page.evaluation.show_view(evaluation.evaluation(told))

    def _leave(self) -> None:
        self._row = self._trust_view = self._voucher = None
        self._page.close_inspection()

    def _act(self, task: Task) -> None:
        if (row := self._row) is not None:
            self._leave()
            self.operation_wanted.emit(task, devices.owned(row.record))

    def _check_trust(self) -> None:
        if self._row is not None:
            record = self._row.record
            self._page.trust.show_waiting(record.name, record.room)
            self._send(CheckTrust(record.id))

    def _save_voucher(self) -> None:
        if self._voucher is not None and self._voucher.path is not None:
            self._send(ReadVoucher(self._voucher.path, saves=True))

    def _write_note(self) -> None:
        if self._voucher is None or self._voucher.voucher is None:
            return
        guid = self._voucher.voucher.guid.hex()
        title = self.tr("Save the delivery note")
        path, _ = QFileDialog.getSaveFileName(self._page.window(), title, f"{guid}.pdf")
        if path:
            self._send(WriteNote(guid, Path(path)))

    def _export_proof(self) -> None:
        if self._row is None:
            return
        record, title = self._row.record, self.tr("Save the proof")
        suggested = f"{record.serial or record.id}.proof".replace("/", "-")
        path, _ = QFileDialog.getSaveFileName(self._page.window(), title, suggested)
        if path:
            self._send(ExportProof(record.id, Path(path)))
