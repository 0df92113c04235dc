"""The card of the camera in the settings: which one reads labels."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ui.pages.scan.code_sources import CodeSources
from ui.widgets import Button, Card, Label
from ui.widgets.menu import Menu


class CameraCard(Card):
    """Passive. list_wanted: the cameras are to be offered; chosen: one of them by its name, "" for the
    system's own choice.
    """

    list_wanted = Signal()
    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._name = Label("", "strong", wrap=True)
        note = self.tr("It is on only while a page reads labels.")
        self.choose = Button(self.tr("Choose a camera"), icon="camera", trailing="chevron-down")
        self.choose.clicked.connect(self.list_wanted)
        self.menu: Menu | None = None
        words = QVBoxLayout()
        words.setSpacing(1)
        words.addWidget(self._name)
        words.addWidget(Label(note, "body", role="textSecondary", wrap=True))
        row = QHBoxLayout()
        row.setSpacing(24)
        row.addLayout(words, 1)
        row.addWidget(self.choose, 0, Qt.AlignmentFlag.AlignVCenter)
        self.body.addWidget(Label(self.tr("Camera"), "section"))
        self.body.addLayout(row)
        self.show_camera("")

    def show_camera(self, name: str) -> None:
        """Which one is chosen."""
        self._name.setText(name or self.tr("The system's camera"))

    def offer(self, names: Sequence[str], chosen: str) -> None:
        """Let the user choose."""
        self.menu = menu = Menu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.offer(self.tr("The system's camera"), partial(self.chosen.emit, ""), chosen=not chosen)
        for name in names:
            menu.offer(name, partial(self.chosen.emit, name), chosen=name == chosen)
        menu.open_below(self.choose)


class CameraPresenter(QObject):
    """Between the card and what keeps the choice."""

    def __init__(self, card: CameraCard, sources: CodeSources) -> None:
        super().__init__(card)
        self._card = card
        self._sources = sources
        card.list_wanted.connect(self._offer)
        card.chosen.connect(self._choose)

    def refresh(self) -> None:
        """Another one may have been chosen on the page for a code."""
        self._card.show_camera(self._sources.choice.name)

    def _offer(self) -> None:
        self._card.offer(self._sources.camera.find(), self._sources.choice.name)

    def _choose(self, name: str) -> None:
        self._sources.choose_camera(name)
        self.refresh()
