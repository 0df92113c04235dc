"""How a device was set up, judged by what its run measured, beside another way to do it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from ui.pages.views import NoticeView
from ui.widgets import Banner, Button, ButtonKind, Card, Chip, Label, Line, Tone, accessibility
from ui.widgets.layouts import clear_grid
from ui.widgets.menu import Menu
from ui.widgets.scroll import ColumnScroll

TITLES = 136
GAP = 20


@dataclass(frozen=True)
class JudgementView:
    """word: the rating; origin: "measured" or "by design", "" for a way that no run took"""

    tone: Tone
    icon: str
    word: str
    sentence: str
    origin: str = ""


@dataclass(frozen=True)
class WayView:
    """judgements: one for each criterion; None where nothing is known"""

    title: str
    judgements: tuple[JudgementView | None, ...]


@dataclass(frozen=True)
class EvaluationView:
    """criteria: a name and a question each; ways: the first is the device's own run where `is_measured`"""

    lead: str
    criteria: tuple[tuple[str, str], ...] = ()
    ways: tuple[WayView, ...] = ()
    notice: NoticeView | None = None


class WayChoice(QWidget):
    """Which way stands in a column: a button that opens the list of all."""

    def __init__(self, page: EvaluationPage, words: str) -> None:
        super().__init__()
        self.chosen = 0
        self._page, self._words = page, words
        self.title = Label("", "strong", wrap=True)
        self.button = Button(self.tr("Change"), ButtonKind.MUTED, trailing="chevron-down")
        self.button.clicked.connect(self._open)
        self.menu: Menu | None = None
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self.title, 1)
        row.addWidget(self.button, 0, Qt.AlignmentFlag.AlignVCenter)

    def choose(self, place: int, ways: Sequence[WayView]) -> None:
        """Show the name of this one."""
        self.chosen = place
        self.title.setText(ways[place].title)
        accessibility.name(self.button, self._words.format(way=ways[place].title))

    def _open(self) -> None:
        self.menu = menu = Menu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for place, way in enumerate(self._page.ways):
            menu.offer(way.title, partial(self._page.choose, self, place), chosen=place == self.chosen)
        menu.open_below(self.button)


class EvaluationPage(QWidget):
    """Passive: two ways side by side, each chosen from all of them."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.ways: tuple[WayView, ...] = ()
        self._criteria: tuple[tuple[str, str], ...] = ()
        self._lead = Label("", "lead", wrap=True)
        self._notice = Banner()
        self.left = WayChoice(self, self.tr("Left column: {way}"))
        self.right = WayChoice(self, self.tr("Compared with: {way}"))
        self._card = Card()
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(GAP)
        self._grid.setVerticalSpacing(10)
        self._grid.setColumnMinimumWidth(0, TITLES)
        self._grid.setColumnStretch(1, 1)
        self._grid.setColumnStretch(2, 1)
        self._card.body.addLayout(self._grid)
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(16)
        for widget in (self._lead, self._notice, self._card):
            column.addWidget(widget)
        column.addStretch(1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(ColumnScroll(inner), 1)

    def show_waiting(self) -> None:
        """What was shown of another device goes."""
        self.show_view(EvaluationView(self.tr("Reading its record …")))

    def show_view(self, view: EvaluationView) -> None:
        """Show these; the first way beside the second."""
        self._lead.setText(view.lead)
        self._lead.setVisible(bool(view.lead))
        if view.notice is not None:
            notice = view.notice
            self._notice.show_notice(notice.tone, notice.title, notice.sentence, icon=notice.icon)
        self._notice.setVisible(view.notice is not None)
        self.ways, self._criteria = view.ways, view.criteria
        self._card.setVisible(bool(view.ways))
        if view.ways:
            self.left.choose(0, self.ways)
            self.right.choose(min(1, len(self.ways) - 1), self.ways)
        self._fill()

    def choose(self, column: WayChoice, place: int) -> None:
        """Another way in one of the columns."""
        column.choose(place, self.ways)
        self._fill()
        column.button.setFocus()

    def _fill(self) -> None:
        clear_grid(self._grid, keep=(self.left, self.right))
        if not self.ways:
            return
        shown = (self.ways[self.left.chosen], self.ways[self.right.chosen])
        self._grid.addWidget(self.left, 0, 1)
        self._grid.addWidget(self.right, 0, 2)
        for number, (name, question) in enumerate(self._criteria):
            row = 2 * number + 1
            self._grid.addWidget(Line(), row, 0, 1, 3)
            self._grid.addWidget(_title(name, question), row + 1, 0, Qt.AlignmentFlag.AlignTop)
            for place, way in enumerate(shown, 1):
                judgement = way.judgements[number]
                if judgement is not None:
                    self._grid.addWidget(_cell(judgement), row + 1, place, Qt.AlignmentFlag.AlignTop)


def _title(name: str, question: str) -> QWidget:
    made = QWidget()
    column = QVBoxLayout(made)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(2)
    column.addWidget(Label(name, "strong", wrap=True))
    column.addWidget(Label(question, "caption", role="textSecondary", wrap=True))
    made.setFixedWidth(TITLES)
    return made


def _cell(judgement: JudgementView) -> QWidget:
    made = QWidget()
    column = QVBoxLayout(made)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(4)
    word = f"{judgement.word} · {judgement.origin}" if judgement.origin else judgement.word
    column.addWidget(Chip(word, judgement.tone, icon=judgement.icon), 0, Qt.AlignmentFlag.AlignLeading)
    column.addWidget(Label(judgement.sentence, "body", role="textSecondary", wrap=True))
    return made
