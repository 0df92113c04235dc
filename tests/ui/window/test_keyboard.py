"""The window by keyboard alone: every control is reached, Enter presses, haste ends no run, nothing moves."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Iterator
from pathlib import Path
from typing import Any, cast

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from companion.claims import Delivery, RunFacts
from companion.errors import StorageError
from companion.model import Advertisement, FoundDevice
from companion.protocols import group_entry
from companion.secret import Secret
from tests.support import samples
from tests.ui.support.home import Home
from tests.ui.support.stage import world_of
from tests.ui.support.steps import go_to_network
from ui.engine.events import Nearby, Typed
from ui.engine.nearby import follow
from ui.flow.state import Page
from ui.pages.scan.code_sources import CodeSources
from ui.pages.scan.page import ScanPage
from ui.pages.views import NoticeView
from ui.shell.close_question import CloseQuestion
from ui.widgets import Tone
from ui.widgets.hold_button import HoldButton
from ui.widgets.tile import Tile


@pytest.fixture
def at(qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Home]:
    monkeypatch.setattr("ui.engine.engine.make_world", world_of())
    made = Home(qtbot, tmp_path)
    made.bridge.start()
    made.router.begin()
    made.until(Page.SCAN)
    try:
        yield made
    finally:
        made.router.close_down()
        made.bridge.arrived.disconnect()
        made.bridge.stop()
        assert made.bridge.join(20), "the engine did not close"


@pytest.mark.parametrize("make", [samples.scan, samples.scan_without_camera, samples.scan_two_codes])
def test_tab_reaches_everything_on_the_first_page(qtbot: QtBot, make: Any) -> None:
    page = cast(ScanPage, make())
    qtbot.addWidget(page)
    page.resize(1000, 720)
    page.show()
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow)
    page.focus_field()
    wanted = {
        each
        for each in page.findChildren(QWidget)
        if each.focusPolicy() & Qt.FocusPolicy.TabFocus
        and each.isVisible()
        and each.isEnabled()
        and each.focusProxy() is None
    }
    reached: list[QWidget] = []
    for _ in wanted:
        now = QApplication.focusWidget()
        assert now is not None
        reached.append(now)
        QTest.keyClick(now, Qt.Key.Key_Tab)
    assert set(reached) == wanted
    assert QApplication.focusWidget() is reached[0], "the round is over after each was reached once"


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space])
def test_a_door_opens_by_the_keyboard(qtbot: QtBot, key: Qt.Key) -> None:
    door = Tile("paste", "Paste", "")
    qtbot.addWidget(door)
    with qtbot.waitSignal(door.clicked, timeout=1000):
        QTest.keyClick(door, key)


def test_enter_does_not_stand_for_holding(qtbot: QtBot) -> None:
    button = HoldButton("Reset", milliseconds=0)
    qtbot.addWidget(button)
    held: list[bool] = []
    button.held.connect(lambda: held.append(True))
    QTest.keyClick(button, Qt.Key.Key_Return)
    assert not held


def test_no_single_key_ends_a_run_at_work(at: Home) -> None:
    at.scan_sample()
    at.until(Page.CONFIRMATION)
    at.press_primary()
    page = at.until(Page.PROGRESS, Page.NETWORK)
    assert not any(button.hasFocus() for button in page.findChildren(QPushButton))
    for key in (Qt.Key.Key_Space, Qt.Key.Key_Escape):
        QTest.keyClick(QApplication.focusWidget() or page, key)
        assert at.router.flow.running and not at.router.flow.cancelling


def test_escape_goes_back_where_nothing_is_lost(at: Home) -> None:
    at.scan_sample()
    page = at.until(Page.CONFIRMATION)
    QTest.keyClick(page, Qt.Key.Key_Escape)
    at.until(Page.SCAN)


def test_a_notice_moves_nothing_that_can_be_pressed(qtbot: QtBot) -> None:
    page = cast(ScanPage, samples.scan())
    qtbot.addWidget(page)
    page.resize(1000, 720)
    page.show()

    def places() -> list[QPoint]:
        targets = (*page.findChildren(Tile), *page._nearby.stops()[:1], page._go)
        return [each.mapTo(page, QPoint(0, 0)) for each in targets]

    before = places()
    page.show_notice(NoticeView(Tone.WARNING, "This code is damaged", "Compare it with the label. " * 3))
    QApplication.processEvents()
    assert page._notice.isVisible()
    assert places() == before


class UnreadableRecords:
    """Services whose records can't be read."""

    def open_registry(self) -> None:
        raise StorageError


def test_the_list_keeps_its_order_when_signals_change(monkeypatch: pytest.MonkeyPatch) -> None:
    def device(address: str, rssi: int) -> FoundDevice:
        return FoundDevice("rp1", Advertisement(address, address, rssi), address)

    async def nearby(_: object) -> AsyncGenerator[FoundDevice, None]:
        for each in (device("A", -80), device("B", -40), device("A", -30), device("B", -90)):
            yield each
            await asyncio.sleep(0.002)

    monkeypatch.setattr("companion.api.nearby", nearby)
    monkeypatch.setattr("ui.engine.nearby.NEARBY_EVERY", 0.0005)
    told: list[object] = []
    asyncio.run(follow(cast(Any, UnreadableRecords()), told.append))
    orders = [[found.address for found in each.devices] for each in told if isinstance(each, Nearby)]
    assert orders[-1] == ["A", "B"] and ["B", "A"] not in orders


def test_a_code_that_led_nowhere_is_kept_in_groups(qtbot: QtBot) -> None:
    page = ScanPage()
    qtbot.addWidget(page)
    sources = CodeSources(page, lambda _: None, page)
    text = samples.SAMPLE
    page.set_text(text)
    sources.take(Typed(Secret(text), group_entry(text), None))
    sources.keep()
    assert page.text().endswith(group_entry(text).display)
    assert group_entry(page.text()).canonical == group_entry(text).canonical


def test_the_cursor_is_where_something_is_missing(at: Home) -> None:
    page = go_to_network(at)
    at.qtbot.waitUntil(lambda: at.router.currentWidget() is page)
    field = at.window.focusWidget()
    assert isinstance(field, QLineEdit) and page._networks.isAncestorOf(field), field


def test_closing_in_a_hand_over_asks(at: Home) -> None:
    go_to_network(at)
    at.router.flow.known = RunFacts(delivery=Delivery.SENT)
    at.window.close()
    assert at.window.isVisible()
    question = at.window.findChild(CloseQuestion)
    assert question is not None and question.isVisible()
    QTest.keyClick(question, Qt.Key.Key_Escape)
    assert at.window.isVisible() and not question.isVisible()
    at.window.close()
    with at.qtbot.waitSignal(at.window.closed, timeout=5000):
        question.leave.click()
    assert not at.window.isVisible()


def test_closing_before_anything_was_handed_over_asks_nothing(at: Home) -> None:
    at.window.close()
    assert not at.window.isVisible()
