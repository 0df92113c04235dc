"""Who is greeted: somebody who has set up nothing yet. After the first device or backup the first page does
not come by itself any more."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QSettings
from PySide6.QtWidgets import QWidget

from ui.shell import preferences

if TYPE_CHECKING:
    from ui.engine.bridge import Bridge
    from ui.pages.router import Router


class FirstUse(QObject):
    """Keeps with the window's settings whether its user is new."""

    def __init__(self, settings: QSettings, router: Callable[[], Router | None], window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._settings = settings
        self._router = router

    def begin(self, router: Router, bridge: Bridge) -> None:
        """Greet who is new, unless another radio than this computer's was asked for."""
        is_new = self.is_new(router)
        router.begin(welcome=is_new)
        if is_new:
            from ui.engine.commands import AskFirstUse

            bridge.send(AskFirstUse())

    def is_new(self, router: Router) -> bool:
        """Whether its user is greeted at the start."""
        return not router.control.is_virtual and not preferences.is_welcomed(self._settings)

    def show_anew(self) -> None:
        """The first page is there again: the keyboard stays where the language was chosen."""
        from ui.pages.first_start.welcome import WelcomePage

        self._window.setUpdatesEnabled(True)
        router = self._router()
        shown = router.currentWidget() if router is not None else None
        if isinstance(shown, WelcomePage):
            shown.focus_language()

    def take(self, event: object) -> None:
        """An event of the engine."""
        from companion.events import RunFinished
        from companion.outcome import Result
        from ui.engine.events import FirstUse as Told

        router = self._router()
        if router is None or router.control.is_virtual:
            return
        if isinstance(event, Told) and not event.is_first:
            self.end()
            router.control.leave_welcome()
        elif isinstance(event, RunFinished) and event.outcome.result is Result.COMMISSIONED:
            self.end()

    def end(self) -> None:
        """Its user has something."""
        preferences.set_welcomed(self._settings)
        router = self._router()
        if router is not None:
            router.control.has_first_page = False
