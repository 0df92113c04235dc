"""How a manufacturer says that its device is made ready, and where its page is. Only a click opens it."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QWidget

from companion.plain_text import filled
from companion.secret import Secret
from ui.pages.views import MakerView
from ui.widgets import Banner, Button, Label, Tone


class MakerBanner(Banner):
    """What to do, the page's address on a line of its own, and a button that opens it.

    A page that takes the setup code gets it by a button of its own, which says so.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(Tone.INFO, stacked=True, parent=parent)
        self._view: MakerView | None = None
        self.address = Label("", "caption", role="textSecondary", wrap=True)
        self.warning = Label("", "caption", wrap=True)
        self.open = Button(self.tr("Open the page"), icon="arrow-right")
        self.open_with_code = Button(self.tr("Open and send the code"))
        for widget in (self.address, self.open, self.warning, self.open_with_code):
            self.add_line(widget)
        self.open.clicked.connect(partial(self._open, with_code=False))
        self.open_with_code.clicked.connect(partial(self._open, with_code=True))

    def show_maker(self, view: MakerView | None) -> None:
        """Say it, or nothing."""
        if view == self._view:
            return
        self._view = view
        self.setVisible(view is not None)
        if view is None:
            return
        self.show_notice(Tone.INFO, view.title, view.sentence)
        self.address.setText(view.address)
        self.open.setText(filled(self.tr("Open {host}"), {"host": view.host}))
        self.warning.setText(
            filled(self.tr("The page can also take the setup code. {host} then has it."), {"host": view.host})
        )
        for widget in (self.address, self.open):
            widget.setVisible(bool(view.address))
        for widget in (self.warning, self.open_with_code):
            widget.setVisible(view.address_with_code is not None)

    def _open(self, _checked: bool = False, *, with_code: bool) -> None:
        if self._view is None:
            return
        code: Secret | None = self._view.address_with_code if with_code else None
        address = self._view.address if code is None else code.reveal_text()
        QDesktopServices.openUrl(QUrl(address, QUrl.ParsingMode.StrictMode))
