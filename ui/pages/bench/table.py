"""The codes of a bench, the latest first: model, view and a delegate that draws a row."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPersistentModelIndex, QRectF, QSize
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QListView, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from ui import icons
from ui.pages.bench.views import BenchRowView
from ui.shell import theme
from ui.widgets import Card, Line, Tone, accessibility, paint, rows
from ui.widgets.paged_model import VIEW
from ui.widgets.view_model import ViewModel

LEAST_ROWS = 3
# Number, name, serial number, state and time: parts of the width.
PARTS = (0.09, 0.25, 0.23, 0.29, 0.14)
NARROW_PARTS = (0.12, 0.36, 0.0, 0.36, 0.16)
NARROW = 520
INKS = {Tone.INFO: "accent"}
"""What is under way is no notice: its colour is that of the steps."""

Index = QModelIndex | QPersistentModelIndex


class BenchModel(ViewModel[BenchRowView]):
    """What did not change is not painted again."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(lambda view: view.spoken, parent)

    def show_rows(self, views: Sequence[BenchRowView]) -> None:
        """The rows, the latest first."""
        new, old = tuple(views), self.views
        if new == old:
            return
        grown = len(new) - len(old)
        if grown > 0 and [row.key for row in new[grown:]] == [row.key for row in old]:
            self.beginInsertRows(QModelIndex(), 0, grown - 1)
            self.views = (*new[:grown], *old)
            self.endInsertRows()
        if [row.key for row in new] != [row.key for row in self.views]:
            self.beginResetModel()
            self.views = new
            self.endResetModel()
            return
        before, self.views = self.views, new
        for place, (one, other) in enumerate(zip(before, new, strict=True)):
            if one != other:
                self.dataChanged.emit(self.index(place), self.index(place))


class BenchTable(Card):
    """The table with its heads."""

    def __init__(self, heads: Sequence[str], name: str, parent: QWidget | None = None) -> None:
        super().__init__(padding=1, parent=parent)
        self.view = QListView()
        rows.prepare_view(self.view)
        self.view.setUniformItemSizes(True)
        accessibility.name(self.view, name)
        self.rows_model = BenchModel(self)
        self.view.setModel(self.rows_model)
        self.view.setItemDelegate(_Delegate(self))
        self._heads = _Heads(heads, self.view.viewport())
        self.body.setSpacing(0)
        self.body.addWidget(self._heads)
        self.body.addWidget(Line())
        self.body.addWidget(self.view, 1)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._fit()

    def _fit(self) -> None:
        """Three rows are always seen."""
        self.view.setMinimumHeight(LEAST_ROWS * row_height())


def row_height() -> int:
    """Of a row, with the line below it."""
    return max(45, round(paint.text_height("strong")) + 24)


def cells(width: float) -> list[tuple[float, float]]:
    """Left edge and width of each column; the serial number goes where there is no room."""
    parts = NARROW_PARTS if width < theme.scaled(NARROW) else PARTS
    room = width - 2 * rows.INSET
    found, left = [], float(rows.INSET)
    for part in parts:
        found.append((left, part * room - 10 if part else 0.0))
        left += part * room
    return found


class _Heads(QWidget):
    """rows: beside the scroll bar; the heads stand over them."""

    def __init__(self, heads: Sequence[str], rows: QWidget) -> None:
        super().__init__()
        self._heads, self._rows = tuple(heads), rows
        self.setMinimumHeight(36)
        rows.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """A scroll bar came or went."""
        if event.type() == QEvent.Type.Resize:
            self.update()
        return super().eventFilter(watched, event)

    def paintEvent(self, event: object) -> None:
        with paint.painting(self) as painter:
            for place, ((left, wide), words) in enumerate(
                zip(cells(self._rows.width()), self._heads, strict=True)
            ):
                side = paint.trailing(self) if place == len(self._heads) - 1 else paint.leading(self)
                box = paint.mirrored(self, QRectF(left, 0, wide, self.height()))
                if wide:
                    paint.text(painter, box, words, "caption", theme.colour("textSecondary"), side)


class _Delegate(QStyledItemDelegate):
    def __init__(self, table: BenchTable) -> None:
        super().__init__(table)
        self._table = table

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(200, row_height())

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row: BenchRowView = index.data(VIEW)
        view = self._table.view
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        rows.clip(painter, view, top=False)
        rows.ground(painter, view, option, option.rect, hovered=False)
        if index.row() < self._table.rows_model.rowCount() - 1:
            rows.divider(painter, option.rect, rows.INSET, rows.INSET)
        places = cells(option.rect.width())
        soft, ink = theme.colour("textSecondary"), theme.colour(INKS.get(row.tone, row.tone.ink))
        texts = (
            (row.number, "tabular", theme.colour("text")),
            (row.name, "strong", theme.colour("text")),
            (row.serial, "mono", soft),
            (row.state, "body", ink),
            (row.time, "captionTabular", soft),
        )
        for place, ((left, wide), (words, style, colour)) in enumerate(zip(places, texts, strict=True)):
            inset = 24 if place == 3 else 0
            side = paint.trailing(view) if place == len(texts) - 1 else paint.leading(view)
            box = self._place(option, QRectF(left + inset, 0, wide - inset, option.rect.height() - 1))
            if wide:
                paint.text(painter, box, words, style, colour, side)
        sign = QRectF(places[3][0], option.rect.height() / 2 - 8, 16, 16)
        icons.paint(painter, self._place(option, sign), row.icon, ink)
        if index == view.currentIndex():
            rows.focus(painter, view, option.rect)
        painter.restore()

    def _place(self, option: QStyleOptionViewItem, box: QRectF) -> QRectF:
        """`box`, with x counted from where the row starts for the reader."""
        row = QRectF(option.rect)
        x = row.right() - box.right() if self._table.isRightToLeft() else row.left() + box.left()
        return QRectF(x, row.top() + box.top(), box.width(), box.height())
