"""What is in the way of a run is said on a page of its own, and tried again as often as its user wants."""

from __future__ import annotations

from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from companion.model import Text
from companion.protocols.matter.driver.unreachable import LINKS
from companion.questions import TryAgain
from tests.support.run_samples import obstacle
from tests.ui.support.flows import connected
from ui.engine.commands import Answer, CancelRun
from ui.flow.state import FlowState, Page
from ui.pages.questions.obstacle import ObstaclePage
from ui.present import questions

PROBLEM = Text("This computer can't reach the device on the network")


def test_the_missing_link_is_said_each_time_anew() -> None:
    flow = connected()
    for link in LINKS.values():
        question = TryAgain(PROBLEM, link)
        assert flow.take(question) == ()
        assert flow.page is Page.OBSTACLE and flow.subject is question
        view = questions.obstacle(question, flow)
        assert (view.title, view.sentence) == (str(PROBLEM), str(link))
        assert flow.answer(question, True) == (Answer(question, True),)
        assert flow.state is FlowState.WORKING


def test_nothing_is_tried_again_by_itself() -> None:
    flow = connected()
    first, second = (TryAgain(PROBLEM, Text("Turn IPv6 on.")) for _ in range(2))
    flow.take(first)
    flow.answer(first, True)
    assert flow.take(second) == () and flow.page is Page.OBSTACLE
    assert flow.answer(first, True) == (), "the answer to a question that is over"
    assert flow.cancel() == (CancelRun(),)


def test_its_buttons(qtbot: QtBot) -> None:
    page = obstacle()
    assert isinstance(page, ObstaclePage)
    qtbot.addWidget(page)
    page.show()
    answers: list[bool] = []
    page.answered.connect(answers.append)
    by_words = {each.text(): each for each in page.findChildren(QPushButton) if each.isVisible()}
    by_words["Try again"].click()
    by_words["Stop"].click()
    assert answers == [True, False]
