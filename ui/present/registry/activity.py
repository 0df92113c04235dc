"""What fails most, two runs beside each other, and the names of what runs are filtered by."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QLocale

from companion.model import Step
from companion.registry.activity import Failure, Failures
from companion.registry.lists import RunFact
from companion.registry.privacy.safe_forms import errors_by_code, without_places
from companion.registry.records import RunRecord
from companion.reports.comparison import Comparison, Moment, Row
from ui.i18n import QT_TRANSLATE_NOOP
from ui.pages.activity.views import ComparedView, FailuresView, FailureView, PairView, SideView
from ui.present import times
from ui.present.devices import protocol_name
from ui.present.registry.runs import ending, event_words, operation_name
from ui.present.texts import step_name
from ui.present.units import seconds

_FACTS = {
    RunFact.ENDING: QT_TRANSLATE_NOOP("activity", "Ending"),
    RunFact.CODE: QT_TRANSLATE_NOOP("activity", "Code"),
    RunFact.STEP: QT_TRANSLATE_NOOP("activity", "Step"),
    RunFact.OPERATION: QT_TRANSLATE_NOOP("activity", "Operation"),
    RunFact.DEVICE: QT_TRANSLATE_NOOP("activity", "Device"),
    RunFact.MODEL: QT_TRANSLATE_NOOP("activity", "Model"),
    RunFact.PROTOCOL: QT_TRANSLATE_NOOP("activity", "Protocol"),
    RunFact.FIRMWARE: QT_TRANSLATE_NOOP("activity", "Firmware"),
    RunFact.RADIO: QT_TRANSLATE_NOOP("activity", "Radio"),
}
_RADIOS = {
    "os": QT_TRANSLATE_NOOP("activity", "This computer"),
    "virtual": QT_TRANSLATE_NOOP("activity", "Virtual radio"),
    "network": QT_TRANSLATE_NOOP("activity", "Network"),
    "virtual-network": QT_TRANSLATE_NOOP("activity", "Virtual network"),
    "serial": QT_TRANSLATE_NOOP("activity", "Cable"),
    "bumble": QT_TRANSLATE_NOOP("activity", "Bluetooth controller"),
    "virtual+bumble": QT_TRANSLATE_NOOP("activity", "Virtual air"),
}
_STEPS = {step.value for step in Step}


def fact_words(fact: RunFact, value: str) -> str:
    """What people call a value of a fact; what they call the fact itself for ""."""
    if not value:
        return _(_FACTS[fact])
    if fact is RunFact.STEP:
        return step_name(Step(value)) if value in _STEPS else value
    if fact is RunFact.PROTOCOL:
        return protocol_name(value)
    if fact is RunFact.OPERATION:
        return operation_name(value)
    return _(_RADIOS[value]) if fact is RunFact.RADIO and value in _RADIOS else value


def counted(matching: int, every: int) -> str:
    """How many runs the filters leave."""
    shown = QLocale()
    if matching == every == 1:
        return _("1 run")
    if matching == every:
        return _("{count} runs").format(count=shown.toString(every))
    return _("{matching} of {count} runs").format(
        matching=shown.toString(matching), count=shown.toString(every)
    )


def failures(told: Failures, days: int | None) -> FailuresView:
    """What fails most. days: the last ones, None for all time"""
    time = _("All") if days is None else _("{count} days").format(count=days)
    if days is None:
        empty_words = _("No failure. {runs} runs were fine.").format(runs=told.runs)
    else:
        template = _("No failure in {days} days. {runs} runs were fine.")
        empty_words = template.format(days=days, runs=told.runs)
    return FailuresView(tuple(_failure(group) for group in told.groups), time, empty_words)


def _failure(group: Failure) -> FailureView:
    step = step_name(Step(group.step)) if group.step in _STEPS else ""
    leaf = errors_by_code().get(group.code)
    if leaf is not None:
        title = without_places(QCoreApplication.translate("engine", leaf.title))
    else:
        title = _("Interrupted") if not group.code else group.code
    under = ", ".join(part for part in (group.code, step) if part)
    last = times.date(group.last)
    words = _("{title}, {where}: {count} runs, last on {date}").format(
        title=title, where=under, count=group.count, date=last
    )
    return FailureView(group.code, group.step, title, under, group.count, group.spans, words)


def compared(
    left: RunRecord, made: Comparison | None, *, same_device: bool | None, names: dict[str, str]
) -> ComparedView:
    """Two runs beside each other. made: None where there is none like the left one

    same_device: how the right one was chosen, None by the user; names: of devices, by their ids here
    """
    if made is None:
        said = _("There is no comparable good run yet. Choose another run.")
        return ComparedView(_("Run {id}").format(id=left.id), _about(left, names), said, _side(left))
    right = made.right
    said = {
        None: "",
        True: _("Compared with the nearest good run of the same device."),
        False: _("Compared with the nearest good run of a similar device."),
    }[same_device]
    if not made.differences:
        said = " ".join(part for part in (said, _("The runs do not differ.")) if part)
    return ComparedView(
        title=_("Run {left} beside run {right}").format(left=left.id, right=right.id),
        summary=_about(left, names),
        said=said,
        left=_side(left),
        right=_side(right),
        pairs=tuple(_pair(row, place, made) for place, row in enumerate(made.rows)),
        differences=made.differences,
        steps=tuple((_step(each.step), _taken(each.left), _taken(each.right)) for each in made.steps),
    )


def _about(run: RunRecord, names: dict[str, str]) -> str:
    """The device, its firmware, the radio."""
    firmware = _("firmware {version}").format(version=run.firmware) if run.firmware else ""
    kind = run.radio.partition(":")[0]
    radio = _(_RADIOS[kind]) if kind in _RADIOS else ""
    name = names.get(run.subject) or run.device_name
    return ", ".join(part for part in (name, run.model, firmware, radio) if part)


def _side(run: RunRecord) -> SideView:
    words, tone, icon = ending(run)
    whole = seconds(((run.ended or run.started) - run.started).total_seconds()) if run.ended else ""
    if run.step in _STEPS:
        words = _("{ending} in {step}").format(ending=words, step=_step(run.step))
    told = ", ".join(part for part in (words, whole) if part)
    return SideView(_("Run {id}").format(id=run.id), told, tone, icon)


def _pair(row: Row, place: int, made: Comparison) -> PairView:
    left, right = _words(row.left), _words(row.right)
    either = row.left or row.right
    difference = ""
    if place in made.differences and either is not None:
        where = made.left.id if row.left is not None else made.right.id
        template = _("Difference: only in run {run}")
        if place == made.differences[0]:
            template = _("First difference: only in run {run}")
        difference = template.format(run=where)
    said = f"{_at(row.left)} {left}" if row.left is not None else f"{_at(row.right)} {right}"
    if not row.is_equal:
        only = _("only in run {run}: {what}")
        said = only.format(run=made.left.id if row.left is not None else made.right.id, what=said)
    return PairView(
        left_at=_at(row.left),
        left=left,
        right_at=_at(row.right),
        right=right,
        is_step=either is not None and either.event.kind == "step_started",
        is_equal=row.is_equal,
        difference=difference,
        words=f"{difference}. {said}" if difference else said,
    )


def _words(moment: Moment | None) -> str:
    return "" if moment is None else event_words(moment.event)


def _at(moment: Moment | None) -> str:
    return "" if moment is None else QLocale().toString(moment.seconds, "f", 2)


def _step(step: str) -> str:
    return step_name(Step(step)) if step in _STEPS else step


def _taken(taken: float | None) -> str:
    return "" if taken is None else seconds(taken)


def _(words: str) -> str:
    return QCoreApplication.translate("activity", words)
