"""What takes something that is dragged over it, and says meanwhile what would come of it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QEvent, QMimeData, QObject
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QWidget

from companion.plain_text import plain
from ui.sources.file_kind import FileKind, file_in, goes_elsewhere
from ui.widgets import drop_hint

Words = Callable[[QMimeData], str]
"""What would come of it; "" where it is left to whatever is behind."""


class DropTarget(QObject):
    """Watches a widget, which keeps it."""

    def __init__(self, widget: QWidget, words: Words, take: Callable[[QMimeData], object]) -> None:
        super().__init__(widget)
        self._widget, self._words, self._take = widget, words, take
        widget.setAcceptDrops(True)
        widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        match event.type():
            case QEvent.Type.DragEnter if isinstance(event, QDragEnterEvent):
                words = self._words(event.mimeData())
                if not words:
                    event.ignore()
                    return True
                event.acceptProposedAction()
                hint = drop_hint.over(self._widget)
                hint.show_words(self._widget, words, name_of(event.mimeData()), takes=True)
                return True
            case QEvent.Type.DragLeave:
                drop_hint.hide(self._widget)
            case QEvent.Type.Drop if isinstance(event, QDropEvent):
                drop_hint.hide(self._widget)
                event.acceptProposedAction()
                self._take(event.mimeData())
                return True
        return super().eventFilter(watched, event)


def takes_file(
    widget: QWidget, words: Callable[[], str], take: Callable[[Path], object], *here: FileKind
) -> DropTarget:
    """A widget that takes a file. words: what would come of it, "" for nothing; here: kinds that usually have
    a place elsewhere in the window, and are for this widget where it takes them"""

    def told(data: QMimeData) -> str:
        return words() if file_in(data) is not None and not goes_elsewhere(data, *here) else ""

    def given(data: QMimeData) -> None:
        path = file_in(data)
        if path is not None:
            take(path)

    return DropTarget(widget, told, given)


def name_of(data: QMimeData) -> str:
    """What the file is called; "" for several, and for what is no file."""
    urls = data.urls()
    return plain(Path(urls[0].toLocalFile()).name) if len(urls) == 1 and urls[0].isLocalFile() else ""
