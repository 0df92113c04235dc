"""The list of runs, read a page at a time, and the list of one run's events."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Generic, TypeVar

from PySide6.QtCore import (
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QMouseEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QListView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from companion.plain_text import plain
from ui import icons
from ui.pages.activity.views import EventView, RunView, Who
from ui.shell import theme
from ui.widgets import paint, rows
from ui.widgets.paged_model import VIEW, PagedModel
from ui.widgets.view_model import ViewModel

Item = TypeVar("Item")

Index = QModelIndex | QPersistentModelIndex


class RunModel(PagedModel[Item, RunView]):
    """Runs as rows, with a sentence each for screen readers."""

    def text(self, view: RunView, column: int) -> str:
        parts = (view.name, view.outcome, view.when, view.duration)
        return plain(", ".join(part for part in parts if part))


def _said(view: EventView) -> str:
    """An event as a screen reader says it."""
    return f"{paint.figure(view.at)}: {view.words}"


class RowPainter(QStyledItemDelegate):
    """Ground, divider and focus of a row; the contents are a subclass's."""

    tall = 68
    left = rows.INSET
    right = rows.INSET

    def __init__(self, view: QAbstractItemView) -> None:
        super().__init__(view)
        self.view = view

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(120, self.tall)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        rows.clip(painter, self.view, top=True)
        hovered = bool(option.state & option.state.State_MouseOver)
        selected = rows.ground(painter, self.view, option, option.rect, hovered=hovered)
        current = self.view.currentIndex().row()
        last = index.row() == index.model().rowCount() - 1
        if not selected and not last and index.row() + 1 != current:
            left, right = (self.right, self.left) if self.view.isRightToLeft() else (self.left, self.right)
            rows.divider(painter, option.rect, left, right)
        if (content := index.data(VIEW)) is not None:
            self.content(painter, option.rect, content)
        if index.row() == current:
            rows.focus(painter, self.view, option.rect)
        painter.restore()

    def content(self, painter: QPainter, rect: QRect, view: object) -> None:
        raise NotImplementedError

    def place(self, rect: QRect, box: QRectF) -> QRectF:
        """`box`, with x counted from where the row starts for the reader, y from its top."""
        x = rect.right() + 1 - box.right() if self.view.isRightToLeft() else rect.left() + box.left()
        return QRectF(x, rect.top() + box.y(), box.width(), box.height())


class _RunPainter(RowPainter):
    left = 58
    right = 16

    @classmethod
    def height(cls) -> int:
        """Of a row."""
        return max(cls.tall, round(paint.text_height("strong") + paint.text_height("caption")) + 30)

    def content(self, painter: QPainter, rect: QRect, view: object) -> None:
        assert isinstance(view, RunView)
        middle = rect.height() / 2
        disc = self.place(rect, QRectF(17, middle - 14, 28, 28))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour(view.tone.ground))
        painter.drawEllipse(disc)
        icons.paint(painter, disc.adjusted(6, 6, -6, -6), view.icon, theme.colour(view.tone.ink))
        note = paint.text_width(view.duration, "tabular") + 1
        soft = theme.colour("textSecondary")
        box = QRectF(rect.width() - self.right - note, 0, note, rect.height())
        paint.text(painter, self.place(rect, box), view.duration, "tabular", soft, paint.trailing(self.view))
        top, low = paint.text_height("strong"), paint.text_height("caption")
        room = rect.width() - self.left - self.right - note - 10
        lead = paint.leading(self.view)
        box = QRectF(self.left, middle - (top + low + 2) / 2, room, top)
        paint.text(painter, self.place(rect, box), view.name, "strong", theme.colour("text"), lead)
        box = QRectF(self.left, box.bottom() + 2, room, low)
        paint.text(painter, self.place(rect, box), view.when, "caption", soft, lead)


