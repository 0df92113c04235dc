"""How a device was set up, and the other ways to do it, in words."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QCoreApplication

from companion.claims.attacks import Criterion, Judgement, Rating
from companion.evaluation import DeviceEvaluation, Row
from ui.engine.evaluation import DeviceEvaluated, WaysListed
from ui.i18n import QT_TRANSLATE_NOOP
from ui.pages.devices.inspection.evaluation import EvaluationView, JudgementView, WayView
from ui.pages.views import NoticeView
from ui.present.texts import translated
from ui.widgets import Tone

CRITERIA = {
    Criterion.SPOOFING: (
        QT_TRANSLATE_NOOP("evaluation", "Spoofing"),
        QT_TRANSLATE_NOOP("evaluation", "Can another device pass for it?"),
    ),
    Criterion.MITM: (
        QT_TRANSLATE_NOOP("evaluation", "Man in the middle"),
        QT_TRANSLATE_NOOP("evaluation", "Can someone in between read or change what is sent?"),
    ),
    Criterion.REPLAY: (
        QT_TRANSLATE_NOOP("evaluation", "Replay"),
        QT_TRANSLATE_NOOP("evaluation", "Can a recording be used again?"),
    ),
    Criterion.DOWNGRADE: (
        QT_TRANSLATE_NOOP("evaluation", "Downgrade"),
        QT_TRANSLATE_NOOP("evaluation", "Can someone make both ends agree on less?"),
    ),
    Criterion.SCALE: (
        QT_TRANSLATE_NOOP("evaluation", "Scale"),
        QT_TRANSLATE_NOOP("evaluation", "How does it do for many devices?"),
    ),
    Criterion.EFFORT: (
        QT_TRANSLATE_NOOP("evaluation", "Effort"),
        QT_TRANSLATE_NOOP("evaluation", "What does it ask of people?"),
    ),
    Criterion.HARDWARE: (
        QT_TRANSLATE_NOOP("evaluation", "Hardware"),
        QT_TRANSLATE_NOOP("evaluation", "What does the device need for it?"),
    ),
    Criterion.ADOPTION: (
        QT_TRANSLATE_NOOP("evaluation", "Adoption"),
        QT_TRANSLATE_NOOP("evaluation", "Who offers it?"),
    ),
}
_RATINGS = {
    Rating.GOOD: (Tone.GOOD, QT_TRANSLATE_NOOP("evaluation", "good"), "check"),
    Rating.FAIR: (Tone.WARNING, QT_TRANSLATE_NOOP("evaluation", "fair"), "minus"),
    Rating.POOR: (Tone.DANGER, QT_TRANSLATE_NOOP("evaluation", "poor"), "cross"),
}


def evaluation(told: DeviceEvaluated) -> EvaluationView:
    """The device's own run first, where there is a record of it; then every way."""
    own, notice = told.evaluation, None
    ways = [_way(row) for row in told.ways]
    if own is None:
        lead = _("No record here says how this device was set up.")
        notice = NoticeView(Tone.INFO, _("Nothing measured"), _("These are the ways that there are."))
    else:
        lead = _("What was measured when this device was set up, beside another way to do it.")
        ways.insert(0, _own(own))
    criteria = tuple((_(name), _(question)) for name, question in CRITERIA.values())
    return EvaluationView(lead, criteria, tuple(ways), notice)


def all_ways(told: WaysListed) -> EvaluationView:
    """What each way can give, before any run: the page has the words above."""
    criteria = tuple((_(name), _(question)) for name, question in CRITERIA.values())
    return EvaluationView("", criteria, tuple(_way(row) for row in told.ways))


def _own(evaluated: DeviceEvaluation) -> WayView:
    method = evaluated.method
    title = translated(method.title) if method is not None else evaluated.session.method
    return WayView(
        _("This device: {method}").format(method=title), _judgements(evaluated.judgements, own=True)
    )


def _way(row: Row) -> WayView:
    title = f"{row.protocol_title}: {translated(row.method.title)}"
    return WayView(title, _judgements(row.judgements, own=False))


def _judgements(judgements: Mapping[Criterion, Judgement], *, own: bool) -> tuple[JudgementView | None, ...]:
    return tuple(_judgement(judgements[each], own) if each in judgements else None for each in CRITERIA)


def _judgement(judgement: Judgement, own: bool) -> JudgementView:
    """own: it is the device's, so it says what of it was measured"""
    tone, word, icon = _RATINGS[judgement.rating]
    origin = ""
    if own:
        origin = _("measured") if judgement.measured else _("by design")
    return JudgementView(tone, icon, _(word), translated(judgement.sentence), origin)


def _(words: str) -> str:
    return QCoreApplication.translate("evaluation", words)
