"""The virtual device beside a page: its display, its button, and a wrong number on request."""

from __future__ import annotations

import math
from dataclasses import dataclass

from PySide6.QtCore import QElapsedTimer, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from ui import art
from ui.shell import theme
from ui.widgets import (
    ArtView,
    Button,
    ButtonKind,
    Chip,
    IconView,
    Label,
    Line,
    Switch,
    Tone,
    accessibility,
    paint,
)
from ui.widgets.scroll import ColumnScroll

WIDE, NARROW = 300, 56


@dataclass(frozen=True)
class DockView:
    """What the device looks like, and what it asks.

    number: on its display, "" for none; asks: its button may be pressed; seconds: how long it waits for that
    network: where it will be; passphrase: that network's, which is filled in
    """

    name: str
    kind: str
    scene: art.Scene
    sentence: str
    number: str = ""
    asks: bool = False
    seconds: float = 0.0
    network: str = ""
    passphrase: str = ""
    can_attack: bool = False


class DeviceDock(QFrame):
    """Passive. `pressed`: True for match. `attack_wanted`: show a wrong number, or stop that.

    Folded it is a strip with the way to unfold it; `folded_changed` carries what the user wants.
    """

    pressed = Signal(bool)
    attack_wanted = Signal(bool)
    folded_changed = Signal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Preferred)
        self._name = Label("", "section", elide=True)
        self._sentence = Label("", "body", role="textSecondary", wrap=True)
        self._art = ArtView("sensor", minimum=120, maximum=250)
        self.same = Button(self.tr("Press: same number"), icon="equal")
        self.other = Button(self.tr("Hold: other number"), icon="differ")
        self.attack = Switch(self.tr("Show a wrong number"))
        self.fold = Button("", ButtonKind.MUTED, icon="chevron-right")
        self.unfold = Button("", ButtonKind.MUTED, icon="chevron-left")
        self._rest = Label("", "caption", role="textSecondary")
        self._network = Label("", "body", wrap=True)
        self._passphrase = Label("", "body", role="textSecondary", wrap=True)
        self._buttons, self._attacks, self._waits, self._joins = (QWidget() for _ in range(4))
        self._clock = QElapsedTimer()
        self._seconds = 0.0
        self._ticks = QTimer(self)
        self._ticks.setInterval(1000)
        self._ticks.timeout.connect(self._show_rest)
        accessibility.name(self, self.tr("The virtual device"))
        accessibility.name(self.fold, self.tr("Hide the device"))
        accessibility.name(self.unfold, self.tr("Show the device"))
        self._whole, self._strip = self._make_whole(), self._make_strip()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self._whole)
        row.addWidget(self._strip)
        self.same.clicked.connect(lambda: self.pressed.emit(True))
        self.other.clicked.connect(lambda: self.pressed.emit(False))
        self.attack.clicked.connect(self.attack_wanted)
        self.fold.clicked.connect(lambda: self.folded_changed.emit(True))
        self.unfold.clicked.connect(lambda: self.folded_changed.emit(False))
        self.set_folded(False)

    @property
    def folded(self) -> bool:
        return self._whole.isHidden()

    def set_folded(self, folded: bool) -> None:
        """Be the strip, or whole."""
        self._whole.setVisible(not folded)
        self._strip.setVisible(folded)
        self.setFixedWidth(NARROW if folded else max(WIDE, self._whole.minimumSizeHint().width()))

    def show_view(self, view: DockView) -> None:
        """Show the device as it is now."""
        self._name.setText(view.name)
        self._sentence.setText(view.sentence)
        self._art.show_art(view.kind, view.scene)
        self._small.show_art(view.kind, view.scene)
        spoken = " ".join(view.number.replace("-", ","))
        words = self.tr("Its display shows {digits}").format(digits=spoken) if view.number else ""
        accessibility.name(self._art, words or view.name)
        self._buttons.setVisible(bool(view.number))
        for button in (self.same, self.other):
            button.setEnabled(view.asks)
        self._attacks.setVisible(view.can_attack)
        self._joins.setVisible(bool(view.network))
        self._network.setText(view.network)
        self._passphrase.setText(view.passphrase)
        self._waits.setVisible(view.asks)
        if view.asks and not self._ticks.isActive():
            self._seconds = view.seconds
            self._clock.restart()
            self._ticks.start()
            self._show_rest()
        elif not view.asks:
            self._ticks.stop()

    def _show_rest(self) -> None:
        rest = max(0, math.ceil(self._seconds - self._clock.elapsed() / 1000))
        self._rest.setText(self.tr("Waiting {seconds} s for its button").format(seconds=rest))

    # --- layout ------------------------------------------------------------------------------------

    def _make_whole(self) -> QWidget:
        head = QHBoxLayout()
        head.setSpacing(6)
        head.addWidget(self._name, 1)
        head.addWidget(Chip(self.tr("Virtual"), Tone.INFO, icon="lab"))
        head.addWidget(self.fold)
        self._fill_parts()
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setContentsMargins(20, 20, 20, 20)
        column.setSpacing(10)
        column.addLayout(head)
        column.addWidget(self._sentence)
        column.addWidget(self._art, 3)
        for part in (self._buttons, self._attacks, self._joins):
            column.addWidget(part)
        column.addStretch(1)
        column.addWidget(self._waits)
        return ColumnScroll(inner)

    def _fill_parts(self) -> None:
        buttons = _column(self._buttons, 8)
        buttons.addWidget(Label(self.tr("Its button"), "strong"))
        buttons.addWidget(self.same)
        buttons.addWidget(self.other)
        words = QVBoxLayout()
        words.setSpacing(1)
        words.addWidget(Label(self.tr("Show a wrong number"), "strong", wrap=True))
        note = self.tr("Simulates an intercepted connection")
        words.addWidget(Label(note, "caption", role="textSecondary", wrap=True))
        attack = QHBoxLayout()
        attack.setSpacing(12)
        attack.addLayout(words, 1)
        attack.addWidget(self.attack, 0, Qt.AlignmentFlag.AlignVCenter)
        attacks = _column(self._attacks, 12)
        attacks.addWidget(Line())
        attacks.addLayout(attack)
        joins = _column(self._joins, 2)
        joins.addWidget(Line())
        joins.addSpacing(8)
        joins.addWidget(Label(self.tr("Its network"), "strong"))
        joins.addWidget(self._network)
        joins.addWidget(self._passphrase)
        waits = QHBoxLayout(self._waits)
        waits.setContentsMargins(0, 0, 0, 0)
        waits.setSpacing(8)
        waits.addWidget(IconView("clock", "textSecondary", 16))
        waits.addWidget(self._rest, 1)

    def _make_strip(self) -> QWidget:
        strip = QWidget()
        self._small = ArtView("sensor", minimum=40, maximum=40)
        self._small.setFixedSize(40, 40)
        self.unfold.setFixedWidth(40)
        column = QVBoxLayout(strip)
        column.setContentsMargins(8, 16, 8, 16)
        column.setSpacing(10)
        column.addWidget(self.unfold, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addWidget(self._small, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(1)
        return strip

    def minimumSizeHint(self) -> QSize:
        return QSize(NARROW, 100)

    def paintEvent(self, event: QPaintEvent) -> None:
        with paint.painting(self) as painter:
            painter.fillRect(self.rect(), theme.colour("rail"))
            edge = QRectF(0, 0, 1, self.height())
            painter.fillRect(paint.mirrored(self, edge), theme.colour("outline"))


def _column(widget: QWidget, spacing: int) -> QVBoxLayout:
    column = QVBoxLayout(widget)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(spacing)
    return column
