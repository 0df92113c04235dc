"""The alerts in Activity, with contents for pictures and tests."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from PySide6.QtWidgets import QWidget

from companion.model import Text
from companion.registry.alerts import AlertRecord, Answer, Overview
from companion.trust.anomalies.alarms import Rule, Subject, SubjectKind
from tests.support.delegate_samples import listed as grants_listed
from tests.support.record_samples import RUNS, activity_page
from ui.engine.alerts import AlertRuns, AlertsListed, KnownRun
from ui.present import alerts

NOW = datetime(2026, 11, 30, 18, 0, tzinfo=UTC)
NAMES = {"4e9107c2d08f5a1b": "Line 2 station", "77aa31e0b2c94d58": "Workshop laptop"}
WATCHED = Overview(NOW - timedelta(weeks=9), 1204, 3, 1.0)
_USUAL = {
    6: 1.0,
    7: 2.4,
    8: 3.2,
    9: 3.6,
    10: 3.2,
    11: 2.0,
    12: 2.8,
    13: 3.6,
    14: 3.3,
    15: 2.9,
    16: 2.2,
    17: 1.5,
}
AT_NIGHT = AlertRecord(
    id="a1",
    rule=Rule.UNUSUAL_HOUR,
    subject=Subject(SubjectKind.DELEGATE, "4e9107c2d08f5a1b"),
    sentence=Text(
        "{count} devices added between {begin} and {end}. In {weeks} weeks, none between {from} and {until}.",
        {"count": 6, "begin": "03:00", "end": "04:00", "weeks": 9, "from": "18:00", "until": "07:00"},
    ),
    detail=Text("No delivery was announced for it."),
    years=3.1,
    runs=tuple(f"run-{n}" for n in range(6)),
    hours=tuple(6 if hour == 3 else 0 for hour in range(24)),
    usual=tuple(_USUAL.get(hour, 0.0) for hour in range(24)),
    raised=NOW - timedelta(hours=15),
    changed=NOW - timedelta(hours=14),
)
TWICE = AlertRecord(
    id="a2",
    rule=Rule.SAME_SERIAL,
    subject=Subject(SubjectKind.SITE, "hall-2"),
    sentence=Text(
        "Serial number {serial} was onboarded twice, with two different keys.", {"serial": "LS2-0048-90C"}
    ),
    detail=Text("One of the two is a copy, or a label was printed twice."),
    years=None,
    runs=("run-1", "run-9"),
    hours=(),
    usual=(),
    raised=NOW - timedelta(days=2),
    changed=NOW - timedelta(days=2),
)
ANSWERED = replace(
    AT_NIGHT,
    id="a3",
    subject=Subject(SubjectKind.DELEGATE, "77aa31e0b2c94d58"),
    rule=Rule.RATE,
    sentence=Text(
        "{count} devices added between {begin} and {end}. Usual for that hour: about {usual}.",
        {"count": 14, "begin": "09:00", "end": "10:00", "usual": 3},
    ),
    detail=Text(""),
    hours=(),
    usual=(),
    answer=Answer.PLANNED,
    note="A new tester was learning.",
    answered=NOW - timedelta(days=6),
)
RUNS_BEHIND = AlertRuns("a1", (KnownRun("run-5", NOW - timedelta(hours=14), "Hall lamp"),), 5)


def listed(*records: AlertRecord, watched: Overview = WATCHED) -> AlertsListed:
    return AlertsListed(records, watched, NAMES)


def _page(told: AlertsListed) -> QWidget:
    page = activity_page(RUNS)
    page.alerts.show_view(alerts.listed(told, NOW))
    page.count_alerts(alerts.tab(alerts.open_alerts(told)))
    page.show_alerts(True)
    return page


def some() -> QWidget:
    page = _page(listed(AT_NIGHT, TWICE, ANSWERED))
    page.alerts.show_spread(alerts.spread(grants_listed()))  # type: ignore[attr-defined]
    return page


def planned_form() -> QWidget:
    page = _page(listed(AT_NIGHT))
    row = page.alerts.rows["a1"]  # type: ignore[attr-defined]
    row.show_lines(*alerts.runs(RUNS_BEHIND, NOW))
    row.show_form(True, "Night shift for the new hall")
    page.alerts.show_spread(alerts.spread(grants_listed()))  # type: ignore[attr-defined]
    return page


def none() -> QWidget:
    return _page(listed(watched=replace(WATCHED, since=NOW - timedelta(days=12))))
