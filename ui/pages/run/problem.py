"""The problem page: what happened, what to do, and a way on that loses nothing the user gave."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from ui import art, icons
from ui.pages.scan.maker import MakerButtons
from ui.pages.views import MakerView
from ui.shell import theme
from ui.widgets import (
    Banner,
    Button,
    ButtonKind,
    Card,
    IconView,
    Label,
    Line,
    PageFrame,
    Stage,
    StepMark,
    Tone,
    paint,
)
from ui.widgets.layouts import refill
from ui.widgets.signal_chart import SignalChart, SignalView

SIDE = 320


@dataclass(frozen=True)
class Fact:
    """A detail of the failure: its name, its value, and whether the value is a code."""

    name: str
    value: str
    is_code: bool = False


@dataclass(frozen=True)
class ProblemView:
    """All that the page shows. `kept` says what the next try will not ask again; `primary` is its button.

    other_code: another device's code is a way on
    forget: words of a button for a device that can't be told, "" for none
    makers: how its manufacturer says that the device is made ready
    """

    title: str
    lead: str
    happened_title: str
    happened: str
    actions: tuple[tuple[str, str], ...]
    facts: tuple[Fact, ...]
    art: str = "sensor"
    marks: tuple[StepMark, ...] = ()
    spoken: str = ""
    kept: str = ""
    primary: str = ""
    primary_icon: str = "refresh"
    tone: Tone = Tone.DANGER
    other_code: bool = True
    forget: str = ""
    signal: SignalView | None = None
    makers: tuple[MakerView, ...] = ()


class ProblemPage(PageFrame):
    """Passive: shows a view; its signals are what the user wants next."""

    tried_again = Signal()
    other_code_wanted = Signal()
    report_wanted = Signal()
    forget_wanted = Signal()
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._between = BrokenLink()
        self._signal = QWidget()
        self._signal_caption = Label("", "caption", role="textSecondary")
        self._signal_span = Label("", "strong", elide=True, align=Qt.AlignmentFlag.AlignTrailing)
        self._chart = SignalChart()
        self._facts = QVBoxLayout()
        self._facts.setSpacing(9)
        self._happened = Banner(Tone.DANGER)
        self._actions = Card(padding=20)
        self._kept = Label("", "body", role="textSecondary", wrap=True)
        self._kept_row = QWidget()
        self._again = Button(self.tr("Try again"), ButtonKind.PRIMARY, icon="refresh")
        self._report = Button(self.tr("Copy report"), icon="copy")
        self._other = Button(self.tr("Use another code"))
        self._forget = Button("", icon="trash")
        columns = QHBoxLayout()
        columns.setSpacing(24)
        columns.addWidget(self._side())
        columns.addLayout(self._explanation(), 1)
        self.body.addLayout(columns, 1)
        self._fill_footer()

    def _side(self) -> QWidget:
        stage = Stage()
        stage.setFixedWidth(SIDE)
        stage.body.addStretch(1)
        stage.body.addWidget(self._between, 8)
        stage.body.addStretch(1)
        words = QHBoxLayout()
        words.setSpacing(12)
        words.addWidget(self._signal_caption)
        words.addWidget(self._signal_span, 1)
        column = QVBoxLayout(self._signal)
        column.setContentsMargins(0, 0, 0, 12)
        column.setSpacing(8)
        column.addLayout(words)
        column.addWidget(self._chart)
        stage.body.addWidget(self._signal)
        stage.body.addWidget(Line())
        stage.body.addSpacing(6)
        stage.body.addLayout(self._facts)
        return stage

    def _explanation(self) -> QVBoxLayout:
        row = QHBoxLayout(self._kept_row)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(IconView("shield-check", "success"), 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self._kept, 1)
        column = QVBoxLayout()
        column.setSpacing(0)
        column.addWidget(self._happened)
        column.addSpacing(18)
        column.addWidget(Label(self.tr("What to do"), "heading"))
        column.addSpacing(10)
        column.addWidget(self._actions, 1)
        column.addSpacing(14)
        column.addWidget(self._kept_row)
        return column

    def _fill_footer(self) -> None:
        stop = Button(self.tr("Stop"), ButtonKind.MUTED)
        other = self._other
        stop.clicked.connect(self.left)
        other.clicked.connect(self.other_code_wanted)
        self._report.clicked.connect(self.report_wanted)
        self._again.clicked.connect(self.tried_again)
        self.add_left(stop)
        self.add_right(self._report)
        self._forget.clicked.connect(self.forget_wanted)
        self.add_right(other)
        self.add_right(self._forget)
        self.add_right(self._again)

    def show_view(self, view: ProblemView) -> None:
        """Show a failure. It stays until the user leaves it."""
        self.set_title(view.title)
        self.set_lead(view.lead)
        self.set_steps(view.marks, view.spoken)
        self._between.show_device(view.art)
        self._happened.show_notice(view.tone, view.happened_title, view.happened, icon="warning")
        self._signal.setVisible(view.signal is not None)
        if view.signal is not None:
            self._signal_caption.setText(view.signal.caption)
            self._signal_span.setText(view.signal.span)
            self._chart.show_view(view.signal)
        self._kept.setText(view.kept)
        self._kept_row.setVisible(bool(view.kept))
        self._other.setVisible(view.other_code)
        self._forget.setText(view.forget)
        self._forget.setVisible(bool(view.forget))
        self._again.setVisible(bool(view.primary))
        self._again.setText(view.primary)
        self._again.set_icon(view.primary_icon)
        self._report.setText(self.tr("Copy report"))
        self._report.set_icon("copy")
        refill(self._facts, [_FactRow(fact) for fact in view.facts])
        refill(self._actions.body, _numbered(view.makers, view.actions))

    def show_copied(self) -> None:
        """The report is on the clipboard."""
        self._report.setText(self.tr("Copied"))
        self._report.set_icon("check")


class BrokenLink(QWidget):
    """The computer and the device with a cross between them."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._kind = "sensor"
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def show_device(self, kind: str) -> None:
        self._kind = kind
        self.update()

    def minimumSizeHint(self) -> QSize:
        return QSize(200, 90)

    def paintEvent(self, _event: QPaintEvent) -> None:
        side = min(self.height() * 1.1, self.width() * 0.58)
        middle = self.height() / 2
        with paint.painting(self) as painter:
            painter.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
            laptop = QRectF(0, middle - side / 2, side, side)
            art.paint(painter, laptop, "laptop", art.Scene(display=""))
            device = side * 0.68
            box = QRectF(self.width() - device, middle - device / 2, device, device)
            art.paint(painter, box, self._kind, art.Scene(display=self.tr("Idle")))
            gap = (laptop.right() + box.left()) / 2
            spot = QRectF(gap - 14, middle - 14, 28, 28)
            paint.panel(painter, spot, 14, theme.colour("dangerSoft"))
            icons.paint(painter, spot.adjusted(7, 7, -7, -7), "cross", theme.colour("danger"))


