"""A list too long for memory as a model: it knows how long it is, and asks for the pages in sight."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from companion.registry.lists import PAGE

Item = TypeVar("Item")
View = TypeVar("View")
Index = QModelIndex | QPersistentModelIndex

VIEW = int(Qt.ItemDataRole.UserRole)
MOST_PAGES = 12
"""Pages in memory."""
MOST_WAITING = 4
"""Pages that are still wanted after a scroll has passed many."""


@dataclass
class _Page(Generic[Item, View]):
    """Items as they came, and what they look like as far as somebody looked."""

    items: Sequence[Item]
    views: list[View | None]
    is_fresh: bool = True


class PagedModel(QAbstractTableModel, Generic[Item, View]):
    """Rows with one view each, made of its item when it is first looked at.

    page_wanted: the number of a page that is in sight and not here, one at a time; `show_page` brings it.
    Until then its rows have no view, or the one that they had before a refresh.
    """

    page_wanted = Signal(int)

    def __init__(self, make: Callable[[Item], View], parent: QObject | None = None) -> None:
        """make: an item's view."""
        super().__init__(parent)
        self._make = make
        self._total = 0
        self._pages: dict[int, _Page[Item, View]] = {}
        self._waiting: dict[int, None] = {}
        self._asked: int | None = None
        self.pinned = -1
        """The row whose page stays in memory: the selected one."""

    def begin(self, total: int, number: int, items: Sequence[Item], *, keep: bool) -> None:
        """A list of `total` rows, of which a page is here already.

        keep: it is the same list as before, so the other pages are shown as they were until they come anew
        """
        self._waiting.clear()
        self._asked = None
        if keep:
            for page in self._pages.values():
                page.is_fresh = False
        else:
            self._pages.clear()
        self._put(number, items)
        self._resize(total)
        if total:
            self.dataChanged.emit(self.index(0, 0), self.index(total - 1, self.columnCount() - 1))

    def show_page(self, number: int, items: Sequence[Item]) -> None:
        """A page that was wanted."""
        self._put(number, items)
        first = number * PAGE
        last = min(first + len(items), self._total) - 1
        if first <= last:
            self.dataChanged.emit(self.index(first, 0), self.index(last, self.columnCount() - 1))
        self._waiting.pop(number, None)
        self._asked = None
        self._ask()

    def view(self, row: int) -> View | None:
        """How a row looks; None, and its page is asked for, if it is not here."""
        number, place = divmod(row, PAGE)
        page = self._pages.pop(number, None)
        if page is not None:
            self._pages[number] = page  # the last one looked at is the last to leave
        if page is None or not page.is_fresh:
            self._want(number)
        if page is None or place >= len(page.items):
            return None
        return self.peek(row)

    def peek(self, row: int) -> View | None:
        """How a row looks; None if it is not here. Asks for nothing."""
        number, place = divmod(row, PAGE)
        page = self._pages.get(number)
        if page is None or place >= len(page.items):
            return None
        view = page.views[place]
        if view is None:
            view = page.views[place] = self._make(page.items[place])
        return view

    def loaded(self) -> Iterator[tuple[int, View]]:
        """Every row that is here, with how it looks."""
        for number, page in tuple(self._pages.items()):
            for row in range(number * PAGE, min(number * PAGE + len(page.items), self._total)):
                if (view := self.peek(row)) is not None:
                    yield row, view

    def find(self, fits: Callable[[Item], bool]) -> Item | None:
        """The item in memory that fits."""
        return next((item for page in self._pages.values() for item in page.items if fits(item)), None)

    def rows_in_memory(self) -> int:
        """How many items are held."""
        return sum(len(page.items) for page in self._pages.values())

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # Qt's own signature
        return 0 if parent.isValid() else self._total

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # Qt's own signature
        return 0 if parent.isValid() else 1

    def data(self, index: Index, role: int = int(Qt.ItemDataRole.DisplayRole)) -> object:
        if role == VIEW:
            return self.view(index.row())
        if role in (int(Qt.ItemDataRole.DisplayRole), int(Qt.ItemDataRole.AccessibleTextRole)):
            view = self.view(index.row())
            return "" if view is None else self.text(view, index.column())
        return None

    def text(self, view: View, column: int) -> str:
        """A cell as a screen reader says it."""
        raise NotImplementedError

    def _put(self, number: int, items: Sequence[Item]) -> None:
        self._pages.pop(number, None)
        self._pages[number] = _Page(items, [None] * len(items))
        pinned = self.pinned // PAGE
        for old in list(self._pages):
            if len(self._pages) <= MOST_PAGES:
                break
            if old not in (pinned, number):
                del self._pages[old]

    def _resize(self, total: int) -> None:
        """Add or remove rows at the end: the scroll bar stays where it is."""
        if total > self._total:
            self.beginInsertRows(QModelIndex(), self._total, total - 1)
            self._total = total
            self.endInsertRows()
        elif total < self._total:
            self.beginRemoveRows(QModelIndex(), total, self._total - 1)
            self._total = total
            self.endRemoveRows()

    def _want(self, number: int) -> None:
        self._waiting.pop(number, None)
        self._waiting[number] = None
        while len(self._waiting) > MOST_WAITING:
            del self._waiting[next(iter(self._waiting))]
        self._ask()

    def _ask(self) -> None:
        """For the page that was looked at last, once the one before is here."""
        if self._asked is None and self._waiting:
            self._asked = next(reversed(self._waiting))
            self.page_wanted.emit(self._asked)
