"""The card of support in the settings: one redacted file, and what it holds before it is written."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QDir, QObject, Qt, Signal
from PySide6.QtWidgets import QFileDialog, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from companion.reports.bundle import NAME
from ui.engine.commands import Command
from ui.engine.upkeep import BundleMade, MakeBundle
from ui.pages.views import NoticeView
from ui.present import upkeep
from ui.widgets import Banner, Button, Card, Label


class SupportCard(Card):
    """Passive. list_wanted: what would be in the file; save_wanted: it is to be written."""

    list_wanted = Signal()
    save_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        note = self.tr(
            "One file for whoever helps you: versions, what was found on this computer, the last 20 runs. No "
            "names, networks, addresses, serial numbers, keys or secrets."
        )
        self.list = Button(self.tr("Show what it holds"), icon="eye")
        self.save = Button(self.tr("Save it"), icon="file")
        self._parts = QGridLayout()
        self._parts.setHorizontalSpacing(24)
        self._parts.setVerticalSpacing(4)
        self._parts.setColumnStretch(1, 1)
        self._notice = Banner()
        self._notice.hide()
        words = QVBoxLayout()
        words.setSpacing(1)
        words.addWidget(Label(self.tr("Support bundle"), "strong"))
        words.addWidget(Label(note, "body", role="textSecondary", wrap=True))
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addLayout(words, 1)
        for button in (self.list, self.save):
            row.addWidget(button, 0, Qt.AlignmentFlag.AlignVCenter)
        self.body.addWidget(Label(self.tr("Support"), "section"))
        self.body.addLayout(row)
        self.body.addLayout(self._parts)
        self.body.addWidget(self._notice)
        self.list.clicked.connect(self.list_wanted)
        self.save.clicked.connect(self.save_wanted)

    def show_working(self) -> None:
        """It is being made: this computer is examined for it."""
        for button in (self.list, self.save):
            button.setEnabled(False)

    def show_parts(self, parts: Sequence[tuple[str, str, str]], notice: NoticeView | None) -> None:
        """parts: name, what it holds, and its size. notice: where it was written, or why not"""
        for button in (self.list, self.save):
            button.setEnabled(True)
        while (item := self._parts.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        for row, (name, holds, size) in enumerate(parts):
            self._parts.addWidget(Label(name, "mono"), row, 0)
            self._parts.addWidget(Label(holds, "body", role="textSecondary", wrap=True), row, 1)
            self._parts.addWidget(Label(size, "tabular", align=Qt.AlignmentFlag.AlignTrailing), row, 2)
        self._notice.setVisible(notice is not None)
        if notice is not None:
            self._notice.show_notice(notice.tone, notice.title, notice.sentence, icon=notice.icon)


class SupportPresenter(QObject):
    """Fills the card; `send` takes commands to the engine."""

    def __init__(self, card: SupportCard, send: Callable[[Command], None]) -> None:
        super().__init__(card)
        self._card = card
        self._send = send
        card.list_wanted.connect(lambda: self._make(None))
        card.save_wanted.connect(self.save)

    def save(self) -> None:
        """Ask where, and write it."""
        usual = QDir.home().filePath(NAME)
        title = self.tr("Save the support bundle")
        chosen, _ = QFileDialog.getSaveFileName(self._card.window(), title, usual, "ZIP (*.zip)")
        if chosen:
            self._make(Path(chosen))

    def take(self, event: object) -> None:
        """What is in it."""
        if isinstance(event, BundleMade):
            self._card.show_parts(upkeep.parts(event), upkeep.written(event))

    def _make(self, path: Path | None) -> None:
        self._card.show_working()
        self._send(MakeBundle(path))
