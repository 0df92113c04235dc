"""The demo: the app's own pages, run by themselves from the picture of a label to the proof."""

from __future__ import annotations

import sys
import time

from PySide6.QtCore import QObject, QTimer

from companion.commands.terminal.step_printer import StepPrinter
from companion.events import RunFinished
from companion.questions import CompareNumbers
from ui.engine.bridge import Bridge
from ui.engine.commands import PressVirtual
from ui.engine.events import VirtualDisplay
from ui.flow.answers import Suggestion
from ui.flow.state import Page
from ui.pages.questions.comparison import ComparisonPage
from ui.pages.router import Router
from ui.present import network
from ui.shell.window import MainWindow
from ui.widgets import Button, ButtonKind

PAUSE_MILLISECONDS = 1600


class Autopilot(QObject):
    """Does what a user would do on each page, after a pause in which a spectator can read it.

    exit_after: seconds after the last page until the window closes; None leaves it open.
    """

    def __init__(
        self,
        window: MainWindow,
        router: Router,
        bridge: Bridge,
        exit_after: float | None = None,
        *,
        pause: int = PAUSE_MILLISECONDS,
    ) -> None:
        super().__init__(window)
        self._window = window
        self._router = router
        self._bridge = bridge
        self._exit_after = exit_after
        self._pause = pause
        self._shown: str | None = None
        self._began = time.monotonic()
        self.ended_well: bool | None = None
        router.page_changed.connect(self._on_page)
        bridge.arrived.connect(self._on_event)

    def begin(self) -> None:
        """Begin with the demo's network noted, and hold the sample label to the scanner."""
        from companion.virtual.access_points import HAFEN

        self._router.control.commissioning.suggestion = Suggestion(HAFEN, network.suggested_rooms()[0])
        self._router.begin()
        QTimer.singleShot(self._pause, self._router.sources.read_sample)

    def _on_event(self, event: object) -> None:
        """Watch the virtual device's display, for the comparison is a real one; tell the terminal the end."""
        if isinstance(event, VirtualDisplay):
            self._shown = event.number
        elif isinstance(event, RunFinished):
            StepPrinter(sys.stdout).show_outcome(event.outcome)
            print(f"From the first page to the proof in {time.monotonic() - self._began:.1f} s.", flush=True)

    def _on_page(self, page: Page) -> None:
        if page in (Page.CONFIRMATION, Page.COMPARISON, Page.NETWORK):
            QTimer.singleShot(self._pause, lambda: self._act(page))
        elif page in (Page.SUCCESS, Page.PROBLEM, Page.REQUIREMENTS):
            self.ended_well = page is Page.SUCCESS
            if self._exit_after is not None:
                QTimer.singleShot(round(self._exit_after * 1000), self._window.close)

    def _act(self, page: Page) -> None:
        """Press what a user would press, if the page is still there."""
        if self._router.flow.page is not page:
            return
        if page is Page.COMPARISON:
            self._compare()
            return
        for button in self._router.page(page).findChildren(Button):
            if button.kind is ButtonKind.PRIMARY and button.isVisible():
                button.click()

    def _compare(self) -> None:
        question = self._router.flow.question
        if not isinstance(question, CompareNumbers):
            return
        same = question.number == self._shown
        self._bridge.send(PressVirtual(same))
        page = self._router.page(Page.COMPARISON)
        if isinstance(page, ComparisonPage):
            (page.match if same else page.differ).click()
