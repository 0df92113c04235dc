"""A menu that opens from a button: rounded, with a tick at what is chosen."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QMenu, QWidget

from companion.plain_text import plain
from ui import icons
from ui.shell import theme


class Menu(QMenu):
    """Fill it with `offer`, open it with `open_below`."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowFlag(Qt.WindowType.FramelessWindowHint)
        self.setWindowFlag(Qt.WindowType.NoDropShadowWindowHint)
        self.setAttribute(Qt.WidgetAttribute.WA_TranslucentBackground)
        theme.set_font(self, "body")
        theme.apply_stylesheet(self)

    def offer(self, words: str, do: Callable[[], object], *, icon: str = "", chosen: bool = False) -> None:
        """Add an entry that calls `do`. `chosen` marks it with a tick, for eyes and for screen readers."""
        action = self.addAction(plain(words).replace("&", "&&"))
        name = "check" if chosen else icon
        if name:
            ratio = self.devicePixelRatioF()
            action.setIcon(QIcon(icons.pixmap(name, 16, theme.colour("text"), ratio)))
        if chosen:
            action.setToolTip(self.tr("selected"))
        action.triggered.connect(lambda: do())

    def open_below(self, button: QWidget) -> None:
        """Open under `button`, at the side where its text starts."""
        corner = button.rect().bottomLeft()
        if button.isRightToLeft():
            corner = button.rect().bottomRight() - QPoint(self.sizeHint().width() - 1, 0)
        self.popup(button.mapToGlobal(corner + QPoint(0, 4)))
