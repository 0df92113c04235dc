"""The working page: a ring with the running seconds, and the list of steps that says what happens."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ui.widgets import Banner, Button, ButtonKind, Label, PageFrame, Ring, StepList, StepMark, StepRow, Tone


@dataclass(frozen=True)
class Notice:
    """What the user must know or do now."""

    tone: Tone
    title: str
    sentence: str


@dataclass(frozen=True)
class ProgressView:
    """All that the page shows. `index` is the running step's place (from 0), `seconds` its age."""

    title: str
    lead: str
    marks: tuple[StepMark, ...]
    rows: tuple[StepRow, ...]
    index: int
    seconds: float
    usual_seconds: float
    position: str
    pace: str
    spoken: str = ""
    notice: Notice | None = None
    cancel_note: str = ""
    can_cancel: bool = True
    still: bool = False


class ProgressPage(PageFrame):
    """Passive: shows a view, and says when the user wants to stop."""

    cancelled = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._ring = Ring(6, self.tr("seconds in this step"))
        self._running = (-1, False)
        self._position = Label("", "section", align=Qt.AlignmentFlag.AlignCenter)
        self._pace = Label("", "body", role="textSecondary", wrap=True, align=Qt.AlignmentFlag.AlignHCenter)
        self._notice = Banner(Tone.INFO)
        self._steps = StepList()
        self._cancel = Button(self.tr("Cancel"), ButtonKind.MUTED)
        self._cancel.clicked.connect(self.cancelled)
        self._note = Label("", "caption", role="textSecondary", elide=True)
        self.body.addLayout(self._columns(), 1)
        self.add_left(self._cancel)
        self.add_right(self._note)

    def _columns(self) -> QHBoxLayout:
        left = QVBoxLayout()
        left.setSpacing(0)
        left.addStretch(1)
        left.addWidget(self._ring, 6)
        left.addSpacing(14)
        left.addWidget(self._position)
        left.addWidget(self._pace)
        left.addStretch(1)
        side = QWidget()
        side.setLayout(left)
        side.setFixedWidth(300)
        right = QVBoxLayout()
        right.setSpacing(20)
        right.addWidget(self._notice)
        right.addWidget(self._steps)
        right.addStretch(1)
        columns = QHBoxLayout()
        columns.setSpacing(52)
        columns.addWidget(side)
        columns.addLayout(right, 1)
        return columns

    def show_view(self, view: ProgressView) -> None:
        """Show the state of the run; cheap to call many times a second."""
        self.set_title(view.title)
        self.set_lead(view.lead)
        self.set_steps(view.marks, view.spoken)
        self._run_ring(view)
        self._position.setText(view.position)
        self._pace.setText(view.pace)
        self._steps.set_rows(view.rows)
        self._notice.setVisible(view.notice is not None)
        if view.notice is not None:
            self._notice.show_notice(view.notice.tone, view.notice.title, view.notice.sentence)
        self._cancel.setEnabled(view.can_cancel)
        self._note.setText(view.cancel_note)

    def _run_ring(self, view: ProgressView) -> None:
        """The ring runs its own clock, so it is started once for each step."""
        running = (view.index, view.still)
        if view.still:
            self._ring.hold(view.index, view.seconds, view.usual_seconds)
        elif running != self._running or abs(self._ring.seconds() - view.seconds) > 1.5:
            self._ring.start_step(view.index, view.usual_seconds, view.seconds)
        self._running = running
