"""The settings page: how the window looks and speaks, delegates, backup, where it looks for devices."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ui import i18n
from ui.pages.backup.card import BackupCard
from ui.pages.clouds.card import CloudCard
from ui.pages.computer.camera import CameraCard
from ui.pages.computer.card import ComputerCard
from ui.pages.computer.manufacturers import ManufacturersCard
from ui.pages.computer.radios import RadiosSection
from ui.pages.delegates.card import DelegatesCard
from ui.pages.fabrics.card import FabricCard
from ui.pages.firmware.card import FirmwareCard
from ui.pages.hsm.card import HsmCard
from ui.pages.log_card import LogCard
from ui.pages.team.card import RegistryCard
from ui.pages.upkeep.identity import IdentityCard
from ui.pages.upkeep.retention import RetentionCard
from ui.pages.upkeep.support import SupportCard
from ui.shell.preferences import LANGUAGES, SCALES, THEMES, Preferences
from ui.widgets import Button, Card, Label, Line, Segment, Switch
from ui.widgets.scroll import ColumnScroll
from ui.widgets.section_frame import SectionFrame


class SettingsPage(SectionFrame):
    """Passive: `changed` carries the new Preferences, `radio_chosen` a radio's specification and name."""

    changed = Signal(object)
    radio_chosen = Signal(str, str)
    welcome_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", parent=parent)
        self.set_title(self.tr("Settings"))
        self._preferences = Preferences()
        self._theme = Segment((self.tr("System"), self.tr("Light"), self.tr("Dark")), self.tr("Theme"))
        self._scale = Segment(
            (self.tr("Normal"), self.tr("Larger"), self.tr("Largest")), self.tr("Text size")
        )
        self._language = Segment((self.tr("System"), *i18n.LANGUAGES.values()), self.tr("Language"))
        self._motion = Switch(self.tr("Reduced motion"))
        self._welcome = Button(self.tr("Show the first page"), trailing="arrow-right")
        self._welcome.clicked.connect(self.welcome_wanted)
        self.backup = BackupCard()
        self.log = LogCard()
        self.clouds = CloudCard()
        self.fabrics = FabricCard()
        self.firmware = FirmwareCard()
        self.delegates = DelegatesCard()
        self.computer = ComputerCard()
        self.camera = CameraCard()
        self.identity = IdentityCard()
        self.hsm = HsmCard()
        self.retention = RetentionCard()
        self.registry = RegistryCard()
        self.support = SupportCard()
        self.manufacturers = ManufacturersCard()
        self.radios = RadiosSection()
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(16)
        column.addWidget(self._look())
        column.addWidget(self.identity)
        column.addWidget(self.backup)
        column.addWidget(self.hsm)
        column.addWidget(self.clouds)
        column.addWidget(self.fabrics)
        column.addWidget(self.delegates)
        column.addWidget(self.registry)
        column.addWidget(self.log)
        column.addWidget(self.retention)
        column.addWidget(self.manufacturers)
        column.addWidget(self.firmware)
        column.addWidget(self.radios)
        column.addWidget(self.camera)
        column.addWidget(self.computer)
        column.addWidget(self.support)
        column.addStretch(1)
        self._scroll = ColumnScroll(inner)
        self.body.addWidget(self._scroll, 1)
        self._theme.chosen.connect(lambda index: self._change(theme=THEMES[index]))
        self._scale.chosen.connect(lambda index: self._change(text_scale=SCALES[index]))
        self._language.chosen.connect(lambda index: self._change(language=LANGUAGES[index]))
        self._motion.clicked.connect(lambda on: self._change(reduced_motion=on))
        self.radios.chosen.connect(self.radio_chosen)

    def show_preferences(self, preferences: Preferences) -> None:
        """Show what is set."""
        self._preferences = preferences
        self._theme.set_current(THEMES.index(preferences.theme))
        self._scale.set_current(SCALES.index(preferences.text_scale))
        self._language.set_current(LANGUAGES.index(preferences.language))
        self._motion.setChecked(preferences.reduced_motion)

    def allow_changes(self, allowed: bool) -> None:
        """During a run, language and first page stay."""
        self._language.setEnabled(allowed)
        self._welcome.setEnabled(allowed)

    @property
    def place(self) -> int:
        """How far it is scrolled, in pixels."""
        return self._scroll.verticalScrollBar().value()

    def focus_language(self, place: int) -> None:
        """The keyboard goes to the language, with the page scrolled as it was."""
        self._language.focus_current()
        # Its length is known once it is laid out.
        QTimer.singleShot(0, self._scroll, lambda: self._scroll.verticalScrollBar().setValue(place))

    def show_backup_form(self) -> None:
        """Bring the form of a backup into sight."""
        self.backup.open_form(makes=True)
        self.show_backup()

    def show_backup(self) -> None:
        """Scroll to the backup."""
        self.bring(self.backup)

    def bring(self, card: QWidget) -> None:
        """Scroll to a card."""
        self._scroll.ensureWidgetVisible(card)

    def _look(self) -> QWidget:
        card = Card()
        card.body.addWidget(Label(self.tr("Appearance and language"), "section"))
        rows = (
            (self.tr("Theme"), self.tr("System follows your desktop."), self._theme),
            (self.tr("Text size"), self.tr("Scales the whole window."), self._scale),
            (self.tr("Reduced motion"), self.tr("Turns off animations."), self._motion),
            (
                self.tr("Language"),
                self.tr("Takes effect at once, not during a run."),
                self._language,
            ),
            (
                self.tr("First page"),
                self.tr("What this computer has, a tour with a virtual device, and restoring a backup."),
                self._welcome,
            ),
        )
        for index, (name, note, control) in enumerate(rows):
            if index:
                card.body.addWidget(Line())
            card.body.addLayout(_row(name, Label(note, "body", role="textSecondary", wrap=True), control))
        return card

    def _change(self, **changes: Any) -> None:
        self._preferences = self._preferences._replace(**changes)
        self.changed.emit(self._preferences)


def _row(name: str, note: Label, control: QWidget) -> QHBoxLayout:
    words = QVBoxLayout()
    words.setSpacing(1)
    words.addWidget(Label(name, "strong"))
    words.addWidget(note)
    row = QHBoxLayout()
    row.setSpacing(24)
    row.addLayout(words, 1)
    row.addWidget(control, 0, Qt.AlignmentFlag.AlignVCenter)
    return row
