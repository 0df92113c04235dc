"""The progress page: the running step, its seconds, and what to do now."""

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
from ui.present.devices import device_name
from ui.present.ownership import words
from ui.present.steps import SHOWN, age, age_text, marks, spoken
from ui.present.texts import step_hint, step_name, step_plan, translated
from ui.widgets import StepRow, Tone

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


def progress(flow: Flow) -> ProgressView:
    """All that the page shows."""
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
        return words.title(flow)
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
        return words.cancel_note(flow)
    return translated(claims.delivery_so_far(flow.known))


def _row(flow: Flow, line: StepLine) -> StepRow:
    slow = line.state is Known.CURRENT and age(flow, line) >= HINT_AFTER and not flow.cancelling
    plan = _plan(flow, line.step) if line.state is not Known.DONE else ""
    return StepRow(
        title=step_name(line.step),
        sentence=translated(line.text) if line.text else plan,
        state=SHOWN[line.state],
        seconds=age_text(flow, line),
        hint_title=_("Slower than usual") if slow else "",
        hint=step_hint(line.step) if slow else "",
    )


def _plan(flow: Flow, step: Step) -> str:
    return words.plan(flow, step) if isinstance(flow, OwnershipFlow) else step_plan(step)


def _notice(flow: Flow) -> Notice | None:
    match flow.notice:
        case ActionNeeded():
            said = (flow.notice.text, *(each.steps for each in flow.notice.guides))
            words = dict.fromkeys(map(translated, said))
            return Notice(Tone.INFO, _("At the device"), " ".join(words))
        case LinkLost():
            again = _("Reconnecting; nothing needs to be repeated (attempt {attempt}).")
            return Notice(Tone.WARNING, _("Connection lost"), again.format(attempt=flow.notice.attempt))
    return None


def _last(flow: Flow) -> StepLine:
    """The step to stand on between two steps: the one after the last that is done."""
    done = [line for line in flow.steps.values() if line.state is Known.DONE]
    steps = list(flow.steps.values())
    return steps[min(len(done), len(steps) - 1)]


def _(words: str) -> str:
    return QCoreApplication.translate("progress", words)
