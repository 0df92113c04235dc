"""What each page of a run has beside it: the flow's state goes in, gestures come out as wishes."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QObject, Qt

from companion.questions import Question
from ui.flow.core import Flow
from ui.pages.control import FlowControl
from ui.present import steps
from ui.widgets import Button, ButtonKind, PageFrame


class Presenter(QObject):
    """Fills one page and carries its gestures to the flow. `frame` is the page, for whoever shows it."""

    def __init__(self, frame: PageFrame, control: FlowControl) -> None:
        super().__init__(frame)
        self.frame = frame
        self.control = control
        # Whose page it is, and which question it shows: an answer goes to that one or nowhere.
        self.flow: Flow | None = None
        self.question: Question[Any] | None = None

    def fill(self, flow: Flow) -> None:
        """The page is about something new."""
        self.flow, self.question = flow, flow.question
        self.show(flow)

    def show(self, flow: Flow) -> None:
        """Put what the flow is about into the page."""

    def refresh(self, flow: Flow) -> None:
        """Bring up to date what changes while the page stays."""
        self.frame.set_steps(steps.marks(flow), steps.spoken(flow))

    def focus(self) -> None:
        """Put the keyboard where most people go on; nowhere where haste could answer.

        Without a place of its own the page has it: Qt would take its first button, which may be Cancel.
        """
        self._focus_page()

    def take(self, event: object) -> None:
        """An event that is for this page alone."""

    def answer(self, answer: object) -> None:
        """The user's answer to the question that the page shows."""
        if self.flow is not None and self.flow is self.control.flow:
            self.control.perform(self.flow.answer(self.question, answer))

    def _focus_page(self) -> None:
        self.frame.setFocus(Qt.FocusReason.OtherFocusReason)

    def _focus_primary(self) -> None:
        for button in self.frame.findChildren(Button):
            if button.kind is ButtonKind.PRIMARY and button.isVisibleTo(self.frame):
                button.setFocus(Qt.FocusReason.OtherFocusReason)
