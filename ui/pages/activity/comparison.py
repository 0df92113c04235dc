"""Two runs beside each other: their events in two columns, the first difference marked, their step times."""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QGridLayout,
    QHBoxLayout,
    QListView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from ui import icons
from ui.pages.activity.lists import Index
from ui.pages.activity.views import ComparedView, PairView, SideView
from ui.shell import theme
from ui.widgets import Button, ButtonKind, Card, Chip, FlowLayout, Label, accessibility, paint, rows
from ui.widgets.paged_model import VIEW
from ui.widgets.view_model import ViewModel

ROW, BAND = 27, 32


class _PairPainter(QStyledItemDelegate):
    """Draws both sides of a pair, and the band above it where runs begin to differ."""

    def __init__(self, view: QListView) -> None:
        super().__init__(view)
        self._view = view

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        view = index.data(VIEW)
        assert isinstance(view, PairView)
        return QSize(120, self._row() + (self._band() if view.difference else 0))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        view = index.data(VIEW)
        assert isinstance(view, PairView)
        painter.save()
        painter.setRenderHint(painter.RenderHint.Antialiasing)
        rows.clip(painter, self._view, top=False)
        rect: QRect = option.rect
        selected = index.row() == self._view.currentIndex().row() and self._view.hasFocus()
        if view.difference:
            self._paint_band(painter, QRectF(rect.left(), rect.top(), rect.width(), self._band()), view)
        body = QRectF(rect).adjusted(0, rect.height() - self._row(), 0, 0)
        if selected:
            painter.fillRect(body, theme.colour("hover"))
        half = body.width() / 2
        middle = QRectF(body.left() + half, body.top(), 1, body.height())
        painter.fillRect(middle, theme.colour("outline"))
        self._paint_side(painter, QRectF(body.left(), body.top(), half, body.height()), view, right=False)
        self._paint_side(
            painter, QRectF(body.left() + half, body.top(), half, body.height()), view, right=True
        )
        painter.restore()

    def _paint_band(self, painter: QPainter, band: QRectF, view: PairView) -> None:
        box = band.adjusted(16, 3, -16, -3)
        paint.panel(painter, box, box.height() / 2, theme.colour("accentSoft"))
        ink = theme.colour("onAccentSoft")
        icon = QRectF(box.left() + 10, box.center().y() - 7, 14, 14)
        text = box.adjusted(30, 0, -12, 0)
        if self._view.isRightToLeft():
            icon.moveRight(box.right() - 10)
            text = box.adjusted(12, 0, -30, 0)
        icons.paint(painter, icon, "differ", ink)
        paint.text(painter, text, view.difference, "captionStrong", ink, paint.leading(self._view))

    def _paint_side(self, painter: QPainter, box: QRectF, view: PairView, *, right: bool) -> None:
        """right: the run that stands at the end; in a window from right to left that is the left half."""
        if self._view.isRightToLeft():
            right = not right
        at, words = (view.right_at, view.right) if right else (view.left_at, view.left)
        if not words:
            return
        lead = paint.leading(self._view)
        if not view.is_equal:
            painter.fillRect(box.adjusted(1, 0, -1, 0), theme.colour("accentSoft", 0.5))
        when = paint.text_width("00.00", "mono")
        first = QRectF(box.left() + 16, box.top(), when, box.height())
        rest = QRectF(box.left() + 30 + when, box.top(), box.width() - when - 40, box.height())
        if self._view.isRightToLeft():
            first.moveRight(box.right() - 16)
            rest.moveRight(box.right() - 30 - when)
        soft = theme.colour("textSecondary")
        paint.text(painter, first, at, "mono", soft, lead)
        ink = soft if view.is_equal and not view.is_step else theme.colour("text")
        paint.text(painter, rest, words, "strong" if view.is_step else "body", ink, lead)

    def _row(self) -> int:
        return max(ROW, round(paint.text_height("body")) + 9)

    def _band(self) -> int:
        return max(BAND, round(paint.text_height("caption")) + 16)


