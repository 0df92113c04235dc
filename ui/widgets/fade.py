"""A hover that comes and goes, not all at once."""

from __future__ import annotations

from PySide6.QtCore import QEasingCurve, QVariantAnimation
from PySide6.QtWidgets import QWidget


class Fade(QVariantAnimation):
    """From 0 to 1 while the pointer comes to `widget`, and back while it leaves; repaints it meanwhile."""

    def __init__(self, widget: QWidget) -> None:
        super().__init__(widget)
        self.setStartValue(0.0)
        self.setEndValue(1.0)
        self.setEasingCurve(QEasingCurve.Type.OutCubic)
        self.valueChanged.connect(lambda _: widget.update())

    @property
    def share(self) -> float | None:
        """How much of the hover is there, 0 to 1; None while nothing comes or goes."""
        return float(self.currentValue()) if self.state() == self.State.Running else None

    def run(self, duration: int, *, comes: bool) -> None:
        """Begin to come or go, or turn round half way. `duration`: milliseconds."""
        self.setDuration(duration)
        self.setDirection(self.Direction.Forward if comes else self.Direction.Backward)
        if self.state() != self.State.Running:
            self.start()
