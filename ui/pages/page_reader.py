"""Asking the engine for a list: its beginning, then the pages that come in sight."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from companion.registry.lists import PAGE
from ui.engine.commands import Command, ReadPage
from ui.engine.events import ListPage, RecordList

if TYPE_CHECKING:
    from companion.registry.lists import DeviceQuery, Key, RunQuery


class PageReader:
    """Knows which list is shown, and from which key the way to each of its pages is shortest."""

    def __init__(self, send: Callable[[Command], None]) -> None:
        self._send = send
        self._query: DeviceQuery | RunQuery | None = None
        self._ends: dict[int, Key] = {}

    def begin(self, told: RecordList) -> bool:
        """A list begins. True if it is the one that was shown before."""
        before, self._query = self._query, told.page.query
        self._ends.clear()
        self.take(told.page)
        return before == self._query

    def take(self, page: ListPage) -> bool:
        """A page came. False if it belongs to a list that is shown no more."""
        if page.query != self._query:
            return False
        if page.end is not None:
            self._ends[page.number] = page.end
        return True

    def read(self, number: int) -> None:
        """Ask for a page: it is reached from the nearest page before it that was here."""
        if self._query is None:
            return
        near = max((known for known in self._ends if known < number), default=None)
        after = None if near is None else self._ends[near]
        skip = (number if near is None else number - near - 1) * PAGE
        self._send(ReadPage(self._query, number, after, skip))
