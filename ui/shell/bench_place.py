"""The bench's place in the window: where devices are added, for as long as its user is there."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QStackedWidget

if TYPE_CHECKING:
    from ui.engine.bridge import Bridge
    from ui.flow.bench import BenchState
    from ui.pages.bench.presenter import BenchPages
    from ui.pages.router import Router


class BenchPlace(QObject):
    """Makes the pages when they are first wanted. changed: it was opened or left."""

    changed = Signal()

    def __init__(
        self, stack: QStackedWidget, router: Callable[[], Router | None], parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._stack = stack
        self._router = router
        self._bridge: Bridge | None = None
        self.pages: BenchPages | None = None
        self.is_open = False
        # A sheet that nobody printed yet outlasts its page, as when the language changes.
        self._kept: BenchState | None = None

    @property
    def is_busy(self) -> bool:
        """The engine is at work, for the bench or for one device."""
        router = self._router()
        running = router is not None and router.flow.running
        return running or (self.pages is not None and self.pages.is_occupied)

    def open(self, bridge: Bridge) -> None:
        """It takes the place of the page for one device."""
        router = self._router()
        if router is None or router.flow.running:
            return
        if self.pages is None:
            from ui.pages.bench.presenter import BenchPages

            self._bridge = bridge
            self.pages = BenchPages(bridge.send, self._kept)
            self.pages.left.connect(self.leave)
            self.pages.occupied_changed.connect(self._occupy)
            bridge.arrived.connect(self.pages.take)
            self._stack.addWidget(self.pages)
        self.pages.use_camera(router.sources.choice)
        suggestion = router.control.commissioning.suggestion
        self.pages.open(suggestion.wifi, suggestion.room)
        self.is_open = True
        self.changed.emit()

    def leave(self) -> None:
        """Back to one device."""
        self.is_open = False
        self.changed.emit()

    def show(self, wanted: bool) -> bool:
        """The rail leads to where devices are added, or elsewhere. True if the bench is in front now."""
        in_front = wanted and self.is_open
        if self.pages is not None:
            if in_front:
                self._stack.setCurrentWidget(self.pages)
            self.pages.set_front(in_front)
        return in_front

    def close_down(self) -> None:
        """The window closes, or its pages are made anew: nothing looks or listens any more."""
        pages, self.pages, self.is_open = self.pages, None, False
        if pages is not None:
            pages.close_down()
            self._kept = pages.state
            if self._bridge is not None:
                self._bridge.arrived.disconnect(pages.take)
            self._stack.removeWidget(pages)
            pages.deleteLater()

    def _occupy(self, occupied: bool) -> None:
        router = self._router()
        if router is not None:
            router.control.is_occupied = occupied
