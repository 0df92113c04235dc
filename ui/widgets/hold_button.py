"""The button for what can't be taken back: it acts after it was held, by pointer or by the space bar."""

from __future__ import annotations

from PySide6.QtCore import QElapsedTimer, QRectF, QTimer, Signal
from PySide6.QtGui import QColor, QHideEvent, QPaintEvent
from PySide6.QtWidgets import QWidget

from ui.shell import theme
from ui.widgets import paint
from ui.widgets.button import Button, ButtonKind

FRAME_MILLISECONDS = 33


class HoldButton(Button):
    """`held` after `milliseconds` without a break; `let_go` when it was pressed for less.

    The filling bar is the progress itself, so it runs with reduced motion too.
    """

    held = Signal()
    let_go = Signal()

    def __init__(
        self, words: str, *, icon: str = "", milliseconds: int = 1500, parent: QWidget | None = None
    ) -> None:
        super().__init__(words, ButtonKind.DANGER, icon=icon, parent=parent)
        self.setAutoDefault(False)
        self._milliseconds = milliseconds
        self._since = QElapsedTimer()
        self._over = False
        self._frames = QTimer(self)
        self._frames.setInterval(FRAME_MILLISECONDS)
        self._frames.timeout.connect(self._on_frame)
        self.pressed.connect(self._on_pressed)
        self.released.connect(self._on_released)

    @property
    def progress(self) -> float:
        """0 at rest, 1 when it was held long enough."""
        if not self._frames.isActive():
            return float(self.property("pretendProgress") or 0.0)
        return min(1.0, self._since.elapsed() / self._milliseconds)

    def _on_pressed(self) -> None:
        self._over = False
        self._since.start()
        self._frames.start()

    def hideEvent(self, event: QHideEvent) -> None:
        """Whoever can't see it any more does not hold it."""
        super().hideEvent(event)
        self._frames.stop()

    def _on_frame(self) -> None:
        if self.progress >= 1.0:
            self._frames.stop()
            self._over = True
            self.held.emit()
        self.update()

    def _on_released(self) -> None:
        self._frames.stop()
        self.update()
        if not self._over:
            self.let_go.emit()

    def _ink(self) -> QColor:
        return theme.colour("surface") if self._painting_bar else super()._ink()

    _painting_bar = False

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not (progress := self.progress):
            return
        bar = QRectF(self.rect())
        bar.setWidth(bar.width() * progress)
        self._painting_bar = True
        with paint.painting(self) as painter:
            painter.setClipRect(paint.mirrored(self, bar))
            radius = float(theme.token("radius", "control"))
            paint.panel(painter, QRectF(self.rect()), radius, theme.colour("danger"))
            self._paint_content(painter)
        self._painting_bar = False
