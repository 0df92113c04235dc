"""A secret that the device shows now is not said to be printed on it."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from companion.model import Text
from companion.questions import EnterSecret, SetupSecret
from companion.secret import Secret
from tests.ui.support.flows import connected
from ui.pages.questions.secret import SecretPage
from ui.present import questions
from ui.widgets import FindingRow, Label


def test_what_to_read_where(qtbot: QtBot) -> None:
    flow = connected()
    assert flow.found is not None
    page = SecretPage()
    qtbot.addWidget(page)
    page.show()
    printed, shown = "It is printed on the device, its box or its manual.", "The device waits about a minute."
    for prompt, said, unsaid in (
        (None, printed, shown),
        (Text("The number that the device shows"), shown, printed),
    ):
        view = questions.secret(EnterSecret(flow.found, prompt=prompt), flow)
        page.show_view(view)
        words = " ".join(_words(page))
        assert said in words and unsaid not in words
        assert view.is_shown is (prompt is not None) and (prompt is None or view.lead == str(prompt))


def test_what_is_typed_goes_up(qtbot: QtBot) -> None:
    flow = connected()
    assert flow.found is not None
    page = SecretPage()
    qtbot.addWidget(page)
    page.show_view(
        questions.secret(EnterSecret(flow.found, prompt=Text("How often the device blinks")), flow)
    )
    given: list[SetupSecret] = []
    page.given.connect(given.append)
    page._secret.set_text("7")
    page._submit()
    assert given == [SetupSecret(Secret("7"), None)]


def _words(page: QWidget) -> list[str]:
    rows = [each for each in page.findChildren(FindingRow) if each.isVisible()]
    return [label.text() for row in rows for label in row.findChildren(Label)]
