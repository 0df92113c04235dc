"""Which code is next, by property: every code has one state, and none is set up twice."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from companion.errors import CodeMalformed, DeviceNotFound, NotGenuine, NumbersDiffer, StationJournalFull
from companion.secret import Secret
from companion.station import queue as room
from companion.station.job import JobState
from companion.station.queue import TRIES, Offer, Queue

NOW = datetime(2026, 1, 1, tzinfo=UTC)
IDS = st.sampled_from("abcdef")


def offer(id: str, *, again: bool = False) -> Offer:
    return Offer(Secret(id), "csv", again=again)


class Line(RuleBasedStateMachine):
    """Codes come, runs begin and end, the power goes; time passes."""

    def __init__(self) -> None:
        super().__init__()
        self.queue = Queue()
        self.under_way: set[str] = set()
        self.done: Counter[str] = Counter()
        self.clock = 0.0

    @rule(id=IDS, again=st.booleans())
    def offered(self, id: str, again: bool) -> None:
        self.queue.offer(id, offer(id, again=again), "RP1", None, NOW)

    @rule(seconds=st.floats(0, 20))
    def time_passes(self, seconds: float) -> None:
        self.clock += seconds

    @rule()
    def begins(self) -> None:
        job = self.queue.next(self.clock)
        if job is not None:
            assert job.id not in self.under_way and not self.done[job.id]
            self.queue.began(job.id, "run", NOW)
            self.under_way.add(job.id)

    @precondition(lambda self: self.under_way)
    @rule(data=st.data(), error=st.sampled_from([None, DeviceNotFound(), NotGenuine()]))
    def ends(self, data: st.DataObject, error: DeviceNotFound | NotGenuine | None) -> None:
        id = data.draw(st.sampled_from(sorted(self.under_way)))
        self.under_way.remove(id)
        if error is None:
            self.queue.commissioned(id, "device", "serial", NOW)
            self.done[id] += 1
            return
        ended = self.queue.failed(id, error, NOW, self.clock, 10)
        assert (ended.state is JobState.PUT_ASIDE) is (not error.retryable or ended.tries == TRIES)

    @rule()
    def killed(self) -> None:
        self.queue = Queue(self.queue.jobs)
        begun = [job.id for job in self.queue.jobs if job.state is JobState.RUNNING]
        first = [self.queue.next(self.clock) for _ in begun]
        assert [job.id for job in first if job is not None] == begun, "what was begun comes first"
        for job in reversed([job for job in first if job is not None]):
            self.queue.put_back(job)
        self.under_way.clear()

    @invariant()
    def each_code_has_one_state_and_is_done_once(self) -> None:
        jobs = self.queue.jobs
        assert len({job.id for job in jobs}) == len(jobs) == sum(self.queue.counts().values())
        assert all(self.done[job.id] == (job.state is JobState.COMMISSIONED) for job in jobs)


TestLine = Line.TestCase
TestLine.settings = settings(max_examples=40, stateful_step_count=20)


def test_a_code_that_was_put_aside_is_tried_again_only_where_somebody_means_it() -> None:
    queue = Queue()
    queue.offer("a", offer("a"), "RP1", None, NOW)
    queue.next(0)
    queue.began("a", "run", NOW)
    queue.failed("a", NotGenuine(), NOW, 0, 10)
    assert queue.offer("a", offer("a"), "RP1", None, NOW) is None and queue.is_done
    again = queue.offer("a", offer("a", again=True), "RP1", None, NOW)
    assert again is not None and again.state is JobState.WAITING and not again.tries


def test_a_code_that_can_not_be_used_keeps_its_reason_and_not_its_text() -> None:
    aside = Queue().offer("a", offer("a"), "", CodeMalformed(kind="RP1"), NOW)
    assert aside is not None and aside.state is JobState.PUT_ASIDE and aside.code is None
    assert aside.problem is not None and aside.problem.exit_status == CodeMalformed.exit_status


def test_what_a_person_decided_is_not_tried_again() -> None:
    queue = Queue()
    queue.offer("a", offer("a"), "RP1", None, NOW)
    queue.next(0)
    queue.began("a", "run", NOW)
    assert queue.failed("a", NumbersDiffer(), NOW, 0, 10).state is JobState.PUT_ASIDE


def test_a_code_that_failed_lets_others_go_first() -> None:
    queue = Queue()
    for id in "ab":
        queue.offer(id, offer(id), "RP1", None, NOW)
    first = queue.next(0)
    assert first is not None
    queue.began(first.id, "run", NOW)
    queue.failed(first.id, DeviceNotFound(), NOW, 0, 10)
    assert [job and job.id for job in (queue.next(1), queue.next(1), queue.next(10))] == ["b", None, "a"]


def test_there_is_an_end_to_what_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(room, "MOST_JOBS", 1)
    queue = Queue()
    queue.offer("a", offer("a"), "RP1", None, NOW)
    with pytest.raises(StationJournalFull):
        queue.offer("b", replace(offer("b")), "RP1", None, NOW)
