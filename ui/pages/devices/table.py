"""The table of devices: model, and a delegate that draws whole rows."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from enum import IntEnum
from typing import Any, Generic, TypeVar

from PySide6.QtCore import (
    QDate,
    QEvent,
    QItemSelectionModel,
    QLocale,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QKeyEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from companion.plain_text import plain
from companion.registry.lists import DeviceOrder
from ui import art, icons
from ui.pages.devices.selection import Selection
from ui.pages.devices.views import DeviceView
from ui.shell import theme
from ui.widgets import Tone, paint, rows
from ui.widgets.paged_model import VIEW, PagedModel
from ui.widgets.validity_bar import paint_validity

# What a device's picture and name get before there is a column for protocol or certificate.
ROOM_FOR_NAME = 184
STATE_INK = {Tone.WARNING: "warning", Tone.DANGER: "danger"}
STATE_ICON_INK = {**STATE_INK, Tone.GOOD: "success"}

Index = QModelIndex | QPersistentModelIndex
Item = TypeVar("Item")


class Column(IntEnum):
    DEVICE = 0
    PROTOCOL = 1
    STATE = 2
    CERTIFICATE = 3


ORDERS = {
    Column.DEVICE: DeviceOrder.NAME,
    Column.PROTOCOL: DeviceOrder.PROTOCOL,
    Column.STATE: DeviceOrder.STATE,
    Column.CERTIFICATE: DeviceOrder.EXPIRY,
}


class DeviceModel(PagedModel[Item, DeviceView]):
    """Devices as rows; display texts are whole, for screen readers and the clipboard.

    order_chosen: a DeviceOrder, and whether it is descending.
    """

    order_chosen = Signal(object, bool)

    def __init__(self, make: Callable[[Item], DeviceView], parent: QWidget | None = None) -> None:
        super().__init__(make, parent)
        self._heads = (self.tr("Device"), self.tr("Protocol"), self.tr("State"), self.tr("Certificate"))

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # Qt's own signature
        return 0 if parent.isValid() else len(Column)

    def text(self, view: DeviceView, column: int) -> str:
        texts = {
            Column.DEVICE: f"{view.name}, {view.room}",
            Column.PROTOCOL: view.protocol,
            Column.STATE: view.state,
            Column.CERTIFICATE: view.until,
        }
        return plain(texts[Column(column)])

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        self.order_chosen.emit(ORDERS[Column(column)], order == Qt.SortOrder.DescendingOrder)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = int(Qt.ItemDataRole.DisplayRole)
    ) -> object:
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return self._heads[section]
        return None


class DeviceTable(QTableView, Generic[Item]):
    """The table; `current_changed` carries the DeviceView of the current row, or None where there is no row.
    Several rows may be `selected`: with Ctrl, Shift, and the keys that go with them.

    make: an item's view; states: all that its state may read, none of which is cut off.
    While a page is on its way, a selected row of it is told when it is here.
    """

    current_changed = Signal(object)

    def __init__(
        self, make: Callable[[Item], DeviceView], states: Sequence[str], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._states = states
        self.setAccessibleName(self.tr("Devices"))
        self.rows_model: DeviceModel[Item] = DeviceModel(make, self)
        self.setModel(self.rows_model)
        rows.prepare_view(self)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.verticalHeader().hide()
        self.setHorizontalHeader(_Header(self))
        self.setItemDelegate(_Delegate(self))
        self.sortByColumn(Column.DEVICE, Qt.SortOrder.AscendingOrder)
        self.setSortingEnabled(True)
        self._is_filling = False
        self.selected = Selection(self, self.rows_model)
        self.hovered_row = -1
        self.entered.connect(self._on_entered)
        self.selectionModel().currentRowChanged.connect(lambda *_: self._on_current())
        self.rows_model.dataChanged.connect(self._on_data)

    def current(self) -> DeviceView | None:
        """The selected device; None if there is none, or if it is still being read."""
        index = self.currentIndex()
        return self.rows_model.view(index.row()) if index.isValid() else None

    def show_list(self, total: int, number: int, items: Sequence[Item], row: int, *, keep: bool) -> None:
        """Show a list of which a page is here, with a row selected. keep: as `PagedModel.begin`."""
        self._set_heights()
        self._is_filling = True  # rows that come and go move the selection, which nobody has chosen
        self.selected.hold()
        self.rows_model.begin(total, number, items, keep=keep)
        self._is_filling = False
        self.select_row(row)
        self.selected.go_on(keep=keep)
        if not keep:
            self.scrollTo(self.currentIndex())

    def select_row(self, row: int) -> None:
        """Select a row by its place in the list; out of range selects nothing."""
        if 0 <= row < self.rows_model.rowCount():
            # selectRow picks its column by place, and before the first layout there is none.
            flags = QItemSelectionModel.SelectionFlag
            index = self.rows_model.index(row, 0)
            self.selectionModel().setCurrentIndex(index, flags.ClearAndSelect | flags.Rows)
        self._tell()

    @property
    def folds(self) -> bool:
        """The protocol stands in the second line."""
        return self.isColumnHidden(Column.PROTOCOL)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_columns()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._fit_columns()

    def _fit_columns(self) -> None:
        """Names come first: what the second line or the device's page says as well makes room for them."""
        wide = self.viewport().width()
        state = round(max((paint.text_width(words, "body") for words in self._states), default=0)) + 40
        day = QLocale().toString(QDate(2027, 11, 20), "d MMM yyyy")
        widths = {
            Column.PROTOCOL: round(paint.text_width("Improv Wi-Fi", "body")) + 18,
            Column.STATE: state,
            Column.CERTIFICATE: round(paint.text_width(day, "caption")) + 32 + rows.INSET,
        }
        least = theme.scaled(ROOM_FOR_NAME)
        for column in (Column.PROTOCOL, Column.CERTIFICATE):
            hidden = wide - sum(widths.values()) < least
            self.setColumnHidden(column, hidden)
            if hidden:
                del widths[column]
        for column, width in widths.items():
            self.setColumnWidth(column, width)
        self.setColumnWidth(Column.DEVICE, max(least // 2, wide - sum(widths.values())))

    def initViewItemOption(self, option: QStyleOptionViewItem) -> None:
        super().initViewItemOption(option)
        rows.without_highlight(option)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and len(self.selected.keys) > 1:
            self.selected.clear()
        else:
            super().keyPressEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self.hovered_row = -1
        self.viewport().update()

    def _set_heights(self) -> None:
        lines = paint.text_height("strong") + paint.text_height("caption")
        tall = max(int(theme.token("size", "tableRow")) + 1, round(lines) + 26)
        self.verticalHeader().setDefaultSectionSize(tall)

    def _on_entered(self, index: QModelIndex) -> None:
        self.hovered_row = index.row()
        self.viewport().update()

    def _on_current(self) -> None:
        # The ring of the focus is as wide as the row, of which Qt paints a cell alone.
        self.viewport().update()
        self._tell()

    def _on_data(self, first: QModelIndex, last: QModelIndex) -> None:
        self.selected.see(first.row(), last.row())
        if first.row() <= self.currentIndex().row() <= last.row():
            self._tell()

    def _tell(self) -> None:
        if self._is_filling:
            return
        self.rows_model.pinned = self.currentIndex().row()
        view = self.current()
        if view is not None or not self.rows_model.rowCount():
            self.current_changed.emit(view)


class _Header(QHeaderView):
    """Names of the columns, in small letters; the sorted one has an arrow."""

    def __init__(self, table: DeviceTable[Any]) -> None:
        super().__init__(Qt.Orientation.Horizontal, table)
        self.setSectionsClickable(True)
        self.setHighlightSections(False)
        self.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setMinimumSectionSize(1)
        self.viewport().setAutoFillBackground(False)

    def sizeHint(self) -> QSize:
        return QSize(200, max(43, round(paint.text_height("caption")) + 26))

    def paintSection(self, painter: QPainter, rect: QRect, section: int) -> None:
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        words = str(self.model().headerData(section, self.orientation()))
        inset = rows.INSET if section == Column.DEVICE else 0
        box = QRectF(rect)
        box = box.adjusted(0, 0, -inset, 0) if self.isRightToLeft() else box.adjusted(inset, 0, 0, 0)
        paint.text(painter, box, words, "caption", theme.colour("textSecondary"), paint.leading(self))
        if self.sortIndicatorSection() == section:
            down = self.sortIndicatorOrder() == Qt.SortOrder.AscendingOrder
            x = paint.text_width(words, "caption") + 7
            side = QRectF(box.left() + x, box.center().y() - 7, 14, 14)
            if self.isRightToLeft():
                side.moveLeft(box.right() - x - 14)
            ink = theme.colour("textSecondary")
            icons.paint(painter, side, "chevron-down" if down else "chevron-up", ink)
        painter.fillRect(QRect(rect.left(), rect.bottom(), rect.width(), 1), theme.colour("outline"))
        painter.restore()


class _Delegate(QStyledItemDelegate):
    """Draws one cell of a row."""

    def __init__(self, table: DeviceTable[Any]) -> None:
        super().__init__(table)
        self._table = table

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        device: DeviceView | None = index.data(VIEW)
        table = self._table
        row = QRect(0, option.rect.top(), table.viewport().width(), option.rect.height())
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        rows.clip(painter, table, top=False)
        hovered = index.row() == table.hovered_row
        selected = rows.ground(painter, table, option, row, hovered=hovered)
        self._divide(painter, option.rect, index, selected)
        cell = QRectF(option.rect).adjusted(0, 0, 0, -1)
        draw: Callable[[QPainter, QRectF, DeviceView], None] = {
            Column.DEVICE: self._device,
            Column.PROTOCOL: self._protocol,
            Column.STATE: self._state,
            Column.CERTIFICATE: self._certificate,
        }[Column(index.column())]
        if device is not None:
            draw(painter, cell, device)
        if index.row() == table.currentIndex().row():
            painter.setClipRect(option.rect, Qt.ClipOperation.IntersectClip)
            rows.focus(painter, table, row)
        painter.restore()

    def _divide(self, painter: QPainter, rect: QRect, index: Index, selected: bool) -> None:
        last = index.row() == self._table.rows_model.rowCount() - 1
        # Between a selected row and another one its ground is line enough.
        if last or selected != self._table.selectionModel().isRowSelected(index.row() + 1):
            return
        first, end = index.column() == Column.DEVICE, index.column() == Column.CERTIFICATE
        left, right = (rows.INSET if first else 0), (rows.INSET if end else 0)
        if self._table.isRightToLeft():
            left, right = right, left
        rows.divider(painter, rect, left, right)

    def _device(self, painter: QPainter, cell: QRectF, device: DeviceView) -> None:
        scene = art.Scene(caption="", faded=device.ended)
        picture = QRectF(rows.INSET - 3, cell.center().y() - 21, 42, 42)
        art.paint(painter, self._place(cell, picture), device.kind, scene)
        left = rows.INSET + 50.0
        parts = (device.protocol if self._table.folds else "", device.room, device.seen)
        under = " · ".join(part for part in parts if part)
        self._lines(painter, cell, left, device.name, under)

    def _lines(self, painter: QPainter, cell: QRectF, left: float, name: str, under: str) -> None:
        top, low = paint.text_height("strong"), paint.text_height("caption")
        y = cell.center().y() - (top + low) / 2
        lead = paint.leading(self._table)
        box = QRectF(left, y, cell.width() - left - 8, top)
        paint.text(painter, self._place(cell, box), name, "strong", theme.colour("text"), lead)
        box = QRectF(left, y + top, cell.width() - left - 8, low)
        soft = theme.colour("textSecondary")
        paint.text(painter, self._place(cell, box), under, "caption", soft, lead)

    def _protocol(self, painter: QPainter, cell: QRectF, device: DeviceView) -> None:
        box = self._place(cell, QRectF(0, cell.top(), cell.width() - 8, cell.height()))
        lead = paint.leading(self._table)
        paint.text(painter, box, device.protocol, "body", theme.colour("text"), lead)

    def _state(self, painter: QPainter, cell: QRectF, device: DeviceView) -> None:
        ink = theme.colour(STATE_ICON_INK.get(device.tone, "textSecondary"))
        box = QRectF(-1, cell.center().y() - 8, 16, 16)
        icons.paint(painter, self._place(cell, box), device.icon, ink)
        words = theme.colour(STATE_INK.get(device.tone, "text"))
        box = QRectF(22, cell.top(), cell.width() - 26, cell.height())
        lead = paint.leading(self._table)
        paint.text(painter, self._place(cell, box), device.state, "body", words, lead)

    def _certificate(self, painter: QPainter, cell: QRectF, device: DeviceView) -> None:
        wide = cell.width() - rows.INSET - 12
        soft = theme.colour("textSecondary")
        lead = paint.leading(self._table)
        middle = cell.center().y()
        if device.left is None:
            box = QRectF(0, cell.top(), wide, cell.height())
            paint.text(painter, self._place(cell, box), device.until, "caption", soft, lead)
            return
        low = paint.text_height("caption")
        bar = self._place(cell, QRectF(0, middle - low / 2 - 4, wide, 4))
        paint_validity(painter, bar, device.left, mirrored=self._table.isRightToLeft())
        box = QRectF(0, middle - low / 2 + 5, cell.width() - rows.INSET, low)
        paint.text(painter, self._place(cell, box), device.until, "caption", soft, lead)

    def _place(self, cell: QRectF, box: QRectF) -> QRectF:
        """`box`, with x counted from where the cell starts for the reader."""
        x = cell.right() - box.right() if self._table.isRightToLeft() else cell.left() + box.left()
        return QRectF(x, box.y(), box.width(), box.height())
