"""The bench in the whole window: labels held up one after the other, and no click between them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from PySide6.QtCore import QEvent, QMimeData, QSettings, Qt, QUrl
from PySide6.QtGui import QColor, QImage, QKeyEvent, QPainter
from PySide6.QtMultimedia import QVideoFrame
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from companion.protocols.rp1.virtual import factory
from companion.protocols.rp1.virtual.options import Fault, Rp1Options
from companion.protocols.rp1.virtual.peripheral import VirtualRp1
from companion.station import station as room
from companion.station.job import JobState
from companion.virtual.access_points import HAFEN
from tests.ui.support.codes import pictured
from tests.ui.support.timeouts import LONG
from ui.engine.bridge import Bridge
from ui.engine.commands import CancelRun
from ui.engine.engine import Engine, Settings
from ui.flow.bench import Prompt
from ui.pages.bench.presenter import BenchPages
from ui.shell.sections import Section
from ui.shell.window import MainWindow
from ui.widgets import ButtonKind

pytestmark = pytest.mark.qt_log_ignore("No RHI backend")


class Hall:
    """A window at its bench, and devices in range."""

    def __init__(self, qtbot: QtBot, folder: Path, devices: list[VirtualRp1]) -> None:
        self.qtbot, self.folder, self.devices = qtbot, folder, devices
        self.bridge = Bridge(lambda tell: Engine(tell, Settings("virtual", folder)))
        self.window = MainWindow(QSettings(str(folder / "window.ini"), QSettings.Format.IniFormat))
        self.router = self.window.add_pages(self.bridge, "virtual")
        qtbot.addWidget(self.window)
        self.window.show()

    @property
    def bench(self) -> BenchPages:
        pages = self.window._bench.pages
        assert pages is not None
        return pages

    def start(self, names: str = "Lamp {n:02}", at_once: int = 1) -> None:
        """From the first page to the bench: what its user fixes once."""
        self.router.scan.many_wanted.emit()
        setup = self.bench.setup
        setup.names.set_text(names)
        setup.room.set_text("Hall")
        setup.ssid.set_text(HAFEN.name)
        assert HAFEN.passphrase is not None
        setup.passphrase.set_text(HAFEN.passphrase.reveal_text())
        setup.at_once.box.setValue(at_once)
        setup.start.click()
        self.until(lambda: self.bench.state.is_open)

    def hold_up(self, code: str) -> None:
        """Put a label before the camera until it is read."""
        label, codes = shown(code), len(self.bench.state.rows)
        read = [False]

        def look() -> bool:
            self.bench.camera.take_frame(label)
            read[0] = read[0] or len(self.bench.state.rows) > codes
            return read[0]

        self.until(look)

    def until(self, met: Any) -> None:
        self.qtbot.waitUntil(met, timeout=LONG)

    def states(self) -> list[str]:
        return [row.job.state.value for row in self.bench.state.rows.values()]

    def type_line(self, text: str) -> None:
        """What a barcode scanner types, into whatever has the keyboard."""
        target = QApplication.focusWidget() or self.bench.page
        for letter in text:
            self._press(target, 0, letter)
        self._press(target, Qt.Key.Key_Return, "\r")

    def _press(self, target: Any, key: int, text: str) -> None:
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            QApplication.sendEvent(target, QKeyEvent(kind, key, Qt.KeyboardModifier.NoModifier, text))


def shown(code: str) -> QVideoFrame:
    """A camera's picture of a label."""
    label = pictured(code)
    picture = QImage(640, 480, QImage.Format.Format_RGB32)
    picture.fill(QColor("white"))
    painter = QPainter(picture)
    painter.drawImage((640 - label.width()) // 2, (480 - label.height()) // 2, label)
    painter.end()
    return QVideoFrame(picture)


@pytest.fixture
def hall(qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, request: Any) -> Iterator[Hall]:
    """`count` devices; the last one has `faults`."""
    wanted = getattr(request, "param", {})
    count = wanted.get("count", 3)

    def world(button: Any) -> Any:
        from companion.virtual.world import World

        return World(list(made.devices))

    devices = [
        VirtualRp1(Rp1Options(product=factory.make(), faults=wanted.get("faults", {}) if last else {}))
        for last in (number == count - 1 for number in range(count))
    ]
    monkeypatch.setattr("ui.engine.engine.make_world", world)
    monkeypatch.setattr(room, "PAUSE_SECONDS", 0.0)
    made = Hall(qtbot, tmp_path, devices)
    made.bridge.start()
    made.router.begin()
    yield made
    made.window.close()
    made.bridge.arrived.disconnect()
    made.bridge.stop()
    assert made.bridge.join(20), "the engine did not close"


@pytest.mark.slow
@pytest.mark.parametrize("hall", [{"count": 20}], indirect=True)
def test_twenty_devices_in_a_row_without_a_click(hall: Hall) -> None:
    hall.start(at_once=2)
    for number, device in enumerate(hall.devices, 1):
        hall.hold_up(device.setup_code)
        row = hall.bench.state.latest
        assert row is not None and row.job.name == f"Lamp {number:02}"
    hall.until(lambda: hall.states() == ["commissioned"] * 20)
    hall.until(lambda: hall.bench.page.tally.strip.accessibleName().startswith("20 commissioned"))
    assert hall.bench.state.prompt is Prompt.READY and hall.bench.page.stage.large.words == "Lamp 21"
    hall.bench.page.finish.click()
    hall.until(lambda: hall.bench.state.report is not None)
    assert hall.bench.page.stage.large.words == "20 commissioned"
    file = hall.folder / "sheet.pdf"
    hall.bench.save_sheet(file)
    hall.until(file.exists)
    text = "".join(page.get_textpage().get_text_bounded() for page in pypdfium2.PdfDocument(file))
    assert "20 commissioned, 0 put aside" in text and HAFEN.name in text
    assert all(device.label.serial in text for device in hall.devices)
    assert HAFEN.passphrase is not None and HAFEN.passphrase.reveal_text() not in text
    hall.window.open_section(Section.DEVICES)
    table = hall.window._open_records().devices.table
    hall.until(lambda: table.rows_model.rowCount() == 20)


@pytest.mark.parametrize("hall", [{"count": 3, "faults": {Fault.WRONG_SECRET: 0.0}}], indirect=True)
def test_a_device_is_put_aside_and_stops_nothing(hall: Hall) -> None:
    hall.start()
    first, second, wrong = hall.devices
    hall.hold_up(wrong.setup_code)
    hall.hold_up(first.setup_code)
    hall.until(lambda: hall.states() == ["put aside", "commissioned"])
    view = hall.bench.page.tally
    hall.until(lambda: "Lamp 01" in view._aside.words() and view.retry.isVisible())
    # A scanner works whatever has the keyboard, and its Enter presses nothing.
    hall.bench.page.pause.setFocus()
    hall.type_line(second.setup_code)
    hall.until(lambda: hall.states()[2:] == ["commissioned"])
    assert not hall.bench.state.is_paused
    hall.type_line(first.setup_code)
    hall.until(lambda: hall.bench.state.prompt is Prompt.KNOWN)
    hall.until(lambda: hall.bench.page.stage.large.words == "Known already")
    hall.bench.page.finish.click()
    hall.until(lambda: hall.bench.state.report is not None)
    report = hall.bench.state.report
    assert report is not None and report.count(JobState.COMMISSIONED) == 2
    hall.window.open_section(Section.DEVICES)
    devices = hall.window._open_records().devices
    devices._search.setText("Hall")
    hall.until(lambda: devices.inventory.each.text() == "All 2 listed")
    devices.inventory.network_wanted.emit()
    devices.network.name.set_text(HAFEN.name)
    devices.network.password.set_text(HAFEN.passphrase.reveal_text() if HAFEN.passphrase else "")
    devices.network.go.click()
    hall.until(lambda: devices.news._title.words() == "Network of 2 devices changed")
    hall.until(lambda: devices.table.rows_model.rowCount() == 2)


@pytest.mark.parametrize("hall", [{"count": 1}], indirect=True)
def test_a_device_that_is_ours_gets_network_and_name_of_this_bench(hall: Hall) -> None:
    (device,) = hall.devices
    hall.start(names="Old {n}")
    hall.hold_up(device.setup_code)
    hall.until(lambda: hall.states() == ["commissioned"])
    hall.bench.page.finish.click()
    hall.until(lambda: hall.bench.state.report is not None)
    hall.bench._begin_anew()
    hall.start(names="New {n}")
    hall.hold_up(device.setup_code)
    tally = hall.bench.page.tally
    hall.until(lambda: hall.states() == ["put aside"] and tally.change.isVisible())
    assert "already own" in tally._aside.words()
    tally.change.click()
    hall.until(lambda: hall.states() == ["commissioned"])
    hall.until(lambda: not tally.change.isVisible())
    hall.window.open_section(Section.DEVICES)
    table = hall.window._open_records().devices.table
    hall.until(lambda: (view := table.current()) is not None and view.name == "New 1")
    assert table.rows_model.rowCount() == 1


def test_nothing_else_begins_while_the_bench_works_and_it_goes_on_after_a_kill(hall: Hall) -> None:
    hall.start()
    hall.bench.page.pause.click()
    hall.type_line(hall.devices[0].setup_code)
    hall.until(lambda: hall.states() == ["waiting"])
    assert hall.bench.state.prompt is Prompt.PAUSED
    hall.window.open_section(Section.SETTINGS)
    assert not hall.bench.camera._wanted
    hall.router.control.commission(hall.router.scan)  # type: ignore[arg-type]
    assert not hall.router.flow.running
    hall.window.open_section(Section.ADD)
    assert hall.window._stack.currentWidget() is hall.bench
    hall.bridge.send(CancelRun())
    hall.until(lambda: not hall.bench.is_occupied)
    hall.bench._begin_anew()
    hall.start()
    hall.until(lambda: hall.states() == ["commissioned"])


def test_a_list_and_a_picture_are_dropped_and_what_has_no_code_is_said(hall: Hall) -> None:
    hall.start(names="")
    first, second, third = hall.devices
    listed, label, empty = (hall.folder / name for name in ("list.csv", "label.png", "empty.png"))
    listed.write_text(f'text,name\n"{first.setup_code}",Gate\n"{second.setup_code}",\n')
    assert pictured(third.setup_code).save(str(label)) and shown_nothing().save(str(empty))
    dropped = QMimeData()
    dropped.setUrls([QUrl.fromLocalFile(str(file)) for file in (listed, label, empty)])
    hall.bench.page.dropped.emit(dropped)
    hall.until(lambda: hall.states() == ["commissioned"] * 3 and hall.bench.state.prompt is Prompt.WRONG)
    assert next(iter(hall.bench.state.rows.values())).job.name == "Gate"
    hall.until(lambda: hall.bench.page.finish.kind is ButtonKind.PRIMARY)
    hall.bench.page.finish.click()
    hall.until(lambda: hall.bench.state.report is not None)
    report = hall.bench.state.report
    assert report is not None and [each.file for each in report.unread] == ["empty.png"]


def shown_nothing() -> QImage:
    picture = QImage(64, 64, QImage.Format.Format_RGB32)
    picture.fill(QColor("white"))
    return picture
