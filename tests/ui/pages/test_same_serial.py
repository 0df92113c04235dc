"""A second device of a serial number in the window: asked on a page of its own, answered by choice."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from companion.errors import LinkLostError
from companion.events import RunFinished, RunStarted
from companion.model import DeviceIdentity, DeviceSettings, Step
from companion.outcome import Result
from companion.protocols.rp1.virtual import factory as rp1_factory
from companion.questions import ConfirmDevice, SameSerial, SerialKnown
from companion.registry import open_registry
from companion.virtual.access_points import HAFEN
from tests.registry.run_samples import commissioned
from tests.registry.run_samples import outcome as recorded
from tests.screenshots import NORMAL, window
from tests.ui.support.checks import settle
from tests.ui.support.flows import CODE, DEVICE, connected, outcome
from tests.ui.support.stage import stage
from ui.engine.commands import Answer
from ui.flow.state import Page
from ui.pages.questions.same_serial import SameSerialPage
from ui.present import questions
from ui.shell.sections import Section

QUESTION = SerialKnown(
    DeviceIdentity("new", "Lumen Sensor", None, "SN-0001"),
    (
        DeviceIdentity("old", "Kitchen lamp", None, "SN-0001"),
        DeviceIdentity("older", "Lamp", None, "SN-0001"),
    ),
)


def test_the_question_has_a_page_and_the_answer_goes_on() -> None:
    flow = connected()
    assert flow.take(QUESTION) == ()
    assert flow.page is Page.SAME_SERIAL
    view = questions.same_serial(QUESTION, flow)
    assert "Kitchen lamp and 1 more" in view.claim and "SN-0001" in view.claim
    assert flow.answer(QUESTION, SameSerial.OTHER) == (Answer(QUESTION, SameSerial.OTHER),)
    assert flow.page is Page.PROGRESS


def test_nothing_answers_it_a_second_time() -> None:
    """Another run's device may be another one."""
    flow = connected()
    flow.take(QUESTION)
    flow.answer(QUESTION, SameSerial.OTHER)
    flow.take(RunFinished(outcome(LinkLostError(), Step.HAND_OVER)))
    flow.try_again()
    flow.take(RunStarted("run-2", CODE))
    flow.take(ConfirmDevice(DEVICE))
    assert flow.take(QUESTION) == () and flow.page is Page.SAME_SERIAL


@pytest.mark.parametrize(
    ("choice", "answer"), [("replacement", SameSerial.REPLACEMENT), ("other", SameSerial.OTHER)]
)
def test_neither_answer_is_the_default(qtbot: QtBot, choice: str, answer: SameSerial) -> None:
    page = SameSerialPage()
    frame = window(page, Section.ADD, NORMAL)
    page.show_view(questions.same_serial(QUESTION, connected()))
    settle()
    assert page.replacement.size() == page.other.size()
    assert not page.replacement.hasFocus() and not page.other.hasFocus()
    with qtbot.assertNotEmitted(page.answered):
        QTest.keyClick(page, Qt.Key.Key_Return)
    with qtbot.waitSignal(page.answered) as heard:
        QTest.mouseClick(getattr(page, choice), Qt.MouseButton.LeftButton)
    assert heard.args == [answer]
    frame.close()


@pytest.mark.qt_log_ignore("does not support raise")
def test_a_replacement_in_the_window(qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The registry knows the sample's serial number by another key, and has its old device replaced."""
    registry = open_registry(tmp_path)
    run = registry.begin_run(ecosystem="rp1", radio="virtual")
    old = commissioned(id="rp1-old", serial=rp1_factory.sample().serial)
    registry.finish_run(run, recorded(run, old))
    registry.close()
    with stage(qtbot, tmp_path, monkeypatch) as scene:
        scene.scan_sample()
        scene.until(Page.CONFIRMATION)
        scene.press_primary()
        page = scene.until(Page.SAME_SERIAL)
        page.replacement.click()
        scene.until(Page.NETWORK)
        scene.router.page(Page.NETWORK).submitted.emit(DeviceSettings("Hallway sensor", "Hallway", HAFEN))
        scene.until(Page.SUCCESS)
        done = scene.router.flow.outcome
        assert done is not None and done.result is Result.COMMISSIONED
    registry = open_registry(tmp_path)
    assert registry.device("rp1-old").state == "replaced"
    assert [each.reason for each in registry.revocations()] == ["replaced"]
    registry.close()
