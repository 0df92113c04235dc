"""A warning about a device, with the device above it: what the pages that ask because of one share."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from ui import art
from ui.widgets import ArtView, Banner, Button, ButtonKind, Choice, Label, PageFrame, Stage, StepMark, Tone


@dataclass(frozen=True)
class WarningView:
    """All that such a page shows: the claim, one sentence about it, and the device it is about."""

    title: str
    lead: str
    claim: str
    sentence: str
    art: str = "board"
    marks: tuple[StepMark, ...] = ()
    spoken: str = ""


class WarningPage(PageFrame):
    """Passive: the device and the warning."""

    def __init__(self, *, largest: int = 200, icon: str = "warning", parent: QWidget | None = None) -> None:
        """largest: of the drawing, in px; icon: of the banner."""
        super().__init__(parent=parent)
        self._icon = icon
        self._art = ArtView(maximum=largest, minimum=80)
        self._banner = Banner(Tone.WARNING, icon=icon)
        stage = Stage(minimum=140)
        stage.body.addWidget(self._art, 1)
        self.body.addWidget(stage, 1)
        self.body.addWidget(self._banner)

    def show_view(self, view: WarningView) -> None:
        """Ask about one device."""
        self.set_title(view.title)
        self.set_lead(view.lead)
        self.set_steps(view.marks, view.spoken)
        self._art.show_art(view.art, art.Scene(led=art.Led.JOINING))
        self._banner.show_notice(Tone.WARNING, view.claim, view.sentence, icon=self._icon)


class TwoAnswersPage(WarningPage):
    """Passive: a warning with two equal answers, none of them the default."""

    cancelled = Signal()

    def add_answers(self, first: Choice, second: Choice) -> None:
        """Put both answers below the warning, and the way out below them."""
        answers = QHBoxLayout()
        answers.setSpacing(16)
        answers.addWidget(first, 1)
        answers.addWidget(second, 1)
        self.body.addLayout(answers)
        cancel = Button(self.tr("Cancel"), ButtonKind.MUTED)
        cancel.clicked.connect(self.cancelled)
        self.add_left(cancel)
        self.add_right(
            Label(self.tr("Keyboard shortcuts are off here."), "caption", role="textSecondary", elide=True)
        )
