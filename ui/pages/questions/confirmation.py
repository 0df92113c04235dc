"""The found page: which device this is, and how well its way of being set up protects the user."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QPaintEvent, QPen
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from ui import art
from ui.pages.fabrics.choice import FabricChoice
from ui.pages.views import ConfirmationView, FindingView
from ui.shell import theme
from ui.widgets import (
    Banner,
    Button,
    ButtonKind,
    Card,
    Chip,
    FindingRow,
    Label,
    Line,
    PageFrame,
    SignalBars,
    Stage,
    Tone,
    paint,
)
from ui.widgets.layouts import refill


class ConfirmationPage(PageFrame):
    """Passive: shows a ConfirmationView."""

    connect_wanted = Signal()
    identify_wanted = Signal()
    refused = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._device = _DeviceStage()
        self._bars = SignalBars(None, 30)
        self._signal = Label("", "strong", wrap=True)
        self._distance = Label("", "caption", role="textSecondary", wrap=True)
        self._facts = QGridLayout()
        self._facts.setHorizontalSpacing(32)
        self._facts.setVerticalSpacing(2)
        self._fabric = FabricChoice(self.tr("Joins your fabric"))
        self._extras = QWidget()
        self._notice = Banner()
        self._verdict = Chip("")
        self._findings = Card()
        self._findings.body.setContentsMargins(20, 14, 20, 15)
        self._go = Button(self.tr("Connect"), ButtonKind.PRIMARY, trailing="arrow-right")
        self._blink = Button(self.tr("Blink the device"), icon="light")
        self._blink_note = Label("", "caption", role="textSecondary", elide=True)
        self._back = Button(self.tr("Not this one"), ButtonKind.MUTED, icon="arrow-left")
        self._lay_out()
        self._go.clicked.connect(self.connect_wanted)
        self._blink.clicked.connect(self.identify_wanted)
        self._back.clicked.connect(self.refused)

    def show_device(self, view: ConfirmationView) -> None:
        """Show this device."""
        self.set_title(view.title)
        self.set_lead(view.lead)
        self._device.show_device(view.kind, view.scene)
        self._bars.set_rssi(view.rssi)
        self._bars.setVisible(view.rssi is not None)
        self._signal.setText(view.signal)
        self._distance.setText(view.distance)
        self._distance.setVisible(bool(view.distance))
        self._device.set_caption_shown(bool(view.signal))
        self._show_facts(view.facts)
        self._fabric.offer(view.fabrics, view.fabric)
        if view.notice is not None:
            notice = view.notice
            self._notice.show_notice(notice.tone, notice.title, notice.sentence, icon=notice.icon)
        self._extras.setVisible(view.notice is not None)
        icons = {Tone.GOOD: "shield-check", Tone.DANGER: "unlock", Tone.WARNING: "warning"}
        self._verdict.show_state(view.verdict, view.verdict_tone, icon=icons.get(view.verdict_tone, ""))
        self._verdict.setVisible(bool(view.verdict))
        self._show_findings(view.findings)
        self._blink.setVisible(view.can_identify)
        self._blink.setEnabled(True)
        self._blink.setText(self.tr("Blink the device"))
        self._blink_note.setText("")

    def forget_fabric(self) -> None:
        """Another device is asked about: the usual fabric is preset again."""
        self._fabric.forget()

    @property
    def fabric(self) -> int:
        """Which of the fabrics is chosen, from 0."""
        return self._fabric.chosen

    def show_blinking(self) -> None:
        """It is being told to."""
        self._blink.setEnabled(False)
        self._blink_note.set_role("textSecondary")
        self._blink_note.setText(self.tr("Sending blink request"))

    def show_blinked(self, problem: str) -> None:
        """It was told to; `problem` says why not."""
        self._blink.setEnabled(True)
        self._blink.setText(self.tr("Blink again"))
        self._blink_note.set_role("danger" if problem else "textSecondary")
        self._blink_note.setText(problem or self.tr("The device is blinking or beeping"))

    def _show_facts(self, facts: Sequence[tuple[str, str]]) -> None:
        while (item := self._facts.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        for column, (label, value) in enumerate(facts):
            self._facts.addWidget(Label(label, "caption", role="textSecondary"), 0, column)
            self._facts.addWidget(Label(value, "strong", elide=True), 1, column)
        self._facts.setColumnStretch(len(facts), 1)

    def _show_findings(self, findings: Sequence[FindingView]) -> None:
        rows: list[QWidget | None] = []
        for index, finding in enumerate(findings):
            if index:
                rows += [None, Line()]
            rows += [None, FindingRow(finding.level, finding.claim, finding.sentence, icon=finding.icon)]
        refill(self._findings.body, [*rows, None])
        self._findings.setVisible(bool(findings))

    def _lay_out(self) -> None:
        words = QVBoxLayout()
        words.setSpacing(1)
        words.addWidget(self._signal)
        words.addWidget(self._distance)
        signal = QHBoxLayout()
        signal.setSpacing(16)
        signal.addWidget(self._bars, 0, Qt.AlignmentFlag.AlignVCenter)
        signal.addLayout(words, 1)
        self._device.caption.addLayout(signal)
        self._device.setMinimumWidth(220)

        extras = QVBoxLayout(self._extras)
        extras.setContentsMargins(0, 0, 0, 18)
        extras.setSpacing(12)
        extras.addWidget(self._notice)
        heading = QHBoxLayout()
        heading.setSpacing(12)
        heading.addWidget(Label(self.tr("Protection"), "heading", wrap=True), 1)
        heading.addWidget(self._verdict)
        right = QVBoxLayout()
        right.setSpacing(0)
        right.addLayout(self._facts)
        right.addWidget(self._fabric)
        right.addSpacing(20)
        right.addWidget(self._extras)
        right.addLayout(heading)
        right.addSpacing(12)
        right.addWidget(self._findings, 1)
        columns = QHBoxLayout()
        columns.setSpacing(32)
        columns.addWidget(self._device, 336)
        columns.addLayout(right, 544)
        self.body.addLayout(columns, 1)
        self.add_left(self._back)
        self.add_right(self._blink_note)
        self.add_right(self._blink)
        self.add_right(self._go)


class _DeviceStage(Stage):
    """The device in the middle of the waves it sends; its signal below, in `caption`."""

    def __init__(self) -> None:
        super().__init__(minimum=260)
        self._kind = "box"
        self._scene = art.Scene()
        self._line = Line()
        self.caption = QVBoxLayout()
        self.body.setContentsMargins(24, 24, 24, 24)
        self.body.setSpacing(10)
        self.body.addStretch(1)
        self.body.addWidget(self._line)
        self.body.addLayout(self.caption)

    def show_device(self, kind: str, scene: art.Scene) -> None:
        self._kind, self._scene = kind, scene
        self.update()

    def set_caption_shown(self, shown: bool) -> None:
        self._line.setVisible(shown)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        bottom = self._line.y() if self._line.isVisible() else self.height()
        area = QRectF(0, 0, self.width(), bottom)
        side = min(area.width(), area.height())
        with paint.painting(self) as painter:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            for share, alpha in ((0.3, 0.75), (0.385, 0.45), (0.47, 0.22)):
                painter.setPen(QPen(theme.colour("accentLine", alpha), 1.4))
                painter.drawEllipse(area.center(), side * share, side * share)
            box = QRectF(0, 0, side * 0.58, side * 0.58)
            box.moveCenter(area.center())
            art.paint(painter, box, self._kind, self._scene)
