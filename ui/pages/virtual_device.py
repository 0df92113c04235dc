"""The virtual device on the screen: what its display shows, and its button."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui import art
from ui.widgets import ArtView, Button, Label, Stage


class VirtualDevice(QWidget):
    """A small window of its own, as the real device is a thing of its own. `pressed`: True for match."""

    pressed = Signal(bool)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Tool)
        self._beside = parent
        self.setWindowTitle(self.tr("Virtual device"))
        self._art = ArtView("sensor", minimum=200, maximum=260)
        stage = Stage(minimum=220)
        stage.body.addWidget(self._art, 1)
        note = self.tr(
            "This is the device's display. Press its button if the computer shows the same number."
        )
        same = Button(self.tr("Press: the same number"), icon="equal")
        other = Button(self.tr("Hold: another number"), icon="differ")
        same.clicked.connect(lambda: self._press(True))
        other.clicked.connect(lambda: self._press(False))
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 16)
        column.setSpacing(10)
        column.addWidget(stage, 1)
        column.addWidget(Label(note, "body", role="textSecondary", wrap=True))
        column.addWidget(same)
        column.addWidget(other)
        self.resize(300, 460)

    def show_number(self, number: str | None) -> None:
        """Show the display beside the window; None: it is dark, and the device goes away."""
        if number is None:
            self.hide()
            return
        self._art.show_art("sensor", art.Scene(display=number, caption=self.tr("Same?"), led=art.Led.JOINING))
        main = self._beside.window().frameGeometry()
        self.move(main.right() - self.width() - 24, main.top() + 96)
        self.show()

    def _press(self, matches: bool) -> None:
        self.hide()
        self.pressed.emit(matches)
