"""The lab's place in the window: its page is made when it is first wanted, its runs open in Activity."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from ui.shell.sections import Section

if TYPE_CHECKING:
    from ui.engine.bridge import Bridge
    from ui.pages.lab.presenter import LabPresenter
    from ui.pages.records import RecordPages
    from ui.pages.router import Router


class LabPlace(QObject):
    """add: puts the page into the window, `window`; records: where runs are shown."""

    def __init__(
        self,
        window: QWidget,
        router: Callable[[], Router | None],
        open_section: Callable[[Section], None],
        add: Callable[[QWidget], None],
        records: Callable[[], RecordPages],
    ) -> None:
        super().__init__(window)
        self._router = router
        self._open_section = open_section
        self._add = add
        self._records = records
        self._presenter: LabPresenter | None = None

    def open(self, bridge: Bridge) -> None:
        """Make the page, unless it is there."""
        if self._presenter is None:
            from ui.pages.lab.presenter import LabPresenter

            self._presenter = LabPresenter(bridge.send, self)
            self._presenter.run_wanted.connect(self._open_run)
            bridge.arrived.connect(self._presenter.take)
            self._add(self._presenter.page)

    def drop(self, bridge: Bridge) -> None:
        """The page is made anew when it is next wanted, in another language; what it was about is lost."""
        if self._presenter is not None:
            bridge.arrived.disconnect(self._presenter.take)
            self._presenter.deleteLater()
            self._presenter = None

    def _open_run(self, run: str, beside: str, virtual: bool) -> None:
        """Show a run in Activity, beside another one if that is named: records come with their radio."""
        router = self._router()
        if virtual and router is not None and not router.control.is_virtual:
            router.use_radio("virtual")
        self._open_section(Section.ACTIVITY)
        self._records().open_run(run, beside)
