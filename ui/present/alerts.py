"""Alerts in words: what happened, what chance says, what was answered, how much is watched."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta

from PySide6.QtCore import QCoreApplication, QLocale

from companion.errors import CompanionError
from companion.plain_text import filled
from companion.registry.alerts import AlertRecord, Answer, Overview
from companion.trust.anomalies.alarms import SubjectKind
from ui.engine.alerts import AlertRuns, AlertsListed
from ui.engine.delegation_messages import GrantsListed, HeardAt
from ui.pages.alerts.views import AlertsView, AlertView, RunLine, SiteView, SpreadView
from ui.pages.views import NoticeView
from ui.present import times
from ui.present.texts import advice_of, title_of, translated
from ui.widgets import Tone
from ui.widgets.coverage_map import MOST
from ui.widgets.hour_chart import HourView

LEARNS = timedelta(weeks=4)
"""Numbers count from then on."""
BUDGETS = (0.25, 1.0, 2.0, 5.0, 10.0)


def listed(told: AlertsListed, now: datetime) -> AlertsView:
    """Everything on the page."""
    watched = told.overview
    return AlertsView(
        rows=tuple(_row(each, told.names) for each in told.alerts),
        empty=_empty(watched),
        note=_note(watched, now),
        budget=_budget(watched.monthly),
        monthly=watched.monthly,
        choices=tuple((monthly, _budget(monthly)) for monthly in BUDGETS),
    )


def open_alerts(told: AlertsListed) -> int:
    """How many have no answer."""
    return sum(each.answer is None for each in told.alerts)


def tab(open_ones: int) -> str:
    """The words on the switch."""
    return filled(_("Alerts {count}"), {"count": open_ones}) if open_ones else _("Alerts")


def runs(told: AlertRuns, now: datetime) -> tuple[tuple[RunLine, ...], str]:
    """A line for each run, and how many more there are."""
    lines = tuple(RunLine(each.id, _run(each.device, times.when(each.started, now))) for each in told.runs)
    others = filled(_("Older, or recorded elsewhere: {count}"), {"count": told.others})
    return lines, others if told.others else ""


def spread(told: GrantsListed) -> SpreadView | None:
    """Who knows what was revoked; None where nothing was, or the keys that tell are not open."""
    if told.know is None or not told.of:
        return None
    facts: dict[str, str | int | float] = {"know": told.know, "devices": told.of}
    title = filled(_("{know} of {devices} devices have your newest revocations"), facts)
    if told.know == told.of:
        return SpreadView(title, _("Every device applies them."), told.know, told.of)
    left = filled(
        _("Devices that may still accept revoked delegates: {count}."), {"count": told.of - told.know}
    )
    sentence = f"{left} {_('A device receives the revocation with the next run on it.')}"
    unaware = told.of - told.know
    show = filled(_("List the {count} devices"), {"count": unaware}) if unaware > 1 else _("List the device")
    sites = tuple(_site(each) for each in told.sites) if len(told.sites) > 1 or told.of > MOST else ()
    routes = tuple(_route(each) for each in told.sites if each.unaware)
    return SpreadView(title, sentence, told.know, told.of, sites, show, routes)


def _site(heard: HeardAt) -> SiteView:
    devices = heard.know + len(heard.unaware)
    share = filled(_("{know} of {devices}"), {"know": heard.know, "devices": devices})
    return SiteView(heard.site or _("No site"), share, heard.know, devices)


def _route(heard: HeardAt) -> str:
    """The devices to visit at one site."""
    facts = {"site": heard.site or _("No site"), "devices": ", ".join(heard.unaware)}
    return filled(_("{site}: {devices}"), facts)


def failed(error: CompanionError) -> NoticeView:
    """It could not be done."""
    return NoticeView(Tone.WARNING, title_of(error), advice_of(error), "warning")


def _row(alert: AlertRecord, names: Mapping[str, str]) -> AlertView:
    who = _who(alert, names)
    stops = alert.answer is None and alert.can_stop
    stop = _(
        "Stopping {name} revokes its grants and its CA certificate. A device receives the revocation "
        "with the next run on it."
    )
    return AlertView(
        id=alert.id,
        who=who,
        title=filled("{who}: {sentence}", {"who": who, "sentence": translated(alert.sentence)}),
        detail=translated(alert.detail) if alert.detail.template else "",
        chance=translated(alert.chance),
        runs=_runs(len(alert.runs)),
        stop=filled(stop, {"name": who}) if stops else "",
        answer=_answer(alert),
        can_undo=alert.answer is Answer.PLANNED,
        hours=_hours(alert),
    )


def _who(alert: AlertRecord, names: Mapping[str, str]) -> str:
    if alert.subject.kind is SubjectKind.SITE:
        return filled(_("Site {name}"), {"name": alert.subject.key})
    return _("This computer") if alert.subject.is_owner else names.get(alert.subject.key, alert.subject.key)


def _answer(alert: AlertRecord) -> str:
    if alert.answer is None:
        return ""
    told = _told(alert)
    return (
        filled("{answer} ({operator})", {"answer": told, "operator": alert.answerer})
        if alert.answerer
        else told
    )


def _told(alert: AlertRecord) -> str:
    facts: dict[str, str | int | float] = {
        "date": times.date(alert.answered or alert.changed),
        "note": alert.note,
    }
    if alert.answer is Answer.STOPPED:
        return filled(_("You stopped this delegate on {date}."), facts)
    if alert.years is None:
        return filled(_("Planned, {date}: “{note}”"), facts)
    return filled(_("Planned, {date}: “{note}” Now treated as usual."), facts)


def _runs(count: int) -> str:
    if not count:
        return ""
    return _("Show the run") if count == 1 else filled(_("Show the {count} runs"), {"count": count})


def _run(device: str, when: str) -> str:
    return filled("{device}, {when}", {"device": device or _("A device"), "when": when})


def _hours(alert: AlertRecord) -> HourView | None:
    if not alert.hours:
        return None
    most = max(range(len(alert.hours)), key=alert.hours.__getitem__)
    words = _("Hours of the day. Most of these devices: from {hour}:00. Grey: usual days.")
    return HourView(alert.hours, alert.usual, filled(words, {"hour": most}))


def _empty(watched: Overview) -> str:
    if not watched.onboardings:
        return _("Nothing unusual. No device was added yet.")
    counts: dict[str, str | int | float] = {
        "runs": watched.onboardings,
        "delegates": watched.delegates,
    }
    return filled(_("Nothing unusual. Checked runs: {runs}. Delegates: {delegates}."), counts)


def _note(watched: Overview, now: datetime) -> str:
    if watched.since is None:
        return _("Every run is checked: exact rules first, then statistics.")
    facts: dict[str, str | int | float] = {"date": times.date(watched.since)}
    if now - watched.since < LEARNS:
        return filled(_("Watching since {date}. Exact rules apply now, statistics after four weeks."), facts)
    return filled(
        _("Watching since {date}. Every run is checked: exact rules first, then statistics."), facts
    )


def _budget(monthly: float) -> str:
    if monthly == 1:
        return _("At most 1 false alarm a month")
    if monthly == BUDGETS[0]:
        return _("At most 1 false alarm in 4 months")
    # Whole ones without decimals.
    shown = QLocale().toString(monthly, "g", 6)
    return filled(_("At most {count} false alarms a month"), {"count": shown})


def _(words: str) -> str:
    return QCoreApplication.translate("alerts", words)
