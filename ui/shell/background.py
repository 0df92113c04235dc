"""While another window is in front: the end of a long run, and a question, are told by the desktop."""

from __future__ import annotations

import time
from collections.abc import Callable

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication

from companion.events import Event, RunFinished, RunStarted
from companion.questions import Question
from ui.engine.commands import Command
from ui.engine.desktop import TellDesktop
from ui.engine.inventory import EachBegan, EachEnded
from ui.engine.lab import LabEnded
from ui.present import notifications
from ui.shell.window import MainWindow

LONG_SECONDS = 10.0
"""Who starts a run that is shorter has hardly looked away."""


class Background(QObject):
    """Hears every event of the engine. clock: seconds, of any origin."""

    def __init__(
        self,
        window: MainWindow,
        send: Callable[[Command], None],
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        super().__init__(window)
        self._window = window
        self._send = send
        self._clock = clock
        self._began: float | None = None
        # Devices come one after the other: their runs are told of together.
        self._in_turn = False

    def take(self, event: object) -> None:
        """An event of the engine."""
        router = self._window.router
        if not isinstance(event, Event) or router is None:
            return
        if isinstance(event, RunStarted):
            self._began = self._clock()
        elif isinstance(event, EachBegan | EachEnded):
            self._in_turn = isinstance(event, EachBegan)
        if router.control.is_occupied or QApplication.activeWindow() is not None:
            # At the bench its user stands before the window, whichever has the keyboard.
            return
        if self._matters(event) and (words := notifications.words(event)):
            QApplication.alert(self._window)
            self._send(TellDesktop(words))

    def _matters(self, event: Event) -> bool:
        if isinstance(event, RunFinished):
            long = self._began is not None and self._clock() - self._began >= LONG_SECONDS
            return long and not self._in_turn
        return isinstance(event, Question | LabEnded | EachEnded)
