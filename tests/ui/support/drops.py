"""Something is dragged over a widget and let go, with the events that Qt sends."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDragMoveEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QWidget

_PLACE = QPoint(9, 9)
_HOW = (Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)


def files(*paths: Path) -> QMimeData:
    """As a file manager gives them."""
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    return data


def drag(target: QWidget, data: QMimeData) -> bool:
    """Over the target. True if it would be taken there."""
    copy = Qt.DropAction.CopyAction
    enter = QDragEnterEvent(_PLACE, copy, data, *_HOW)
    enter.ignore()
    QApplication.sendEvent(target, enter)
    move = QDragMoveEvent(_PLACE, copy, data, *_HOW)
    move.setAccepted(enter.isAccepted())
    QApplication.sendEvent(target, move)
    return move.isAccepted()


def leave(target: QWidget) -> None:
    """And away again."""
    QApplication.sendEvent(target, QDragLeaveEvent())


def drop(target: QWidget, *paths: Path, data: QMimeData | None = None) -> bool:
    """Drag the files over the target, and let them go if they are taken."""
    data = data or files(*paths)
    taken = drag(target, data)
    if taken:
        QApplication.sendEvent(target, QDropEvent(QPointF(_PLACE), Qt.DropAction.CopyAction, data, *_HOW))
    else:
        leave(target)
    return taken
