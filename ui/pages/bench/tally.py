"""How the bench goes: figures, the strip, and what was put aside last."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from ui.pages.bench.views import TallyView
from ui.widgets import Button, Card, Label, Line, accessibility
from ui.widgets.outcome_strip import OutcomeStrip

FIGURES = 3


class TallyCard(Card):
    """Passive: shows a TallyView; `retry_wanted` carries the key of what was put aside last, `change_wanted`
    the same if its device is the user's own."""

    retry_wanted = Signal(str)
    change_wanted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._key = ""
        self._numbers = [Label("", "display") for _ in range(FIGURES)]
        self._what = [Label("", "caption", role="textSecondary", elide=True) for _ in range(FIGURES)]
        self.strip = OutcomeStrip()
        self._note = Label("", "caption", role="textSecondary", wrap=True, letters=24)
        self._line = Line()
        self._aside = Label("", "body", wrap=True, letters=24)
        self.retry = Button("", icon="refresh")
        self.retry.clicked.connect(lambda: self.retry_wanted.emit(self._key))
        self.change = Button("", icon="wifi")
        self.change.clicked.connect(lambda: self.change_wanted.emit(self._key))
        figures = QGridLayout()
        figures.setHorizontalSpacing(12)
        figures.setVerticalSpacing(0)
        for column, (number, what) in enumerate(zip(self._numbers, self._what, strict=True)):
            figures.addWidget(number, 0, column)
            figures.addWidget(what, 1, column)
        figures.setColumnStretch(FIGURES, 1)
        self.body.addWidget(Label(self.tr("This batch"), "section"))
        self.body.addLayout(figures)
        self.body.addWidget(self.strip)
        for widget in (self._note, self._line, self._aside):
            self.body.addWidget(widget)
        for button in (self.change, self.retry):
            self.body.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
        self.body.addStretch(1)

    def show_tally(self, view: TallyView) -> None:
        """The figures of now."""
        for column, (number, what) in enumerate(zip(self._numbers, self._what, strict=True)):
            shown = column < len(view.figures)
            number.setVisible(shown)
            what.setVisible(shown)
            if shown:
                figure, words, role = view.figures[column]
                number.setText(figure)
                number.set_role(role)
                what.setText(words)
        self.strip.show_marks(view.strip, view.spoken)
        self._note.setText(view.note)
        self._note.setVisible(bool(view.note))
        self._key = view.aside_key
        self._aside.setText(view.aside)
        for widget in (self._line, self._aside):
            widget.setVisible(bool(view.aside))
        for button, words in ((self.retry, view.try_again), (self.change, view.change)):
            button.setText(words)
            accessibility.name(button, words)
            accessibility.describe(button, view.aside)
            button.setVisible(bool(words))
