"""The done page: the device, its certificate's life, what was handed over, the receipt, the proof."""

from __future__ import annotations

import math
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from ui import art, icons
from ui.shell import theme
from ui.widgets import (
    Button,
    ButtonKind,
    Card,
    FindingRow,
    Label,
    Level,
    Line,
    PageFrame,
    Stage,
    StepMark,
    ValidityBar,
    accessibility,
    paint,
)
from ui.widgets.layouts import refill

SIDE = 320
RAYS = 32


@dataclass(frozen=True)
class Validity:
    """A certificate's life: its first and last day as text, and the share (0 to 1) that is left."""

    begins: str
    ends: str
    left: float
    spoken: str


@dataclass(frozen=True)
class Fact:
    """One thing that is true now.

    excerpt: monospaced; copies: goes to the clipboard on request; opens: words of a button that shows the
    checks, "" for none
    """

    icon: str
    claim: str
    sentence: str
    level: Level = Level.PLAIN
    note: str = ""
    life: Validity | None = None
    excerpt: str = ""
    copies: str = ""
    opens: str = ""


@dataclass(frozen=True)
class SuccessView:
    """All that the page shows. `numbers` are pairs of a value and what it counts.

    goes_on: words of the button for the next device of the code, "" where there is none
    """

    title: str
    lead: str
    name: str
    place: str
    art: str
    numbers: tuple[tuple[str, str], ...]
    facts: tuple[Fact, ...]
    marks: tuple[StepMark, ...] = ()
    spoken: str = ""
    can_open: bool = False
    goes_on: str = ""


class SuccessPage(PageFrame):
    """Passive: shows a view; its signals are what the user wants next."""

    another_wanted = Signal()
    rest_wanted = Signal()
    device_wanted = Signal()
    real_device_wanted = Signal()
    copy_wanted = Signal(str)
    checks_wanted = Signal()
    backup_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._art = SuccessArt()
        self._name = Label("", "heading", elide=True, align=Qt.AlignmentFlag.AlignCenter)
        self._place = Label("", "body", role="textSecondary", elide=True, align=Qt.AlignmentFlag.AlignCenter)
        self._numbers = QHBoxLayout()
        self._card = Card(padding=20)
        columns = QHBoxLayout()
        columns.setSpacing(24)
        self._drawing = self._side()
        columns.addWidget(self._drawing)
        columns.addWidget(self._card, 1)
        self.body.addLayout(columns, 1)
        self._another = Button(self.tr("Add another"), icon="plus")
        self._first_and_only = Button(self.tr("Add another"), ButtonKind.PRIMARY, icon="plus")
        self._open = Button(self.tr("Open device"), ButtonKind.PRIMARY, trailing="arrow-right")
        self._goes_on = Button("", ButtonKind.PRIMARY, trailing="arrow-right")
        self._goes_on.clicked.connect(self.rest_wanted)
        self._another.clicked.connect(self.another_wanted)
        self._first_and_only.clicked.connect(self.another_wanted)
        self._open.clicked.connect(self.device_wanted)
        self.real_device = Button(self.tr("Now your real device"), ButtonKind.PRIMARY, trailing="arrow-right")
        self.real_device.clicked.connect(self.real_device_wanted)
        self._reminder = Label(self.tr("No backup yet."), "body", role="textSecondary", elide=True)
        self._back_up = Button(self.tr("Back up"), ButtonKind.QUIET, icon="lock")
        self._back_up.clicked.connect(self.backup_wanted)
        self.add_left(self._reminder)
        self.add_left(self._back_up)
        self.remind_of_backup(False)
        for button in (self._another, self._first_and_only, self._open, self._goes_on, self.real_device):
            self.add_right(button)
        self.offer_real_device(False)

    def _side(self) -> QWidget:
        stage = Stage()
        stage.setFixedWidth(SIDE)
        stage.body.setSpacing(0)
        stage.body.addWidget(self._art, 1)
        stage.body.addSpacing(8)
        stage.body.addWidget(self._name)
        stage.body.addWidget(self._place)
        stage.body.addSpacing(16)
        stage.body.addWidget(Line())
        stage.body.addSpacing(14)
        stage.body.addLayout(self._numbers)
        return stage

    def show_view(self, view: SuccessView) -> None:
        """Show how the run ended."""
        self.set_title(view.title)
        self.set_lead(view.lead)
        self.set_steps(view.marks, view.spoken)
        self._art.show_device(view.art, view.place.split(" · ")[0] if view.place else "")
        self._name.setText(view.name)
        self._place.setText(view.place)
        refill(self._numbers, [_Number(value, unit) for value, unit in view.numbers])
        rows: list[QWidget | None] = [None]
        for index, fact in enumerate(view.facts):
            if index:
                rows += [Line(), None]
            rows += [self._row(fact), None]
        refill(self._card.body, rows)
        self._goes_on.setText(view.goes_on)
        self._goes_on.setVisible(bool(view.goes_on))
        self._open.setVisible(view.can_open)
        self._another.setVisible(view.can_open and not view.goes_on)
        self._first_and_only.setVisible(not (view.can_open or view.goes_on))

    def set_device_beside(self, beside: bool) -> None:
        self._drawing.setVisible(not beside)
        self._card.body.setSpacing(6 if beside else 12)

    def remind_of_backup(self, reminds: bool) -> None:
        """Say that there is none, beside a way to make one."""
        self._reminder.setVisible(reminds)
        self._back_up.setVisible(reminds)

    def offer_real_device(self, offered: bool) -> None:
        """After a virtual device the way on is a real one."""
        self.real_device.setVisible(offered)
        has_other = offered or self._goes_on.isVisibleTo(self)
        other = ButtonKind.SECONDARY if has_other else ButtonKind.PRIMARY
        self._open.set_kind(other)
        self._first_and_only.set_kind(other)
        if offered:
            self._another.hide()

    def _row(self, fact: Fact) -> QWidget:
        row = FindingRow(fact.level, fact.claim, fact.sentence, icon=fact.icon, note=fact.note)
        if fact.life is not None:
            row.extra.addSpacing(12)
            row.extra.addWidget(ValidityBar(fact.life.left, fact.life.spoken))
            row.extra.addSpacing(4)
            dates = QHBoxLayout()
            dates.addWidget(Label(fact.life.begins, "caption"))
            dates.addStretch(1)
            dates.addWidget(Label(fact.life.ends, "caption"))
            row.extra.addLayout(dates)
        if fact.excerpt:
            line = QHBoxLayout()
            line.setSpacing(4)
            line.addWidget(Label(fact.excerpt, "mono", role="textSecondary", elide=True))
            if fact.copies:
                copy = Button(self.tr("Copy"), ButtonKind.QUIET, icon="copy")
                accessibility.name(copy, self.tr("Copy: {what}").format(what=fact.claim))
                copy.clicked.connect(lambda _=False, text=fact.copies: self.copy_wanted.emit(text))
                line.addWidget(copy)
            line.addStretch(1)
            row.extra.addLayout(line)
        if fact.opens:
            opens = Button(fact.opens, ButtonKind.QUIET, icon="shield-check")
            opens.clicked.connect(self.checks_wanted)
            row.extra.addWidget(opens, 0, Qt.AlignmentFlag.AlignLeading)
        return row


