"""A file that is dropped on the window goes to the page that can use it, whichever is in front.

Nothing is done with it beyond what choosing it there would do: a backup still asks for its passphrase.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QMimeData, QObject
from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent, QDropEvent

from ui.engine.activity import ReadReport
from ui.engine.commands import Command
from ui.flow.state import Page
from ui.present import drops
from ui.shell.sections import Section
from ui.shell.window import MainWindow
from ui.sources.drop_target import name_of
from ui.sources.file_kind import FileKind, file_in, kind_of
from ui.widgets import drop_hint

if TYPE_CHECKING:
    from ui.pages.settings import SettingsPage


class FileDrop(QObject):
    """Watches what is dragged over the window that no page of it takes, and says what would come of it."""

    def __init__(self, window: MainWindow, send: Callable[[Command], None]) -> None:
        super().__init__(window)
        self._window = window
        self._send = send
        self._kind: FileKind | None = None
        window.setAcceptDrops(True)
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        match event.type():
            # Also what is of no use: only who takes it is told when it leaves again.
            case QEvent.Type.DragEnter if isinstance(event, QDragEnterEvent):
                event.acceptProposedAction()
                self._kind = self._meet(event.mimeData())
            case QEvent.Type.DragMove if isinstance(event, QDragMoveEvent):
                if self._kind is None:
                    event.ignore()
                else:
                    event.acceptProposedAction()
            case QEvent.Type.DragLeave:
                drop_hint.hide(self._window)
            case QEvent.Type.Drop if isinstance(event, QDropEvent):
                drop_hint.hide(self._window)
                path = file_in(event.mimeData())
                if path is None or self._kind is None:
                    event.ignore()
                    return True
                event.acceptProposedAction()
                self._lead(self._kind, path)
            case _:
                return super().eventFilter(watched, event)
        return True

    def _meet(self, data: QMimeData) -> FileKind | None:
        """Say what would come of it. Returns what it is, None if it is of no use."""
        path = file_in(data)
        kind = kind_of(path) if path is not None else None
        takes = kind is not None and self._has_use(kind)
        if kind is None:
            words = drops.no_file(len(data.urls()))
        else:
            words = drops.use(kind) if takes else drops.refusal(kind)
        drop_hint.over(self._window).show_words(self._window, words, name_of(data), takes=takes)
        return kind if takes else None

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
            case FileKind.FIRMWARE:
                window.go_to(Section.SETTINGS, lambda: self._explain_firmware(path))
            case FileKind.GRANT:
                from ui.engine.delegation_messages import ImportGrant

                window.go_to(Section.SETTINGS, lambda: self._to_delegates(ImportGrant(path)))
            case FileKind.VOUCHER:
                from ui.engine.vouchers import ReadVoucher

                window.go_to(Section.DEVICES, lambda: self._send(ReadVoucher(path)))
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

    def _explain_firmware(self, path: Path) -> None:
        from ui.engine.firmware import ExplainFirmware

        for settings in self._settings():
            settings.bring(settings.firmware)
        self._send(ExplainFirmware(path))

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
