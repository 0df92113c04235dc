"""The pages of a run that goes on, has ended or can't begin, each with what may be done there."""

from __future__ import annotations

from typing import TypeVar

from companion.errors import AlreadyYours
from ui.engine.commands import AskBackup
from ui.engine.events import BackupState
from ui.flow.commissioning import CommissioningFlow
from ui.flow.core import Flow
from ui.flow.ownership import OwnershipFlow
from ui.flow.state import Page
from ui.flow.tasks import Task
from ui.pages.control import FlowControl
from ui.pages.presenter import Presenter
from ui.pages.run.already_yours import AlreadyYoursPage
from ui.pages.run.problem import ProblemPage
from ui.pages.run.progress import ProgressPage
from ui.pages.run.requirements import RequirementsPage, RequirementsView
from ui.pages.run.success import SuccessPage
from ui.present.run.problem import problem
from ui.present.run.progress import progress
from ui.present.run.report import report
from ui.present.run.requirements import requirements
from ui.present.run.success import examined, success


class ProgressPresenter(Presenter[ProgressPage]):
    """The steps of the run, and its running seconds."""

    def __init__(self, control: FlowControl) -> None:
        super().__init__(ProgressPage(), control)
        page = self.page
        page.cancelled.connect(control.cancel)

    def refresh(self, flow: Flow) -> None:
        super().refresh(flow)
        self.page.show_view(progress(flow))


class SuccessPresenter(Presenter[SuccessPage]):
    """The device is set up."""

    def __init__(self, control: FlowControl) -> None:
        super().__init__(SuccessPage(), control)
        page = self.page
        page.another_wanted.connect(control.use_another_code)
        page.rest_wanted.connect(control.commission_rest)
        page.device_wanted.connect(self._open_device)
        page.real_device_wanted.connect(control.leave_virtual)
        page.copy_wanted.connect(self.copy)
        page.checks_wanted.connect(self._show_checks)
        page.backup_wanted.connect(control.backup_wanted)

    def show(self, flow: Flow) -> None:
        self.page.remind_of_backup(False)
        if flow.outcome is not None:
            if not self.control.is_virtual:
                self.control.send(AskBackup())
            self.page.show_view(success(flow.outcome, flow, can_open=self.control.can_open_devices))
            self.page.offer_real_device(self._is_tour(flow))

    def focus(self) -> None:
        self._focus_primary()

    def take(self, event: object) -> None:
        """A first device without a backup: said once, and quietly."""
        if isinstance(event, BackupState) and event.made is not None:
            self.page.remind_of_backup(False)
        never = isinstance(event, BackupState) and event.has_key and event.made is None
        is_shown = self.control.flow.page is Page.SUCCESS and not self.control.is_virtual
        if never and is_shown and self.control.reminds_of_backup():
            self.page.remind_of_backup(True)

    def _is_tour(self, flow: Flow) -> bool:
        return isinstance(flow, CommissioningFlow) and flow.tour is not None and self.control.can_use_real

    def _show_checks(self) -> None:
        """They are looked at as those of a device in the list are; this page waits."""
        outcome = self.control.flow.outcome
        if outcome is not None and outcome.commissioned is not None:
            self.control.begin_operation(Task.CHECKS, examined(outcome, self.control.flow))

    def _open_device(self) -> None:
        outcome = self.control.flow.outcome
        self.control.device_wanted.emit(outcome.record or "" if outcome else "")


class ProblemPresenter(Presenter[ProblemPage]):
    """What went wrong, and how to go on."""

    def __init__(self, control: FlowControl) -> None:
        super().__init__(ProblemPage(), control)
        page = self.page
        page.tried_again.connect(control.try_again)
        page.other_code_wanted.connect(control.correct_code)
        page.left.connect(control.leave)
        page.report_wanted.connect(self._copy_report)
        page.forget_wanted.connect(self._forget)

    def show(self, flow: Flow) -> None:
        if isinstance(flow, OwnershipFlow):
            from ui.present.ownership import forms

            self.page.show_view(forms.problem(flow))
        else:
            self.page.show_view(problem(flow))

    def focus(self) -> None:
        self._focus_primary()

    def _forget(self) -> None:
        flow = self.control.flow
        if isinstance(flow, OwnershipFlow) and flow is self.flow:
            self.control.perform(flow.forget())

    def _copy_report(self) -> None:
        self.copy(report(self.control.flow))
        self.page.show_copied()


class AlreadyYoursPresenter(Presenter[AlreadyYoursPage]):
    """The device is the user's own: on to an owner's operation, or to its record."""

    def __init__(self, control: FlowControl) -> None:
        super().__init__(AlreadyYoursPage(), control)
        page = self.page
        page.task_chosen.connect(self._begin)
        page.device_wanted.connect(self._open_device)
        page.left.connect(control.use_another_code)

    def show(self, flow: Flow) -> None:
        if isinstance(flow, CommissioningFlow):
            from ui.present.run.already_yours import already_yours

            self.page.show_view(already_yours(flow))

    def _begin(self, task: str) -> None:
        """An operation for the device that the page shows."""
        from ui.present.registry.devices import owned

        flow = self.flow
        if isinstance(flow, CommissioningFlow) and flow.page is Page.YOURS and flow.record is not None:
            self.control.begin_operation(Task(task), owned(flow.record))

    def _open_device(self) -> None:
        error = self.control.flow.error
        if isinstance(error, AlreadyYours):
            self.control.device_wanted.emit(str(error.facts.get("device", "")))


Shown = TypeVar("Shown", bound=RequirementsPage)


class ComputerPresenter(Presenter[Shown]):
    """What this computer has and lacks. It is looked for again while the page stays."""

    def __init__(self, page: Shown, control: FlowControl) -> None:
        super().__init__(page, control)
        page.checked_again.connect(control.check_again)
        page.copy_wanted.connect(self.copy)
        page.virtual_wanted.connect(control.take_tour)
        self._shown: RequirementsView | None = None

    def show(self, flow: Flow) -> None:
        self._shown = None
        self.refresh(flow)

    def refresh(self, flow: Flow) -> None:
        super().refresh(flow)
        self.page.again.show_checking(isinstance(flow, CommissioningFlow) and flow.checking)
        view = self.view(flow)
        if view != self._shown:
            self._shown = view
            self.page.show_view(view)

    def view(self, flow: Flow) -> RequirementsView:
        """What the page shows now."""
        return requirements(flow, self.control.camera_state())

    def focus(self) -> None:
        self._focus_primary()


class RequirementsPresenter(ComputerPresenter[RequirementsPage]):
    """Something is missing that the user wanted."""

    def __init__(self, control: FlowControl) -> None:
        super().__init__(RequirementsPage(), control)
        self.page.left.connect(control.cancel)
