"""Which devices are selected: by their keys, as rows move, leave memory and come back."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import Any

from PySide6.QtCore import QItemSelection, QItemSelectionModel, QObject, Signal
from PySide6.QtWidgets import QTableView

from ui.pages.devices.views import DeviceView
from ui.widgets.paged_model import PagedModel

MOST = 1000
"""Devices that are selected at once: something is done with so many in one go."""

_Flags = QItemSelectionModel.SelectionFlag


class Selection(QObject):
    """Follows the table's selection, and puts it back where a list came anew.

    changed: how many are selected
    rows_wanted: the keys of rows that are not here: the first one, and how many; `take` brings them
    """

    changed = Signal(int)
    rows_wanted = Signal(int, int)

    def __init__(self, table: QTableView, model: PagedModel[Any, DeviceView]) -> None:
        super().__init__(table)
        self._table = table
        self._model = model
        self._at: dict[int, str] = {}
        self._is_held = False
        self._unread: set[int] = set()
        table.selectionModel().selectionChanged.connect(self._on_changed)

    @property
    def keys(self) -> tuple[str, ...]:
        """Of the selected devices, from top to bottom."""
        return tuple(dict.fromkeys(self._at[row] for row in sorted(self._at)))

    @property
    def count(self) -> int:
        """How many are selected, with those whose keys are on their way."""
        return len(self._at) + len(self._unread)

    @property
    def is_whole(self) -> bool:
        """Whether no selected row waits to be read."""
        return not self._unread

    def hold(self) -> None:
        """A list comes: rows that come and go select nothing."""
        self._is_held = True

    def go_on(self, *, keep: bool) -> None:
        """The list is there. keep: it is the one that was there before; else its current row is selected."""
        if keep and len(self._at) > 1:
            self._put_back()
        else:
            self._at = {}
            self._unread.clear()
            self._add(_rows(self._table.selectionModel().selection()))
        self._is_held = False
        self._tell()

    def see(self, first: int, last: int) -> None:
        """Rows came: they may be other devices than when they were selected."""
        if self._is_held or len(self._at) < 2:
            return
        keys = set(self._at.values())
        views = ((row, self._model.peek(row)) for row in range(first, last + 1))
        if any(
            view is not None and self._at.get(row) != view.key and view.key in keys for row, view in views
        ):
            self._is_held = True
            self._put_back()
            self._is_held = False
            self._tell()

    def _put_back(self) -> None:
        """Select the devices that are here where they are now; of the others it is known where they were."""
        keys = set(self._at.values())
        here = {row: view.key for row, view in self._model.loaded() if view.key in keys}
        known, last = set(here.values()), self._model.rowCount()
        elsewhere = {row: key for row, key in self._at.items() if key not in known and row < last}
        self._at = elsewhere | here
        self._unread -= self._at.keys()
        self._select((*self._at, *(row for row in self._unread if row < last)))

    def take(self, first: int, keys: Sequence[str]) -> None:
        """The keys of rows that were wanted."""
        for row, key in enumerate(keys, first):
            if row in self._unread:
                self._at.setdefault(row, key)
        self._unread.difference_update(range(first, first + len(keys)))
        self._tell()

    def clear(self) -> None:
        """Only the current row stays selected."""
        self._table.selectRow(self._table.currentIndex().row())

    def _on_changed(self, selected: QItemSelection, deselected: QItemSelection) -> None:
        if self._is_held:
            return
        for row in _rows(deselected):
            self._at.pop(row, None)
            self._unread.discard(row)
        unread = self._add(_rows(selected))
        if self.count == MOST:
            self._is_held = True
            self._select((*self._at, *self._unread))
            self._is_held = False
        if unread:
            self.rows_wanted.emit(unread[0], unread[-1] - unread[0] + 1)
        self._tell()

    def _add(self, selected: Iterable[int]) -> list[int]:
        """Remember which devices these rows are; those that are not here come back."""
        unread: list[int] = []
        for row in selected:
            if self.count >= MOST:
                break
            if (view := self._model.peek(row)) is not None:
                self._at[row] = view.key
            else:
                unread.append(row)
                self._unread.add(row)
        return unread

    def _select(self, wanted: Iterable[int]) -> None:
        model, made = self._model, QItemSelection()
        for _, run in groupby(enumerate(sorted(wanted)), lambda pair: pair[1] - pair[0]):
            rows = [row for _, row in run]
            made.select(model.index(rows[0], 0), model.index(rows[-1], 0))
        self._table.selectionModel().select(made, _Flags.ClearAndSelect | _Flags.Rows)

    def _tell(self) -> None:
        self.changed.emit(self.count)


def _rows(selection: QItemSelection) -> Iterator[int]:
    """Each row of a selection, which may be as long as the list, once."""
    seen: set[int] = set()
    for place in range(selection.count()):
        area = selection.at(place)
        for row in range(area.top(), area.bottom() + 1):
            if row not in seen:
                seen.add(row)
                yield row
