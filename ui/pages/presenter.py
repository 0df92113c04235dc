"""What each page of a run has beside it: the flow's state goes in, gestures come out as wishes."""

from __future__ import annotations

from typing import Any, Generic, TypeVar

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QGuiApplication

from companion.questions import Question
from ui.flow.core import Flow
from ui.pages.control import FlowControl
from ui.present import steps
from ui.widgets import Button, ButtonKind, PageFrame

ShownPage = TypeVar("ShownPage", bound=PageFrame, covariant=True)


class Presenter(QObject, Generic[ShownPage]):
    """Fills one page and carries its gestures to the flow."""

    def __init__(self, page: ShownPage, control: FlowControl) -> None:
        super().__init__(page)
        self.page = page
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
        self.page.set_steps(steps.marks(flow), steps.spoken(flow))

    def focus(self) -> None:
        """Put the keyboard where most people go on; nowhere where haste could answer.

        Without a place of its own the page has it: Qt would take its first button, which may be Cancel.
        """
        self.page.setFocus(Qt.FocusReason.OtherFocusReason)

    def take(self, event: object) -> None:
        """An event that is for this page alone."""

    def answer(self, answer: object) -> None:
        """The user's answer to the question that the page shows."""
        if self.flow is not None and self.flow is self.control.flow:
            self.control.perform(self.flow.answer(self.question, answer))

    def copy(self, text: str) -> None:
        """Put a text into the clipboard."""
        QGuiApplication.clipboard().setText(text)

    def _focus_primary(self) -> None:
        for button in self.page.findChildren(Button):
            if button.kind is ButtonKind.PRIMARY and button.isVisibleTo(self.page):
                button.setFocus(Qt.FocusReason.OtherFocusReason)
