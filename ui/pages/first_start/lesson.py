"""After a wrong number: what the answer would have meant, had there been an attacker."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from ui import art
from ui.pages.first_start.views import LessonView
from ui.widgets import ArtView, Button, ButtonKind, Card, FindingRow, Label, Level, Line, PageFrame, Stage
from ui.widgets.layouts import refill


class LessonPage(PageFrame):
    """Passive: shows a LessonView; its signals say how the user goes on."""

    tried_again = Signal()
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._here = ArtView("laptop", minimum=100, maximum=190)
        self._there = ArtView("sensor", minimum=100, maximum=170)
        self._card = Card(padding=20)
        stage = Stage(minimum=150)
        sides = QHBoxLayout()
        sides.setSpacing(16)
        sides.addWidget(self._here, 1)
        sides.addWidget(Label("≠", "display", role="danger"))
        sides.addWidget(self._there, 1)
        stage.body.setContentsMargins(24, 14, 24, 14)
        stage.body.addLayout(sides, 1)
        self.body.addWidget(stage, 1)
        self.body.addWidget(self._card)
        back = Button(self.tr("Back"), ButtonKind.MUTED, icon="arrow-left")
        again = Button(self.tr("Compare again"), ButtonKind.PRIMARY, icon="refresh")
        back.clicked.connect(self.left)
        again.clicked.connect(self.tried_again)
        self.add_left(back)
        self.add_right(again)

    def show_view(self, view: LessonView) -> None:
        """Show what would have happened, with both numbers."""
        self.set_title(view.title)
        self.set_lead(view.lead)
        self._here.show_art("laptop", art.Scene(view.here))
        self._there.show_art("sensor", art.Scene(view.there, self.tr("Wrong number"), led=art.Led.BAD))
        level = Level.WEAK if view.fooled else Level.GOOD
        rows: list[QWidget | None] = []
        for index, (icon, claim, sentence) in enumerate(view.rows):
            rows += [Line()] if index else []
            rows.append(FindingRow(level, claim, sentence, icon=icon))
        refill(self._card.body, rows)