class _FactRow(QWidget):
    def __init__(self, fact: Fact) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(16)
        row.addWidget(Label(fact.name, "body", role="textSecondary"))
        row.addStretch(1)
        value = Label(fact.value, "mono" if fact.is_code else "strong", elide=True)
        value.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        row.addWidget(value)


class _Action(QWidget):
    """A number in a circle, a demand, and why; below that what opens a manufacturer's page."""

    def __init__(self, number: int, demand: str, why: str, buttons: QWidget | None = None) -> None:
        super().__init__()
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(Label(demand, "strong", wrap=True))
        if why:
            words.addWidget(Label(why, "body", role="textSecondary", wrap=True))
        if buttons is not None:
            words.addSpacing(6)
            words.addWidget(buttons)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(14)
        row.addWidget(_Number(number), 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(words, 1)


class _Number(QWidget):
    def __init__(self, number: int) -> None:
        super().__init__()
        self._number = number
        self.setFixedSize(26, 26)

    def paintEvent(self, _event: QPaintEvent) -> None:
        with paint.painting(self) as painter:
            rect = QRectF(self.rect())
            paint.panel(painter, rect, 13, theme.colour("sunken"))
            ink = theme.colour("text")
            paint.text(painter, rect, str(self._number), "strong", ink, paint.Align.AlignCenter)


def _numbered(makers: Sequence[MakerView], actions: Sequence[tuple[str, str]]) -> list[QWidget | None]:
    """Both with lines between them, makers first; None stands for the room between that grows."""
    told = [(view.title, view.sentence, MakerButtons(view)) for view in makers]
    widgets: list[QWidget | None] = [None]
    for number, (demand, why, buttons) in enumerate([*told, *((*each, None) for each in actions)], 1):
        if number > 1:
            widgets += [Line(), None]
        widgets += [_Action(number, demand, why, buttons), None]
    return widgets
