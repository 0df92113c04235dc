"""What fails most: a row for each way in which runs ended, with its days as bars."""

from __future__ import annotations

from PySide6.QtCore import (
    QItemSelectionModel,
    QModelIndex,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QHBoxLayout, QListView, QStyleOptionViewItem, QWidget

from ui.pages.activity.lists import Index, RowPainter
from ui.pages.activity.views import FailuresView, FailureView
from ui.shell import theme
from ui.widgets import Button, ButtonKind, Card, Label, paint, rows
from ui.widgets.menu import Menu
from ui.widgets.paged_model import VIEW
from ui.widgets.view_model import ViewModel

BARS = 15
"""Height of the bars."""
PERIODS = (7, 14, 90, None)


class _FailurePainter(RowPainter):
    left = 16
    right = 16

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        lines = paint.text_height("strong") + max(paint.text_height("mono"), BARS)
        return QSize(120, max(50, round(lines) + 18))

    def content(self, painter: QPainter, rect: QRect, view: object) -> None:
        assert isinstance(view, FailureView)
        lead = paint.leading(self.view)
        count = str(view.count)
        wide = paint.text_width(count, "heading") + 2
        middle, top = rect.height() / 2, paint.text_height("strong")
        box = self.place(rect, QRectF(rect.width() - self.right - wide, 0, wide, rect.height()))
        paint.text(painter, box, count, "heading", theme.colour("text"), paint.trailing(self.view))
        room = rect.width() - self.left - self.right - wide - 10
        low = max(paint.text_height("mono"), float(BARS))
        y = middle - (top + low) / 2
        box = self.place(rect, QRectF(self.left, y, room, top))
        paint.text(painter, box, view.title, "strong", theme.colour("text"), lead)
        under = room - min(7.0 * len(view.spans), room * 0.55)
        box = self.place(rect, QRectF(self.left, y + top, under, low))
        paint.text(
            painter, box.adjusted(0, 0, -6, 0), view.under, "caption", theme.colour("textSecondary"), lead
        )
        chosen = self.view.currentIndex().row() >= 0 and self.view.currentIndex().data(VIEW) == view
        self._bars(
            painter, self.place(rect, QRectF(self.left + under, y + top, room - under, low)), view, chosen
        )

    def _bars(self, painter: QPainter, box: QRectF, view: FailureView, chosen: bool) -> None:
        """From the left in every language, as time runs in charts."""
        pitch = box.width() / max(1, len(view.spans))
        most, ground = max(view.spans, default=1), box.bottom() - 1
        painter.setPen(Qt.PenStyle.NoPen)
        for place, count in enumerate(view.spans):
            x, wide = box.left() + place * pitch, max(1.0, pitch * 0.65)
            if not count:
                painter.fillRect(QRectF(x, ground - 2, wide, 2), theme.colour("outline"))
                continue
            tall = max(3.0, BARS * count / most)
            ink = theme.colour("danger" if chosen else "outlineStrong")
            painter.fillRect(QRectF(x, ground - tall, wide, tall), ink)


class FailureList(Card):
    """`chosen` carries a FailureView; `period_wanted` days, None for all the time there is."""

    chosen = Signal(object)
    period_wanted = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(padding=0, parent=parent)
        self._model: ViewModel[FailureView] = ViewModel(lambda view: view.words, self)
        self.list = QListView()
        self.list.setAccessibleName(self.tr("What fails most"))
        self.list.setModel(self._model)
        rows.prepare_view(self.list)
        self.list.setUniformItemSizes(True)
        self.list.setItemDelegate(_FailurePainter(self.list))
        self.list.clicked.connect(self._on_row)
        self.list.activated.connect(self._on_row)
        self._period = Button("", ButtonKind.QUIET, trailing="chevron-down")
        self._period.clicked.connect(self._open_periods)
        self._menu = Menu(self)
        self._empty = Label("", "body", role="textSecondary", wrap=True, align=Qt.AlignmentFlag.AlignCenter)
        head = QHBoxLayout()
        head.setContentsMargins(16, 2, 4, 0)
        head.addWidget(Label(self.tr("What fails most"), "section", elide=True), 1)
        head.addWidget(self._period)
        self.body.setContentsMargins(1, 1, 1, 2)
        self.body.setSpacing(0)
        self.body.addLayout(head)
        self.body.addWidget(self.list, 1)
        self.body.addWidget(self._empty, 1)
        self._empty.hide()

    def show_failures(self, view: FailuresView, code: str, step: str) -> None:
        """Show them, the row of this code and step as the chosen one."""
        self._period.setText(view.time)
        self._empty.setText(view.empty)
        self._empty.setVisible(not view.rows)
        self.list.setVisible(bool(view.rows))
        if view.rows != self._model.views:
            self._model.show_views(view.rows)
        at = [place for place, row in enumerate(view.rows) if code and (row.code, row.step) == (code, step)]
        flags = QItemSelectionModel.SelectionFlag
        place = self._model.index(at[0]) if at else QModelIndex()
        self.list.selectionModel().setCurrentIndex(place, flags.ClearAndSelect)

    def _on_row(self, index: QModelIndex) -> None:
        view = index.data(VIEW)
        assert isinstance(view, FailureView)
        self.chosen.emit(view)

    def _open_periods(self) -> None:
        self._menu.clear()
        for days in PERIODS:
            words = self.tr("All") if days is None else self.tr("{count} days").format(count=days)
            self._menu.offer(words, lambda days=days: self.period_wanted.emit(days))  # type: ignore[misc]
        self._menu.open_below(self._period)
