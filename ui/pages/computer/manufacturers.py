"""The card of manufacturers in the settings: lists of who vouches for devices, protocol by protocol."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QWidget

from companion.plain_text import filled
from companion.protocols import imports_trust, installed
from ui.engine.commands import Command
from ui.engine.ownership_messages import ImportTrust, TrustImported
from ui.pages.views import NoticeView
from ui.present import attestation
from ui.present.devices import protocol_name
from ui.widgets import Banner, Button, Card, Label, accessibility

FILES = "*.pem *.crt *.cer *.der *.json"


class ManufacturersCard(Card):
    """Passive. import_wanted: the name of a protocol; file_given: the same, with the file of the list."""

    import_wanted = Signal(str)
    file_given = Signal(str, object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self.body.addWidget(Label(self.tr("Manufacturers"), "section"))
        note = self.tr(
            "Devices are checked against lists of who vouches for them, and of what manufacturers revoked. "
            "A list of device models says how they are made ready."
        )
        self.body.addWidget(Label(note, "body", role="textSecondary", wrap=True))
        self.buttons: dict[str, Button] = {}
        for protocol in filter(imports_trust, installed().protocols):
            button = self.buttons[protocol] = Button(self.tr("Import a list"), icon="file")
            words = {"protocol": protocol_name(protocol)}
            accessibility.name(button, filled(self.tr("Import a list: {protocol}"), words))
            button.clicked.connect(partial(self.import_wanted.emit, protocol))
            row = QHBoxLayout()
            row.addWidget(Label(protocol_name(protocol), "strong"), 1)
            row.addWidget(button, 0, Qt.AlignmentFlag.AlignVCenter)
            self.body.addLayout(row)
        self._notice = Banner()
        self._notice.hide()
        self.body.addWidget(self._notice)

    def show_notice(self, notice: NoticeView | None) -> None:
        """What came of the last list."""
        self._notice.setVisible(notice is not None)
        if notice is not None:
            self._notice.show_notice(notice.tone, notice.title, notice.sentence, icon=notice.icon)


class ManufacturersPresenter(QObject):
    """Fills the card; `send` takes commands to the engine."""

    def __init__(self, card: ManufacturersCard, send: Callable[[Command], None]) -> None:
        super().__init__(card)
        self._card = card
        self._send = send
        self._waits = False
        card.import_wanted.connect(self._import)
        card.file_given.connect(self._read)

    def take(self, event: object) -> None:
        """What came of a list that was imported here."""
        if isinstance(event, TrustImported) and self._waits:
            self._waits = False
            self._card.show_notice(attestation.imported(event))

    def _import(self, protocol: str) -> None:
        title = self.tr("Manufacturers' roots, revocations, or device models")
        path, _ = QFileDialog.getOpenFileName(self._card.window(), title, "", FILES)
        if path:
            self._read(protocol, Path(path))

    def _read(self, protocol: str, path: Path) -> None:
        self._waits = True
        self._card.show_notice(None)
        self._send(ImportTrust(protocol, path))
