"""Activity, and in its place the replay of a run."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QStackedWidget, QWidget

from ui.present.units import seconds

if TYPE_CHECKING:
    from companion.registry.records import RunRecord
    from ui.flow.replay import Replay
    from ui.pages.activity.views import RunView
    from ui.pages.replay.page import ReplayPage

TICK_MILLISECONDS = 100


class ReplayPlace(QStackedWidget):
    """usual: what is here while nothing is replayed. The page of replays is made when it is first wanted."""

    def __init__(self, usual: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._usual = usual
        self.page: ReplayPage | None = None
        self._replay: Replay | None = None
        self._told_at = (0.0, 0.0)
        self._ticks = QTimer(self)
        self._ticks.setInterval(TICK_MILLISECONDS)
        self._ticks.timeout.connect(self._tick)
        self.addWidget(usual)

    @property
    def replay(self) -> Replay | None:
        """The one that is in front."""
        return self._replay

    def open(self, run: RunRecord, view: RunView) -> None:
        """Replay a run: begin at its first event, and wait there."""
        from ui.flow.replay import Replay

        if self.page is None:
            from ui.pages.replay.page import ReplayPage

            self.page = ReplayPage()
            self.page.left.connect(self.leave)
            self.page.row_wanted.connect(self._go_to)
            self.addWidget(self.page)
        self._replay = Replay(run)
        self.page.show_run(view)
        self._go_to(0)
        self.setCurrentWidget(self.page)
        self.page.bar.play.setFocus()
        self._ticks.start()

    def leave(self) -> None:
        """Back; nothing of the replay is kept."""
        self._ticks.stop()
        self._replay = None
        if self.page is not None:
            self.page.bar.stop()
            self.setCurrentWidget(self._usual)
            self.page.stage.clear()

    def hideEvent(self, event: QHideEvent) -> None:
        """Nobody watches."""
        if self.page is not None:
            self.page.bar.stop()

    def _go_to(self, row: int) -> None:
        if self._replay is None or self.page is None:
            return
        self._replay.go_to(row)
        self._told_at = (time.monotonic(), self._replay.now)
        self.page.show_row(self._replay.row, seconds(self._replay.now))
        self.page.stage.show_flow(self._replay.flow)

    def _tick(self) -> None:
        """Between two events the seconds run, as fast as the replay does."""
        replay, page = self._replay, self.page
        if replay is None or page is None or not page.bar.is_playing:
            return
        began, then = self._told_at
        replay.wait_until(then + (time.monotonic() - began) * page.bar.pace)
        page.show_time(replay.row, seconds(replay.now))
        page.stage.show_flow(replay.flow)
