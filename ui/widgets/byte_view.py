"""Octets in rows of sixteen, tinted by field; what is not to be shown is counted as dots."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QFontMetricsF, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.shell import theme
from ui.widgets import accessibility, paint

ROW, GAP, OFFSET_GAP = 20, 8, 14
HIDDEN = "··"
MOST_SHOWN = 512


@dataclass(frozen=True)
class ByteField:
    """Octets that belong together. words: name and size; octets: None for `size` ones that are not shown"""

    words: str
    size: int
    octets: bytes | None


class ByteView(QWidget):
    """Read by a screen reader as the names of its fields."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._cells: list[tuple[str, int, bool]] = []
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_fields(self, fields: Sequence[ByteField]) -> None:
        """Show these octets, one field behind the other."""
        self._cells = []
        for number, field in enumerate(fields):
            is_hidden = field.octets is None
            texts = [HIDDEN] * field.size if is_hidden else [f"{each:02x}" for each in field.octets or b""]
            self._cells += [(text, number, is_hidden) for text in texts]
        self._cells = self._cells[:MOST_SHOWN]
        accessibility.name(self, ", ".join(field.words for field in fields))
        self.updateGeometry()
        self.update()

    @property
    def _metrics(self) -> QFontMetricsF:
        return QFontMetricsF(theme.font("mono"))

    def _in_row(self) -> int:
        """Sixteen, or eight where that is too wide."""
        return 16 if self.width() >= self._wide(16) else 8

    def _wide(self, cells: int) -> float:
        letter = self._metrics.horizontalAdvance("0")
        return 4 * letter + OFFSET_GAP + cells * (2 * letter + 7) + (GAP if cells > 8 else 0)

    def _tall(self) -> int:
        return max(ROW, round(self._metrics.height()) + 3)

    def sizeHint(self) -> QSize:
        lines = -(-len(self._cells) // self._in_row()) if self._cells else 0
        return QSize(round(self._wide(16)), lines * self._tall())

    def minimumSizeHint(self) -> QSize:
        return QSize(round(self._wide(8)), self.sizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.updateGeometry()

    def paintEvent(self, event: QPaintEvent) -> None:
        letter, tall, many = self._metrics.horizontalAdvance("0"), self._tall(), self._in_row()
        with paint.painting(self) as painter:
            painter.setFont(theme.font("mono"))
            for at, (cell, field, is_hidden) in enumerate(self._cells):
                row, column = divmod(at, many)
                if column == 0:
                    painter.setPen(theme.colour("textSecondary"))
                    painter.drawText(QRectF(0, row * tall, 4 * letter + 2, tall), 0x0080, f"{at:04x}")
                x = 4 * letter + OFFSET_GAP + column * (2 * letter + 7) + (GAP if column >= 8 else 0)
                box = QRectF(x - 3.5, row * tall, 2 * letter + 7, tall)
                painter.fillRect(box, theme.colour(tint(field, is_hidden)))
                painter.setPen(theme.colour("textDisabled" if is_hidden else "text"))
                painter.drawText(box, 0x0084, cell)


def tint(field: int, is_hidden: bool) -> str:
    """The colour role of a field's ground, by its place; grey for one that is not shown."""
    return "hover" if is_hidden else ("accentSoft", "sunken")[field % 2]
