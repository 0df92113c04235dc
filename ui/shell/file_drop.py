"""A file that is dropped on the window goes to the page that can use it, whichever is in front.

Nothing is done with it beyond what choosing it there would do: a backup still asks for its passphrase.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QDropEvent

from ui.engine.activity import ReadReport
from ui.engine.commands import Command
from ui.flow.state import Page
from ui.shell.sections import Section
from ui.shell.window import MainWindow
from ui.sources.file_kind import FileKind, file_in, kind_of

if TYPE_CHECKING:
    from ui.pages.settings import SettingsPage


class FileDrop(QObject):
    """Watches what is dragged over the window that no page of it takes."""

    def __init__(self, window: MainWindow, send: Callable[[Command], None]) -> None:
        super().__init__(window)
        self._window = window
        self._send = send
        window.setAcceptDrops(True)
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() not in (QEvent.Type.DragEnter, QEvent.Type.Drop) or not isinstance(event, QDropEvent):
            return super().eventFilter(watched, event)
        path = file_in(event.mimeData())
        kind = kind_of(path) if path is not None else None
        if path is None or kind is None or not self._has_use(kind):
            return super().eventFilter(watched, event)
        event.acceptProposedAction()
        if event.type() == QEvent.Type.Drop:
            self._lead(kind, path)
        return True

    def _has_use(self, kind: FileKind) -> bool:
        router = self._window.router
        match kind:
            case FileKind.CODES:
                # A run that goes on is not left for a picture.
                return router is not None and router.flow.page is Page.SCAN and not router.flow.running
            case FileKind.DEVICES:
                # It changes what is listed, so its user has to see the list.
                return self._shows_devices()
            case FileKind.BACKUP:
                return self._window.can_use_real
            case _:
                return True

    def _lead(self, kind: FileKind, path: Path) -> None:
        window = self._window
        match kind:
            case FileKind.REPORT:
                window.go_to(Section.ACTIVITY, lambda: self._send(ReadReport(path)))
            case FileKind.SCENARIO:
                from ui.engine.lab import ReadScenario

                window.go_to(Section.LAB, lambda: self._send(ReadScenario(path)))
            case FileKind.DEVICES:
                from ui.engine.inventory import TakeDevices

                self._send(TakeDevices(path))
            case FileKind.REQUEST:
                from ui.engine.delegation_messages import ReadRequest

                window.go_to(Section.SETTINGS, lambda: self._send(ReadRequest(path)))
            case FileKind.HOME:
                from ui.engine.delegation_messages import BringHome

                window.go_to(Section.SETTINGS, lambda: self._to_delegates(BringHome(path)))
            case FileKind.TRUST:
                window.go_to(Section.SETTINGS, lambda: self._import_trust(path))
            case FileKind.GRANT:
                from ui.engine.delegation_messages import ImportGrant

                window.go_to(Section.SETTINGS, lambda: self._to_delegates(ImportGrant(path)))
            case FileKind.BACKUP:
                self._open_backup(path)
            case FileKind.CODES:
                window.go_to(Section.ADD, lambda: self._read_codes(path))

    def _to_delegates(self, command: Command) -> None:
        """Their card says what comes of it."""
        for settings in self._settings():
            settings.bring(settings.delegates)
        self._send(command)

    def _import_trust(self, path: Path) -> None:
        """For the only protocol that takes lists; where several do, their card is shown to choose."""
        for settings in self._settings():
            card = settings.manufacturers
            settings.bring(card)
            if len(card.buttons) == 1:
                card.file_given.emit(next(iter(card.buttons)), path)

    def _settings(self) -> list[SettingsPage]:
        from ui.pages.settings import SettingsPage

        return self._window.findChildren(SettingsPage)

    def _open_backup(self, path: Path) -> None:
        """Who is new restores it; who has something here compares it first."""
        from ui.pages.first_start.restore import RestorePage

        router = self._window.router
        if router is not None and router.isVisible() and router.flow.page in (Page.WELCOME, Page.RESTORE):
            if router.flow.page is Page.WELCOME:
                router.control.show_restore()
            restore = router.page(Page.RESTORE)
            assert isinstance(restore, RestorePage)
            restore.show_file(path)
            return

        def show() -> None:
            for settings in self._settings():
                settings.backup.open_form(makes=False)
                settings.backup.show_file(path)
                settings.show_backup()

        self._window.go_to(Section.SETTINGS, show)

    def _read_codes(self, path: Path) -> None:
        router = self._window.router
        if router is not None and router.isVisible():  # the bench may be in its place
            router.sources.read_file(path)

    def _shows_devices(self) -> bool:
        from ui.pages.devices.page import DevicesPage

        return any(page.isVisible() for page in self._window.findChildren(DevicesPage))
