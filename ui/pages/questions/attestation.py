"""The page for a device that is not shown to be genuine, and the same list to look at afterwards."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from ui import art
from ui.pages.views import NoticeView
from ui.shell import theme
from ui.widgets import (
    ArtView,
    Banner,
    Button,
    ButtonKind,
    Card,
    CheckLine,
    CheckList,
    Choice,
    Label,
    PageFrame,
    Stage,
    StepMark,
)
from ui.widgets.scroll import ColumnScroll

SIDE = 336
ROOM_FOR_DRAWING = 560
LIST = 552


@dataclass(frozen=True)
class AttestationView:
    """All that the page shows: what was checked, the device, and what the failures can mean.

    notice: beside the list; asks: the user decides, else the list is only looked at
    protocol: whose list of those who vouch can be imported, "" if there is none
    """

    title: str
    lead: str
    name: str
    product: str
    checks: tuple[CheckLine, ...]
    notice: NoticeView | None = None
    asks: bool = True
    protocol: str = ""
    art: str = "box"
    marks: tuple[StepMark, ...] = ()
    spoken: str = ""


class AttestationPage(PageFrame):
    """Passive: two equal answers, none of them the default; without a question a way back.

    import_wanted: a protocol, and the file with a list of those who vouch for its devices
    """

    answered = Signal(bool)
    import_wanted = Signal(str, Path)
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(scrolls=False, parent=parent)
        centre = Qt.AlignmentFlag.AlignCenter
        self._list = CheckList()
        self._art = ArtView(maximum=150, minimum=20)
        self._name = Label("", "strong", elide=True, align=centre)
        self._product = Label("", "caption", role="textSecondary", elide=True, align=centre)
        self._notice = Banner(stacked=True)
        self._imported = Banner(stacked=True)
        self._protocol = ""
        self.choose_list = Button(self.tr("Import a newer list"), icon="file")
        self.choose_list.clicked.connect(self._choose_list)
        self._stop = Choice("ban", self.tr("Stop here"), self.tr("Nothing is handed over"))
        self._go_on = Choice(
            "arrow-right", self.tr("Add it anyway"), self.tr("The report stays with the device")
        )
        self._stop.clicked.connect(lambda: self.answered.emit(False))
        self._go_on.clicked.connect(lambda: self.answered.emit(True))
        self._answers = QWidget()
        self._out = Button(self.tr("Cancel"), ButtonKind.MUTED)
        self._out.clicked.connect(self.left)
        self._hint = Label(
            self.tr("Keyboard shortcuts are off here."), "caption", role="textSecondary", elide=True
        )
        self._lay_out()

    def show_view(self, view: AttestationView) -> None:
        """Show what was examined, and ask if there is something to decide."""
        self.set_title(view.title)
        self.set_lead(view.lead)
        self.set_steps(view.marks, view.spoken)
        self._list.show_checks(view.checks)
        self._art.show_art(view.art, art.Scene(led=art.Led.JOINING) if view.asks else art.Scene())
        self._name.setText(view.name)
        self._product.setText(view.product)
        self._product.setVisible(bool(view.product))
        if view.notice is not None:
            notice = view.notice
            self._notice.show_notice(notice.tone, notice.title, notice.sentence, icon=notice.icon)
        self._notice.setVisible(view.notice is not None)
        self._protocol = view.protocol
        self.choose_list.setVisible(bool(view.protocol))
        self._imported.hide()
        self._answers.setVisible(view.asks)
        self._hint.setVisible(view.asks)
        self._out.setText(self.tr("Cancel") if view.asks else self.tr("Back"))

    def show_imported(self, notice: NoticeView) -> None:
        """Say what came of a list that was imported."""
        self._imported.show_notice(notice.tone, notice.title, notice.sentence, icon=notice.icon)
        self._imported.show()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The drawing makes room for words; the title says which device it is."""
        super().resizeEvent(event)
        self._stage.setVisible(self.height() >= theme.scaled(ROOM_FOR_DRAWING))

    def _choose_list(self) -> None:
        title = self.tr("Manufacturers' roots, or revocations")
        files = "*.pem *.crt *.cer *.der *.json"
        path, _ = QFileDialog.getOpenFileName(self.window(), title, "", files)
        if path:
            self.import_wanted.emit(self._protocol, Path(path))

    def _lay_out(self) -> None:
        card = Card(padding=0)
        card.body.setContentsMargins(8, 5, 8, 6)
        card.body.addWidget(ColumnScroll(self._list), 1)
        stage = self._stage = Stage(minimum=64)
        stage.body.setContentsMargins(14, 10, 14, 10)
        stage.body.setSpacing(4)
        stage.body.addWidget(self._art, 1)
        stage.body.addWidget(self._name)
        stage.body.addWidget(self._product)
        side = QVBoxLayout()
        side.setSpacing(12)
        side.addWidget(stage, 1)
        side.addWidget(self._notice)
        side.addWidget(self._imported)
        columns = QHBoxLayout()
        columns.setSpacing(24)
        columns.addWidget(card, LIST)
        columns.addLayout(side, SIDE)
        answers = QHBoxLayout(self._answers)
        answers.setContentsMargins(0, 0, 0, 0)
        answers.setSpacing(16)
        answers.addWidget(self._stop, 1)
        answers.addWidget(self._go_on, 1)
        self.body.addLayout(columns, 1)
        self.body.addWidget(self._answers)
        self.add_left(self._out)
        self.add_right(self._hint)
        self.add_right(self.choose_list)