class RunComparison(QWidget):
    """Shows a ComparedView. `timeline_wanted`: back to one run; `swap_wanted`; `other_wanted`: the right run
    is to be chosen in the list."""

    timeline_wanted = Signal()
    swap_wanted = Signal()
    other_wanted = Signal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._view: ComparedView | None = None
        self._title = Label("", "heading", elide=True)
        self._summary = Label("", "body", role="textSecondary", elide=True)
        self._said = Label("", "caption", role="textSecondary", wrap=True)
        self.other = Button(self.tr("Another run"), icon="pointer")
        self.other.setCheckable(True)
        self.swap = Button(self.tr("Swap"), icon="transfer")
        self.following = Button(self.tr("Next difference"), ButtonKind.PRIMARY, trailing="chevron-down")
        self.timeline = Button(self.tr("Timeline"), icon="activity")
        self._sides = (Chip(""), Chip(""))
        self._endings = (Label("", "body", elide=True), Label("", "body", elide=True))
        self._model: ViewModel[PairView] = ViewModel(lambda view: view.words, self)
        self.pairs = QListView()
        self.pairs.setAccessibleName(self.tr("Both runs, event by event"))
        self.pairs.setModel(self._model)
        rows.prepare_view(self.pairs)
        self.pairs.setItemDelegate(_PairPainter(self.pairs))
        self._times = QGridLayout()
        self._times.setHorizontalSpacing(16)
        self._times.setVerticalSpacing(4)
        self._times_card = Card(padding=12)
        self._lay_out()
        self.other.toggled.connect(self.other_wanted)
        self.swap.clicked.connect(self.swap_wanted)
        self.following.clicked.connect(self.show_next_difference)
        self.timeline.clicked.connect(self.timeline_wanted)

    def show_view(self, view: ComparedView) -> None:
        """Show both runs, or the left one alone where there is none beside it."""
        self._view = view
        self._title.setText(view.title)
        self._summary.setText(view.summary)
        self._said.setText(view.said)
        self._said.setVisible(bool(view.said))
        for place, side in enumerate((view.left, view.right)):
            self._show_side(place, side)
        self._model.show_views(view.pairs)
        for button in (self.swap, self.following):
            button.setEnabled(view.right is not None)
        self.following.setEnabled(bool(view.differences))
        self.other.setChecked(False)
        self._show_times(view.steps)
        if view.differences:
            self._show_pair(view.differences[0])

    def show_next_difference(self) -> None:
        """Go on to where the runs differ next, and after the last one to the first."""
        if self._view is None or not self._view.differences:
            return
        at = self.pairs.currentIndex().row()
        places = self._view.differences
        self._show_pair(next((place for place in places if place > at), places[0]))
        self.pairs.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_F3:
            self.show_next_difference()
        else:
            super().keyPressEvent(event)

    def _show_pair(self, place: int) -> None:
        index = self._model.index(place)
        self.pairs.setCurrentIndex(index)
        self.pairs.scrollTo(index, QListView.ScrollHint.PositionAtCenter)

    def _show_side(self, place: int, side: SideView | None) -> None:
        chip, ending = self._sides[place], self._endings[place]
        for widget in (chip, ending):
            widget.setVisible(side is not None)
        if side is not None:
            chip.show_state(side.title, side.tone, icon=side.icon)
            ending.setText(side.ending)

    def _show_times(self, steps: tuple[tuple[str, str, str], ...]) -> None:
        while (item := self._times.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        for column, (name, left, right) in enumerate(steps, 1):
            self._times.addWidget(Label(name, "caption", role="textSecondary"), 0, column)
            for row, taken in enumerate((left, right), 1):
                label = Label(taken or "–", "tabular")
                accessibility.name(label, taken or self.tr("not finished"))
                self._times.addWidget(label, row, column)
        if steps and self._view is not None:
            sides = (self._view.left, self._view.right)
            for row, side in enumerate(sides, 1):
                words = side.title if side is not None else ""
                self._times.addWidget(Label(words, "caption", role="textSecondary"), row, 0)
        self._times.setColumnStretch(len(steps) + 1, 1)
        self._times_card.setVisible(bool(steps))

    def _lay_out(self) -> None:
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(self._title)
        words.addWidget(self._summary)
        buttons = FlowLayout(spacing=8)
        for button in (self.timeline, self.other, self.swap, self.following):
            buttons.addWidget(button)
        sides = QHBoxLayout()
        sides.setContentsMargins(16, 10, 16, 8)
        sides.setSpacing(10)
        for chip, ending in zip(self._sides, self._endings, strict=True):
            half = QHBoxLayout()
            half.setSpacing(10)
            half.addWidget(chip)
            half.addWidget(ending, 1)
            sides.addLayout(half, 1)
        card = Card(padding=0)
        card.body.setContentsMargins(1, 1, 1, 2)
        card.body.setSpacing(0)
        card.body.addLayout(sides)
        card.body.addWidget(self.pairs, 1)
        card.setMinimumHeight(140)
        self._times_card.body.addLayout(self._times)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        column.addLayout(words)
        column.addLayout(buttons)
        column.addWidget(self._said)
        column.addWidget(card, 1)
        column.addWidget(self._times_card)
