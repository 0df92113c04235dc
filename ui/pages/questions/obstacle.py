"""The page for what stands between this computer and a device: said, put right by its user, tried again."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from ui import art
from ui.widgets import ArtView, Banner, Button, ButtonKind, Label, PageFrame, Stage, StepMark, Tone


@dataclass(frozen=True)
class ObstacleView:
    """All that the page shows: what failed, what puts it right, and the device that waits for it."""

    title: str
    lead: str
    claim: str
    advice: str
    art: str = "box"
    marks: tuple[StepMark, ...] = ()
    spoken: str = ""


class ObstaclePage(PageFrame):
    """Passive: again, or an end. answered: True for once more."""

    answered = Signal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._art = ArtView(maximum=220, minimum=80)
        self._banner = Banner(Tone.WARNING, icon="network")
        stage = Stage(minimum=140)
        stage.body.addWidget(self._art, 1)
        self.body.addWidget(stage, 1)
        self.body.addWidget(self._banner)
        stop = Button(self.tr("Stop"), ButtonKind.MUTED)
        again = Button(self.tr("Try again"), ButtonKind.PRIMARY, icon="refresh")
        stop.clicked.connect(lambda: self.answered.emit(False))
        again.clicked.connect(lambda: self.answered.emit(True))
        self.add_left(stop)
        self.add_right(
            Label(self.tr("Stopping undoes the setup."), "caption", role="textSecondary", elide=True)
        )
        self.add_right(again)

    def show_view(self, view: ObstacleView) -> None:
        """Say what is in the way."""
        self.set_title(view.title)
        self.set_lead(view.lead)
        self.set_steps(view.marks, view.spoken)
        self._art.show_art(view.art, art.Scene(led=art.Led.JOINING))
        self._banner.show_notice(Tone.WARNING, view.claim, view.advice, icon="network")
