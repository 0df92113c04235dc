"""The card of the delegates in the settings: who has rights, since when, and how to take them back."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ui.pages.delegates.views import DelegatesView, GrantRow
from ui.pages.views import NoticeView
from ui.widgets import Banner, Button, ButtonKind, Card, Label, Line, accessibility
from ui.widgets.chip import Chip
from ui.widgets.flow_layout import FlowLayout
from ui.widgets.hold_button import HoldButton
from ui.widgets.toggles import Tick


class DelegatesCard(Card):
    """Passive. `answer_wanted`: a request is to be answered; `import_wanted`: a grant is to be taken over;
    `home_wanted`: a report or log is; `revoked` carries the id of a grant whose button was held; `lost` that
    of one whose holder lost the computer, and whether the grants of others are kept."""

    answer_wanted = Signal()
    import_wanted = Signal()
    revoked = Signal(str)
    lost = Signal(str, bool)
    home_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._note = Label("", "body", role="textSecondary", wrap=True)
        self.answer = Button(self.tr("Answer a request"), icon="key")
        self.take = Button(self.tr("Import a grant"), icon="file")
        self.home = Button(self.tr("Take in a report"), icon="file")
        self._notice = Banner()
        self._rows = QVBoxLayout()
        self._rows.setSpacing(12)
        self._lay_out()
        self.answer.clicked.connect(self.answer_wanted)
        self.take.clicked.connect(self.import_wanted)
        self.home.clicked.connect(self.home_wanted)
        self._notice.hide()
        self._note.hide()

    def _lay_out(self) -> None:
        # Side by side where there is room for three.
        buttons = FlowLayout(spacing=12)
        for button in (self.answer, self.take, self.home):
            buttons.addWidget(button)
        self.body.addWidget(Label(self.tr("Delegates"), "section"))
        self.body.addWidget(self._note)
        self.body.addLayout(buttons)
        self.body.addWidget(self._notice)
        self.body.addLayout(self._rows)

    def show_view(self, view: DelegatesView) -> None:
        """The grants as they are now."""
        self._note.setText(view.note)
        self._note.setVisible(bool(view.note))
        while (item := self._rows.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        for row in view.rows:
            self._rows.addWidget(Line())
            self._rows.addWidget(self._row(row))

    def show_notice(self, notice: NoticeView | None) -> None:
        """What came of the last wish."""
        self._notice.setVisible(notice is not None)
        if notice is not None:
            self._notice.show_notice(notice.tone, notice.title, notice.sentence, icon=notice.icon)

    def _row(self, row: GrantRow) -> QWidget:
        made = QWidget()
        words = QVBoxLayout()
        words.setSpacing(2)
        head = QHBoxLayout()
        head.setSpacing(10)
        head.addWidget(Label(row.title, "strong", elide=True))
        head.addWidget(Chip(row.state, row.tone, icon=row.icon))
        head.addStretch(1)
        words.addLayout(head)
        words.addWidget(Label(row.sentence, "body", role="textSecondary", wrap=True))
        line = QHBoxLayout(made)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(16)
        line.addLayout(words, 1)
        if row.can_revoke:
            if row.unreached:
                words.addWidget(Label(row.unreached, "body", role="warning", wrap=True))
            hold = HoldButton(self.tr("Hold to revoke"), icon="ban")
            accessibility.name(hold, self.tr("Hold to revoke the grant of {name}").format(name=row.title))
            accessibility.describe(hold, row.unreached)
            hold.held.connect(lambda: self.revoked.emit(row.id))
            line.addWidget(hold, 0, Qt.AlignmentFlag.AlignVCenter)
            form = self._lost_form(row)
            words.addWidget(self._lost_button(row, form), 0, Qt.AlignmentFlag.AlignLeft)
            words.addWidget(form)
        return made

    def _lost_button(self, row: GrantRow, form: QWidget) -> Button:
        button = Button(self.tr("Lost or stolen"), ButtonKind.QUIET)
        accessibility.name(button, self.tr("The computer of {name} is lost or stolen").format(name=row.title))
        button.clicked.connect(lambda: form.setVisible(form.isHidden()))
        return button

    def _lost_form(self, row: GrantRow) -> QWidget:
        """What cutting off means, before it is held."""
        form = QWidget()
        column = QVBoxLayout(form)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        keep = Tick(self.tr("Keep the grants of others"))
        others = Label(row.lost_others, "body", role="warning", wrap=True)
        others.setVisible(bool(row.lost_others))
        keep.setVisible(bool(row.lost_others))
        keep.toggled.connect(lambda kept: others.setVisible(not kept))
        hold = HoldButton(self.tr("Hold to cut off"), icon="ban")
        accessibility.name(hold, self.tr("Hold to cut off {name}").format(name=row.title))
        hold.held.connect(lambda: self.lost.emit(row.id, keep.isChecked()))
        for widget in (Label(row.lost, "body", wrap=True), others, keep):
            column.addWidget(widget)
        column.addWidget(hold, 0, Qt.AlignmentFlag.AlignLeft)
        form.hide()
        return form
