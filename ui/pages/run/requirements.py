"""The page for what this computer lacks: what is missing, how to fix it, and what works without it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ui import art
from ui.widgets import (
    ArtView,
    Button,
    ButtonKind,
    Card,
    FindingRow,
    Label,
    Level,
    Line,
    PageFrame,
    Stage,
    accessibility,
)
from ui.widgets.check_button import CheckButton
from ui.widgets.layouts import refill

SIDE = 320


@dataclass(frozen=True)
class Requirement:
    """One part of this computer: what it is, whether it works, and what to do if it does not.

    tried: False where nothing is known of it yet. asks: it can't be found out, and its user may have to see
    to it. command: what a terminal takes, "" for none
    """

    icon: str
    claim: str
    sentence: str
    works: bool
    code: str = ""
    tried: bool = True
    asks: bool = False
    command: str = ""


@dataclass(frozen=True)
class RequirementsView:
    """All that the page shows. note: under the drawing; kept: what is still there afterwards, "" for none"""

    title: str
    lead: str
    requirements: tuple[Requirement, ...]
    note: str = ""
    kept: str = ""


class RequirementRow(FindingRow):
    """One part with what to do about it; a command is copied with one press. copy: gets it."""

    def __init__(self, shown: Requirement, copy: Callable[[str], None]) -> None:
        level = Level.REMARK if not shown.works else Level.GOOD if shown.tried else Level.PLAIN
        super().__init__(level, shown.claim, shown.sentence, icon=shown.icon, note=shown.code)
        if shown.command:
            button = Button(self.tr("Copy the command"), icon="copy")
            accessibility.describe(button, shown.command)
            button.clicked.connect(lambda: copy(shown.command))
            self.extra.addSpacing(6)
            self.extra.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)


class RequirementsPage(PageFrame):
    """Passive: shows a view; its signals say how the user leaves it. `copy_wanted` carries a command."""

    checked_again = Signal()
    copy_wanted = Signal(str)
    virtual_wanted = Signal()
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._card = Card(padding=20)
        self._note = Label("", "body", role="textSecondary", wrap=True)
        self._kept = Label("", "body", role="textSecondary", wrap=True)
        stage = Stage()
        stage.setFixedWidth(SIDE)
        stage.body.addWidget(ArtView("laptop", scene=art.Scene(display="?"), maximum=200), 1)
        stage.body.addWidget(self._note)
        right = QVBoxLayout()
        right.setSpacing(14)
        right.addWidget(self._card, 1)
        right.addWidget(self._kept)
        columns = QHBoxLayout()
        columns.setSpacing(24)
        columns.addWidget(stage)
        columns.addLayout(right, 1)
        self.body.addLayout(columns, 1)
        back = Button(self.tr("Back"), ButtonKind.MUTED, icon="arrow-left")
        self.virtual = Button(self.tr("Try a virtual device"), icon="lab")
        self.again = CheckButton(ButtonKind.PRIMARY)
        back.clicked.connect(self.left)
        self.virtual.clicked.connect(self.virtual_wanted)
        self.again.clicked.connect(self.checked_again)
        self.add_left(back)
        self._add_ways_on()

    def _add_ways_on(self) -> None:
        for button in (self.virtual, self.again):
            self.add_right(button)

    def show_view(self, view: RequirementsView) -> None:
        """Show what is missing and what works."""
        self.set_title(view.title)
        self.set_lead(view.lead)
        self._note.setText(view.note)
        self._kept.setText(view.kept)
        self._kept.setVisible(bool(view.kept))
        rows: list[QWidget | None] = [None]
        for index, each in enumerate(view.requirements):
            rows += [*((Line(), None) if index else ()), RequirementRow(each, self.copy_wanted.emit), None]
        refill(self._card.body, rows)


class RealDevicePage(RequirementsPage):
    """The same rows after the tour, with the way on: `device_wanted`."""

    device_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self.device.clicked.connect(self.device_wanted)
        self.set_ready(False)

    def set_ready(self, ready: bool) -> None:
        """The last, filled button is what helps: on to the device, or another look."""
        self.device.set_kind(ButtonKind.PRIMARY if ready else ButtonKind.SECONDARY)
        self.again.setVisible(not ready)

    def _add_ways_on(self) -> None:
        self.device = Button(self.tr("Add your device"), trailing="arrow-right")
        for button in (self.virtual, self.device, self.again):
            self.add_right(button)
