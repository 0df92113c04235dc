"""An "&" in a name is a letter: it makes no shortcut, and eyes and screen readers get the name as it is."""

from __future__ import annotations

from importlib import import_module
from pkgutil import walk_packages

import pytest
from PySide6.QtGui import QAccessible, QKeySequence
from PySide6.QtWidgets import QAbstractButton, QPushButton
from pytestqt.qtbot import QtBot

import ui.pages
import ui.widgets
from ui.widgets import Button
from ui.widgets.interactive import Interactive
from ui.widgets.menu import Menu

NAMES = ("Tom&Jerry", "A & B", "&Lamp", "R&&D", "100 %&")


def subclasses(made: type) -> set[type]:
    return {made}.union(*(subclasses(each) for each in made.__subclasses__()))


@pytest.mark.parametrize("name", NAMES)
def test_a_button_says_the_name(qtbot: QtBot, name: str) -> None:
    in_constructor, later = Button(name), Button("")
    later.setText(name)
    for button in (in_constructor, later):
        qtbot.addWidget(button)
        assert button.text() == name
        assert button.shortcut() == QKeySequence()
        told = QAccessible.queryAccessibleInterface(button)
        assert told.text(QAccessible.Text.Name) == name
        button.setText(button.text())
        assert button.text() == name


def test_every_button_is_one_of_these() -> None:
    """What is pressed and says something goes through the same words."""
    for found in (
        *walk_packages(ui.pages.__path__, "ui.pages."),
        *walk_packages(ui.widgets.__path__, "ui.widgets."),
    ):
        import_module(found.name)
    ours = [each for each in subclasses(QAbstractButton) if each.__module__.startswith("ui.")]
    assert ours and all(issubclass(each, Interactive) for each in ours)


def test_a_menu_says_the_name(qtbot: QtBot) -> None:
    button = QPushButton()
    qtbot.addWidget(button)
    menu = Menu(button)
    menu.offer("Tom&Jerry", lambda: None)
    assert QKeySequence.mnemonic(menu.actions()[0].text()) == QKeySequence()
