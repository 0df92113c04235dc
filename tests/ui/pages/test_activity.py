"""Activity for QA: filters, what fails most, two runs beside each other, reports of others."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from companion.registry.activity import days_until
from companion.registry.lists import FAILING, RunFact, RunQuery
from companion.reports.formats import written
from companion.reports.selection import one_run
from tests.reports.samples import GOOD, LOST
from tests.screenshots import NORMAL, window
from tests.support import activity_samples
from tests.support.activity_samples import FAILED, FAILURES
from tests.ui.support.checks import settle
from tests.ui.support.drops import drop
from ui.pages.activity.page import FAILURES as FAILURES_PLACE
from ui.pages.activity.page import ActivityPage
from ui.pages.activity.presenter import ActivityPresenter
from ui.present.registry import activity
from ui.shell.sections import Section
from ui.widgets.menu import Menu


@pytest.fixture
def page(qtbot: QtBot) -> Iterator[ActivityPage]:
    made = activity_samples.failures()
    assert isinstance(made, ActivityPage)
    frame = window(made, Section.ACTIVITY, NORMAL)
    settle()
    yield made
    frame.close()


def test_a_row_of_what_fails_most_sets_code_and_step_and_takes_them_off_again(
    page: ActivityPage, qtbot: QtBot
) -> None:
    rows = page.failures.list
    assert str(rows.model().index(0, 0).data()).startswith("Connection to the device lost")
    with qtbot.waitSignal(page.query_changed):
        rows.clicked.emit(rows.model().index(2, 0))
    assert (page.query.code, page.query.step, page.query.ending) == ("A-103", "confirm", FAILING)
    assert page.filters._chips[RunFact.CODE].text() == "Code: A-103"
    rows.clicked.emit(rows.model().index(2, 0))
    assert page.query == RunQuery(ending=FAILING)


def test_filters_hold_across_runs_and_failures_and_are_taken_off_by_key(
    page: ActivityPage, qtbot: QtBot
) -> None:
    page._show_place(0)
    assert page.query == RunQuery(code="R-103", step="secure"), "all runs again, in the same filters"
    chip = page.filters._chips[RunFact.STEP]
    with qtbot.waitSignal(page.query_changed):
        QTest.keyClick(chip, Qt.Key.Key_Delete)
    assert page.query == RunQuery(code="R-103")
    page._search.setFocus()
    with qtbot.waitSignal(page.query_changed):
        QTest.keyClick(page._search, Qt.Key.Key_Backspace)
    assert page.query == RunQuery()
    with qtbot.waitSignal(page.query_changed):
        page._show_place(FAILURES_PLACE)
    assert replace(page.query, since=None) == RunQuery(ending=FAILING)
    assert page.period == 14 and page.query.since == days_until(date.today(), 14)[0]
    page._show_place(0)
    assert page.query == RunQuery(since=page.query.since) and page.filters._time.text() == "Time: 14 days"
    QTest.keyClick(page._search, Qt.Key.Key_Backspace)
    assert page.query == RunQuery()


def test_a_filter_offers_the_values_that_runs_have(
    page: ActivityPage, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[QWidget] = []
    monkeypatch.setattr(Menu, "open_below", lambda _, button: opened.append(button))
    with qtbot.waitSignal(page.filters.values_wanted) as wanted:
        page.filters._ask(RunFact.FIRMWARE)
    assert wanted.args == [RunFact.FIRMWARE]
    page.filters.offer(RunFact.MODEL, [("nobody asked", 1)])
    assert opened == [], "another one was asked for"
    page.filters.offer(RunFact.FIRMWARE, [("2.4.1", 12), ("2.4.0", 2)])
    assert [action.text() for action in page.filters._menu.actions()] == ["2.4.1 (12)", "2.4.0 (2)"]
    page.filters._menu.actions()[0].trigger()
    assert page.query.firmware == "2.4.1" and page.query.code == "R-103"
    assert opened == [page.filters._more], "where its name was chosen"


def test_differences_are_gone_through_by_key_and_read_aloud(page: ActivityPage) -> None:
    shown = page.comparison.pairs
    assert "First difference: only in run bb73" in str(shown.currentIndex().data())
    first = shown.currentIndex().row()
    QTest.keyClick(shown, Qt.Key.Key_F3)
    assert shown.currentIndex().row() == first, "there is one place where they part"
    texts = [str(shown.model().index(row, 0).data()) for row in range(shown.model().rowCount())]
    assert texts[0] == "0.00 Find started"
    assert any(text.startswith("only in run aa72: 1.20 Session established") for text in texts)


def test_another_run_is_chosen_with_control_or_after_its_button(page: ActivityPage, qtbot: QtBot) -> None:
    with qtbot.waitSignal(page.compare_wanted) as wanted:
        page.runs.other_chosen.emit(FAILED[2])
    assert wanted.args == [FAILED[0].key, FAILED[2].key]
    page.comparison.other.click()
    with qtbot.waitSignal(page.compare_wanted) as wanted:
        page.runs.select_row(3)
    assert wanted.args == [LOST.id, FAILED[3].key], "beside the one that is shown"
    with qtbot.waitSignal(page.compare_wanted) as wanted:
        page.comparison.swap.click()
    assert wanted.args == [GOOD.id, LOST.id]
    with qtbot.waitSignal(page.compare_wanted) as wanted:
        page.runs.select_row(4)
    assert wanted.args == [FAILED[4].key, ""], "a chosen run is compared with the nearest good one"


def test_all_listed_runs_are_exported_by_the_filters(page: ActivityPage, qtbot: QtBot) -> None:
    with qtbot.waitSignal(page.export_wanted) as wanted:
        page._menu.actions()[8].trigger()
    assert wanted.args == ["", "junit"]


def test_what_fails_is_counted_in_the_chosen_time(
    page: ActivityPage, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Menu, "open_below", lambda *_: None)
    with qtbot.waitSignal(page.query_changed):
        page.failures.period_wanted.emit(90)
    assert page.period == 90 and page.query.since == days_until(date.today(), 90)[0]
    page.filters._time.removed.emit()
    assert (page.period, page.query.since) == (None, None)
    page.filters._time.click()
    with qtbot.waitSignal(page.query_changed):
        page.filters._menu.actions()[0].trigger()
    assert page.period == 1 and page.filters._time.text() == "Time: Today"
    page.show_failures(activity.failures(FAILURES, None))
    assert page.failures._period.text() == "All"


def test_a_run_without_a_good_one_stands_alone_and_says_why(qtbot: QtBot) -> None:
    page = activity_samples.alone()
    assert isinstance(page, ActivityPage)
    frame = window(page, Section.ACTIVITY, NORMAL)
    settle()
    assert "no comparable good run" in page.comparison._said.text()
    assert not page.comparison.swap.isEnabled() and not page.comparison.following.isEnabled()
    frame.close()


# --- the presenter: what it asks for, and a report of somebody else ---


class Sent(list[object]):
    def __call__(self, command: object) -> None:
        self.append(command)


def saved(folder: Path) -> Path:
    path = folder / "theirs.json"
    path.write_text("".join(written(one_run(LOST), "json")))
    return path


def test_a_report_is_shown_compared_and_left_again(qtbot: QtBot, tmp_path: Path) -> None:
    from ui.engine.activity import CompareRuns, ReadReport, ReportRead, answer
    from ui.engine.commands import ListRuns

    sent = Sent()
    presenter = ActivityPresenter(sent)
    qtbot.addWidget(presenter.page)
    told = answer(ReadReport(saved(tmp_path)), None)  # type: ignore[arg-type]
    assert isinstance(told, ReportRead) and told.error is None
    presenter.take(told)
    assert "theirs.json" in presenter.page._note.text()
    assert presenter.page.selected == LOST.id and presenter.page.events.rows_model.rowCount() == 10
    with qtbot.waitSignal(presenter.pages_wanted) as wanted:
        presenter.page.replay.pages.click()
    assert wanted.args is not None and wanted.args[0] == told.runs[0], (
        "it can be replayed like one of our own"
    )
    presenter.page._compare.click()
    asked = sent[-1]
    assert isinstance(asked, CompareRuns) and asked.left == told.runs[0]
    sent.clear()
    presenter.refresh()
    assert sent == [], "a run that ends does not take the report away"
    presenter.page._close_report.click()
    assert presenter.page._close_report.isHidden() and isinstance(sent[-1], ListRuns)


def test_a_file_that_is_no_report_is_said(qtbot: QtBot, tmp_path: Path) -> None:
    from ui.engine.activity import ReadReport, answer

    path = tmp_path / "x.json"
    path.write_text(json.dumps({"redacted": 1}))
    presenter = ActivityPresenter(Sent())
    qtbot.addWidget(presenter.page)
    presenter.take(answer(ReadReport(path), None))  # type: ignore[arg-type]
    assert "x.json" in presenter.page.notice._title.text()


def test_a_report_that_is_dropped_on_the_window_opens(qtbot: QtBot, tmp_path: Path) -> None:
    from PySide6.QtCore import QSettings

    from ui.engine.activity import ReadReport
    from ui.shell.file_drop import FileDrop
    from ui.shell.window import MainWindow

    sent = Sent()
    frame = MainWindow(QSettings(str(tmp_path / "window.ini"), QSettings.Format.IniFormat))
    qtbot.addWidget(frame)
    FileDrop(frame, sent)

    report = saved(tmp_path)
    assert drop(frame, report)
    assert sent == [ReadReport(report)]
    assert not drop(frame, report, report), "one at a time"
    assert not drop(frame, tmp_path / "label.png"), "a picture is for the page of codes"
    from ui.pages.scan.page import ScanPage

    scan = ScanPage()
    qtbot.addWidget(scan)
    (tmp_path / "label.png").touch()
    assert not drop(scan, report), "which leaves a report to the window"
    assert drop(scan, tmp_path / "label.png")
