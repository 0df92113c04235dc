"""The card of old runs in the settings: how long they are kept, and what stays for ever."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ui.engine.commands import Command
from ui.engine.upkeep import AskRetention, KeepRuns, RetentionState
from ui.pages.views import NoticeView
from ui.present import upkeep
from ui.widgets import Banner, Button, ButtonKind, Card, Label, Segment

SPANS = (None, 730, 365, 90)
"""Days that runs are kept; None: for ever."""


class RetentionCard(Card):
    """Passive. chosen: days that runs are to be kept, None for ever; go_wanted: they are to be."""

    chosen = Signal(object)
    go_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._title = Label("", "strong", wrap=True)
        note = self.tr(
            "With a limit, what happened in older runs is removed as new ones end. Devices, certificates, "
            "receipts, the log, revocations, grants and alerts stay for ever, with the outcomes of runs that "
            "they came of."
        )
        self.spans = Segment(
            (self.tr("For ever"), self.tr("2 years"), self.tr("1 year"), self.tr("90 days")),
            self.tr("How long runs are kept"),
        )
        self._notice = Banner()
        self.go = Button(self.tr("Remove them"), ButtonKind.SECONDARY, icon="trash")
        self.cancel = Button(self.tr("Keep them"), ButtonKind.MUTED)
        self._buttons = QWidget()
        buttons = QHBoxLayout(self._buttons)
        buttons.setContentsMargins(0, 0, 0, 0)
        buttons.addWidget(self.cancel)
        buttons.addStretch(1)
        buttons.addWidget(self.go)
        words = QVBoxLayout()
        words.setSpacing(1)
        words.addWidget(self._title)
        words.addWidget(Label(note, "body", role="textSecondary", wrap=True))
        row = QHBoxLayout()
        row.setSpacing(24)
        row.addLayout(words, 1)
        row.addWidget(self.spans, 0, Qt.AlignmentFlag.AlignVCenter)
        self.body.addWidget(Label(self.tr("Old runs"), "section"))
        self.body.addLayout(row)
        self.body.addWidget(self._notice)
        self.body.addWidget(self._buttons)
        self._notice.hide()
        self._buttons.hide()
        self.spans.chosen.connect(lambda index: self.chosen.emit(SPANS[index]))
        self.go.clicked.connect(self.go_wanted)
        self.cancel.clicked.connect(lambda: self.chosen.emit(None))

    def show_state(
        self, title: str, days: int | None, notice: NoticeView | None = None, *, asks: bool = False
    ) -> None:
        """title: how long they are kept; days: what is chosen. asks: the notice says what would go"""
        self._title.setText(title)
        # Days that the command line has set are none of these.
        if days in SPANS:
            self.spans.set_current(SPANS.index(days))
        self._notice.setVisible(notice is not None)
        if notice is not None:
            self._notice.show_notice(notice.tone, notice.title, notice.sentence, icon=notice.icon)
        self._buttons.setVisible(asks)
        if asks:
            self.cancel.setFocus(Qt.FocusReason.OtherFocusReason)


class RetentionPresenter(QObject):
    """Fills the card; `send` takes commands to the engine. What removes something asks first."""

    def __init__(self, card: RetentionCard, send: Callable[[Command], None]) -> None:
        super().__init__(card)
        self._card = card
        self._send = send
        self._asked: int | None = None
        card.chosen.connect(self._choose)
        card.go_wanted.connect(lambda: send(KeepRuns(self._asked)))

    def refresh(self) -> None:
        """Somebody else may have set it."""
        self._asked = None
        self._send(AskRetention())

    def take(self, event: object) -> None:
        """What the engine says of it."""
        if not isinstance(event, RetentionState):
            return
        title = upkeep.kept(event.days)
        if event.removed is not None or event.error is not None:
            self._asked = None
            self._card.show_state(title, event.days, upkeep.removed(event))
        elif event.asked != self._asked:
            pass  # other days were chosen since
        elif event.asked is None:
            self._card.show_state(title, event.days)
        elif event.older:
            self._card.show_state(title, event.asked, upkeep.older(event), asks=True)
        else:
            self._send(KeepRuns(event.asked))

    def _choose(self, days: int | None) -> None:
        """Longer than now removes nothing, and is done at once."""
        if days is not None:
            self._asked = days
            self._send(AskRetention(days))
        elif self._asked is not None:
            self.refresh()
        else:
            self._send(KeepRuns(None))
