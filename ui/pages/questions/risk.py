"""The page for a risk that the user must accept, or not, before the run goes on."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from ui import art
from ui.widgets import ArtView, Banner, Button, ButtonKind, Choice, Label, PageFrame, Stage, StepMark, Tone


@dataclass(frozen=True)
class RiskView:
    """All that the page shows: the claim, one sentence about it, and the device it is about."""

    title: str
    lead: str
    claim: str
    sentence: str
    art: str = "board"
    marks: tuple[StepMark, ...] = ()
    spoken: str = ""


class RiskPage(PageFrame):
    """Passive: two equal answers, none of them the default."""

    answered = Signal(bool)
    cancelled = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._art = ArtView(maximum=200, minimum=80)
        self._banner = Banner(Tone.WARNING, icon="warning")
        stage = Stage(minimum=140)
        stage.body.addWidget(self._art, 1)
        stop = Choice("ban", self.tr("Stop"), self.tr("Nothing is sent to the device"))
        go_on = Choice("arrow-right", self.tr("Continue anyway"), self.tr("I know who can listen here"))
        stop.clicked.connect(lambda: self.answered.emit(False))
        go_on.clicked.connect(lambda: self.answered.emit(True))
        answers = QHBoxLayout()
        answers.setSpacing(16)
        answers.addWidget(stop, 1)
        answers.addWidget(go_on, 1)
        self.body.addWidget(stage, 1)
        self.body.addWidget(self._banner)
        self.body.addLayout(answers)
        cancel = Button(self.tr("Cancel"), ButtonKind.MUTED)
        cancel.clicked.connect(self.cancelled)
        self.add_left(cancel)
        self.add_right(
            Label(self.tr("Keyboard shortcuts are off here."), "caption", role="textSecondary", elide=True)
        )

    def show_view(self, view: RiskView) -> None:
        """Ask about one risk."""
        self.set_title(view.title)
        self.set_lead(view.lead)
        self.set_steps(view.marks, view.spoken)
        self._art.show_art(view.art, art.Scene(led=art.Led.JOINING))
        self._banner.show_notice(Tone.WARNING, view.claim, view.sentence, icon="warning")
