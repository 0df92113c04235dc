"""The page that no accident may answer."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from tests.screenshots import NORMAL, window
from tests.ui.support.checks import settle
from ui.pages.questions.comparison import ComparisonPage
from ui.pages.views import ComparisonView
from ui.shell.sections import Section


@pytest.fixture
def page(qtbot: QtBot) -> Iterator[ComparisonPage]:
    made = ComparisonPage()
    frame = window(made, Section.ADD, NORMAL)
    made.show_question(ComparisonView("482-913", "Lumen Sensor"))
    settle()
    yield made
    frame.close()


def wake(page: ComparisonPage) -> None:
    page._guard.timeout.emit()


def test_both_answers_sleep_for_a_second(page: ComparisonPage, qtbot: QtBot) -> None:
    assert page._guard.interval() == 1000
    assert not page.match.isEnabled() and not page.differ.isEnabled()
    with qtbot.assertNotEmitted(page.answered):
        QTest.mouseClick(page.match, Qt.MouseButton.LeftButton)
    wake(page)
    assert page.match.isEnabled() and page.differ.isEnabled()


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter])
def test_enter_answers_nothing(page: ComparisonPage, key: Qt.Key, qtbot: QtBot) -> None:
    wake(page)
    with qtbot.assertNotEmitted(page.answered):
        for target in (page.match, page.differ, page):
            target.setFocus()
            QTest.keyClick(target, key)
    assert not page.match.isDefault() and not page.match.autoDefault()


@pytest.mark.parametrize(("button", "answer"), [("match", True), ("differ", False)])
def test_a_chosen_button_answers_once(page: ComparisonPage, button: str, answer: bool, qtbot: QtBot) -> None:
    wake(page)
    chosen = getattr(page, button)
    with qtbot.waitSignal(page.answered) as heard:
        QTest.keyClick(chosen, Qt.Key.Key_Space)
    assert heard.args == [answer]
    with qtbot.assertNotEmitted(page.answered):
        QTest.mouseClick(chosen, Qt.MouseButton.LeftButton)


def test_neither_answer_is_larger_nor_first_in_focus(page: ComparisonPage) -> None:
    assert page.match.size() == page.differ.size()
    assert page.match.font() == page.differ.font()
    assert not page.match.hasFocus() and not page.differ.hasFocus()
    guarded = page.match.size()
    wake(page)
    settle()
    assert page.match.size() == guarded, "the page moved when the answers woke"


def test_the_drawing_of_the_device_never_shows_the_number(
    page: ComparisonPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    from ui import art

    drawn: dict[str, art.Scene] = {}
    monkeypatch.setattr(art, "paint", lambda painter, box, kind, scene: drawn.update({kind: scene}))
    page.grab()
    assert drawn["laptop"].display == "482-913"
    assert "482" not in repr(drawn["sensor"])
    assert drawn["sensor"].slots == "000-000"


def test_the_last_half_minute_is_counted(page: ComparisonPage) -> None:
    page.show_question(ComparisonView("482-913", "Lumen Sensor", seconds=25))
    assert page._left.words() == "25 s left to compare"
