"""A kept run followed once more by the flow that its user saw, from event to event, both ways.

What the flow would tell an engine goes nowhere: there is none. A question is open until the next event, for
what was answered is not kept.
"""

from __future__ import annotations

from collections.abc import Callable

from companion.errors import AlreadyYours, Cancelled
from companion.events import Event
from companion.outcome import Outcome, Result
from companion.registry.records import RunRecord
from companion.reports.playback import moments
from ui.flow.commissioning import CommissioningFlow
from ui.flow.core import Commands, Flow
from ui.flow.owned_device import Owned
from ui.flow.ownership import OwnershipFlow
from ui.flow.state import Input
from ui.flow.tasks import Task


class Replay:
    """run: with its events, of this computer or of a report. It begins before its first event.

    row: the event that it is at, -1 before the first; now: seconds since the run began
    """

    def __init__(self, run: RunRecord) -> None:
        self.run = run
        self.moments = moments(run)
        self.now = 0.0
        self.row = -1
        self.flow: CommissioningReplay | OperationReplay = self._anew()

    def go_to(self, row: int) -> None:
        """To an event, forwards or backwards, as it was when it had been told."""
        row = max(-1, min(row, len(self.moments) - 1))
        if row < self.row:
            self.flow, self.row, self.now = self._anew(), -1, 0.0
        for moment in self.moments[self.row + 1 : row + 1]:
            self.now = moment.at
            if moment.event is not None:
                self.flow.tell(moment.event)
        self.row = row

    def wait_until(self, now: float) -> None:
        """Nothing was told until then: the running seconds go on, to the next event at most."""
        following = self.moments[self.row + 1 : self.row + 2]
        self.now = max(self.now, min(now, following[0].at if following else self.now))

    def _anew(self) -> CommissioningReplay | OperationReplay:
        def clock() -> float:
            return self.now

        if self.run.operation:
            task = _task(self.run.operation)
            return OperationReplay(task, Owned("", self.run.device_name), CommissioningFlow(clock))
        return CommissioningReplay(clock)


def _task(operation: str) -> Task:
    """The task of an operation by its name in records; a query's words fit what has no task."""
    return next((task for task in Task if operation in (task.operation, task.administration)), Task.QUERY)


class _Retold(Flow):
    """Moved by what is told, and by no gesture."""

    _is_told = True

    def tell(self, event: Event) -> None:
        """The next event of the run."""
        self._is_told = True
        if self.question is not None:
            self._answer(self.question, None)
        self.take(event)
        self._is_told = False

    def cancel(self) -> Commands:
        """There is nothing to end; a question that has no page here is passed over."""
        return ()

    def _move(self, given: Input) -> bool:
        return self._is_told and super()._move(given)


class CommissioningReplay(_Retold, CommissioningFlow):
    """Begins where a device is looked for, and stays on its last page."""

    def __init__(self, clock: Callable[[], float]) -> None:
        super().__init__(clock)
        self._move(Input.BEGIN)
        self._move(Input.PROCEED)
        self._is_told = False

    def _finish(self, outcome: Outcome) -> Commands:
        self._note_outcome(outcome)
        if outcome.result is Result.COMMISSIONED:
            self._move(Input.COMMISSIONED)
        elif isinstance(outcome.error, AlreadyYours):
            self._move(Input.ALREADY_YOURS)
        elif not isinstance(outcome.error, Cancelled):
            # Not what this computer lacks: it may be another one, and it is another day.
            self._move(Input.FAILED)
        return ()


class OperationReplay(_Retold, OwnershipFlow):
    """The pages of an operation, without the devices page, to which it went back."""

    def __init__(self, task: Task, owned: Owned, beside: Flow) -> None:
        super().__init__(task, owned, beside)
        self._move(Input.START)
        self._is_told = False

    def _finish(self, outcome: Outcome) -> Commands:
        self._note_outcome(outcome)
        if outcome.error is not None and not isinstance(outcome.error, Cancelled):
            self._move(Input.FAILED)
        return ()
