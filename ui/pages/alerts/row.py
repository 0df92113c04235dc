"""One alert: the sentence, what chance says, the runs behind it, and the two ways out."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from companion.plain_text import filled
from ui.pages.alerts.views import AlertView, RunLine
from ui.widgets import Button, ButtonKind, Card, Field, FlowLayout, IconView, Label, accessibility
from ui.widgets.hold_button import HoldButton
from ui.widgets.hour_chart import HourChart
from ui.widgets.layouts import refill


class AlertRow(Card):
    """Passive. runs_wanted: those behind it; run_chosen: one of them, by its id; planned: what was, in one
    line; undo_wanted: of that answer; stop_wanted: its delegate shall do nothing any more."""

    runs_wanted = Signal()
    run_chosen = Signal(str)
    planned = Signal(str)
    undo_wanted = Signal()
    stop_wanted = Signal()

    def __init__(self, view: AlertView, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self.view = view
        self.show_runs = Button(view.runs, ButtonKind.QUIET)
        self.plan = Button(self.tr("Planned"), icon="check")
        self.undo = Button(self.tr("Undo"))
        self.stop: HoldButton | None = None
        self._runs = QVBoxLayout()
        self._runs.setSpacing(2)
        self.form = QWidget()
        self.note = Field(self.tr("What was planned?"))
        self.note.line_edit.setMaxLength(255)
        self.save = Button(self.tr("Mark as planned"), ButtonKind.PRIMARY)
        self.cancel = Button(self.tr("Cancel"), ButtonKind.MUTED)
        self._buttons = QWidget()
        self._lay_out()
        self._connect()
        self.show_form(False)

    # --- what is shown -----------------------------------------------------------------------------

    def show_lines(self, lines: Sequence[RunLine], others: str) -> None:
        """The runs behind it."""
        widgets: list[QWidget | None] = []
        for line in lines:
            opens = Button(line.words, ButtonKind.MUTED, trailing="chevron-right")
            opens.clicked.connect(lambda _=False, run=line.run: self.run_chosen.emit(run))
            widgets.append(opens)
        if others:
            widgets.append(Label(others, "caption", role="textSecondary", wrap=True))
        refill(self._runs, widgets)
        self.show_runs.hide()

    def show_form(self, shown: bool, typed: str = "") -> None:
        """The line that says what was planned, instead of the ways out."""
        self.note.set_text(typed)
        self.save.setEnabled(bool(typed.strip()))
        self.form.setVisible(shown)
        self._buttons.setVisible(not shown)

    def take_focus(self) -> None:
        """The keyboard goes on where it was: at this alert."""
        answered = bool(self.view.answer)
        place = self.undo if answered else self.plan
        (place if not answered or self.view.can_undo else self.show_runs).setFocus(
            Qt.FocusReason.OtherFocusReason
        )

    # --- gestures ----------------------------------------------------------------------------------

    def _connect(self) -> None:
        self.show_runs.clicked.connect(self.runs_wanted)
        self.plan.clicked.connect(self._begin)
        self.undo.clicked.connect(self.undo_wanted)
        self.note.changed.connect(lambda words: self.save.setEnabled(bool(words.strip())))
        self.note.submitted.connect(self._save)
        self.save.clicked.connect(self._save)
        self.cancel.clicked.connect(self._leave)

    def _begin(self) -> None:
        self.show_form(True)
        self.note.setFocus(Qt.FocusReason.OtherFocusReason)

    def _leave(self) -> None:
        self.show_form(False)
        self.plan.setFocus(Qt.FocusReason.OtherFocusReason)

    def _save(self) -> None:
        if words := self.note.text().strip():
            # The line stays until the answer is kept: what fails loses nothing.
            self.planned.emit(words)

    # --- layout ------------------------------------------------------------------------------------

    def _lay_out(self) -> None:
        view = self.view
        words = QVBoxLayout()
        words.setSpacing(4)
        if view.detail:
            words.addWidget(Label(view.detail, "body", role="textSecondary", wrap=True))
        words.addWidget(Label(view.chance, "caption", role="textSecondary", wrap=True))
        if view.answer:
            words.addWidget(Label(view.answer, "body", wrap=True))
        words.addStretch(1)
        facts = QHBoxLayout()
        facts.setSpacing(20)
        facts.addLayout(words, 1)
        if view.hours is not None:
            facts.addWidget(HourChart(view.hours), 0, Qt.AlignmentFlag.AlignBottom)
        self._fill_buttons()
        self._fill_form()
        column = QVBoxLayout()
        column.setSpacing(8)
        column.addWidget(Label(view.title, "strong", wrap=True))
        column.addLayout(facts)
        column.addLayout(self._runs)
        column.addWidget(self._buttons)
        column.addWidget(self.form)
        icon, role = ("check", "textSecondary") if view.answer else ("warning", "danger")
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(IconView(icon, role, 20), 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(column, 1)
        self.body.addLayout(row)

    def _fill_buttons(self) -> None:
        view = self.view
        line = FlowLayout(spacing=8)
        column = QVBoxLayout(self._buttons)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        if view.stop:
            column.addWidget(Label(view.stop, "caption", role="textSecondary", wrap=True))
        column.addLayout(line)
        names = {"name": view.who}
        self._offer(line, self.plan, not view.answer, self.tr("Mark as planned: {name}"), names)
        self._offer(line, self.undo, view.can_undo, self.tr("Undo “planned”: {name}"), names)
        if view.stop:
            self.stop = HoldButton(self.tr("Hold to stop this delegate"), icon="ban")
            accessibility.name(self.stop, filled(self.tr("Hold to stop {name}"), names))
            accessibility.describe(self.stop, view.stop)
            self.stop.held.connect(self.stop_wanted)
            line.addWidget(self.stop)
        self._offer(line, self.show_runs, bool(view.runs), f"{view.runs}: {{name}}", names)

    def _offer(
        self, line: FlowLayout, button: Button, wanted: bool, template: str, names: dict[str, str]
    ) -> None:
        accessibility.name(button, filled(template, dict(names)))
        button.setParent(self._buttons)
        if wanted:
            line.addWidget(button)
        else:
            button.hide()

    def _fill_form(self) -> None:
        column = QVBoxLayout(self.form)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.note)
        buttons = FlowLayout(spacing=8)
        buttons.addWidget(self.save)
        buttons.addWidget(self.cancel)
        column.addLayout(buttons)
