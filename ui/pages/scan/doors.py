"""The other ways to a code, beside the camera: a tile for each."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QGridLayout, QWidget

from ui.shell import theme
from ui.widgets import Tile
from ui.widgets.menu import Menu


class Doors(QWidget):
    """Four tiles. channel_wanted: the key of one of `channels`, by which a device shows a secret."""

    paste_wanted = Signal()
    screen_wanted = Signal()
    file_wanted = Signal()
    channel_wanted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._paste = Tile("paste", self.tr("Paste"), _paste_keys())
        self._screen = Tile("screen", self.tr("From the screen"), self.tr("Pick an area"))
        self._file = Tile("drop", self.tr("Open a file"), self.tr("Or drop it here"), dashed=True)
        self._channel = Tile("light", self.tr("Light or sound"), self.tr("Or show a code"))
        self.last: QWidget = self._channel
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(8)
        for index, tile in enumerate(self._tiles):
            grid.addWidget(tile, index // 2, index % 2)
            grid.setColumnStretch(index % 2, 1)
        self._paste.clicked.connect(self.paste_wanted)
        self._screen.clicked.connect(self.screen_wanted)
        self._file.clicked.connect(self.file_wanted)
        self._menu = Menu(self)
        for key, icon, name in self.channels():
            wanted: Callable[[], object] = partial(self.channel_wanted.emit, key)
            self._menu.offer(name, wanted, icon=icon)
        self._channel.clicked.connect(lambda: self._menu.open_below(self._channel))

    def channels(self) -> tuple[tuple[str, str, str], ...]:
        """Key, icon and name of each."""
        return (
            ("light", "light", self.tr("Blinking light")),
            ("sound", "sound", self.tr("Sound")),
            ("screen", "screen", self.tr("Show the device a code")),
        )

    def width_of_two(self) -> int:
        """What two tiles with whole words need beside each other, in pixels."""
        return 2 * max(tile.sizeHint().width() for tile in self._tiles) + 8

    @property
    def _tiles(self) -> tuple[Tile, ...]:
        return (self._paste, self._screen, self._file, self._channel)


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
