"""From virtual devices to real ones. That ends a virtual run, and its user is told so first."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

if TYPE_CHECKING:
    from ui.pages.router import Router
    from ui.shell.leave_question import LeaveQuestion


class VirtualExit(QObject):
    """Stands between a virtual run and the real device that its user wants to set up."""

    def __init__(self, window: QWidget, router: Callable[[], Router | None]) -> None:
        super().__init__(window)
        self._window = window
        self._router = router
        self._question: LeaveQuestion | None = None

    def leave(self) -> None:
        """Go to real devices, at once or when that was confirmed."""
        router = self._router()
        if router is None:
            return
        if not router.flow.running:
            router.control.leave_virtual()
            return
        from ui.shell.leave_question import LeaveQuestion

        if self._question is None:
            self._question = LeaveQuestion(self._window)
            self._question.accepted.connect(self._leave)
        self._question.open()

    def _leave(self) -> None:
        router = self._router()
        if router is not None:
            router.control.leave_virtual()
