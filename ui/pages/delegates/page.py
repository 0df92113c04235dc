"""The page of a new grant: what, where, how long; beside it the sentence that is signed."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from companion.model import OwnedFabric
from companion.trust.grants.terms import Right
from ui.pages.delegates.views import Choices, GrantPageView
from ui.pages.fabrics.choice import FabricChoice
from ui.widgets import Button, ButtonKind, Card, Field, Label, Line, Segment, Switch
from ui.widgets.chip import RoomChip
from ui.widgets.flow_layout import FlowLayout
from ui.widgets.scroll import ColumnScroll
from ui.widgets.section_frame import SectionFrame
from ui.widgets.stepper import Stepper

DAYS = (1, 14, 30)
MOST_DEVICES = 10_000


class GrantPage(SectionFrame):
    """Passive. `changed` carries the Choices after each gesture; `sign_wanted` that they are to be signed, as
    a picture or not; `left` that nothing is."""

    changed = Signal(object)
    sign_wanted = Signal(bool)
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", parent=parent)
        self._rights: dict[Right, RoomChip] = {}
        self._sites: dict[str, RoomChip] = {}
        self._rights_row, self._sites_row = FlowLayout(), FlowLayout()
        self._held: dict[str, RoomChip] = {}
        self._held_row = FlowLayout()
        self._held_box = QWidget()
        self._clouds: dict[str, RoomChip] = {}
        self._clouds_row = FlowLayout()
        self._clouds_box = QWidget()
        self._rights_note = Label("", "caption", role="textSecondary")
        self._everywhere = RoomChip(self.tr("Everywhere"))
        self._site = Field(self.tr("Another site"), placeholder="hall-2")
        self._serials = Field(self.tr("Serial numbers"), help_text=self.tr("Separated by commas."))
        self._devices = Stepper(self.tr("How many devices, 0 for no limit"), 0, 0, MOST_DEVICES)
        self._days = Segment((self.tr("1 day"), self.tr("14 days"), self.tr("30 days")), self.tr("Valid for"))
        self._days.set_current(1)
        self._until = _note("")
        self._day = Field(self.tr("Or until the end of this day, UTC"), placeholder="2026-12-24")
        self._deliveries = Field(
            self.tr("Announced deliveries"),
            placeholder="40@2026-12-08@hall-2",
            help_text=self.tr("Number, day and site, separated by commas. They raise no alert."),
        )
        self._depth = Stepper(self.tr("How often it may be passed on"), 0, 0, 3)
        self._hours = Switch(self.tr("Only from 06:00 to 18:00"))
        self._fabrics = Switch(self.tr("Set up Matter devices"))
        self._fabrics_row = QWidget()
        self._own = FabricChoice(self.tr("For your fabric"))
        self._own_fabrics: tuple[OwnedFabric, ...] = ()
        self._travels = Segment((self.tr("File"), self.tr("QR code")), self.tr("Format"))
        self._lead = Label("", "lead", role="textSecondary", wrap=True)
        self._sentence = Label("", "body", wrap=True)
        self._told = QVBoxLayout()
        self._told.setSpacing(8)
        self._wrong = Label("", "body", role="danger", wrap=True)
        self._key = Label("", "caption", role="textSecondary", wrap=True)
        self.cancel = Button(self.tr("Cancel"), ButtonKind.MUTED)
        self.sign = Button(self.tr("Sign grant"), ButtonKind.PRIMARY, icon="key")
        # Whoever types a number and presses Enter has not read the sentence yet.
        self.sign.setAutoDefault(False)
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        columns = QHBoxLayout()
        columns.setSpacing(24)
        columns.addWidget(ColumnScroll(self._form()), 3)
        columns.addWidget(self._signed(), 2)
        buttons = QHBoxLayout()
        buttons.addWidget(self.cancel)
        buttons.addStretch(1)
        buttons.addWidget(self.sign)
        self.body.addWidget(self._lead)
        self.body.addLayout(columns, 1)
        self.body.addLayout(buttons)

    def _form(self) -> QWidget:
        card = Card()
        held = QVBoxLayout(self._held_box)
        held.setContentsMargins(0, 0, 0, 0)
        held.setSpacing(10)
        held.addLayout(_head(self.tr("For which devices")))
        held.addLayout(self._held_row)
        held.addWidget(Line())
        card.body.addWidget(self._held_box)
        card.body.addLayout(_head(self.tr("What"), self._rights_note))
        card.body.addLayout(self._rights_row)
        card.body.addWidget(Line())
        card.body.addLayout(_head(self.tr("Where")))
        card.body.addLayout(self._sites_row)
        card.body.addWidget(self._site)
        card.body.addWidget(self._serials)
        card.body.addWidget(Line())
        card.body.addLayout(_beside(self.tr("Until"), self._until, self._days))
        card.body.addWidget(self._day)
        many = Label(
            self.tr("0 for no limit. Your endpoint enforces it."), "caption", role="textSecondary", wrap=True
        )
        card.body.addLayout(_beside(self.tr("How many devices"), many, self._devices))
        hours = Label(self.tr("UTC. Checked in your log."), "caption", role="textSecondary", wrap=True)
        card.body.addLayout(_beside(self.tr("Only from 06:00 to 18:00"), hours, self._hours))
        card.body.addWidget(self._deliveries)
        often = Label(self.tr("0: not at all."), "caption", role="textSecondary", wrap=True)
        card.body.addLayout(_beside(self.tr("Pass rights on"), often, self._depth))
        fabrics = _note(self.tr("As requested: in your fabric, with a certificate that ends with the grant."))
        row = _beside(self.tr("Set up Matter devices"), fabrics, self._fabrics)
        row.setContentsMargins(0, 0, 0, 0)
        self._fabrics_row.setLayout(row)
        clouds = QVBoxLayout(self._clouds_box)
        clouds.setContentsMargins(0, 0, 0, 0)
        clouds.setSpacing(10)
        clouds.addWidget(Line())
        clouds.addLayout(_head(self.tr("New devices connect to")))
        clouds.addLayout(self._clouds_row)
        card.body.addWidget(self._clouds_box)
        card.body.addWidget(self._fabrics_row)
        card.body.addWidget(self._own)
        return card

    def _signed(self) -> QWidget:
        card = Card()
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        for widget in (self._sentence, self._wrong, Line(), self._key):
            column.addWidget(widget)
        column.addLayout(self._told)
        column.addStretch(1)
        card.body.addWidget(Label(self.tr("What you sign"), "section"))
        card.body.addWidget(ColumnScroll(inner), 1)
        card.body.addWidget(Line())
        card.body.addLayout(_beside(self.tr("Format"), None, self._travels))
        return card

    def _connect(self) -> None:
        switches = (self._hours.clicked, self._fabrics.clicked)
        for row in (self._days.chosen, *switches, self._everywhere.toggled):
            row.connect(lambda _: self._change())
        for stepper in (self._devices, self._depth):
            stepper.changed.connect(lambda _: self._change())
        for field in (self._site, self._serials, self._day, self._deliveries):
            field.changed.connect(lambda _: self._change())
        self.cancel.clicked.connect(self.left)
        self.sign.clicked.connect(lambda: self.sign_wanted.emit(self._travels.current() == 1))

    # --- what is shown -----------------------------------------------------------------------------

    def begin(self, view: GrantPageView) -> None:
        """A new grant, with nothing chosen."""
        for row in (self._held_row, self._rights_row, self._sites_row, self._clouds_row):
            while (item := row.takeAt(0)) is not None:
                if (widget := item.widget()) not in (None, self._everywhere):
                    widget.deleteLater()
        self._rights = {right: RoomChip(words) for right, words in view.right_words}
        self._sites = {site: RoomChip(site) for site in view.sites}
        own = (("", self.tr("Your own")),) if view.held else ()
        self._held = {key: RoomChip(words) for key, words in (*own, *view.held)}
        for chip in self._held.values():
            chip.setAutoExclusive(True)
            self._held_row.addWidget(chip)
        if self._held:
            self._held[""].setChecked(True)
        self._held_box.setVisible(bool(self._held))
        own_endpoint = (("", self.tr("Your endpoint")),) if view.clouds else ()
        self._clouds = {
            key: RoomChip(words) for key, words in (*own_endpoint, *((name, name) for name in view.clouds))
        }
        for chip in self._clouds.values():
            chip.setAutoExclusive(True)
            self._clouds_row.addWidget(chip)
        if self._clouds:
            self._clouds[""].setChecked(True)
        for chip in (
            *self._held.values(),
            *self._rights.values(),
            *self._sites.values(),
            *self._clouds.values(),
        ):
            chip.toggled.connect(lambda _: self._change())
        for chip in self._rights.values():
            self._rights_row.addWidget(chip)
        for chip in (*self._sites.values(), self._everywhere):
            self._sites_row.addWidget(chip)
        self._everywhere.setChecked(False)
        self._hours.setChecked(False)
        self._fabrics.setChecked(False)
        self._own.forget()
        self._days.set_current(1)
        for stepper in (self._devices, self._depth):
            stepper.box.setValue(0)
        for field in (self._site, self._serials, self._day, self._deliveries):
            field.set_text("")
        self.show_view(view)
        if self._rights:
            next(iter(self._rights.values())).setFocus(Qt.FocusReason.OtherFocusReason)

    def show_view(self, view: GrantPageView) -> None:
        """What was chosen, said back."""
        self.set_title(view.title)
        self._lead.setText(view.lead)
        self._rights_note.setText(view.rights_note)
        self._until.setText(view.until_words)
        self._fabrics_row.setVisible(view.asks_fabrics)
        self._clouds_box.setVisible(view.asks_cloud)
        self._own_fabrics = view.own_fabrics
        usual = next((place for place, each in enumerate(view.own_fabrics) if each.is_usual), 0)
        self._own.offer(tuple(each.name for each in view.own_fabrics), usual)
        self._sentence.setText(view.sentence)
        self._sentence.setVisible(bool(view.sentence))
        self._wrong.setText(view.wrong)
        self._wrong.setVisible(bool(view.wrong))
        self._key.setText(view.key)
        self.sign.setEnabled(not view.wrong)
        while (item := self._told.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.deleteLater()
        for sentence in view.warnings:
            self._told.addWidget(Label(sentence, "body", role="warning", wrap=True))
        for sentence in (*view.denied, *view.limits):
            self._told.addWidget(Label(sentence, "body", role="textSecondary", wrap=True))

    @property
    def choices(self) -> Choices:
        """What is chosen now."""
        named = self._site.text().strip()
        sites = {site for site, chip in self._sites.items() if chip.isChecked()}
        serials = (each.strip() for each in self._serials.text().split(","))
        deliveries = (each.strip() for each in self._deliveries.text().split(","))
        return Choices(
            rights=frozenset(right for right, chip in self._rights.items() if chip.isChecked()),
            sites=frozenset(sites | ({named} if named else set())),
            everywhere=self._everywhere.isChecked(),
            serials=tuple(each for each in serials if each),
            devices=self._devices.box.value(),
            days=DAYS[self._days.current()],
            depth=self._depth.box.value(),
            hours=self._hours.isChecked(),
            until=self._day.text().strip(),
            deliveries=tuple(each for each in deliveries if each),
            fabrics=self._fabrics.isChecked(),
            under=next((key for key, chip in self._held.items() if chip.isChecked()), ""),
            cloud=next((key for key, chip in self._clouds.items() if chip.isChecked()), ""),
            fabric=self._own_fabrics[self._own.chosen].id if self._own_fabrics else "",
        )

    def _change(self) -> None:
        self.changed.emit(self.choices)


def _head(words: str, note: QWidget | None = None) -> QHBoxLayout:
    row = QHBoxLayout()
    row.addWidget(Label(words, "strong"))
    row.addStretch(1)
    if note is not None:
        row.addWidget(note)
    return row


def _note(words: str) -> Label:
    return Label(words, "caption", role="textSecondary", wrap=True)


def _beside(words: str, note: QWidget | None, control: QWidget) -> QHBoxLayout:
    column = QVBoxLayout()
    column.setSpacing(1)
    column.addWidget(Label(words, "strong", wrap=True))
    if note is not None:
        column.addWidget(note)
    row = QHBoxLayout()
    row.setSpacing(16)
    row.addLayout(column, 1)
    row.addWidget(control, 0, Qt.AlignmentFlag.AlignVCenter)
    return row
