"""A run's steps for the track at the top, and the working page."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from companion import claims
from companion.events import ActionNeeded, LinkLost
from companion.model import Step
from ui.flow.core import Flow
from ui.flow.ownership import OwnershipFlow
from ui.flow.state import StepLine
from ui.flow.state import StepState as Known
from ui.pages.run.progress import Notice, ProgressView
from ui.present import ownership_words
from ui.present.devices import device_name
from ui.present.texts import step_hint, step_name, step_plan, translated
from ui.present.units import seconds
from ui.widgets import MarkState, StepMark, StepRow, Tone

HINT_AFTER = 10.0
# Toward these a step's part of the ring fills: what the steps take on a desk, with a person in Confirm.
USUAL = {
    Step.FIND: 6.0,
    Step.CONNECT: 3.0,
    Step.SECURE: 3.0,
    Step.CONFIRM: 15.0,
    Step.HAND_OVER: 8.0,
    Step.CHECK: 6.0,
}
SHOWN = {
    Known.NEXT: MarkState.NEXT,
    Known.CURRENT: MarkState.CURRENT,
    Known.DONE: MarkState.DONE,
    Known.FAILED: MarkState.FAILED,
}


def marks(flow: Flow) -> tuple[StepMark, ...]:
    """The track of the run."""
    return tuple(
        StepMark(step_name(line.step), SHOWN[line.state], _age_text(flow, line))
        for line in flow.steps.values()
    )


def spoken(flow: Flow) -> str:
    """The track in words, for those who do not see it."""
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


def working(flow: Flow) -> ProgressView:
    """The working page."""
    line = flow.current or _last(flow)
    index = list(Step).index(line.step)
    running = age(flow, line)
    return ProgressView(
        title=_title(flow, line),
        lead=_lead(flow),
        marks=marks(flow),
        rows=tuple(_row(flow, each) for each in flow.steps.values()),
        index=index,
        seconds=running,
        usual_seconds=USUAL[line.step],
        position=_("Step {place} of 6").format(place=index + 1),
        pace=_plan(flow, line.step) if line.state is Known.NEXT else "",
        spoken=spoken(flow),
        notice=_notice(flow),
        cancel_note=_cancel_note(flow),
        can_cancel=not flow.cancelling,
        still=line.state is not Known.CURRENT,
    )


def _title(flow: Flow, line: StepLine) -> str:
    if flow.cancelling:
        return _("Stopping")
    if isinstance(flow, OwnershipFlow):
        return ownership_words.title(flow)
    if line.step is Step.FIND and flow.found is None:
        return _("Searching for your device")
    return _("Setting up {name}").format(name=device_name(flow))


def _lead(flow: Flow) -> str:
    if flow.cancelling:
        return _("Notifying the device and waiting for its confirmation.")
    return _("Keep the window open and the device powered.")


def _cancel_note(flow: Flow) -> str:
    if flow.cancelling:
        return ""
    if isinstance(flow, OwnershipFlow):
        return ownership_words.cancel_note(flow)
    return translated(claims.delivery_so_far(flow.known))


def _row(flow: Flow, line: StepLine) -> StepRow:
    slow = line.state is Known.CURRENT and age(flow, line) >= HINT_AFTER and not flow.cancelling
    plan = _plan(flow, line.step) if line.state is not Known.DONE else ""
    return StepRow(
        title=step_name(line.step),
        sentence=translated(line.text) if line.text else plan,
        state=SHOWN[line.state],
        seconds=_age_text(flow, line),
        hint_title=_("Slower than usual") if slow else "",
        hint=step_hint(line.step) if slow else "",
    )


def _plan(flow: Flow, step: Step) -> str:
    return ownership_words.plan(flow, step) if isinstance(flow, OwnershipFlow) else step_plan(step)


def _notice(flow: Flow) -> Notice | None:
    match flow.notice:
        case ActionNeeded():
            return Notice(Tone.INFO, _("At the device"), translated(flow.notice.text))
        case LinkLost():
            again = _("Reconnecting; nothing needs to be repeated (attempt {attempt}).")
            return Notice(Tone.WARNING, _("Connection lost"), again.format(attempt=flow.notice.attempt))
    return None


def _age_text(flow: Flow, line: StepLine) -> str:
    if line.state is Known.NEXT:
        return ""
    value = age(flow, line)
    return _("{seconds} s").format(seconds=int(value)) if line.state is Known.CURRENT else seconds(value)


def _last(flow: Flow) -> StepLine:
    """The step to stand on between two steps: the one after the last that is done."""
    done = [line for line in flow.steps.values() if line.state is Known.DONE]
    steps = list(flow.steps.values())
    return steps[min(len(done), len(steps) - 1)]


def _(words: str) -> str:
    return QCoreApplication.translate("progress", words)
