"""The entries of the palette: model, view and a delegate that draws an entry with where it leads."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QListView, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from ui import icons
from ui.pages.palette.views import PaletteEntry
from ui.shell import theme
from ui.widgets import paint, rows
from ui.widgets.paged_model import VIEW
from ui.widgets.view_model import ViewModel

ICON = 20
TEXT_LEFT = rows.INSET + ICON + 12
GAP = 16

Index = QModelIndex | QPersistentModelIndex


def said(entry: PaletteEntry) -> str:
    """An entry as a screen reader says it."""
    return f"{entry.words}, {entry.leads}"


class PaletteList(QListView):
    """Never has the keyboard: that stays where its user types."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        rows.prepare_view(self)
        self.setUniformItemSizes(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.entries_model: ViewModel[PaletteEntry] = ViewModel(said, self)
        self.setModel(self.entries_model)
        self.setItemDelegate(_Delegate(self))


class _Delegate(QStyledItemDelegate):
    def __init__(self, view: PaletteList) -> None:
        super().__init__(view)
        self._view = view

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(200, max(40, round(paint.text_height("strong")) + 18))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        entry: PaletteEntry = index.data(VIEW)
        view, width, height = self._view, option.rect.width(), option.rect.height()
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        rows.ground(painter, view, option, option.rect, hovered=False)
        soft = theme.colour("textSecondary")
        sign = QRectF(rows.INSET, (height - ICON) / 2, ICON, ICON)
        icons.paint(painter, self._place(option, sign), entry.icon, soft)
        room = width - TEXT_LEFT - rows.INSET
        beside = min(paint.text_width(entry.leads, "caption"), room * 0.55)
        words = QRectF(TEXT_LEFT, 0, room - beside - GAP, height)
        leads = QRectF(width - rows.INSET - beside, 0, beside, height)
        paint.text(
            painter,
            self._place(option, words),
            entry.words,
            "strong",
            theme.colour("text"),
            paint.leading(view),
        )
        paint.text(painter, self._place(option, leads), entry.leads, "caption", soft, paint.trailing(view))
        painter.restore()

    def _place(self, option: QStyleOptionViewItem, box: QRectF) -> QRectF:
        """`box`, with x counted from where the row starts for the reader."""
        row = QRectF(option.rect)
        x = row.right() - box.right() if self._view.isRightToLeft() else row.left() + box.left()
        return QRectF(x, row.top() + box.top(), box.width(), box.height())
