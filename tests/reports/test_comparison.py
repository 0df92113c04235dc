"""Two runs beside each other: they part where one lacks a message, never by times, names or signal."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import timedelta

from companion.registry.records import RunRecord
from companion.reports.comparison import MOST_EVENTS, compare
from tests.reports.samples import GOOD, LOST, event


def test_the_first_difference_is_the_message_that_one_run_lacks() -> None:
    made = compare(LOST, GOOD)
    assert made.first is not None
    assert made.first.left is not None and made.first.left.event.kind == "link_lost"
    following = made.rows[made.differences[0] + 1 :]
    missing = next(row for row in following if row.right is not None)
    assert missing.right is not None and missing.right.event.kind == "secured"
    assert abs(missing.right.seconds - 1.2) < 1e-9, "from the beginning of its step"
    before = made.rows[: made.differences[0]]
    assert before and all(row.is_equal for row in before)
    assert [(each.step, each.left, each.right) for each in made.steps] == [
        ("find", 0.6, 0.4),
        ("secure", None, 1.25),
    ]
    document = made.as_json()
    assert document["first_difference"] == made.differences[0]
    assert document["rows"][made.differences[0]]["right"] is None


def test_times_names_and_signal_are_no_difference() -> None:
    later = replace(
        GOOD,
        started=GOOD.started + timedelta(hours=1),
        events=tuple(
            replace(each, at=each.at + timedelta(hours=1, seconds=each.number), facts=_renamed(each.facts))
            for each in GOOD.events
        ),
    )
    made = compare(GOOD, later)
    assert made.first is None and made.differences == () and all(row.is_equal for row in made.rows)


def _renamed(facts: object) -> dict[str, object]:
    assert isinstance(facts, dict)
    changed = {"name": "Other", "rssi": -9}
    told = {name: changed.get(name, value) for name, value in facts.items()}
    if isinstance(told.get("text"), dict):
        told["text"] = {**told["text"], "facts": {"name": "Other"}}
    return told


def test_every_event_of_both_stands_once_and_in_its_order() -> None:
    kinds = ("connected", "link_lost", "sending", "switched")
    for seed in range(30):
        chance = random.Random(seed)
        runs = [
            replace(
                GOOD,
                events=tuple(event(n, n / 10, chance.choice(kinds)) for n in range(chance.randrange(40))),
            )
            for _ in range(2)
        ]
        made = compare(*runs)
        left = [row.left.event for row in made.rows if row.left is not None]
        right = [row.right.event for row in made.rows if row.right is not None]
        assert (tuple(left), tuple(right)) == (runs[0].events, runs[1].events)
        for row in made.rows:
            if row.left is not None and row.right is not None:
                assert row.left.event.kind == row.right.event.kind
        assert all(not made.rows[place].is_equal for place in made.differences)


def test_a_very_long_run_is_cut() -> None:
    def long(kind: str) -> RunRecord:
        return replace(GOOD, events=tuple(event(n, n / 10, kind) for n in range(MOST_EVENTS * 3)))

    assert len(compare(long("connected"), long("link_lost")).rows) == 2 * MOST_EVENTS
