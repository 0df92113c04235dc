"""The card of this computer: what needs its user comes first, then all that works."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices, QGuiApplication
from pytestqt.qtbot import QtBot

from companion.doctor.checks import Check, CheckName, CheckState
from companion.errors import NoAdapter
from companion.model import Text
from ui.engine.commands import Command, Examine
from ui.engine.events import Examined
from ui.pages.computer.card import ComputerCard, ComputerPresenter
from ui.pages.run.requirements import RequirementRow
from ui.present.run import requirements
from ui.widgets import Button, Label

COMMAND = "sudo apt install libzbar0"
CHECKS = (
    Check(CheckName.CLOCK, CheckState.GOOD, Text("09:00 UTC")),
    Check(CheckName.ZBAR, CheckState.LACKING, Text("No libzbar"), Text(COMMAND)),
    Check(CheckName.CAMERA, CheckState.LACKING, Text("No camera found"), Text("Connect one")),
    Check(CheckName.ADAPTER, CheckState.BLOCKING, Text("No adapter"), Text("Connect one"), NoAdapter),
    Check(CheckName.SERVICE, CheckState.UNKNOWN, Text("Not checked")),
)


@pytest.fixture
def sent() -> list[Command]:
    return []


@pytest.fixture
def card(qtbot: QtBot, sent: list[Command]) -> ComputerCard:
    made = ComputerCard()
    qtbot.addWidget(made)
    presenter = ComputerPresenter(made, sent.append)
    presenter.refresh()
    assert sent == [Examine()] and not made.open.isVisible()
    made.show()
    presenter.take(Examined(CHECKS, Path.home() / "records"))
    return made


def claims(card: ComputerCard) -> list[str]:
    rows = (card._rows.itemAt(place).widget() for place in range(card._rows.count()))
    return [row.findChildren(Label)[0].words() for row in rows if isinstance(row, RequirementRow)]


def test_what_needs_somebody_comes_first(card: ComputerCard) -> None:
    assert claims(card) == ["No adapter", "No libzbar", "No camera found", "09:00 UTC", "Not checked"]
    assert "3" in card._summary.words() and "~/records" in card._folder.words()


def test_the_keyboard_stays_on_the_card_as_its_rows_come_anew(card: ComputerCard, qtbot: QtBot) -> None:
    def taken(checks: tuple[Check, ...]) -> None:
        card.show_found("", "", requirements.computer(checks))

    taken(CHECKS)
    (copy,) = [each for each in card.findChildren(Button) if each.text() == "Copy the command"]
    qtbot.waitUntil(lambda: (copy.setFocus(), copy.hasFocus())[1])
    taken(CHECKS)
    assert copy.hasFocus(), "nothing was found that is new"
    taken((*CHECKS[1:], Check(CheckName.CLOCK, CheckState.GOOD, Text("09:01 UTC"))))
    assert card.again.hasFocus()


def test_its_command_is_copied_and_its_folder_opened(
    card: ComputerCard, monkeypatch: pytest.MonkeyPatch
) -> None:
    (copy,) = [each for row in card.findChildren(RequirementRow) for each in row.findChildren(Button)]
    copy.click()
    assert QGuiApplication.clipboard().text() == COMMAND
    opened: list[QUrl] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", opened.append)
    card.open.click()
    assert [each.toLocalFile() for each in opened] == [str(Path.home() / "records")]


def test_it_can_be_examined_again(card: ComputerCard, sent: list[Command]) -> None:
    card.again.click()
    assert sent == [Examine(), Examine()] and card._summary.words() == "Checking"
