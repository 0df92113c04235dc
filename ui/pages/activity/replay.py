"""A run played again from its record, without a device: at its pace or faster, step by step, both ways."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QPoint, Qt, QTimer, Signal
from PySide6.QtWidgets import QAbstractItemView, QHBoxLayout, QWidget

from ui.widgets import Button, ButtonKind, accessibility
from ui.widgets.menu import Menu

SPEEDS = (1, 2, 5, 10, 50)
LONGEST_PAUSE = 2.0
"""A pause that lay between two events is kept up to this many seconds."""


class ReplayBar(QWidget):
    """Play and pause, and how fast. `row_wanted`: the event that it is at.

    pages: a button for whoever shows it: the run shall be replayed through its pages (`pages_wanted`)
    """

    row_wanted = Signal(int)
    pages_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.pages = Button(self.tr("Show pages"), ButtonKind.QUIET, icon="screen")
        self.pages.clicked.connect(self.pages_wanted)
        self._moments: Sequence[float] = ()
        self._at = -1
        self.speed = 1
        self.play = Button(self.tr("Replay"), ButtonKind.PRIMARY, icon="play")
        self.more = Button("", ButtonKind.QUIET)
        self._menu = Menu(self)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._go_on)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(2)
        row.addWidget(self.play)
        row.addWidget(self.more)
        self.play.clicked.connect(self._toggle)
        self.more.clicked.connect(self._open_menu)
        self.set_speed(1)

    @property
    def pace(self) -> float:
        """Seconds of the run in a second: more than the speed where a long pause is shortened."""
        following = self._moments[self._at + 1 : self._at + 2]
        pause = following[0] - self._moments[self._at] if following and self._at >= 0 else 0.0
        return self.speed * max(1.0, pause / LONGEST_PAUSE)

    @property
    def is_playing(self) -> bool:
        return self._timer.isActive()

    def show_moments(self, moments: Sequence[float]) -> None:
        """Another run: when its events happened, in seconds."""
        self.stop()
        self._moments, self._at = moments, -1
        self.setEnabled(bool(moments))
        self.pages.setEnabled(bool(moments))

    def set_row(self, row: int) -> None:
        """Somebody chose an event: from there it goes on."""
        self._at = row

    def serve(self, view: QWidget) -> None:
        """Offer to replay from what is chosen in a view, in its menu; in a list by Enter as well."""
        view.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        view.customContextMenuRequested.connect(lambda place: self._offer(view.mapToGlobal(place)))
        if isinstance(view, QAbstractItemView):
            view.activated.connect(lambda _: self.begin())

    def set_speed(self, speed: int) -> None:
        """One of `SPEEDS`."""
        self.speed = speed
        words = self.tr("{speed}×").format(speed=speed)
        self.more.setText(words)
        accessibility.name(self.more, self.tr("Speed: {speed}").format(speed=words))

    def step(self, ahead: int) -> None:
        """Stop, and show the next event, or the one before."""
        self.stop()
        self._show(self._at + ahead)

    def stop(self) -> None:
        """Pause where it is."""
        self._timer.stop()
        self._tell()

    def _toggle(self) -> None:
        if self.is_playing:
            self.stop()
        else:
            self.begin()

    def begin(self) -> None:
        """Go on from where it is; at the end it begins anew."""
        self._show(0 if self._at >= len(self._moments) - 1 else max(0, self._at))
        self._wait()

    def _go_on(self) -> None:
        self._show(self._at + 1)
        self._wait()

    def _wait(self) -> None:
        following = self._at + 1
        if following < len(self._moments):
            pause = min(self._moments[following] - self._moments[self._at], LONGEST_PAUSE)
            self._timer.start(round(max(0.0, pause) * 1000 / self.speed))
        self._tell()

    def _show(self, row: int) -> None:
        if 0 <= row < len(self._moments):
            self._at = row
            self.row_wanted.emit(row)

    def _tell(self) -> None:
        self.play.setText(self.tr("Pause") if self.is_playing else self.tr("Replay"))
        self.play.set_icon("pause" if self.is_playing else "play")

    def _offer(self, place: QPoint) -> None:
        if self._moments:
            self._menu.clear()
            self._menu.offer(self.tr("Replay from here"), self.begin, icon="play")
            self._menu.popup(place)

    def _open_menu(self) -> None:
        self._menu.clear()
        for speed in SPEEDS:
            words = self.tr("{speed}×").format(speed=speed)
            self._menu.offer(words, partial(self.set_speed, speed), chosen=speed == self.speed)
        self._menu.offer(self.tr("Next event"), partial(self.step, 1), icon="chevron-right")
        self._menu.offer(self.tr("Previous event"), partial(self.step, -1), icon="chevron-left")
        self._menu.open_below(self.more)
