"""A long list asks for the pages in sight, one at a time, and keeps few of them."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtTest import QAbstractItemModelTester
from pytestqt.qtbot import QtBot

from companion.registry.lists import PAGE
from ui.widgets.paged_model import MOST_PAGES, MOST_WAITING, PagedModel

TOTAL = 1_500
"""Few enough for Qt to check the model whole after every change."""


class Numbers(PagedModel[int, str]):
    """Rows that are their own numbers."""

    def __init__(self) -> None:
        super().__init__(str)
        self.asked: list[int] = []
        self.page_wanted.connect(self.asked.append)

    def text(self, view: str, column: int) -> str:
        return view

    def answer(self) -> None:
        """Bring the page that was asked for last."""
        number = self.asked[-1]
        self.show_page(number, items(number))


def items(number: int) -> range:
    return range(number * PAGE, min((number + 1) * PAGE, TOTAL))


@pytest.fixture
def model(qtbot: QtBot) -> Iterator[Numbers]:
    made = Numbers()
    tester = QAbstractItemModelTester(made, QAbstractItemModelTester.FailureReportingMode.Fatal)
    made.begin(TOTAL, 0, items(0), keep=False)
    made.asked.clear()
    made.begin(TOTAL, 0, items(0), keep=False)
    yield made
    del tester


def test_rows_come_page_by_page_as_they_are_looked_at(model: Numbers) -> None:
    model.asked.clear()
    assert model.view(5) == "5"
    assert model.view(TOTAL - 1) is None
    assert model.asked == [TOTAL // PAGE - 1]
    model.answer()
    assert model.view(TOTAL - 1) == str(TOTAL - 1)
    assert model.index(TOTAL - 1, 0).data() == str(TOTAL - 1)


def test_a_scroll_past_everything_asks_for_few_pages_and_the_last_first(model: Numbers) -> None:
    model.asked.clear()
    for number in range(1, 15):
        assert model.view(number * PAGE) is None
    assert model.asked == [1], "one at a time"
    while len(model.asked) < 20 and model.view(14 * PAGE) is None:
        model.answer()
    assert model.asked[1] == 14
    for _ in range(20):
        model.answer()
    assert len(set(model.asked)) <= 1 + MOST_WAITING


def test_few_pages_stay_and_the_selected_one_always(model: Numbers) -> None:
    model.pinned = 7
    for number in range(1, TOTAL // PAGE):
        if model.view(number * PAGE) is None:
            model.answer()
    assert model.rows_in_memory() <= MOST_PAGES * PAGE
    assert model.view(7) == "7"
    assert model.find(lambda item: item == 8) == 8
    assert model.find(lambda item: item == 150) is None


def test_a_refresh_shows_what_was_there_until_it_comes_anew(model: Numbers) -> None:
    assert model.view(150) is None
    model.answer()
    model.asked.clear()
    model.begin(TOTAL, 0, items(0), keep=True)
    assert model.view(150) == "150"
    assert model.asked == [1], "but it is asked for"
    model.answer()
    model.asked.clear()
    assert model.view(150) == "150"
    assert model.asked == []


@pytest.mark.parametrize("total", [0, 3, 250])
def test_another_list_shows_nothing_of_the_one_before(model: Numbers, total: int) -> None:
    assert model.view(150) is None
    model.answer()
    model.begin(total, 0, range(min(total, PAGE)), keep=False)
    assert model.rowCount() == total
    assert model.rows_in_memory() == min(total, PAGE)
    if total > 150:
        assert model.view(150) is None


def test_an_answer_that_is_late_does_not_hold_up_the_next_list(model: Numbers) -> None:
    """The engine may fail to read a page; a refresh asks anew."""
    model.asked.clear()
    assert model.view(150) is None
    model.begin(TOTAL, 0, items(0), keep=True)
    assert model.view(150) is None
    assert model.asked == [1, 1]
