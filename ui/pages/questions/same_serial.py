"""The page for a device whose serial number another one has: a replacement, or another device?"""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from companion.questions import SameSerial
from ui import art
from ui.widgets import ArtView, Banner, Button, ButtonKind, Choice, Label, PageFrame, Stage, StepMark, Tone


@dataclass(frozen=True)
class SameSerialView:
    """All that the page shows: which number it is, and who has it."""

    title: str
    lead: str
    claim: str
    sentence: str
    art: str = "board"
    marks: tuple[StepMark, ...] = ()
    spoken: str = ""


class SameSerialPage(PageFrame):
    """Passive: two equal answers, none of them the default."""

    answered = Signal(SameSerial)
    cancelled = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._art = ArtView(maximum=200, minimum=80)
        self._banner = Banner(Tone.WARNING, icon="warning")
        stage = Stage(minimum=140)
        stage.body.addWidget(self._art, 1)
        self.replacement = Choice(
            "refresh", self.tr("A replacement"), self.tr("The other device's certificates are revoked")
        )
        self.other = Choice(
            "devices", self.tr("Another device"), self.tr("Keep both. This one gets its own number")
        )
        self.replacement.clicked.connect(lambda: self.answered.emit(SameSerial.REPLACEMENT))
        self.other.clicked.connect(lambda: self.answered.emit(SameSerial.OTHER))
        answers = QHBoxLayout()
        answers.setSpacing(16)
        answers.addWidget(self.replacement, 1)
        answers.addWidget(self.other, 1)
        self.body.addWidget(stage, 1)
        self.body.addWidget(self._banner)
        self.body.addLayout(answers)
        cancel = Button(self.tr("Cancel"), ButtonKind.MUTED)
        cancel.clicked.connect(self.cancelled)
        self.add_left(cancel)
        self.add_right(
            Label(self.tr("Keyboard shortcuts are off here."), "caption", role="textSecondary", elide=True)
        )

    def show_view(self, view: SameSerialView) -> None:
        """Ask about one device."""
        self.set_title(view.title)
        self.set_lead(view.lead)
        self.set_steps(view.marks, view.spoken)
        self._art.show_art(view.art, art.Scene(led=art.Led.JOINING))
        self._banner.show_notice(Tone.WARNING, view.claim, view.sentence, icon="warning")
