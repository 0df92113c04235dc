"""Each page by keyboard alone: Tab comes to every control and round again, Enter and Space press it."""

from __future__ import annotations

from functools import partial

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QAbstractScrollArea, QApplication, QWidget
from pytestqt.qtbot import QtBot

from tests.screenshots import Shot, places, shots, window
from tests.ui.support.checks import describe, name_of, settle
from tests.ui.widgets.test_widgets import FOCUSABLE
from ui.shell.sections import Section
from ui.widgets import Choice, Rail, Stepper

PAGES = [shot for shot in shots() if shot.section]


def takes_keys(widget: QWidget) -> bool:
    return bool(
        widget.focusPolicy() & Qt.FocusPolicy.TabFocus
        and widget.isVisible()
        and widget.isEnabled()
        and widget.focusProxy() is None
    )


def can_be_pressed(frame: QWidget) -> set[QWidget]:
    """What the pointer can press here."""
    buttons = (each for each in frame.findChildren(QAbstractButton) if each.isVisible() and each.isEnabled())
    # A number's own field takes the arrows that its two buttons stand for.
    ours = (each for each in buttons if not isinstance(each.parent(), QAbstractScrollArea | Stepper))
    return {each for each in ours if not is_out_of_reach(each)}


def is_out_of_reach(widget: QWidget | None) -> bool:
    """True within what the pointer goes through: the pages of a replay are looked at."""
    while widget is not None:
        if widget.testAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents):
            return True
        widget = widget.parentWidget()
    return False


def go_round(frame: QWidget, key: Qt.Key) -> list[QWidget]:
    """Where the focus comes to, until it is where it began."""
    reached: list[QWidget] = []
    while (now := QApplication.focusWidget()) is not None and now not in reached:
        reached.append(now)
        QTest.keyClick(now, key)
    assert reached and QApplication.focusWidget() is reached[0], "the round does not close"
    return reached


@pytest.mark.parametrize("shot", PAGES, ids=lambda shot: shot.name)
def test_tab_comes_to_everything_and_round_again(shot: Shot, qtbot: QtBot) -> None:
    frame = window(shot.make(), shot.section, shot.size)
    qtbot.addWidget(frame)
    # The keyboard is only where a window is on a screen.
    frame.hide()
    frame.setAttribute(Qt.WidgetAttribute.WA_DontShowOnScreen, False)
    frame.show()
    frame.activateWindow()
    settle()
    assert frame.isActiveWindow()
    # A page may begin at none of its controls, so that haste presses nothing.
    QTest.keyClick(QApplication.focusWidget() or frame, Qt.Key.Key_Tab)
    forward = go_round(frame, Qt.Key.Key_Tab)
    wanted = {each for each in frame.findChildren(QWidget) if takes_keys(each)} | can_be_pressed(frame)
    missed = [describe(each) for each in wanted - set(forward) if not is_beside(each, forward)]
    assert missed == []
    seen = (each for each in frame.findChildren(QAbstractButton) if each.isVisible())
    assert [describe(each) for each in seen if not name_of(each)] == []
    assert set(go_round(frame, Qt.Key.Key_Backtab)) == set(forward)


def is_beside(widget: QWidget, reached: list[QWidget]) -> bool:
    """True for another of a group of which one is chosen at a time: arrows lead there from the chosen one."""
    group = widget.group() if isinstance(widget, QAbstractButton) else None
    return group is not None and group.exclusive() and any(each in reached for each in group.buttons())


def test_arrows_lead_to_the_other_places(qtbot: QtBot) -> None:
    rail = Rail(places())
    qtbot.addWidget(rail)
    rail.set_current(Section.ADD)
    rail.show()
    rail.activateWindow()
    settle()
    gone: list[object] = []
    rail.chosen.connect(gone.append)
    rail.button(Section.ADD).setFocus()
    others = [place.section for place in places() if place.section is not Section.ADD]
    for _ in others:
        QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Down)
        QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    assert list(dict.fromkeys(gone)) == others


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space])
def test_every_kind_of_button_is_pressed_by_it(qtbot: QtBot, key: Qt.Key) -> None:
    pressed = 0
    for make in FOCUSABLE.values():
        made = make()
        qtbot.addWidget(made)
        buttons = [made] if isinstance(made, QAbstractButton) else made.findChildren(QAbstractButton)
        for button in buttons:
            clicked: list[QAbstractButton] = []
            button.clicked.connect(partial(clicked.append, button))
            QTest.keyClick(button, key)
            # What decides about trust is pressed by Space alone: Enter from the page before must not answer.
            answers = not isinstance(button, Choice) or key == Qt.Key.Key_Space
            assert bool(clicked) is answers, describe(button)
            pressed += 1
    assert pressed > 10
