"""The card of a check from this computer: its phases, what failed with one act for it, or why it can't be."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from ui.widgets import Banner, Button, Card, Label, Tick, Tone
from ui.widgets.step_list import StepList, StepRow


class CheckStage(Enum):
    """How far a check is."""

    WAITING = auto()
    RUNNING = auto()
    PASSED = auto()
    FAILED = auto()
    UNAVAILABLE = auto()
    """Not from this computer: handing over needs a tick."""


@dataclass(frozen=True)
class CheckView:
    """rows: its phases; problem, advice: what failed, "" for nothing; can_save: our CA may lack there"""

    stage: CheckStage
    rows: tuple[StepRow, ...]
    problem: str = ""
    advice: str = ""
    can_save: bool = False


class CheckCard(Card):
    """Passive: shows a view. `save_wanted`: a folder for the administrator; `changed`: the tick was set."""

    save_wanted = Signal()
    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(padding=16, parent=parent)
        self.stage = CheckStage.WAITING
        self.body.setSpacing(10)
        self._rows = StepList(compact=True)
        self._problem = Banner(Tone.DANGER, stacked=True, wide=True)
        self._saved = Label("", "caption", role="textSecondary", wrap=True)
        self._save = Button(self.tr("Save folder for administrator"), icon="file")
        self._skip = Tick(self.tr("Hand over without a check"))
        self.body.addWidget(Label(self.tr("Check from this computer"), "section"))
        self._how = Label(
            self.tr("With a certificate made for this check alone"),
            "caption",
            role="textSecondary",
            wrap=True,
        )
        self.body.addWidget(self._how)
        for widget in (self._rows, self._problem, self._save, self._saved, self._skip):
            self.body.addWidget(widget)
        self._save.clicked.connect(self.save_wanted)
        self._skip.toggled.connect(lambda _: self.changed.emit())

    @property
    def allows(self) -> bool:
        """The device may get the network: it passed, or its user goes without a check."""
        return self.stage is CheckStage.PASSED or (
            self.stage is CheckStage.UNAVAILABLE and self._skip.isChecked()
        )

    def show_view(self, view: CheckView) -> None:
        if view.stage is not CheckStage.UNAVAILABLE:
            self._skip.setChecked(False)
        self.stage = view.stage
        self._how.setVisible(view.stage in (CheckStage.WAITING, CheckStage.RUNNING))
        self._rows.set_rows(view.rows)
        self._rows.setVisible(bool(view.rows))
        self._problem.setVisible(bool(view.problem))
        tone = Tone.WARNING if view.stage is CheckStage.UNAVAILABLE else Tone.DANGER
        self._problem.show_notice(tone, view.problem, view.advice, icon="warning")
        self._save.setVisible(view.can_save)
        self._saved.hide()
        self._skip.setVisible(view.stage is CheckStage.UNAVAILABLE)
        self.changed.emit()

    def say_saved(self, sentence: str) -> None:
        """Where the folder is, or why there is none."""
        self._saved.setText(sentence)
        self._saved.show()
