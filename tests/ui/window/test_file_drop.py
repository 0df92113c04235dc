"""Files that are dropped on the window: told by what is in them, and led to the page that can use them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from companion.identity.sealed_file import KEY_BYTES, seal
from companion.lab.scenario import LabDevice, Scenario
from companion.lab.scenario_file import written
from companion.reports import inventory
from companion.trust.transparency.journal import Journal, encode
from tests.firmware.files import octets
from tests.ui.support.drops import drag, drop, files, leave
from tests.ui.support.home import Home
from tests.ui.support.stage import world_of
from ui.engine.activity import ReportRead
from ui.engine.delegation_messages import BroughtHome, GrantFailed
from ui.engine.firmware import FirmwareExplained
from ui.engine.inventory import DevicesTaken
from ui.engine.lab import ScenarioRead
from ui.engine.ownership_messages import TrustImported
from ui.engine.vouchers import VoucherRead
from ui.flow.state import Page
from ui.pages.bench.page import BenchPage
from ui.pages.lab.page import LabPage
from ui.pages.scan.page import ScanPage
from ui.pages.settings import SettingsPage
from ui.present.drops import use
from ui.shell import theme
from ui.shell.file_drop import FileDrop
from ui.shell.sections import Section
from ui.sources.drop_target import takes_file
from ui.sources.file_kind import FileKind, kind_of
from ui.widgets.drop_hint import DropHint, over

BACKUP = seal("backup", {"kdf": "none"}, bytes(KEY_BYTES), {})
CONTENTS = {
    FileKind.BACKUP: BACKUP,
    FileKind.REPORT: b'\xef\xbb\xbf\n{ "redacted": "Redacted.",\n "runs": [] }',
    FileKind.SCENARIO: written(Scenario("Two", (LabDevice("Good", "rp1"),))).encode(),
    FileKind.DEVICES: "".join(inventory.written([], "csv")).encode(),
    FileKind.REQUEST: b"RP1Q:ABC",
    FileKind.GRANT: b"RP1G:ABC",
    FileKind.HOME: b"RP1 accounts\n\x82\x01\x80",
    FileKind.TRUST: b"Roots\n-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n",
    FileKind.FIRMWARE: octets("mcuboot_unsigned.bin"),
    FileKind.VOUCHER: b"\n-----BEGIN OWNERSHIP VOUCHER-----\nhRhl\n-----END OWNERSHIP VOUCHER-----\n",
    FileKind.CODES: b"name,code\nHall,MT:Y.K9042C00KA0648G00\n",
}


@pytest.mark.parametrize("kind", FileKind)
def test_a_file_is_told_by_its_content_whatever_it_is_called(kind: FileKind, tmp_path: Path) -> None:
    for name in ("label.png", "backup.json", "file"):
        path = tmp_path / name
        path.write_bytes(CONTENTS[kind])
        assert kind_of(path) is kind


def test_what_has_no_mark_is_for_the_reader_of_codes(tmp_path: Path) -> None:
    path = tmp_path / "file"
    for content in (
        b"",
        b"\0" * 9000,
        b"{" * 9000,
        b"[device]",
        b'{"purpose": "keys", "companion_vault": 1}',
    ):
        path.write_bytes(content)
        assert kind_of(path) is FileKind.CODES
    assert kind_of(tmp_path) is FileKind.CODES
    assert kind_of(tmp_path / "missing") is FileKind.CODES
    path.write_text("".join(inventory.written([], "json")))
    assert kind_of(path) is FileKind.DEVICES
    path.write_bytes(encode(Journal(b"\x04" + bytes(64), b"head", 0, ())))
    assert kind_of(path) is FileKind.HOME
    for content in (b"\x30\x82\x01\x00" + bytes(256), b'[{"type": "revocation_set"}]'):
        path.write_bytes(content)
        assert kind_of(path) is FileKind.TRUST


@pytest.fixture
def at(qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Home]:
    monkeypatch.setattr("ui.engine.engine.make_world", world_of())
    made = Home(qtbot, tmp_path)
    made.bridge.start()
    FileDrop(made.window, made.bridge.send)
    made.router.begin()
    made.until(Page.SCAN)
    try:
        yield made
    finally:
        made.router.close_down()
        made.bridge.arrived.disconnect()
        made.bridge.stop()
        assert made.bridge.join(20), "the engine did not close"


def test_each_file_opens_its_page(at: Home, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path, read = tmp_path / "file", []
    monkeypatch.setattr(at.router.sources, "read_file", read.append)

    def dropped(kind: FileKind) -> bool:
        path.write_bytes(CONTENTS[kind])
        return drop(at.window, path)

    def told(answer: type) -> None:
        at.wait_for(lambda: any(isinstance(each, answer) for each in at.heard))

    rail = at.window._rail
    assert not dropped(FileKind.DEVICES), "the list that it changes is not in sight"
    assert dropped(FileKind.REPORT) and rail.current() is Section.ACTIVITY
    told(ReportRead)
    assert dropped(FileKind.SCENARIO) and rail.current() is Section.LAB
    told(ScenarioRead)
    assert dropped(FileKind.REQUEST) and rail.current() is Section.SETTINGS
    told(GrantFailed)
    assert dropped(FileKind.TRUST) and rail.current() is Section.SETTINGS
    told(TrustImported)
    assert dropped(FileKind.FIRMWARE) and rail.current() is Section.SETTINGS
    told(FirmwareExplained)
    assert dropped(FileKind.HOME) and rail.current() is Section.SETTINGS
    told(BroughtHome)
    assert dropped(FileKind.VOUCHER) and rail.current() is Section.DEVICES
    told(VoucherRead)
    at.window.open_section(Section.DEVICES)
    assert dropped(FileKind.DEVICES) and rail.current() is Section.DEVICES
    told(DevicesTaken)
    assert dropped(FileKind.CODES) and rail.current() is Section.ADD
    assert read == [path]
    assert not drop(at.window, tmp_path)


def test_a_backup_asks_for_its_passphrase(at: Home, tmp_path: Path) -> None:
    path = tmp_path / "old.png"
    path.write_bytes(BACKUP)
    assert drop(at.window, path) and at.window._rail.current() is Section.SETTINGS
    (settings,) = at.window.findChildren(SettingsPage)
    assert settings.backup._path == path and not settings.backup._makes
    at.window.open_section(Section.ADD)
    at.router.control.show_welcome()
    at.until(Page.WELCOME)
    assert drop(at.window, path)
    assert at.until(Page.RESTORE)._path == path
    at.window.can_use_real = False
    assert not drop(at.window, path)


@pytest.mark.parametrize("make", [ScanPage, BenchPage, LabPage])
def test_a_page_leaves_to_the_window_what_is_not_its_own(
    make: type[QWidget], qtbot: QtBot, tmp_path: Path
) -> None:
    page = make([]) if make is LabPage else make()
    qtbot.addWidget(page)
    path = tmp_path / "codes.csv"
    for kind in (FileKind.REPORT, FileKind.BACKUP, FileKind.REQUEST):
        path.write_bytes(CONTENTS[kind])
        assert not drop(page, path)
    path.write_bytes(CONTENTS[FileKind.SCENARIO])
    assert drop(page, path) is (make is LabPage)


def hint(at: Home) -> DropHint | None:
    shown = at.window.findChild(DropHint)
    return shown if shown is not None and shown.isVisible() else None


def test_while_a_file_is_over_the_window_it_says_what_would_come_of_it(at: Home, tmp_path: Path) -> None:
    path = tmp_path / "night.json"
    path.write_bytes(CONTENTS[FileKind.REPORT])
    assert drag(at.router.scan, files(path)), "the page leaves it to the window"
    shown = hint(at)
    assert shown is not None and shown.takes and shown.words == "Open this report in Activity"
    assert shown._name.text() == "night.json" and shown.rect() == at.window.rect()
    leave(at.window)
    assert hint(at) is None and at.window._rail.current() is Section.ADD
    path.write_bytes(CONTENTS[FileKind.DEVICES])
    assert not drag(at.window, files(path))
    assert shown.isVisible() and not shown.takes and "Open Devices first" in shown.words
    leave(at.window)
    assert not drag(at.window, files(path, path)) and "one file" in shown.words
    leave(at.window)
    text = QMimeData()
    text.setText("RP1:ABC")
    assert not drag(at.window._rail, text) and "Only a file" in shown.words
    leave(at.window)
    assert drag(at.router.scan, text) and shown.words == "Use this text as a setup code"
    leave(at.router.scan)
    assert hint(at) is None


def test_the_hint_is_read_whole_over_a_small_part_of_the_window(qtbot: QtBot, qapp: QApplication) -> None:
    window = QWidget()
    window.resize(960, 640)
    qtbot.addWidget(window)
    part = QWidget(window)
    part.setGeometry(900, 600, 50, 30)
    window.show()
    for theme_scale in (1.0, 1.3):
        theme.apply(qapp, text_scale=theme_scale)
        shown = over(part)
        words = "Backups are for real devices. Nothing of a demo is kept."
        shown.show_words(part, words, "a-long-name-" * 20, takes=False)
        assert shown.rect().contains(shown._panel.geometry())
        assert shown._panel.height() >= shown._row.heightForWidth(shown._panel.width())
    theme.apply(qapp, text_scale=1.0)


@pytest.mark.parametrize("kind", FileKind)
def test_each_kind_of_file_has_its_words(kind: FileKind) -> None:
    assert use(kind)


def test_a_card_takes_its_own_file_and_leaves_others_to_the_window(qtbot: QtBot, tmp_path: Path) -> None:
    card, took = QWidget(), []
    qtbot.addWidget(card)
    words = ["Use these root certificates"]
    takes_file(card, lambda: words[0], took.append, FileKind.TRUST)
    path = tmp_path / "file"
    for kind, takes in ((FileKind.TRUST, True), (FileKind.CODES, True), (FileKind.BACKUP, False)):
        path.write_bytes(CONTENTS[kind])
        assert drop(card, path) is takes
    assert took == [path, path]
    words[0] = ""
    assert not drop(card, path) and not drop(card, tmp_path)
