"""The page that gives a device away: who may take it, then the token as a QR code and as a file."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QFileDialog, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from ui import art
from ui.engine.ownership_messages import Terms
from ui.pages.ownership.views import TokenView, TransferView
from ui.present import drops
from ui.sources.drop_target import takes_file
from ui.widgets import (
    ArtView,
    Banner,
    Button,
    ButtonKind,
    Card,
    FindingRow,
    Inset,
    Label,
    Line,
    NetworkRow,
    PageFrame,
    Stage,
    Stepper,
    Tick,
)
from ui.widgets.layouts import refill
from ui.widgets.qr_view import QrView

SIDE = 372
MOST_DAYS = 365
ANYBODY, ONE_KEY = range(2)


class TransferPage(PageFrame):
    """Passive: asks for the Terms (`wanted`), then shows the token. `save_wanted` carries a Path."""

    wanted = Signal(object)
    save_wanted = Signal(object)
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        # Nothing is sent to the device here, so there are no steps to show.
        room = self.track.sizePolicy()
        room.setRetainSizeWhenHidden(True)
        self.track.setSizePolicy(room)
        self.track.hide()
        centre = Qt.AlignmentFlag.AlignCenter
        self._art = ArtView(maximum=170, minimum=70)
        self._name = Label("", "strong", elide=True, align=centre)
        self._place = Label("", "caption", role="textSecondary", align=centre)
        self._code = QrView()
        self._form = TermsForm()
        self._form.changed.connect(self._check)
        self._findings = Card()
        self._notice = Banner()
        self._file_name = ""
        self._left_side, self._right_side = QStackedWidget(), QStackedWidget()
        self._cancel = Button(self.tr("Cancel"), ButtonKind.MUTED)
        self._make = Button(self.tr("Create token"), ButtonKind.PRIMARY, trailing="arrow-right")
        self._picture = Button(self.tr("Save picture"), icon="image")
        self._text = Button(self.tr("Save text"), icon="file")
        self._done = Button(self.tr("Done"), ButtonKind.PRIMARY, icon="check")
        self._lay_out()
        self._connect()

    def show_view(self, view: TransferView) -> None:
        """Ask for the terms."""
        self.set_title(view.title)
        self.set_lead(view.lead)
        self._art.show_art(view.art, art.Scene(display=""))
        self._name.setText(view.name)
        self._place.setText(view.place)
        self._place.setVisible(bool(view.place))
        self._form.show_terms(view.terms)
        self._show_state(has_token=False)
        self._check()
        self._form.focus_first()
        self._make.setEnabled(self._make.isEnabled() and not view.busy)

    def show_token(self, view: TokenView) -> None:
        """Show the token that was made."""
        self.set_title(view.title)
        self.set_lead(view.lead)
        self._code.show_code(view.modules, view.spoken)
        self._file_name = view.file_name
        rows: list[QWidget | None] = [None]
        for index, finding in enumerate(view.findings):
            if index:
                rows += [Line(), None]
            rows += [FindingRow(finding.level, finding.claim, finding.sentence, icon=finding.icon), None]
        refill(self._findings.body, rows)
        self._notice.setVisible(view.notice is not None)
        if view.notice is not None:
            self._notice.show_notice(view.notice.tone, view.notice.title, view.notice.sentence)
        self._show_state(has_token=True)
        if view.notice is None:
            self._picture.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_state(self, *, has_token: bool) -> None:
        for stack in (self._left_side, self._right_side):
            stack.setCurrentIndex(int(has_token))
        for button in (self._picture, self._text, self._done):
            button.setVisible(has_token)
        for button in (self._cancel, self._make):
            button.setVisible(not has_token)

    def _check(self) -> None:
        self._make.setEnabled(self._form.terms() is not None)

    def _submit(self) -> None:
        terms = self._form.terms()
        if terms is not None:
            self._make.setEnabled(False)
            self.wanted.emit(terms)

    def _save(self, ending: str) -> None:
        title = self.tr("Save the transfer token")
        path, _ = QFileDialog.getSaveFileName(self.window(), title, f"{self._file_name}.{ending}")
        if path:
            self.save_wanted.emit(Path(path))

    def _connect(self) -> None:
        self._cancel.clicked.connect(self.left)
        self._done.clicked.connect(self.left)
        self._make.clicked.connect(self._submit)
        self._picture.clicked.connect(lambda: self._save("png"))
        self._text.clicked.connect(lambda: self._save("txt"))

    def _lay_out(self) -> None:
        stage = Stage()
        stage.body.addWidget(self._art, 1)
        stage.body.addWidget(self._name)
        stage.body.addWidget(self._place)
        code = Stage()
        code.body.setContentsMargins(12, 12, 12, 12)
        code.body.addWidget(self._code, 1)
        self._left_side.addWidget(stage)
        self._left_side.addWidget(code)
        self._left_side.setMaximumWidth(SIDE)
        side = QWidget()
        column = QVBoxLayout(side)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(16)
        column.addWidget(self._notice)
        column.addWidget(self._findings, 1)
        self._right_side.addWidget(self._form)
        self._right_side.addWidget(side)
        columns = QHBoxLayout()
        columns.setSpacing(24)
        columns.addWidget(self._left_side, 372)
        columns.addWidget(self._right_side, 516)
        self.body.addLayout(columns, 1)
        self.add_left(self._cancel)
        for button in (self._picture, self._text, self._done, self._make):
            self.add_right(button)


class TermsForm(Card):
    """Who may take the device, until when, and with what on it."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._key_file: Path | None = None
        as_key = self.tr("Send it as securely as a key")
        self._anybody = NetworkRow(self.tr("Anyone with the token"), as_key, locked=False)
        to_one = self.tr("No one else can use it")
        self._one = NetworkRow(self.tr("One owner's key"), to_one, locked=False)
        self._who = QButtonGroup(self)
        self._who.addButton(self._anybody, ANYBODY)
        self._who.addButton(self._one, ONE_KEY)
        self._key = Inset()
        self._key_name = Label("", "strong", elide=True)
        self._choose = Button(self.tr("Open key file"), icon="file")
        self._days = Stepper(self.tr("Days until expiry"), 30, 1, MOST_DAYS)
        self._keep = Tick(self.tr("Keep network and certificate"))
        self._who.idClicked.connect(lambda _: self._arrange())
        self._choose.clicked.connect(self._open_key)
        takes_file(self, lambda: drops.public_key() if self._one.isChecked() else "", self.use_key)
        self._lay_out()

    def show_terms(self, terms: Terms) -> None:
        """Fill in what was chosen before."""
        self._key_file = terms.key_file
        (self._anybody if terms.key_file is None else self._one).setChecked(True)
        self._days.box.setValue(terms.days)
        self._keep.setChecked(terms.keep_data)
        self._arrange()

    def terms(self) -> Terms | None:
        """What is chosen; None while the key is missing."""
        to_key = self._one.isChecked()
        if to_key and self._key_file is None:
            return None
        return Terms(self._key_file if to_key else None, self._days.box.value(), self._keep.isChecked())

    def focus_first(self) -> None:
        """Put the keyboard on who may take it."""
        chosen = self._who.checkedButton()
        if chosen is not None:
            chosen.setFocus(Qt.FocusReason.OtherFocusReason)

    def use_key(self, file: Path) -> None:
        """The new owner's public key is in this file."""
        self._key_file = file
        self._arrange()

    def _open_key(self) -> None:
        title = self.tr("The new owner's public key")
        path, _ = QFileDialog.getOpenFileName(self.window(), title, "", "*.pub *.pem")
        if path:
            self.use_key(Path(path))

    def _arrange(self) -> None:
        self._key.setVisible(self._one.isChecked())
        none = self.tr("No file yet")
        self._key_name.setText(self._key_file.name if self._key_file is not None else none)
        self.changed.emit()

    def _lay_out(self) -> None:
        lead = Qt.AlignmentFlag.AlignLeading
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(self._key_name, 1)
        row.addWidget(self._choose)
        self._key.body.addLayout(row)
        sentence = self.tr(
            "The new owner creates it with “companion trust key” and sends it to you. It is not secret."
        )
        self._key.body.addWidget(Label(sentence, "caption", role="textSecondary", wrap=True))
        days = QHBoxLayout()
        days.setSpacing(12)
        days.addWidget(self._days)
        days.addWidget(Label(self.tr("days, one use"), "body", role="textSecondary"))
        days.addStretch(1)
        self.body.setSpacing(10)
        self.body.addStretch(1)
        self.body.addWidget(Label(self.tr("New owner"), "strong"))
        who = Card(padding=0)
        who.body.setSpacing(0)
        for widget in (self._anybody, Line(), self._one):
            who.body.addWidget(widget)
        self.body.addWidget(who)
        self.body.addWidget(self._key)
        self._part()
        self.body.addWidget(Label(self.tr("The token is valid for"), "strong"))
        self.body.addLayout(days)
        self._part()
        self.body.addWidget(Label(self.tr("What stays"), "strong"))
        self.body.addWidget(self._keep, 0, lead)
        self.body.addStretch(1)

    def _part(self) -> None:
        """A line between two questions, with the room that is left."""
        self.body.addStretch(1)
        self.body.addWidget(Line())
        self.body.addStretch(1)
