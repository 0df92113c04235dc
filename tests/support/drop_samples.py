"""A file over a page: one that is taken there, and one that is of no use now."""

from __future__ import annotations

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget

from tests.support import record_samples, samples
from ui.present import drops
from ui.sources.file_kind import FileKind
from ui.widgets import drop_hint


def taken() -> QWidget:
    return _over(
        samples.scan(), drops.code(is_file=True, is_picture=False), "hall-lamp-label.png", takes=True
    )


def of_no_use() -> QWidget:
    return _over(record_samples.activity(), drops.refusal(FileKind.DEVICES), "devices.csv", takes=False)


def _over(page: QWidget, words: str, name: str, *, takes: bool) -> QWidget:
    def show() -> None:
        target = page if takes else page.window()
        drop_hint.over(page).show_words(target, words, name, takes=takes)

    QTimer.singleShot(0, page, show)
    return page
