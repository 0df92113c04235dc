"""A kept run is replayed through the pages that its user saw; nothing on them leads anywhere."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from companion.errors import Cancelled, CompanionError, LinkLostError
from companion.events import Counted, Found, Identified, RunStarted, StepFinished, StepStarted
from companion.link_counts import LinkCounts
from companion.model import Step, Text
from companion.outcome import Outcome, Result
from companion.questions import ChooseDevice, CompareNumbers, ConfirmDevice
from companion.registry.privacy.redaction import redacted
from companion.registry.records import RunRecord
from companion.reports.reader import _run
from tests.reports.samples import GOOD
from tests.reports.test_playback import FINDING, IDENTITY, LUMEN, kept
from ui.flow.replay import Replay
from ui.flow.state import Page, StepState
from ui.pages.replay.place import ReplayPlace
from ui.present.registry import runs
from ui.widgets.scroll import ColumnScroll

TOLD = (
    RunStarted("aa72", None),
    StepStarted(Step.FIND),
    Found(LUMEN),
    ConfirmDevice(LUMEN, (FINDING,)),
    StepFinished(Step.FIND, 0.5, Text("Found")),
    StepStarted(Step.CONFIRM),
    Identified(IDENTITY),
    CompareNumbers(""),
    StepFinished(Step.CONFIRM, 2.0, Text("Same")),
    Counted(LinkCounts()),
)
PAGES = [Page.PROGRESS] * 3 + [Page.CONFIRMATION] + [Page.PROGRESS] * 3 + [Page.COMPARISON, Page.PROGRESS]


def run(error: CompanionError | None = None, operation: str = "") -> RunRecord:
    done = Result.DONE if operation else Result.COMMISSIONED
    result = done if error is None else Result.FAILED
    outcome = Outcome(result, "aa72", "rp1", (), LinkCounts(), error=error, operation=operation or None)
    return kept(*TOLD, of=replace(GOOD, outcome=outcome.as_json(), operation=operation))


def pages(record: RunRecord, *, backwards: bool = False) -> list[Page]:
    replay = Replay(record)
    rows = range(len(replay.moments))
    seen = {}
    for row in reversed(rows) if backwards else rows:
        replay.go_to(row)
        seen[row] = replay.flow.page
    return [seen[row] for row in rows]


@pytest.mark.parametrize(
    ("error", "operation", "last"),
    [
        (None, "", Page.SUCCESS),
        (LinkLostError(), "", Page.PROBLEM),
        (Cancelled(), "", Page.PROGRESS),
        (None, "reset", Page.PROGRESS),
        (LinkLostError(), "rotate", Page.PROBLEM),
    ],
)
def test_the_pages_are_those_of_the_run_both_ways(
    error: CompanionError | None, operation: str, last: Page
) -> None:
    # An owner's device is known, and nobody is asked about it.
    told = [Page.PROGRESS if operation and page is Page.CONFIRMATION else page for page in PAGES]
    assert pages(run(error, operation)) == [*told, last]
    assert pages(run(error, operation), backwards=True) == [*told, last]


def test_a_question_without_a_page_ends_nothing() -> None:
    asked = (*TOLD[:2], ChooseDevice(()), *TOLD[2:])
    record = replace(run(None, "rotate"), events=kept(*asked).events)
    assert pages(record)[-3:] == [Page.COMPARISON, Page.PROGRESS, Page.PROGRESS]
    (device,) = Replay(record).moments[2].event.devices  # type: ignore[union-attr]
    assert device.name == LUMEN.name, "the one that was chosen"


def test_the_seconds_are_those_of_the_run() -> None:
    replay = Replay(run())
    replay.go_to(5)
    replay.wait_until(5.5)
    line = replay.flow.current
    assert line is not None and (line.step, line.state) == (Step.CONFIRM, StepState.CURRENT)
    assert replay.flow.machine_time() - (line.began or 0.0) == 0.5
    replay.wait_until(99.0)
    assert replay.now == 6.0, "the next event has its own time"


@pytest.fixture
def place(qtbot: QtBot) -> ReplayPlace:
    made = ReplayPlace(QWidget())
    qtbot.addWidget(made)
    made.resize(960, 640)
    made.show()
    return made


def test_nothing_on_the_pages_can_be_used(place: ReplayPlace, qtbot: QtBot) -> None:
    record = run()
    place.open(record, runs.run(record, {}))
    page, replay = place.page, place.replay
    assert page is not None and replay is not None
    page.scrubber.setValue(3)
    assert replay.flow.page is Page.CONFIRMATION
    shown = page.stage.currentWidget()
    buttons = [each for each in shown.findChildren(QPushButton) if each.isVisible()]
    assert buttons and all(each.focusPolicy() is Qt.FocusPolicy.NoFocus for each in buttons)
    for button in buttons:
        at = button.mapTo(place, QPoint(5, 5))
        assert place.childAt(at) not in (button, shown)
        # Even what an assistive technology presses leads nowhere.
        button.click()
    page.bar.play.setFocus()
    page.after.click()
    page.before.click()
    assert not page.stage.isAncestorOf(QApplication.focusWidget())
    assert replay.flow.page is Page.CONFIRMATION and not replay.flow.cancelling
    page.bar.set_speed(50)
    page.bar.play.click()
    qtbot.waitUntil(lambda: replay.flow.page is Page.SUCCESS)
    assert not page.after.isEnabled()
    QTest.keyClick(page, Qt.Key.Key_Escape)
    assert place.currentWidget() is not page and place.replay is None


def test_a_report_of_somebody_else_is_replayed(place: ReplayPlace) -> None:
    record = _run(redacted(run(LinkLostError()).as_json()))
    place.open(record, runs.run(record, {}))
    assert place.page is not None and place.replay is not None
    for row in range(len(record.events)):
        place.page.scrubber.setValue(row)
        assert place.page.stage.currentWidget().isVisible()
    assert place.replay.flow.page is Page.PROBLEM
    (area,) = (
        each for each in place.page.stage.currentWidget().findChildren(ColumnScroll) if each.isVisible()
    )
    assert area.verticalScrollBar().maximum() > 0
    QTest.keyClick(place.page, Qt.Key.Key_PageDown)
    assert area.verticalScrollBar().value() > 0, "it can be read to its end"
