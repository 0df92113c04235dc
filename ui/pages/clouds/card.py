"""The card of the settings that says what new devices connect to, each with what proves that they do."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from ui.engine.clouds import CloudFailed, CloudsListed, ImportCloud, ListClouds, UseCloud
from ui.engine.commands import Command
from ui.pages.views import NoticeView
from ui.widgets import Banner, Button, Card, IconView, Label, Line, Tone, accessibility
from ui.widgets.chip import Chip
from ui.widgets.layouts import refill

FILES = "*.json"


@dataclass(frozen=True)
class CloudRow:
    """key: a profile's name, "" for this computer; proof: how one knows that a device is in

    is_used: new devices are sent there; is_there: it can be chosen, for there is a profile of it
    """

    key: str
    icon: str
    title: str
    summary: str
    proof: str
    is_used: bool = False
    is_there: bool = True


class CloudCard(Card):
    """Passive. used: the key of a row; import_wanted: a profile's file is to be chosen."""

    used = Signal(str)
    import_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._rows = QVBoxLayout()
        self._rows.setSpacing(12)
        self._notice = Banner()
        self._notice.hide()
        self.take_in = Button(self.tr("Import a profile"), icon="file")
        self.take_in.clicked.connect(self.import_wanted)
        note = self.tr("What new RP1 devices are given to connect to. Those that have it keep it.")
        self.body.addWidget(Label(self.tr("Devices connect to"), "section"))
        self.body.addWidget(Label(note, "body", role="textSecondary", wrap=True))
        self.body.addLayout(self._rows)
        self.body.addWidget(self._notice)
        self.body.addWidget(self.take_in, 0, Qt.AlignmentFlag.AlignLeft)

    def show_rows(self, rows: tuple[CloudRow, ...]) -> None:
        """Everything that there is to choose from."""
        self._notice.hide()
        made: list[QWidget | None] = []
        for row in rows:
            made += [Line(), self._row(row)]
        refill(self._rows, made)

    def show_notice(self, notice: NoticeView) -> None:
        """Why nothing came of the last wish."""
        self._notice.show_notice(notice.tone, notice.title, notice.sentence, icon=notice.icon)
        self._notice.show()

    def _row(self, row: CloudRow) -> QWidget:
        made = QWidget()
        head = QHBoxLayout()
        head.setSpacing(10)
        head.addWidget(Label(row.title, "strong", elide=True))
        if row.is_used:
            head.addWidget(Chip(self.tr("Used"), Tone.INFO))
        head.addStretch(1)
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addLayout(head)
        words.addWidget(Label(row.summary, "body", role="textSecondary", wrap=True))
        if row.proof:
            words.addWidget(Label(row.proof, "caption", role="textSecondary", wrap=True))
        line = QHBoxLayout(made)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(12)
        line.addWidget(IconView(row.icon, "textSecondary", 24), 0, Qt.AlignmentFlag.AlignTop)
        line.addLayout(words, 1)
        if row.is_there and not row.is_used:
            use = Button(self.tr("Use"))
            accessibility.name(use, self.tr("Send new devices to {name}").format(name=row.title))
            use.clicked.connect(lambda: self.used.emit(row.key))
            line.addWidget(use, 0, Qt.AlignmentFlag.AlignVCenter)
        return made


class CloudPresenter(QObject):
    """Fills the card; `send` takes commands to the engine."""

    def __init__(self, card: CloudCard, send: Callable[[Command], None]) -> None:
        super().__init__(card)
        self._card = card
        self._send = send
        card.used.connect(lambda key: send(UseCloud(key)))
        card.import_wanted.connect(self._import)

    def refresh(self) -> None:
        """Profiles may have been made on the command line."""
        self._send(ListClouds())

    def take(self, event: object) -> None:
        """What the engine says of profiles."""
        from ui.present import clouds

        match event:
            case CloudsListed():
                self._card.show_rows(clouds.rows(event))
            case CloudFailed():
                self._card.show_notice(clouds.failed(event))

    def _import(self) -> None:
        title = self.tr("Cloud profile")
        path, _ = QFileDialog.getOpenFileName(self._card.window(), title, "", FILES)
        if path:
            self._send(ImportCloud(Path(path)))
