"""How manufacturers say that their devices are made ready, and where their pages are. A click opens one."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QVBoxLayout, QWidget

from companion.plain_text import filled
from companion.secret import Secret
from ui.pages.views import MakerView
from ui.widgets import Banner, Button, ButtonKind, Label, Tone
from ui.widgets.layouts import refill


class MakerButtons(QWidget):
    """A button that opens the page; one that takes the setup code gets it by a button of its own, which says
    so. Nothing where there is no page."""

    def __init__(self, view: MakerView, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.open = Button(filled(self.tr("Open {host}"), {"host": view.host}), icon="arrow-right")
        warning = self.tr("The page can also take the setup code. {host} then has it.")
        self.warning = Label(filled(warning, {"host": view.host}), "caption", wrap=True)
        self.open_with_code = Button(self.tr("Open and send the code"))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        if view.address:
            column.addWidget(self.open)
        if view.address_with_code is not None:
            column.addWidget(self.warning)
            column.addWidget(self.open_with_code)
        self.open.clicked.connect(partial(_open, view.address))
        self.open_with_code.clicked.connect(partial(_open, view.address_with_code))


class MakerBanner(Banner):
    """What to do, the page's address on a line of its own, and its buttons."""

    def __init__(self, view: MakerView, parent: QWidget | None = None) -> None:
        super().__init__(Tone.INFO, view.title, view.sentence, stacked=True, parent=parent)
        self.address = Label(view.address, "caption", role="textSecondary", wrap=True)
        self.buttons = MakerButtons(view)
        if view.address:
            self.add_line(self.address)
            self.add_line(self.buttons)


class MakerList(QWidget):
    """One banner for each device that needs more than power; nothing where there are none."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._views: tuple[MakerView, ...] = ()
        self.banners: list[MakerBanner] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(8)
        self.hide()

    def show_makers(self, views: Sequence[MakerView]) -> None:
        """Say them all; what is there already stays."""
        if tuple(views) == self._views:
            return
        self._views = tuple(views)
        self.banners = [MakerBanner(view) for view in views]
        refill(self._column, self.banners)
        self.setVisible(bool(views))


class MakerStrip(QWidget):
    """The same below a list's row: the beginning of what to do, and a quiet button that opens the page."""

    def __init__(self, view: MakerView, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        words = Label(view.sentence, "caption", role="textSecondary", elide=True)
        self.open = Button(filled(self.tr("Open {host}"), {"host": view.host}), ButtonKind.QUIET)
        column = QVBoxLayout(self)
        column.setContentsMargins(55, 0, 12, 4)
        column.setSpacing(0)
        column.addWidget(words)
        if view.address:
            column.addWidget(self.open, 0, Qt.AlignmentFlag.AlignLeading)
        self.open.clicked.connect(partial(_open, view.address))


def _open(address: str | Secret | None, _checked: bool = False) -> None:
    if address is not None:
        text = address if isinstance(address, str) else address.reveal_text()
        QDesktopServices.openUrl(QUrl(text, QUrl.ParsingMode.StrictMode))