class _EventPainter(RowPainter):
    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(120, max(43, round(paint.text_height("body")) + 24))

    def content(self, painter: QPainter, rect: QRect, view: object) -> None:
        assert isinstance(view, EventView)
        lead, tall = paint.leading(self.view), float(rect.height() - 1)
        soft = theme.colour("textSecondary")
        when, who = paint.text_width("000.00", "mono"), self.who_width()
        x = float(rows.INSET)
        box = self.place(rect, QRectF(x, 0, when, tall))
        paint.text(painter, box, paint.figure(view.at), "mono", soft, lead)
        x += when + 20
        box = self.place(rect, QRectF(x, 0, who, tall))
        ink = theme.colour(view.who.value)
        paint.text(painter, box, self.who_name(view.who), "captionStrong", ink, lead)
        x += who + 20
        size = paint.text_width(view.size, "mono") + 1 if view.size else 0.0
        room = rect.width() - x - size - rows.INSET - (12 if size else 0)
        style = "strong" if view.who is Who.STEP else "body"
        box = self.place(rect, QRectF(x, 0, room, tall))
        paint.text(painter, box, view.words, style, theme.colour("text"), lead)
        if size:
            box = self.place(rect, QRectF(rect.width() - rows.INSET - size, 0, size, tall))
            paint.text(painter, box, view.size, "mono", soft, paint.trailing(self.view))

    def who_name(self, who: Who) -> str:
        return {
            Who.STEP: self.tr("Step"),
            Who.COMPUTER: self.tr("Computer"),
            Who.DEVICE: self.tr("Device"),
        }[who]

    def who_width(self) -> float:
        return max(paint.text_width(self.who_name(who), "captionStrong") for who in Who) + 1


class RunList(QTableView, Generic[Item]):
    """Every run, newest first; `run_selected` carries the RunView, or None where there is no row;
    `other_chosen` one that was clicked with Ctrl held: it stands beside the selected one.

    A table of one column, because a QListView looks at each row of its model before it shows the first.
    make: an item's view. While a page is on its way, a selected row of it is told when it is here.
    """

    run_selected = Signal(object)
    other_chosen = Signal(object)

    def __init__(self, make: Callable[[Item], RunView], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rows_model: RunModel[Item] = RunModel(make, self)
        self.setModel(self.rows_model)
        self.setAccessibleName(self.tr("Runs"))
        rows.prepare_view(self)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.verticalHeader().hide()
        self.horizontalHeader().hide()
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self.setItemDelegate(_RunPainter(self))
        self._is_filling = False
        self.selectionModel().currentRowChanged.connect(lambda *_: self._tell())
        self.rows_model.dataChanged.connect(self._on_data)

    def current(self) -> RunView | None:
        """The selected run; None if there is none, or if it is still being read."""
        index = self.currentIndex()
        return self.rows_model.view(index.row()) if index.isValid() else None

    def show_list(self, total: int, number: int, items: Sequence[Item], row: int, *, keep: bool) -> None:
        """Show a list of which a page is here, with a row selected. keep: as `PagedModel.begin`."""
        self.verticalHeader().setDefaultSectionSize(_RunPainter.height())
        self._is_filling = True  # rows that come and go move the selection, which nobody has chosen
        self.rows_model.begin(total, number, items, keep=keep)
        if row != self.currentIndex().row():
            self.select_row(row, scroll=not keep)
        elif not keep:
            self.scrollTo(self.currentIndex())
        self._is_filling = False
        self._tell()

    def select_row(self, row: int, *, scroll: bool = True) -> None:
        """Select a row by its place in the list; out of range does nothing."""
        index = self.rows_model.index(row, 0)
        if index.isValid():
            flags = QItemSelectionModel.SelectionFlag
            self.selectionModel().setCurrentIndex(index, flags.ClearAndSelect | flags.Rows)
            if scroll:
                self.scrollTo(index)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        index = self.indexAt(event.position().toPoint())
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier and index.isValid():
            if (view := self.rows_model.view(index.row())) is not None:
                self.other_chosen.emit(view)
            return
        super().mousePressEvent(event)

    def initViewItemOption(self, option: QStyleOptionViewItem) -> None:
        super().initViewItemOption(option)
        rows.without_highlight(option)

    def _on_data(self, first: QModelIndex, last: QModelIndex) -> None:
        if first.row() <= self.currentIndex().row() <= last.row():
            self._tell()

    def _tell(self) -> None:
        if self._is_filling:
            return
        self.rows_model.pinned = self.currentIndex().row()
        view = self.current()
        if view is not None or not self.rows_model.rowCount():
            self.run_selected.emit(view)


class EventList(QListView):
    """The events of a run in their order; `current_changed` carries the row's number."""

    current_changed = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("Events"))
        self.rows_model: ViewModel[EventView] = ViewModel(_said, self)
        self.setModel(self.rows_model)
        rows.prepare_view(self)
        self.setUniformItemSizes(True)
        self.setItemDelegate(_EventPainter(self))
        self.selectionModel().currentChanged.connect(lambda now, _: self.current_changed.emit(now.row()))

    def select_row(self, row: int) -> None:
        """Select and show a row; out of range does nothing."""
        index = self.rows_model.index(row)
        if index.isValid():
            self.setCurrentIndex(index)
            self.scrollTo(index)
