"""A device that others can still join: its user is asked whether to close that before going elsewhere."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

if TYPE_CHECKING:
    from ui.flow.ownership import OwnershipFlow
    from ui.pages.router import Router
    from ui.shell.sharing_question import SharingQuestion


class SharedDevice(QObject):
    """Stands between a device that is shared and the way that its user wants to go."""

    def __init__(self, window: QWidget, router: Callable[[], Router | None]) -> None:
        super().__init__(window)
        self._window = window
        self._router = router
        self._question: SharingQuestion | None = None
        self._go: Callable[[], object] | None = None

    def asks_before(self, go: Callable[[], object]) -> bool:
        """Ask whether to close what others can still join, and go once its run is over.

        False: nobody can join, so there is nothing to ask.
        """
        flow = self._flow()
        if flow is None:
            return False
        from ui.shell.sharing_question import SharingQuestion

        if self._question is None:
            self._question = SharingQuestion(self._window)
            self._question.closes.connect(lambda: self._leave(closes=True))
            self._question.rejected.connect(self.stay)
            self._question.stays_open.connect(lambda: self._leave(closes=False))
        self._go = go
        self._question.ask(flow.owned.name)
        return True

    def stay(self) -> None:
        """Forget where its user wanted to go."""
        self._go = None

    def go_on(self) -> None:
        """The run is over: go where its user wanted to, if anywhere."""
        go, self._go = self._go, None
        if go is not None:
            go()

    def _flow(self) -> OwnershipFlow | None:
        """The operation that shares its device now, if one does."""
        router = self._router()
        if router is None:
            # No page was made yet, and what is closed so early imports nothing more.
            return None
        from ui.flow.ownership import OwnershipFlow

        flow = router.flow
        return flow if isinstance(flow, OwnershipFlow) and flow.is_open else None

    def _leave(self, *, closes: bool) -> None:
        flow, router = self._flow(), self._router()
        if flow is not None and router is not None:
            router.control.perform(flow.stop_sharing() if closes else flow.leave_sharing())
        else:
            # Somebody joined meanwhile, or the time was over.
            self.go_on()
