"""Codes in pictures and texts: the clipboard, what is dropped, files, a part of the screen.

A file that is opened may also be an ownership voucher, which has a page of its own.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QMimeData
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtWidgets import QFileDialog

from companion.errors import CodeUnreadable
from ui.pages.scan.page import ScanPage
from ui.pages.scan.recognition import Recognition
from ui.pages.scan.sources.source import Source
from ui.pages.views import NoticeView
from ui.sources.file_kind import FileKind, kind_of
from ui.sources.files import Reader, patterns
from ui.sources.screen import ScreenPick
from ui.widgets import Tone

if TYPE_CHECKING:
    from PySide6.QtCore import QObject


class Files(Source):
    """What the user has at hand on this computer."""

    def __init__(self, page: ScanPage, recognition: Recognition, parent: QObject | None = None) -> None:
        super().__init__(page, recognition, parent)
        self.reader = Reader(self)
        self._screen: ScreenPick | None = None
        page.paste_wanted.connect(self._paste)
        page.screen_wanted.connect(self._pick_from_screen)
        page.file_wanted.connect(self._open_file)
        page.dropped.connect(self._on_dropped)
        self.reader.read.connect(recognition.ask)
        self.reader.failed.connect(lambda error, _origin: recognition.show_error(error))

    def _paste(self) -> None:
        if not self.reader.read_mime(QGuiApplication.clipboard().mimeData(), "paste"):
            self._page.show_notice(
                NoticeView(
                    Tone.INFO,
                    self.tr("No code in the clipboard"),
                    self.tr("Copy the code's text or a picture of it, then paste again."),
                )
            )

    def _on_dropped(self, data: QMimeData) -> None:
        self.reader.read_mime(data, "drop")

    def _open_file(self) -> None:
        path, _ = QFileDialog.getOpenFileName(
            self._page.window(),
            self.tr("Open a picture of the code"),
            "",
            f"{self.tr('Pictures, PDF, video, text')} ({patterns()});;{self.tr('All files')} (*)",
        )
        if path and kind_of(Path(path)) is FileKind.VOUCHER:
            self._recognition.voucher_wanted.emit(Path(path))
        elif path:
            self.reader.read_file(Path(path))

    def _pick_from_screen(self) -> None:
        if self._screen is None:
            self._screen = ScreenPick(self._page.window())
            self._screen.picked.connect(self._on_picked)
            self._screen.refused.connect(
                lambda: self._recognition.show_error(CodeUnreadable("the screen can't be read"))
            )
        self._screen.begin()

    def _on_picked(self, image: QImage) -> None:
        self.reader.read_image(image, "screen")
