"""The bench's one line, by what a station reports: the same reports always say the same thing to do."""

from __future__ import annotations

from companion.errors import CodeMalformed, NotGenuine
from companion.events import StepStarted
from companion.model import Step
from companion.questions import CompareNumbers
from companion.station.job import JobState
from companion.station.report import Report
from companion.station.station import StationEvent
from tests.support.bench_samples import NAMES, NOW, job
from ui.flow.bench import SAME_LABEL_SECONDS, BenchState, Prompt


class Bench(BenchState):
    """With a clock that a test sets."""

    def __init__(self, at_once: int = 1) -> None:
        self.now = 0.0
        super().__init__(NAMES, at_once, lambda: self.now)
        self.began(())

    def reports(self, number: int, state: JobState, **more: object) -> None:
        self.take(StationEvent("job", job(number, state), **more))  # type: ignore[arg-type]

    def runs(self, number: int, event: object) -> None:
        self.take(StationEvent("run", job(number, JobState.RUNNING), event))  # type: ignore[arg-type]


def test_a_label_is_read_and_the_next_one_is_wanted() -> None:
    bench = Bench(at_once=2)
    assert bench.prompt is Prompt.READY and bench.next_name == "Sensor L2-01"
    bench.reports(1, JobState.WAITING)
    assert bench.prompt is Prompt.READING
    bench.reports(1, JobState.RUNNING)
    bench.runs(1, StepStarted(Step.CONNECT))
    assert bench.prompt is Prompt.READING
    bench.runs(1, StepStarted(Step.SECURE))
    assert bench.prompt is Prompt.READY and bench.next_name == "Sensor L2-02"


def test_labels_may_be_ahead_of_their_devices() -> None:
    bench = Bench()
    bench.reports(1, JobState.RUNNING)
    bench.runs(1, StepStarted(Step.HAND_OVER))
    bench.reports(2, JobState.WAITING)
    assert bench.prompt is Prompt.BUSY and bench.waiting == 1


def test_a_number_comes_before_all_else_and_its_answer_ends_it() -> None:
    bench = Bench(at_once=2)
    for number in (1, 2):
        bench.reports(number, JobState.RUNNING)
        bench.runs(number, StepStarted(Step.CONFIRM))
    bench.is_paused = True
    bench.runs(2, CompareNumbers("482-913"))
    bench.runs(1, CompareNumbers("111-222"))
    assert bench.prompt is Prompt.COMPARE and bench.asking is not None
    assert bench.asking.job.number == 1 and bench.question_of("job-2") == CompareNumbers("482-913")
    bench.answered("job-1")
    assert bench.asking.job.number == 2
    bench.runs(2, StepStarted(Step.HAND_OVER))
    assert bench.prompt is Prompt.PAUSED


def test_what_is_no_label_of_a_new_device_is_said_until_the_next_one() -> None:
    bench = Bench()
    bench.take(StationEvent("unread", source="box.png", error=CodeMalformed(kind="RP1")))
    assert bench.prompt is Prompt.WRONG
    bench.reports(1, JobState.COMMISSIONED)
    bench.take(StationEvent("known", job(1, JobState.COMMISSIONED)))
    assert bench.prompt is Prompt.KNOWN
    bench.reports(2, JobState.WAITING)
    assert bench.prompt is Prompt.READING


def test_a_label_read_twice_within_three_seconds_is_one() -> None:
    bench = Bench()
    said = []
    for now in (0.0, 1.0, SAME_LABEL_SECONDS + 1.0):
        bench.now = now
        said.append(bench.is_new("A"))
    assert said == [True, False, True] and bench.is_new("B") and bench.is_new("A")


def test_the_end_keeps_why_each_was_put_aside() -> None:
    bench = Bench()
    bench.reports(1, JobState.PUT_ASIDE, error=NotGenuine())
    bench.ended(Report(NOW, NOW, [job(1, JobState.PUT_ASIDE, NotGenuine())]))
    assert bench.prompt is Prompt.DONE and bench.aside is not None
    assert isinstance(bench.aside.error, NotGenuine)
