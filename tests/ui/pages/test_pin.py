"""The page for the PIN of a hardware token: which token, how many tries, and no trace of what was typed."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QLineEdit
from pytestqt.qtbot import QtBot

from companion.identity.hardware.keys import PinRequest
from companion.secret import Secret
from tests.ui.support.flows import CODE
from ui.engine.commands import Answer, Command
from ui.engine.events import PassphraseNeeded
from ui.flow.commissioning import CommissioningFlow
from ui.flow.state import Page
from ui.pages.questions.passphrase import PassphrasePage
from ui.pages.questions.secret_question import SecretQuestion
from ui.pages.router import Router
from ui.pages.scan.page import ScanPage


@pytest.fixture
def page(qtbot: QtBot) -> PassphrasePage:
    made = PassphrasePage()
    qtbot.addWidget(made)
    made.show()
    return made


def words(page: PassphrasePage) -> str:
    """What can be read on the page now."""
    return "\n".join(each.text() for each in page.findChildren(QLabel) if each.isVisible())


def test_it_says_for_which_token_and_how_many_are_left(page: PassphrasePage) -> None:
    page.ask_pin(PinRequest("Safe \x1b[31m", left=2))
    assert "Safe" in words(page) and "\x1b" not in words(page) and "encrypted file" not in words(page)
    page.ask_pin(PinRequest("Safe", left=1, was_wrong=True))
    assert "wrong" in words(page)
    page.ask(new=False)
    assert "Safe" not in words(page) and "encrypted file" in words(page)


def test_enter_answers_and_nothing_stays_in_the_field(page: PassphrasePage, qtbot: QtBot) -> None:
    page.ask_pin(PinRequest("Safe", left=2))
    field = next(each for each in page.findChildren(QLineEdit) if each.isVisible())
    assert field.echoMode() is QLineEdit.EchoMode.Password
    QTest.keyClicks(field, "314159")
    with qtbot.waitSignal(page.given) as given:
        QTest.keyClick(field, Qt.Key.Key_Return)
    assert given.args == [Secret(b"314159")] and field.text() == ""


def test_the_answer_goes_to_the_token_that_asked() -> None:
    flow = CommissioningFlow()
    flow.begin(CODE)
    question = PassphraseNeeded(new=False, pin=PinRequest("Safe", left=2))
    flow.take(question)
    assert flow.page is Page.PASSPHRASE
    assert flow.answer(question, Secret(b"314159")) == (Answer(question, Secret(b"314159")),)


@pytest.mark.parametrize(("keys", "secret"), [("314159\r", Secret(b"314159")), ("\x1b", None)])
def test_it_is_asked_above_the_page_where_no_run_is_under_way(
    keys: str, secret: Secret | None, qtbot: QtBot
) -> None:
    """A card of the settings wanted it: unanswered it would wait for ever, and the engine with it."""
    sent: list[Command] = []
    router = Router(ScanPage(), sent.append)
    qtbot.addWidget(router)
    router.show()
    question = PassphraseNeeded(new=False, pin=PinRequest("Safe", left=2))
    router.take(question)
    (asked,) = router.findChildren(SecretQuestion)
    assert asked.isVisible() and asked.isModal() and "Safe" in words(asked.page)
    field = next(each for each in asked.findChildren(QLineEdit) if each.isVisible())
    for key in keys:
        special = {"\r": Qt.Key.Key_Return, "\x1b": Qt.Key.Key_Escape}
        QTest.keyClick(field, special.get(key, key))
    assert sent == [Answer(question, secret)]
    router.close_down()
