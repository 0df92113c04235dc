"""A number with a button to either side."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QSpinBox, QToolButton, QWidget

from ui import icons
from ui.shell import theme
from ui.widgets import accessibility, paint
from ui.widgets.interactive import Interactive


class Stepper(QFrame):
    """A whole number between `lowest` and `highest`; typed, stepped by its buttons, or by the arrow keys."""

    changed = Signal(int)

    def __init__(
        self, name: str, value: int, lowest: int, highest: int, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.box = _Number()
        accessibility.name(self.box, name)
        self.box.setRange(lowest, highest)
        self.box.setValue(value)
        self.box.setButtonSymbols(QSpinBox.ButtonSymbols.NoButtons)
        self.box.setFrame(False)
        self.box.setAlignment(Qt.AlignmentFlag.AlignCenter)
        theme.set_font(self.box, "strong")
        theme.apply_stylesheet(self.box)
        self.box.valueChanged.connect(self.changed)
        self.box.installEventFilter(self)
        less, more = _Nudge("minus"), _Nudge("plus")
        less.setAccessibleName(self.tr("Less"))
        more.setAccessibleName(self.tr("More"))
        less.clicked.connect(self.box.stepDown)
        more.clicked.connect(self.box.stepUp)
        row = QHBoxLayout(self)
        row.setContentsMargins(2, 2, 2, 2)
        row.setSpacing(0)
        row.addWidget(less)
        row.addWidget(self.box, 1)
        row.addWidget(more)
        self.setFocusProxy(self.box)

    def sizeHint(self) -> QSize:
        return QSize(124, max(34, theme.control_height() - 6))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.FocusIn, QEvent.Type.FocusOut):
            self.update()
        return super().eventFilter(watched, event)

    def paintEvent(self, event: QPaintEvent) -> None:
        with paint.painting(self) as painter:
            focus = self.box.hasFocus()
            line = theme.colour("focus" if focus else "outlineStrong")
            radius = float(theme.token("radius", "field"))
            paint.panel(
                painter, QRectF(self.rect()), radius, theme.colour("surface"), line, 2 if focus else 1
            )


class _Number(QSpinBox):
    """A spin box whose text has all of its room: style sheets keep some for buttons that are not there."""

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.lineEdit().setGeometry(self.rect())


class _Nudge(Interactive, QToolButton):
    def __init__(self, icon: str) -> None:
        super().__init__()
        self._icon = icon
        self.setAutoRepeat(True)
        self.be_interactive()
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setFixedWidth(32)

    def sizeHint(self) -> QSize:
        return QSize(32, 28)

    def paintEvent(self, event: QPaintEvent) -> None:
        with paint.painting(self) as painter:
            if self.hover or self.isDown():
                ground = theme.colour("outline" if self.isDown() else "hover")
                paint.panel(painter, QRectF(self.rect()), 6, ground)
            box = QRectF(0, 0, 16, 16)
            box.moveCenter(QRectF(self.rect()).center())
            icons.paint(painter, box, self._icon, theme.colour("text"))
