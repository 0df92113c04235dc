"""A report of runs that is dropped anywhere on the window opens in Activity."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QDropEvent

from ui.engine.activity import ReadReport
from ui.engine.commands import Command
from ui.shell.sections import Section
from ui.shell.window import MainWindow
from ui.sources.report import report_of


class ReportDrop(QObject):
    """Watches what is dragged over a window that no page of it takes."""

    def __init__(self, window: MainWindow, send: Callable[[Command], None]) -> None:
        super().__init__(window)
        self._window = window
        self._send = send
        window.setAcceptDrops(True)
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() not in (QEvent.Type.DragEnter, QEvent.Type.Drop) or not isinstance(event, QDropEvent):
            return super().eventFilter(watched, event)
        path = report_of(event.mimeData())
        if path is None:
            return super().eventFilter(watched, event)
        event.acceptProposedAction()
        if event.type() == QEvent.Type.Drop:
            self._window.open_section(Section.ACTIVITY)
            self._send(ReadReport(path))
        return True
