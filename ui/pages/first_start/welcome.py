"""The first page of all: three ways in, and what this computer has."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from ui import art, i18n
from ui.pages.first_start.views import ComputerPart, WelcomeView
from ui.shell import theme
from ui.widgets import Button, ButtonKind, Card, IconView, Label, PageFrame, Segment, accessibility, paint
from ui.widgets.check_button import CheckButton

LANGUAGES = tuple(i18n.LANGUAGES)
LINES = 3.6
Figure = tuple[str, art.Scene, float]
"""A drawing, its state, and its size beside the largest."""


class WelcomePage(PageFrame):
    """Passive: shows a WelcomeView. `language_chosen` carries a language's code."""

    device_wanted = Signal()
    virtual_wanted = Signal()
    restore_wanted = Signal()
    checked_again = Signal()
    language_chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(
            self.tr("Welcome to Companion"),
            self.tr("Set up devices over Bluetooth, and verify each one before it gets your password."),
            parent=parent,
        )
        self.hide_footer()
        self._language = Segment(tuple(i18n.LANGUAGES.values()), self.tr("Language"))
        self._language.chosen.connect(lambda index: self.language_chosen.emit(LANGUAGES[index]))
        self.add_to_head(self._language)
        self.real = _Way(
            self.tr("I have a device"), self.tr("Add a device"), (("laptop", art.Scene(""), 1.2), _sensor())
        )
        self.virtual = _Way(
            self.tr("Show me a virtual one"),
            self.tr("Try a virtual device"),
            (("sensor", art.Scene(slots="000-000", caption=self.tr("Virtual")), 1.2),),
        )
        self.restore = _Way(
            self.tr("I used Companion before"),
            self.tr("Restore a backup"),
            (("plug", art.Scene(), 0.9), _sensor(), ("lock", art.Scene(), 0.9)),
        )
        self.virtual.sentence.setText(
            self.tr(
                "A device inside this computer, with its own display and button. Three clicks, no Bluetooth."
            )
        )
        self.restore.sentence.setText(
            self.tr("Restore your owner key and saved networks to manage your devices from this computer.")
        )
        self.real.button.clicked.connect(self.device_wanted)
        self.virtual.button.clicked.connect(self.virtual_wanted)
        self.restore.button.clicked.connect(self.restore_wanted)
        self._parts = [_Part() for _ in range(3)]
        ways = QHBoxLayout()
        ways.setSpacing(24)
        for way in (self.real, self.virtual, self.restore):
            ways.addWidget(way, 1)
        self.body.addLayout(ways, 1)
        self.body.addWidget(self._computer())
        promise = self.tr(
            "Companion needs no account and sends nothing to the internet. It creates your owner key with "
            "your first device."
        )
        self.body.addWidget(Label(promise, "caption", role="textSecondary", wrap=True))

    def _computer(self) -> QWidget:
        card = Card(padding=18)
        self.again = CheckButton(ButtonKind.QUIET)
        self.again.clicked.connect(self.checked_again)
        head = QHBoxLayout()
        head.addWidget(Label(self.tr("This computer"), "section"), 1)
        head.addWidget(self.again)
        row = QGridLayout()
        row.setHorizontalSpacing(24)
        for place, part in enumerate(self._parts):
            row.addWidget(part, 0, place)
            row.setColumnStretch(place, 1)
        card.body.setSpacing(6)
        card.body.addLayout(head)
        card.body.addLayout(row)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        card.setSizePolicy(policy)
        return card

    def show_language(self, code: str) -> None:
        """Mark the language that is spoken; one of the others marks English."""
        self._language.set_current(LANGUAGES.index(code) if code in LANGUAGES else 0)

    def focus_language(self) -> None:
        """Put the keyboard on the language that is spoken."""
        self._language.focus_current()

    def show_view(self, view: WelcomeView) -> None:
        """Show what works here. The filled button is the way that does."""
        self.real.sentence.setText(view.real)
        first, other = (self.virtual, self.real) if view.virtual_first else (self.real, self.virtual)
        # Enter presses what is filled, also when what works here is known later.
        follows = self.window().focusWidget() is other.button and other.button.kind is ButtonKind.PRIMARY
        first.button.set_kind(ButtonKind.PRIMARY)
        other.button.set_kind(ButtonKind.SECONDARY)
        if follows:
            first.button.setFocus(Qt.FocusReason.OtherFocusReason)
        for part, shown in zip(self._parts, view.parts, strict=True):
            part.show_part(shown)


def _sensor() -> Figure:
    return "sensor", art.Scene(), 1.0


class _Way(Card):
    """A drawing, what it is for, and its button, in line with those of its neighbours."""

    def __init__(self, title: str, action: str, figures: Sequence[Figure]) -> None:
        super().__init__(padding=16)
        self.sentence = Label("", "body", role="textSecondary", wrap=True, align=Qt.AlignmentFlag.AlignTop)
        # As many lines as the longest has: neither drawings nor buttons move with what is said.
        self.sentence.setMinimumHeight(round(paint.text_height("body") * LINES))
        self.button = Button(action, trailing="arrow-right")
        accessibility.describe(self.button, title)
        self.body.setSpacing(4)
        self.body.addWidget(_Figures(figures), 1)
        self.body.addSpacing(10)
        self.body.addWidget(Label(title, "heading", wrap=True))
        self.body.addWidget(self.sentence)
        self.body.addStretch(0)
        self.body.addSpacing(8)
        self.body.addWidget(self.button)


class _Figures(QWidget):
    """Drawings side by side on a stage, as large as fits."""

    def __init__(self, figures: Sequence[Figure]) -> None:
        super().__init__()
        self._figures = figures
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def minimumSizeHint(self) -> QSize:
        return QSize(120, 84)

    def sizeHint(self) -> QSize:
        return QSize(200, 168)

    def paintEvent(self, event: QPaintEvent) -> None:
        total = sum(size for _, _, size in self._figures)
        tallest = max(size for _, _, size in self._figures)
        unit = min((self.width() - 32) / total, (self.height() - 20) / tallest, 110)
        with paint.painting(self) as painter:
            ground = QRectF(self.rect())
            paint.panel(painter, ground, float(theme.token("radius", "banner")), theme.colour("artBack"))
            painter.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
            x = ground.center().x() - total * unit / 2
            for kind, scene, size in self._figures:
                side = size * unit
                art.paint(painter, QRectF(x, ground.center().y() - side / 2, side, side), kind, scene)
                x += side


class _Part(QWidget):
    """One part of this computer; the icon's shape says it, too."""

    def __init__(self) -> None:
        super().__init__()
        self._icon = IconView("clock", "textSecondary")
        self._claim = Label("", "strong", wrap=True)
        self._sentence = Label("", "caption", role="textSecondary", wrap=True)
        words = QVBoxLayout()
        words.setSpacing(1)
        words.addWidget(self._claim)
        words.addWidget(self._sentence)
        words.addStretch(1)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        row.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(words, 1)

    def show_part(self, part: ComputerPart) -> None:
        if part.works is None:
            self._icon.show_icon("clock", "textSecondary")
        elif part.works:
            self._icon.show_icon("check", "success")
        else:
            self._icon.show_icon(*(("warning", "warning") if part.stops else ("info", "textSecondary")))
        self._claim.setText(part.claim)
        self._sentence.setText(part.sentence)
        accessibility.name(self, f"{part.claim}. {part.sentence}")
