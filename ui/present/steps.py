"""A run's steps for the track at the top of its pages."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from companion.model import Step
from ui.flow.core import Flow
from ui.flow.state import Page, StepLine
from ui.flow.state import StepState as Known
from ui.present.texts import step_name
from ui.present.units import seconds
from ui.widgets import MarkState, StepMark

SHOWN = {
    Known.NEXT: MarkState.NEXT,
    Known.CURRENT: MarkState.CURRENT,
    Known.DONE: MarkState.DONE,
    Known.FAILED: MarkState.FAILED,
}


# Before a run, and after a virtual one.
APART = (Page.WELCOME, Page.RESTORE, Page.REAL_DEVICE, Page.WAYS)


def marks(flow: Flow) -> tuple[StepMark, ...]:
    """The track of the run; none on a page that is about this computer."""
    if flow.page in APART:
        return ()
    return tuple(
        StepMark(step_name(line.step), SHOWN[line.state], age_text(flow, line))
        for line in flow.steps.values()
    )


def spoken(flow: Flow) -> str:
    """The track in words, for those who do not see it."""
    if flow.page in APART:
        return ""
    line = flow.current
    if line is None:
        return _("Six steps, none started")
    place = list(Step).index(line.step) + 1
    return _("Step {place} of 6: {name}").format(place=place, name=step_name(line.step))


def age(flow: Flow, line: StepLine) -> float:
    """Seconds that a step has taken so far, or took; the user's own time is left out."""
    if line.seconds is not None:
        return line.seconds
    return flow.machine_time() - line.began if line.began is not None else 0.0


def age_text(flow: Flow, line: StepLine) -> str:
    if line.state is Known.NEXT:
        return ""
    value = age(flow, line)
    return _("{seconds} s").format(seconds=int(value)) if line.state is Known.CURRENT else seconds(value)


def _(words: str) -> str:
    return QCoreApplication.translate("progress", words)
