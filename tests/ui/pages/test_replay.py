"""A run is played again from its record: at its pace or faster, event by event, forwards and backwards."""

from __future__ import annotations

import time

import pytest
from PySide6.QtCore import QModelIndex, QPoint
from PySide6.QtWidgets import QListView
from pytestqt.qtbot import QtBot

from ui.pages.activity.replay import LONGEST_PAUSE, SPEEDS, ReplayBar

MOMENTS = (0.0, 0.1, 0.2, 30.0, 30.1)


@pytest.fixture
def replay(qtbot: QtBot) -> ReplayBar:
    made = ReplayBar()
    qtbot.addWidget(made)
    made.show_moments(MOMENTS)
    return made


def rows(replay: ReplayBar) -> list[int]:
    seen: list[int] = []
    replay.row_wanted.connect(seen.append)
    return seen


def test_it_plays_to_the_end_faster_than_it_was(replay: ReplayBar, qtbot: QtBot) -> None:
    seen = rows(replay)
    replay.set_speed(SPEEDS[-1])
    began = time.monotonic()
    replay.play.click()
    assert replay.is_playing and replay.play.text() == "Pause"
    qtbot.waitUntil(lambda: not replay.is_playing and seen == [0, 1, 2, 3, 4])
    assert time.monotonic() - began < LONGEST_PAUSE, "fifty times as fast"
    assert replay.play.text() == "Replay"
    seen.clear()
    replay.play.click()
    assert seen == [0], "at the end it begins anew"


def test_it_pauses_and_goes_on_from_the_chosen_event(replay: ReplayBar, qtbot: QtBot) -> None:
    seen = rows(replay)
    replay.set_row(2)
    replay.play.click()
    replay.play.click()
    assert seen == [2] and not replay.is_playing
    replay.set_speed(50)
    replay.play.click()
    qtbot.waitUntil(lambda: not replay.is_playing)
    assert seen == [2, 2, 3, 4]


def test_it_goes_event_by_event_both_ways(replay: ReplayBar) -> None:
    seen = rows(replay)
    for ahead in (1, 1, 1, -1, -1, -1):
        replay.step(ahead)
    assert seen == [0, 1, 2, 1, 0], "there is nothing before the first"


def test_it_goes_on_from_what_is_chosen_in_a_list(
    replay: ReplayBar, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    events = QListView()
    qtbot.addWidget(events)
    replay.serve(events)
    seen = rows(replay)
    replay.set_row(3)
    monkeypatch.setattr(replay._menu, "popup", lambda _: None)
    events.customContextMenuRequested.emit(QPoint())
    (here,) = replay._menu.actions()
    assert here.text() == "Replay from here"
    here.trigger()
    assert seen == [3] and replay.is_playing
    replay.stop()
    events.activated.emit(QModelIndex())
    assert seen == [3, 3]


def test_another_run_ends_the_replay(replay: ReplayBar) -> None:
    replay.play.click()
    replay.show_moments(())
    assert not replay.is_playing and not replay.isEnabled()
