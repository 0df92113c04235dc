"""The activity page with what fails most, and two runs beside each other."""

from __future__ import annotations

from datetime import timedelta

from PySide6.QtWidgets import QWidget

from companion.registry.activity import Failure, Failures, days_until
from companion.registry.lists import FAILING, RunFact, RunQuery
from companion.reports.comparison import compare
from tests.reports.samples import BEGAN, GOOD, LOST
from tests.support.record_samples import RUNS, activity_page, run
from ui.pages.activity.page import ActivityPage
from ui.pages.activity.views import RunView
from ui.present.registry import activity
from ui.widgets import Tone

EDGES = days_until(BEGAN.date(), 14)
FAILURES = Failures(
    tuple(
        Failure(code, step, sum(spans), spans, BEGAN - timedelta(days=age))
        for code, step, age, spans in (
            ("R-103", "secure", 0, (0, 0, 1, 0, 0, 0, 1, 0, 2, 1, 3, 2, 1, 3)),
            ("N-101", "hand_over", 1, (1, 0, 0, 1, 1, 0, 1, 1, 0, 1, 0, 1, 2, 0)),
            ("A-103", "confirm", 3, (0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 1, 0, 0, 0)),
            ("", "hand_over", 9, (0, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0)),
        )
    ),
    EDGES,
    runs=1204,
    failed=28,
)
FAILED = (
    run("Lumen Sensor", "Today 14:02", "3.4 s", Tone.DANGER, "cross"),
    run("Lumen Sensor", "Today 13:58", "3.8 s", Tone.DANGER, "cross"),
    run("Front door", "Today 09:12", "4.1 s", Tone.DANGER, "cross"),
    run("Hallway sensor", "Yesterday 16:48", "11.2 s", Tone.DANGER, "cross"),
    run("Line 2 sensor", "28 Nov 2026", "3.6 s", Tone.DANGER, "cross"),
)


def _page() -> ActivityPage[RunView]:
    page: ActivityPage[RunView] = ActivityPage(lambda view: view, activity.fact_words)
    page.show_list(len(FAILED), 1204, 0, FAILED, 0, keep=False)
    page.show_count(activity.counted(14, 1204))
    page._show_place(1)
    return page


def failures() -> QWidget:
    page = _page()
    page._ask(RunQuery(ending=FAILING, code="R-103", step="secure"))
    page.show_failures(activity.failures(FAILURES, 14))
    made = compare(LOST, GOOD)
    page.show_comparison(LOST.id, GOOD.id, activity.compared(LOST, made, same_device=True, names={}))
    return page


def alone() -> QWidget:
    """No good run to compare with."""
    page = _page()
    page.show_failures(activity.failures(FAILURES, 14))
    page.show_comparison(LOST.id, "", activity.compared(LOST, None, same_device=None, names={}))
    return page


def no_failures() -> QWidget:
    page = _page()
    page.show_failures(activity.failures(Failures((), EDGES, 212, 0), 14))
    page.show_list(0, 212, 0, (), 0, keep=False)
    return page


def report() -> QWidget:
    page = activity_page(RUNS)
    page.show_report("From run.json. Redacted, and not saved here.")
    return page


def fact_names() -> tuple[str, ...]:
    """What the filters are called."""
    return tuple(activity.fact_words(fact, "") for fact in RunFact)
