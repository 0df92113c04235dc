"""A short list as a model: all of its rows are here, with a sentence each for screen readers."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Generic, TypeVar

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from companion.plain_text import plain
from ui.widgets.paged_model import VIEW

View = TypeVar("View")
Index = QModelIndex | QPersistentModelIndex


class ViewModel(QAbstractListModel, Generic[View]):
    """Rows of one view each, under the role `VIEW`; lists of any length have `PagedModel`."""

    def __init__(self, say: Callable[[View], str], parent: QObject | None = None) -> None:
        """say: a row as a screen reader says it."""
        super().__init__(parent)
        self._say = say
        self.views: tuple[View, ...] = ()

    def show_views(self, views: Sequence[View]) -> None:
        """Other rows."""
        self.beginResetModel()
        self.views = tuple(views)
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # Qt's own signature
        return 0 if parent.isValid() else len(self.views)

    def data(self, index: Index, role: int = int(Qt.ItemDataRole.DisplayRole)) -> object:
        view = self.views[index.row()]
        if role == VIEW:
            return view
        said = role in (int(Qt.ItemDataRole.DisplayRole), int(Qt.ItemDataRole.AccessibleTextRole))
        return plain(self._say(view)) if said else None