class SuccessArt(QWidget):
    """The device with rays around it and a tick at its corner."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._kind, self._caption = "box", ""
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def show_device(self, kind: str, caption: str) -> None:
        """The drawing's kind, and the small line on its display."""
        self._kind, self._caption = kind, caption
        self.update()

    def minimumSizeHint(self) -> QSize:
        return QSize(150, 130)

    def paintEvent(self, _event: QPaintEvent) -> None:
        middle = QRectF(self.rect()).center()
        radius = min(self.width(), self.height()) / 2 - 2
        with paint.painting(self) as painter:
            for index in range(RAYS):
                turn = index * math.tau / RAYS
                strong = index % 4 == 0
                inner = radius * (0.86 if strong else 0.9)
                ink = theme.colour("accent", 0.65 if strong else 0.35)
                painter.setPen(QPen(ink, 2, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
                ray = QPointF(math.sin(turn), -math.cos(turn))
                painter.drawLine(middle + ray * inner, middle + ray * radius)
            side = radius * 1.42
            box = QRectF(middle.x() - side / 2, middle.y() - side / 2, side, side)
            scene = art.Scene(caption=self._caption, led=art.Led.GOOD)
            painter.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
            art.paint(painter, box, self._kind, scene)
            tick = QRectF(0, 0, 44, 44)
            tick.moveCenter(middle + QPointF(radius * 0.54, radius * 0.47))
            paint.panel(painter, tick, 22, theme.colour("artBack"))
            inside = tick.adjusted(2.5, 2.5, -2.5, -2.5)
            paint.panel(painter, inside, 20, theme.colour("success"))
            icons.paint(painter, tick.adjusted(11, 11, -11, -11), "check", theme.colour("surface"))


class _Number(QWidget):
    """A number with what it counts below."""

    def __init__(self, value: str, unit: str) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(1)
        centre = Qt.AlignmentFlag.AlignCenter
        column.addWidget(Label(value, "section", align=centre))
        column.addWidget(Label(unit, "caption", role="textSecondary", elide=True, align=centre))
