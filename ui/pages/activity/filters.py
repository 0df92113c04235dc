"""The filters above the runs: a chip each, whose menu lists the values that runs have."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from companion.registry.activity import days_until
from companion.registry.lists import RunFact, RunQuery
from ui.widgets import FlowLayout
from ui.widgets.filter_chip import FilterChip
from ui.widgets.menu import Menu
from ui.widgets.search_field import SearchField

TIMES = (1, 7, 14, 90)
"""Days that are offered."""
SEARCH = 200
"""Width of the search field."""
USUAL = (RunFact.CODE, RunFact.STEP, RunFact.DEVICE)
"""Filters that are always there. The others are under "More" until they are set."""


class FilterBar(QWidget):
    """`changed` carries the RunQuery that the chips make of `query`; values_wanted: the RunFact whose values
    are to be offered."""

    changed = Signal(object)
    values_wanted = Signal(object)

    def __init__(
        self, words: Callable[[RunFact, str], str], search: SearchField, parent: QWidget | None = None
    ) -> None:
        """words: what people call a value of a fact; what they call the fact for "". search: stands first"""
        super().__init__(parent)
        self.query = RunQuery()
        self._words = words
        facts: list[RunFact] = [fact for fact in RunFact if fact is not RunFact.ENDING]
        self._chips = {fact: FilterChip(words(fact, "")) for fact in facts}
        self._more = FilterChip(self.tr("More"))
        self._time = FilterChip(self.tr("Time"))
        self._time.opened.connect(self._open_times)
        self._time.removed.connect(partial(self.set_days, None))
        self.days: int | None = None
        self._asked: RunFact | None = None
        flow = FlowLayout(spacing=8)
        search.setMaximumWidth(SEARCH)
        flow.addWidget(search)
        for fact, chip in self._chips.items():
            chip.opened.connect(partial(self._ask, fact))
            chip.removed.connect(partial(self._set, fact, ""))
            flow.addWidget(chip)
        for chip in (self._time, self._more):
            flow.addWidget(chip)
        self._more.opened.connect(self._open_more)
        self._menu = Menu(self)
        self.setLayout(flow)
        self.show_query(self.query)

    def show_query(self, query: RunQuery) -> None:
        """Say what the list is filtered by."""
        self.query = query
        self.days = None if query.since is None else self.days
        self._time.set_value("" if self.days is None else self.days_in_words(self.days))
        for fact, chip in self._chips.items():
            value = str(getattr(query, fact.value))
            chip.set_value(self._words(fact, value) if value else "")
            chip.setVisible(fact in USUAL or bool(value))
        self._more.setVisible(any(not chip.isVisibleTo(self) for chip in self._chips.values()))

    def set_days(self, days: int | None) -> None:
        """Only runs of the last days, today among them; None for all time."""
        self.show_query(self.within(self.query, days))
        self.changed.emit(self.query)

    def within(self, query: RunQuery, days: int | None) -> RunQuery:
        """The query for runs of the last days alone, which is to be shown next."""
        self.days = days
        return replace(query, since=None if days is None else days_until(date.today(), days)[0])

    def days_in_words(self, days: int) -> str:
        return self.tr("Today") if days == 1 else self.tr("{count} days").format(count=days)

    def offer(self, fact: RunFact, values: Sequence[tuple[str, int]]) -> None:
        """Open the menu of a filter, unless another one was opened by now. values: with how many runs."""
        if fact is not self._asked:
            return
        self._asked = None
        self._menu.clear()
        for value, count in values:
            words = self.tr("{value} ({count})").format(value=self._words(fact, value), count=count)
            self._menu.offer(words, partial(self._set, fact, value))
        if not values:
            self._menu.offer(self.tr("No run has one"), lambda: None)
        self._menu.open_below(self._chips[fact] if self._chips[fact].isVisible() else self._more)

    def take_off_last(self) -> None:
        """Take off the last filter that is set."""
        shown = [fact for fact, chip in self._chips.items() if chip.value]
        if self._time.value:
            self.set_days(None)
        elif shown:
            self._set(shown[-1], "")

    def _ask(self, fact: RunFact) -> None:
        self._asked = fact
        self.values_wanted.emit(fact)

    def _set(self, fact: RunFact, value: str) -> None:
        chip = self._chips[fact]
        self.show_query(self.query.having(fact, value))
        if chip.isVisible():
            chip.setFocus(Qt.FocusReason.OtherFocusReason)
        self.changed.emit(self.query)

    def _open_times(self) -> None:
        self._menu.clear()
        for days in TIMES:
            self._menu.offer(self.days_in_words(days), partial(self.set_days, days))
        self._menu.open_below(self._time)

    def _open_more(self) -> None:
        self._menu.clear()
        for fact, chip in self._chips.items():
            if not chip.isVisible():
                self._menu.offer(self._words(fact, ""), partial(self._ask, fact))
        self._menu.open_below(self._more)
