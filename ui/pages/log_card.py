"""The card of the transparency log in the settings: its length, who has seen it, a check against a head."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from ui.engine.commands import Command
from ui.engine.log import AskLog, CheckLog, LogChecked, LogState
from ui.pages.views import NoticeView
from ui.present import drops
from ui.present import log as words
from ui.sources.drop_target import takes_file
from ui.widgets import Banner, Button, Card, Label
from ui.widgets.layouts import refill


@dataclass(frozen=True)
class LogView:
    """length, mark: how many entries, and the last head's root, short; seen: a sentence for each witness"""

    length: str
    mark: str
    seen: tuple[str, ...]
    can_check: bool


class LogCard(Card):
    """Passive. `check_wanted`: against an earlier head."""

    check_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._length = Label("", "strong", wrap=True)
        self._mark = Label("", "mono", role="textSecondary", elide=True)
        self._seen = QVBoxLayout()
        self._seen.setSpacing(2)
        self.check = Button(self.tr("Check against an earlier head"), icon="search")
        self.check.clicked.connect(self.check_wanted)
        self._notice = Banner()
        self._notice.hide()
        texts = QVBoxLayout()
        texts.setSpacing(1)
        for label in (self._length, self._mark):
            texts.addWidget(label)
        row = QHBoxLayout()
        row.setSpacing(24)
        row.addLayout(texts, 1)
        row.addWidget(self.check, 0, Qt.AlignmentFlag.AlignVCenter)
        self.body.addWidget(Label(self.tr("Log of receipts"), "section"))
        self.body.addLayout(row)
        self.body.addLayout(self._seen)
        self.body.addWidget(self._notice)

    def show_log(self, view: LogView) -> None:
        """Show how it is."""
        self._length.setText(view.length)
        self._mark.setText(view.mark)
        self._mark.setVisible(bool(view.mark))
        self.check.setEnabled(view.can_check)
        lines: Sequence[QWidget | None] = [
            Label(each, "body", role="textSecondary", wrap=True) for each in view.seen
        ]
        refill(self._seen, list(lines))

    def show_result(self, notice: NoticeView) -> None:
        """Say what came of a check."""
        self._notice.show_notice(notice.tone, notice.title, notice.sentence, icon=notice.icon)
        self._notice.show()


class LogPresenter(QObject):
    """Fills the card; `send` takes commands to the engine."""

    def __init__(self, card: LogCard, send: Callable[[Command], None]) -> None:
        super().__init__(card)
        self._card = card
        self._send = send
        card.check_wanted.connect(self._check)
        takes_file(card, drops.log_head, lambda path: send(CheckLog(path)))

    def refresh(self) -> None:
        """It may have grown."""
        self._send(AskLog())

    def take(self, event: object) -> None:
        """What the engine says of the log."""
        match event:
            case LogState():
                self._card.show_log(LogView(*words.state(event, datetime.now(UTC))))
            case LogChecked():
                self._card.show_result(words.checked(event))
                self.refresh()

    def _check(self) -> None:
        path, _ = QFileDialog.getOpenFileName(self._card.window(), self.tr("Choose a log head"))
        if path:
            self._send(CheckLog(Path(path)))
