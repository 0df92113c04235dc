"""What is fixed before a bench starts: names, room, network, how many at a time."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from companion.errors import CredentialsUnusable
from companion.model import OwnedFabric, WifiCredentials
from companion.plain_text import filled
from companion.station.names import NamePattern
from ui.engine.bench_messages import StartBench
from ui.pages.fabrics.choice import FabricChoice
from ui.pages.network.typed import MOST_NAME, typed_network
from ui.pages.views import NoticeView
from ui.widgets import Banner, Button, ButtonKind, Card, Field, FindingRow, Label, Level, Stepper
from ui.widgets.scroll import ColumnScroll
from ui.widgets.secret_field import SecretField
from ui.widgets.section_frame import SectionFrame

MOST_AT_ONCE = 8
MOST_FIRST = 99_999
USUAL_NAMES = "Lamp {n:02}"


class BenchSetup(SectionFrame):
    """Passive: `start_wanted` carries a StartBench; `left` means not now."""

    start_wanted = Signal(object)
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(self.tr("Bench"), self.tr("Many devices in a row"), parent=parent)
        self._notice = Banner()
        self._notice.hide()
        self.names = Field(
            self.tr("Names"),
            placeholder=USUAL_NAMES,
            help_text=self.tr("{n} is the number. Left empty, devices keep their own names."),
        )
        self.first = Stepper(self.tr("First number"), 1, 1, MOST_FIRST)
        self._preview = Label("", "body", role="textSecondary", elide=True)
        self.room = Field(self.tr("Room"))
        self.ssid = Field(self.tr("Wi-Fi network"), help_text=self.tr("Left empty, devices get no Wi-Fi."))
        self.passphrase = SecretField(self.tr("Wi-Fi password"))
        self.fabric = FabricChoice(self.tr("Matter devices join"))
        self._fabrics: tuple[OwnedFabric, ...] = ()
        self.at_once = Stepper(self.tr("Devices at a time"), 1, 1, MOST_AT_ONCE)
        self.start = Button(self.tr("Start"), ButtonKind.PRIMARY, trailing="arrow-right")
        self.back = Button(self.tr("Back"), ButtonKind.MUTED, icon="arrow-left")
        self.room.line_edit.setMaxLength(64)
        for field in (self.names, self.room, self.ssid, self.passphrase):
            field.submitted.connect(self._submit)
        self.names.changed.connect(lambda _: self._show_names())
        self.first.changed.connect(lambda _: self._show_names())
        self.start.clicked.connect(self._submit)
        self.back.clicked.connect(self.left)
        self._lay_out()
        self._show_names()

    def show_notice(self, notice: NoticeView | None) -> None:
        """Why it did not start."""
        self._notice.setVisible(notice is not None)
        if notice is not None:
            self._notice.show_notice(notice.tone, notice.title, notice.sentence, icon=notice.icon)

    def suggest(self, network: WifiCredentials | None, room: str) -> None:
        """The network and room of the device before; what is typed already stays."""
        if network is not None and network.passphrase is not None and not self.ssid.text():
            self.ssid.set_text(network.name)
            self.passphrase.set_text(network.passphrase.reveal_text())
        if room and not self.room.text():
            self.room.set_text(room)

    def offer_fabrics(self, fabrics: tuple[OwnedFabric, ...]) -> None:
        """Those that Matter devices can join; a choice where there is more than one."""
        self._fabrics = fabrics if len(fabrics) > 1 else ()
        usual = next((place for place, each in enumerate(self._fabrics) if each.is_usual), 0)
        self.fabric.offer(tuple(each.name for each in self._fabrics), usual)

    def _show_names(self) -> None:
        """What they will be called."""
        pattern = self._pattern()
        if pattern is None:
            self._preview.setText("")
            return
        names = ", ".join(pattern.name(position) for position in (1, 2, 3))
        self._preview.setText(filled(self.tr("{names}, …"), {"names": names}))

    def _pattern(self) -> NamePattern | None:
        try:
            return NamePattern(self.names.text().strip(), self.first.box.value())
        except ValueError:
            return None

    def _network(self) -> WifiCredentials | None:
        """Raises CredentialsUnusable."""
        return typed_network(self.ssid.text(), self.passphrase.text()) if self.ssid.text() else None

    def _submit(self) -> None:
        names = self.names.text().strip()
        if names and self._pattern() is None:
            sentence = self.tr("One place for the number is needed, such as “Lamp {n:02}”.")
            self.names.set_wrong(sentence)
            self.names.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        if len(self.ssid.text().encode()) > MOST_NAME:
            self.ssid.set_wrong(self.tr("A Wi-Fi network's name has at most 32 characters."))
            self.ssid.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        try:
            network = self._network()
        except CredentialsUnusable:
            self.passphrase.correct(self.tr("A Wi-Fi password has 8 to 63 characters."))
            return
        room, at_once = self.room.text().strip(), self.at_once.box.value()
        fabric = self._fabrics[self.fabric.chosen].id if self._fabrics else ""
        self.start_wanted.emit(StartBench(names, self.first.box.value(), room, network, at_once, fabric))

    def _lay_out(self) -> None:
        numbers = QHBoxLayout()
        numbers.setSpacing(12)
        numbers.addWidget(Label(self.tr("First number"), "strong"))
        numbers.addWidget(self.first)
        numbers.addWidget(self._preview, 1)
        slots = QHBoxLayout()
        slots.setSpacing(12)
        slots.addWidget(Label(self.tr("Devices at a time"), "strong"))
        slots.addWidget(self.at_once)
        slots.addStretch(1)
        left, right = Card(), Card()
        for card in (left, right):
            card.body.setSpacing(16)
        left.body.addWidget(self.names)
        left.body.addLayout(numbers)
        left.body.addWidget(self.room)
        left.body.addLayout(slots)
        left.body.addWidget(self.fabric)
        left.body.addStretch(1)
        right.body.addWidget(self.ssid)
        right.body.addWidget(self.passphrase)
        right.body.addWidget(
            FindingRow(
                Level.PLAIN,
                self.tr("Each device whose label you hold up gets this password"),
                self.tr(
                    "It travels as the device's protocol protects it. A device that would get it unprotected "
                    "is put aside, and the password is not sent."
                ),
                icon="shield",
            )
        )
        right.body.addStretch(1)
        columns = QHBoxLayout()
        columns.setSpacing(24)
        columns.addWidget(left, 1)
        columns.addWidget(right, 1)
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(16)
        column.addWidget(self._notice)
        column.addLayout(columns)
        column.addStretch(1)
        foot = QHBoxLayout()
        foot.addWidget(self.back)
        foot.addStretch(1)
        foot.addWidget(self.start)
        self.body.addWidget(ColumnScroll(inner), 1)
        self.body.addLayout(foot)
