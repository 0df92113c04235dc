"""An ownership voucher in the window: shown as a chain, saved, printed, and found by a scanned GUID."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from companion.protocols import recognise
from companion.services import Services
from companion.vouchers.keys import KeyKind
from companion.vouchers.voucher import as_pem
from tests.support import voucher_samples
from tests.vouchers.samples import Maker, private_key
from ui.engine import vouchers
from ui.engine.commands import Command
from ui.engine.events import CodeRead
from ui.engine.vouchers import FindVoucher, NoteWritten, ReadVoucher, VoucherRead, WriteNote
from ui.pages.devices.inspection.voucher import VoucherPage
from ui.pages.devices.presenter import DevicesPresenter
from ui.pages.scan.code_sources import CodeSources
from ui.pages.scan.page import ScanPage
from ui.present.registry.vouchers import voucher, written
from ui.widgets import Label
from ui.widgets.chain import NodeCard

GUID = "00010203-0405-0607-0809-0a0b0c0d0e0f"


class Desk:
    """The devices page, whose commands are obeyed at once."""

    def __init__(self, folder: Path) -> None:
        self.services = Services(["virtual"], data_dir=folder)
        self.presenter = DevicesPresenter(self.obey)
        self.page: VoucherPage = self.presenter.page.voucher

    def obey(self, command: Command) -> None:
        if isinstance(command, ReadVoucher | FindVoucher | WriteNote):
            self.presenter.take(vouchers.obey(command, self.services))

    def says(self, words: str) -> bool:
        shown = (each for each in self.page.findChildren(Label) if each.isVisibleTo(self.page))
        return any(words in each.text() for each in shown)


def test_a_voucher_is_shown_saved_printed_and_found_again(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = Desk(tmp_path)
    qtbot.addWidget(desk.presenter.page)
    desk.presenter.page.show()
    file = tmp_path / "gateway.pem"
    file.write_bytes(as_pem(Maker().hand_on(private_key(KeyKind.P256)).made()))
    desk.obey(ReadVoucher(file))
    assert desk.says("This device is assigned to the key") and desk.says(GUID)
    assert len(desk.page.findChildren(NodeCard)) == 3 and desk.page.isVisible()
    QTest.keyClick(desk.page.save, Qt.Key.Key_Space)
    assert desk.says("It is saved here") and not desk.page.save.isVisible()
    out = tmp_path / "note.pdf"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(out), ""))
    desk.page.note.click()
    assert desk.says("Delivery note saved") and out.read_bytes().startswith(b"%PDF")
    desk.presenter.page.leave.click()
    assert not desk.page.isVisible()
    desk.presenter.open_voucher(GUID)
    assert desk.page.isVisible() and desk.says(GUID) and not desk.page.save.isVisible()
    desk.presenter.open_voucher(GUID.replace("0", "1"))
    assert desk.says("No ownership voucher with the GUID") and not desk.page.note.isVisible()


def test_a_file_that_is_none_says_so(tmp_path: Path) -> None:
    services = Services(["virtual"], data_dir=tmp_path)
    for content, code in ((b"rubbish", "A-163"), (b"\x84\x00\x00\x00\x80", "A-164")):
        (tmp_path / "file").write_bytes(content)
        told = vouchers.obey(ReadVoucher(tmp_path / "file"), services)
        assert told.error is not None and told.error.code == code
    for command in (
        ReadVoucher(tmp_path / "gone"),
        FindVoucher("no guid"),
        WriteNote(GUID, tmp_path / "note"),
    ):
        assert vouchers.obey(command, services).error is not None


def test_a_voucher_that_does_not_hold_is_not_saved(tmp_path: Path) -> None:
    made = Maker().hand_on(private_key(KeyKind.P256), by=private_key(KeyKind.P256))
    (tmp_path / "file").write_bytes(made.made())
    told = vouchers.obey(ReadVoucher(tmp_path / "file", saves=True), Services(["virtual"], data_dir=tmp_path))
    assert isinstance(told, VoucherRead) and not told.saved
    view = voucher(told)
    assert view.failed and not view.can_save and "Entry 1 of 1 is not signed" in view.lead


def test_nothing_is_said_of_owners_behind_an_entry_that_does_not_hold() -> None:
    view = voucher(voucher_samples.read(3, wrong=2, ours=False))
    assert [each.ends for each in view.nodes] == ["Made it", "Handed it on", "", "", ""]
    assert [each.word for each in view.links] == ["verified", "failed", "not known", "passed"]


def test_a_long_chain_has_one_node_for_its_middle() -> None:
    view = voucher(voucher_samples.read(40))
    assert len(view.nodes) == 9 and view.nodes[4].title == "34 more"
    assert view.links[3].above == "Entries 4 to 37" and view.links[-2].above == "Entry 40"
    assert "not been handed on" in voucher(voucher_samples.read(0)).lead
    assert "a different owner" in voucher(voucher_samples.read(1, ours=False)).lead


def test_where_the_note_could_not_be_written_is_said(tmp_path: Path) -> None:
    from companion.errors import FileUnwritable

    assert "note.pdf" in written(NoteWritten(tmp_path / "note.pdf", FileUnwritable(file="note.pdf"))).title


def test_a_scanned_guid_and_an_opened_file_lead_to_the_voucher(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = ScanPage()
    qtbot.addWidget(page)
    sources = CodeSources(page, lambda command: None)
    given: list[str | Path] = []
    sources.voucher_wanted.connect(given.append)
    sources.recognition.ask([GUID], "file")
    sources.take(CodeRead(recognise(GUID), "file"))
    (button,) = page._choice.buttons
    assert button.text() == "Find its ownership voucher"
    button.click()
    file = tmp_path / "gateway.ov"
    file.write_bytes(Maker().made())
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(file), ""))
    page.file_wanted.emit()
    assert given == [GUID, file]
