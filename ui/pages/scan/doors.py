"""The other ways to a code, beside the camera: a tile for each."""

from __future__ import annotations

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QGridLayout, QWidget

from ui.shell import theme
from ui.widgets import Tile


class Doors(QWidget):
    """Four tiles."""

    paste_wanted = Signal()
    screen_wanted = Signal()
    file_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._paste = Tile("paste", self.tr("Paste"), _paste_keys())
        self._screen = Tile("screen", self.tr("From the screen"), self.tr("Pick an area"))
        self._file = Tile("file", self.tr("Open a file"), self.tr("Image, PDF, text"))
        self._drop = Tile("drop", self.tr("Drop here"), self.tr("Image or text"), dashed=True)
        self.last: QWidget = self._drop
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(8)
        for index, tile in enumerate(self._tiles):
            grid.addWidget(tile, index // 2, index % 2)
            grid.setColumnStretch(index % 2, 1)
        self._paste.clicked.connect(self.paste_wanted)
        self._screen.clicked.connect(self.screen_wanted)
        self._file.clicked.connect(self.file_wanted)
        self._drop.clicked.connect(self.file_wanted)

    def set_open(self, is_open: bool) -> None:
        """Light the door where things can be dropped."""
        self._drop.set_open(is_open)

    def width_of_two(self) -> int:
        """What two tiles with whole words need beside each other, in pixels."""
        return 2 * max(tile.sizeHint().width() for tile in self._tiles) + 8

    @property
    def _tiles(self) -> tuple[Tile, ...]:
        return (self._paste, self._screen, self._file, self._drop)


class DoorsColumn(QWidget):
    """The column beside the camera: as wide as the design says, wider where its tiles' words need it."""

    def __init__(self, doors: Doors) -> None:
        super().__init__()
        self._doors = doors

    def sizeHint(self) -> QSize:
        width = max(self._doors.width_of_two(), int(theme.token("layout", "sideColumn")))
        return super().minimumSizeHint().expandedTo(QSize(width, 0))


def _paste_keys() -> str:
    """The system's own name of the paste shortcut."""
    return QKeySequence(QKeySequence.StandardKey.Paste).toString(QKeySequence.SequenceFormat.NativeText)
