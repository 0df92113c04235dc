"""Alerts in the window: shown with their numbers, answered with a line, taken back; a held button stops."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from companion.errors import RecordMissing
from companion.plain_text import plain
from companion.registry.alerts import Answer, Overview
from tests.support.alert_samples import ANSWERED, AT_NIGHT, NOW, RUNS_BEHIND, TWICE, WATCHED, listed
from tests.support.delegate_samples import listed as grants_listed
from tests.ui.support.checks import settle
from ui.engine.alerts import AlertFailed, AnswerAlert, AskAlerts, AskRuns, SetBudget, StopDelegate
from ui.engine.commands import ListRuns
from ui.engine.delegation_messages import HeardAt, ListGrants
from ui.pages.alerts.page import AlertsPage
from ui.pages.records import RecordPages
from ui.present import alerts
from ui.shell import theme
from ui.widgets import Button, Label
from ui.widgets.coverage_map import DISC, IN_A_ROW, PITCH, CoverageMap
from ui.widgets.menu import Menu


class Bench:
    """The activity page at its alerts, and what it asked of the engine."""

    def __init__(self, qtbot: QtBot) -> None:
        self.sent: list[object] = []
        self.pages = RecordPages(self.sent.append)
        self.window = self.pages.activity
        for page in (self.pages.activity, self.pages.devices):
            qtbot.addWidget(page)
        # It stands in the place that also replays its runs.
        self.window.window().show()
        self.window.show_alerts(True)

    @property
    def page(self) -> AlertsPage:
        return self.window.alerts

    def take(self, event: object) -> None:
        """The engine says it; the page is laid out."""
        self.pages.take(event)
        settle()

    def texts(self) -> str:
        """What can be read."""
        labels = self.page.findChildren(Label)
        return " ".join(each.text() for each in labels if each.isVisible())


@pytest.fixture
def bench(qtbot: QtBot) -> Bench:
    return Bench(qtbot)


def focused(widget: QWidget) -> QWidget | None:
    return widget.window().focusWidget()


def test_an_alert_says_what_happened_and_what_chance_says(bench: Bench) -> None:
    bench.take(listed(AT_NIGHT, TWICE))
    said = bench.texts()
    assert "Line 2 station: 6 devices added between 03:00 and 04:00" in said
    assert (
        "Expected by chance about once in 3 years." in said
        and "An exact rule, not a statistical one." in said
    )
    assert "Watching since" in said and "1 false alarm a month" in bench.page.budget.text()
    assert bench.page.rows["a1"].stop is not None
    assert bench.page.rows["a2"].stop is None, "a site can't be stopped"


def test_what_was_planned_is_said_in_one_line_and_can_be_undone(bench: Bench, qtbot: QtBot) -> None:
    bench.take(listed(AT_NIGHT))
    row = bench.page.rows["a1"]
    qtbot.keyClick(row.plan, Qt.Key.Key_Space)
    assert not row.plan.isVisible() and not row.save.isEnabled(), "not without a line"
    assert focused(row) is row.note.line_edit
    qtbot.keyClick(row.note.line_edit, Qt.Key.Key_Return)
    assert bench.sent == []
    qtbot.keyClicks(row.note.line_edit, " Night shift ")
    qtbot.keyClick(row.note.line_edit, Qt.Key.Key_Return)
    assert bench.sent == [AnswerAlert("a1", "Night shift")]
    bench.take(listed(replace(AT_NIGHT, answer=Answer.PLANNED, note="Night shift", answered=NOW)))
    assert "“Night shift” Now treated as usual." in bench.texts()
    undo = bench.page.rows["a1"].undo
    assert focused(row) is undo, "the keyboard stays at the alert"
    undo.click()
    assert bench.sent[-1] == AnswerAlert("a1", None)
    bench.take(listed(AT_NIGHT))
    assert bench.page.rows["a1"].plan.isVisible()


def test_a_line_that_is_being_typed_survives_the_next_run(bench: Bench, qtbot: QtBot) -> None:
    bench.take(listed(AT_NIGHT))
    bench.page.rows["a1"].plan.click()
    qtbot.keyClicks(bench.page.rows["a1"].note.line_edit, "Night sh")
    bench.take(listed(AT_NIGHT, TWICE))
    row = bench.page.rows["a1"]
    assert row.note.text() == "Night sh" and row.save.isVisible()
    assert focused(row) is row.note.line_edit
    row.cancel.click()
    assert row.plan.isVisible() and bench.sent == []


def test_a_delegate_is_stopped_by_holding(bench: Bench) -> None:
    bench.take(listed(AT_NIGHT))
    stop = bench.page.rows["a1"].stop
    assert stop is not None and "Line 2 station" in stop.accessibleName()
    assert "revokes its grants and its CA certificate" in bench.texts()
    stop.click()
    assert bench.sent == [], "a click is not enough"
    stop.held.emit()
    assert bench.sent == [StopDelegate("a1")]
    bench.take(listed(replace(AT_NIGHT, answer=Answer.STOPPED, answered=NOW)))
    assert bench.sent[-1] == ListGrants(), "who knows of it"
    row = bench.page.rows["a1"]
    assert row.stop is None and not row.undo.isVisible(), "a revocation can't be taken back"
    assert "You stopped this delegate on" in bench.texts()


def test_whose_grant_came_from_another_delegate_is_stopped_by_the_key(bench: Bench) -> None:
    bench.take(replace(listed(AT_NIGHT), names={}))
    stop = bench.page.rows["a1"].stop
    assert stop is not None and AT_NIGHT.subject.key in stop.accessibleName()


def test_the_runs_behind_it_lead_to_their_page(bench: Bench) -> None:
    bench.take(listed(AT_NIGHT))
    row = bench.page.rows["a1"]
    row.show_runs.click()
    assert bench.sent == [AskRuns("a1")]
    bench.take(RUNS_BEHIND)
    assert "Older, or recorded elsewhere: 5" in bench.texts()
    next(each for each in row.findChildren(Button) if "Hall lamp" in each.text()).click()
    command = bench.sent[-1]
    assert isinstance(command, ListRuns) and command.select == "run-5"
    assert not bench.page.isVisible(), "the list of runs is in front"


def test_the_switch_counts_what_has_no_answer(bench: Bench) -> None:
    bench.take(listed(AT_NIGHT, TWICE, ANSWERED))
    assert any(
        each.text() == "Alerts 2" for each in bench.window.findChildren(QWidget) if hasattr(each, "text")
    )


def test_nothing_unusual_says_how_much_was_checked(bench: Bench) -> None:
    bench.take(listed())
    assert "Nothing unusual. Checked runs: 1204. Delegates: 3." in bench.texts()
    bench.take(listed(watched=Overview(None, 0, 0, 1.0)))
    assert "Nothing unusual. No device was added yet." in bench.texts()


def test_before_four_weeks_only_exact_rules_count() -> None:
    young = replace(WATCHED, since=NOW - timedelta(days=12))
    assert "Exact rules apply now" in alerts.listed(listed(watched=young), NOW).note
    assert "Exact rules apply now" not in alerts.listed(listed(), NOW).note


@pytest.mark.qt_log_ignore("does not support (raise|grabbing)")
def test_the_one_knob(bench: Bench) -> None:
    bench.take(listed(watched=replace(WATCHED, monthly=0.5)))
    assert bench.page.budget.text() == "At most 0.5 false alarms a month"
    bench.page.budget.click()
    (menu,) = bench.page.findChildren(Menu)
    menu.actions()[2].trigger()
    menu.close()
    assert bench.sent == [SetBudget(2.0)]


def test_who_knows_what_was_revoked(bench: Bench) -> None:
    bench.take(listed(AT_NIGHT))
    bench.take(replace(grants_listed(), know=None))
    assert "revocations" not in bench.texts()
    bench.take(grants_listed())
    assert "7 of 31 devices have your newest revocations" in bench.texts()
    assert "may still accept revoked delegates: 24" in bench.texts()
    (shown,) = bench.page.findChildren(CoverageMap)
    assert not shown.isHidden() and shown.accessibleName().startswith("7 of 31 devices")
    assert ticks(shown) == 7
    assert "hall-2" in bench.texts() and "7 of 19" in bench.texts()
    # A disc for each of so many would say less than a bar for each site.
    bench.take(replace(grants_listed(), know=7, of=65, sites=(HeardAt("hall-2", 7, ("Sensor",) * 58),)))
    assert shown.isHidden() and "7 of 65" in bench.texts()


def ticks(shown: CoverageMap) -> int:
    """Discs that are filled, by their colour."""
    picture, colour = shown.grab().toImage(), theme.colour("success")
    ratio = picture.devicePixelRatio()
    at = [(PITCH * column + 3, PITCH * row + DISC / 2) for row in range(4) for column in range(IN_A_ROW)]
    return sum(picture.pixelColor(round(x * ratio), round(y * ratio)) == colour for x, y in at)


def test_what_fails_is_said_and_loses_nothing(bench: Bench, qtbot: QtBot) -> None:
    bench.take(listed(AT_NIGHT))
    row = bench.page.rows["a1"]
    row.plan.click()
    qtbot.keyClicks(row.note.line_edit, "Night shift")
    row.save.click()
    bench.take(AlertFailed(RecordMissing(wanted="a1")))
    assert "No record “a1”" in bench.texts() and row.note.text() == "Night shift"


def test_names_from_outside_are_words(bench: Bench) -> None:
    hostile = "<b>x</b>\x1b[2J\u202e"
    record = replace(AT_NIGHT, answer=Answer.PLANNED, note=hostile, answered=NOW)
    bench.take(replace(listed(AT_NIGHT, replace(record, id="a4")), names={AT_NIGHT.subject.key: hostile}))
    bench.take(replace(RUNS_BEHIND, runs=(replace(RUNS_BEHIND.runs[0], device=hostile),)))
    shown = [text for each in bench.page.findChildren(QWidget) for text in read(each)]
    assert all(plain(text) == text for text in shown)
    assert sum("<b>x</b>" in text for text in shown) > 5, "shown as they are"


def read(widget: QWidget) -> list[str]:
    """What eyes and screen readers get."""
    words = [widget.accessibleName(), widget.accessibleDescription()]
    return [*words, widget.text()] if isinstance(widget, Label | Button) else words


def test_alerts_come_anew_with_the_records(bench: Bench) -> None:
    bench.pages.refresh()
    assert AskAlerts() in bench.sent


def test_the_devices_that_have_not_heard_are_listed_by_site(bench: Bench) -> None:
    bench.take(listed())
    bench.take(grants_listed())
    assert "7 of 19" in bench.texts() and "Press 3" not in bench.texts()
    assert bench.page.list_devices.text() == "List the 24 devices"
    bench.page.list_devices.click()
    settle()
    assert "workshop: Press 0, Press 1" in bench.texts() and "No site: Lamp" in bench.texts()
    bench.page.list_devices.click()
    settle()
    assert "Press 3" not in bench.texts()
