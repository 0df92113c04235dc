"""The radios in the settings: a card for each, with the one in use, and what is wrong with the others."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from companion.errors import CompanionError
from companion.model import FoundDevice
from companion.plain_text import filled
from companion.radio.adapters import Adapter
from ui.art import Scene
from ui.engine.commands import Command
from ui.engine.events import Nearby, RadioMissing, RadioReady
from ui.engine.octets import OctetsState, RecordOctets
from ui.engine.radios import AskRadios, RadiosFound
from ui.present import radios as words
from ui.present.radios import RadioView
from ui.present.texts import advice_of, title_of
from ui.widgets import ArtView, Button, Card, Chip, Label, Switch, accessibility
from ui.widgets.button import ButtonKind
from ui.widgets.check_button import CheckButton

NARROW = 640
"""Pixels below which the cards stand below each other."""


class RadioCard(Card):
    """Passive. chosen: use this one; its specification and its name."""

    chosen = Signal(str, str)

    def __init__(self, view: RadioView) -> None:
        super().__init__(padding=16)
        self.view = view
        art = ArtView(view.kind, scene=Scene(display=""), minimum=56, maximum=56)
        art.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        art.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        top = QHBoxLayout()
        top.addWidget(art)
        top.addStretch(1)
        top.addWidget(Chip(view.state, view.tone), 0, Qt.AlignmentFlag.AlignTop)
        self.body.setSpacing(2)
        self.body.addLayout(top)
        self.body.addSpacing(6)
        self.body.addWidget(Label(view.name, "section", wrap=True))
        self.body.addWidget(Label(view.note, "caption", role="textSecondary", wrap=True))
        if view.address:
            self.body.addWidget(Label(view.address, "mono", role="textSecondary", wrap=True))
        self.body.addSpacing(6)
        self.body.addWidget(Label(view.hears, "body", wrap=True))
        self.body.addStretch(1)
        self.use = Button(self.tr("Use this one"))
        accessibility.name(self.use, filled(self.tr("Use {radio}"), {"radio": view.name}))
        self.use.clicked.connect(lambda: self.chosen.emit(view.spec, view.name))
        self.body.addSpacing(6)
        self.body.addWidget(self.use, 0, Qt.AlignmentFlag.AlignLeft)
        # Once it has a parent: shown without one it would be a window.
        self.use.setVisible(view.can_use)


class RadiosSection(QWidget):
    """Passive. chosen: a radio's specification and name; again_wanted: look anew."""

    chosen = Signal(str, str)
    again_wanted = Signal()
    recording_wanted = Signal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.again = CheckButton(ButtonKind.QUIET)
        self.again.clicked.connect(self.again_wanted)
        texts = QVBoxLayout()
        texts.setSpacing(1)
        texts.addWidget(Label(self.tr("Radios"), "section"))
        sentence = self.tr("Companion hears and connects through the one in use.")
        texts.addWidget(Label(sentence, "body", role="textSecondary", wrap=True))
        head = QHBoxLayout()
        head.addLayout(texts, 1)
        head.addWidget(self.again, 0, Qt.AlignmentFlag.AlignVCenter)
        self._grid = QGridLayout()
        self._grid.setSpacing(16)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addLayout(head)
        column.addLayout(self._grid)
        column.addWidget(self._recording_card())
        self.cards: list[RadioCard] = []

    def show_recording(self, on: bool, problem: str) -> None:
        """Whether octets are recorded. problem: why the last run was not"""
        self.recording.setChecked(on)
        self._problem.setText(problem)
        self._problem.setVisible(bool(problem))

    def _recording_card(self) -> Card:
        card = Card()
        self.recording = Switch(self.tr("Record what goes over the air"))
        self.recording.clicked.connect(self.recording_wanted)
        sentence = self.tr(
            "Until Companion ends, the octets of each run are kept in a file for you alone (the newest 20), "
            "in the Lab of runs that follow one another. "
            "What a protocol does not encrypt, such as a Wi-Fi password of Improv, can be read in it."
        )
        self._problem = Label("", "body", role="warning", wrap=True)
        self._problem.hide()
        texts = QVBoxLayout()
        texts.setSpacing(1)
        texts.addWidget(Label(self.tr("Record what goes over the air"), "strong", wrap=True))
        texts.addWidget(Label(sentence, "body", role="textSecondary", wrap=True))
        texts.addWidget(self._problem)
        row = QHBoxLayout()
        row.setSpacing(24)
        row.addLayout(texts, 1)
        row.addWidget(self.recording, 0, Qt.AlignmentFlag.AlignVCenter)
        card.body.addLayout(row)
        return card

    def show_radios(self, views: Sequence[RadioView]) -> None:
        """All of them; what did not change stays as it is."""
        self.again.show_checking(False)
        if [card.view for card in self.cards] == list(views):
            return
        focused = next((card.view.spec for card in self.cards if card.use.hasFocus()), None)
        for card in self.cards:
            self._grid.removeWidget(card)
            card.hide()
            card.deleteLater()
        self.cards = [RadioCard(view) for view in views]
        for card in self.cards:
            card.chosen.connect(self.chosen)
        self._arrange()
        if focused is not None:
            kept = next((card for card in self.cards if card.view.spec == focused), None)
            place = kept.use if kept is not None and kept.view.can_use else self.again
            place.setFocus(Qt.FocusReason.OtherFocusReason)

    def resizeEvent(self, event: object) -> None:
        self._arrange()

    def _arrange(self) -> None:
        columns = 1 if self.width() < NARROW else 2 if len(self.cards) in (2, 4) else 3
        for index, card in enumerate(self.cards):
            self._grid.addWidget(card, index // columns, index % columns)
        for column in range(3):
            self._grid.setColumnStretch(column, 1 if column < min(columns, len(self.cards) or 1) else 0)


class RadiosPresenter(QObject):
    """Fills it; `send` takes commands to the engine."""

    def __init__(self, section: RadiosSection, send: Callable[[Command], None]) -> None:
        super().__init__(section)
        self._section = section
        self._send = send
        self._adapters: tuple[Adapter, ...] = ()
        self._used, self._can_change, self._name = words.COMPUTER, True, ""
        self._hears = ""
        self._error: CompanionError | None = None
        section.again_wanted.connect(self.refresh)
        section.chosen.connect(self._choose)
        section.recording_wanted.connect(lambda on: send(RecordOctets(on)))

    def refresh(self) -> None:
        """Adapters come and go."""
        self._section.again.show_checking(True)
        self._send(AskRadios())

    def show_use(
        self,
        spec: str,
        told: RadioReady | RadioMissing | None,
        near: Sequence[FoundDevice],
        *,
        can_change: bool,
        name: str = "",
    ) -> None:
        """Which one is in use; during a run it stays. told: of it so far; near: what it hears; name: of the
        chosen adapter"""
        self._used, self._can_change, self._name = spec, can_change, name
        self._error = told.error if isinstance(told, RadioMissing) else None
        self._hears = self._heard(near) if isinstance(told, RadioReady) and can_change else ""
        self._show()

    def take(self, event: object) -> None:
        """What the engine says of radios."""
        match event:
            case RadiosFound(adapters):
                self._adapters = adapters
            case RadioReady(spec):
                self._used, self._error = spec, None
            case RadioMissing(spec, error) if spec == self._used:
                self._error = error
            case Nearby(devices):
                self._hears = self._heard(devices)
            case OctetsState(is_on, error):
                problem = f"{title_of(error)}. {advice_of(error)}" if error is not None else ""
                self._section.show_recording(is_on, problem)
                return
            case _:
                return
        self._show()

    def _choose(self, spec: str, name: str) -> None:
        """It is in use from now on; whether it works is told by the engine."""
        self._used, self._name, self._hears, self._error = spec, name, "", None
        self._show()

    def _heard(self, near: Sequence[FoundDevice]) -> str:
        signals = [each.rssi for each in near if each.rssi is not None]
        return words.heard(len(near), max(signals, default=None))

    def _show(self) -> None:
        self._section.show_radios(
            words.radios(
                self._adapters,
                self._used,
                hears=self._hears,
                error=self._error,
                can_change=self._can_change,
                name=self._name,
            )
        )
