"""The same again and again: how often it went well, how long it took, and what is known of what did not."""

from __future__ import annotations

import asyncio
import logging
import statistics
import tempfile
import time
import traceback
from collections.abc import Awaitable, Callable, Iterable, Iterator, Sequence
from contextvars import ContextVar
from dataclasses import dataclass, field
from pathlib import Path

REPORTS = Path("build/bench")
"""Where each round has a line when it ended, and what failed a report."""
PATIENCE = 1200.0


class Failed(Exception):
    """A round did not end as it must. args: why; details: for the report."""

    def __init__(self, why: str, details: str = "") -> None:
        super().__init__(why)
        self.details = details


Once = Callable[[Path], Awaitable[object]]
"""One round, with an empty folder of its own. Raises Failed, or anything else."""


@dataclass(frozen=True)
class Series:
    """Rounds that are counted together, by their names.

    slow: seconds after which a good one has a report too
    """

    name: str
    rounds: Sequence[tuple[str, Once]]
    slow: float = PATIENCE


@dataclass
class Count:
    """How the rounds of a series went. failed: the name of each that did not, and why."""

    name: str
    seconds: list[float] = field(default_factory=list)
    failed: dict[str, str] = field(default_factory=dict)

    def line(self) -> str:
        """A row of the table."""
        good, all_of = len(self.seconds), len(self.seconds) + len(self.failed)
        middle = f"{statistics.median(self.seconds):.2f}" if good else "-"
        longest = f"{max(self.seconds):.2f}" if good else "-"
        why = "; ".join(f"{name}: {reason}" for name, reason in self.failed.items()) or "-"
        return f"{self.name:<52}{good:>5} of {all_of:<5}{middle:>9} s{longest:>9} s   {why}"


def spread(moments: range, rounds: int | None) -> list[int]:
    """So many of these, evenly; None for all."""
    if rounds is None or rounds >= len(moments):
        return list(moments)
    return [moments[index * len(moments) // rounds] for index in range(rounds)]


TITLE = f"{'':<52}{'well':>13}{'median':>11}{'longest':>11}   the rest"


def count(section: str, all_series: Iterable[Series], *, at_once: int = 1) -> Iterator[str]:
    """The table of a section, a line for each series. at_once: rounds that run beside each other."""
    yield TITLE
    for series in all_series:
        yield asyncio.run(_count(section, series, at_once)).line()


async def _count(section: str, series: Series, at_once: int) -> Count:
    counted, turns = Count(series.name), asyncio.Semaphore(at_once)

    async def one(name: str, once: Once) -> None:
        report = REPORTS / section / f"{series.name} {name}.txt"
        async with turns:
            began = time.monotonic()
            with _Recorder() as recorder, tempfile.TemporaryDirectory() as folder:
                try:
                    async with asyncio.timeout(PATIENCE):
                        await once(Path(folder))
                except Exception as error:
                    counted.failed[name] = f"{type(error).__name__}: {error}"[:200]
                    recorder.write(report, error)
                else:
                    counted.seconds.append(time.monotonic() - began)
                    if counted.seconds[-1] > series.slow:
                        recorder.write(report.with_suffix(".slow.txt"), None)
            with (REPORTS / section / "rounds.txt").open("a", encoding="utf-8") as rounds:
                why = counted.failed.get(name, "well")
                rounds.write(f"{series.name} {name}: {why}, {time.monotonic() - began:.1f} s\n")

    (REPORTS / section).mkdir(parents=True, exist_ok=True)
    await asyncio.gather(*(one(name, once) for name, once in series.rounds))
    return counted


_present: ContextVar[logging.Handler | None] = ContextVar("present", default=None)


class _Recorder(logging.Handler):
    """Keeps what Companion logs meanwhile in this round, and not in those beside it."""

    def __init__(self) -> None:
        super().__init__(logging.DEBUG)
        self.setFormatter(logging.Formatter("%(relativeCreated)9.0f %(name)s: %(message)s"))
        self._lines: list[str] = []
        self._of = logging.getLogger("companion")

    def emit(self, record: logging.LogRecord) -> None:
        if _present.get() is self:
            self._lines.append(self.format(record))

    def __enter__(self) -> _Recorder:
        self._of.setLevel(logging.DEBUG)
        self._of.propagate = False
        self._of.addHandler(self)
        _present.set(self)
        return self

    def __exit__(self, *_: object) -> None:
        self._of.removeHandler(self)

    def write(self, report: Path, error: Exception | None) -> None:
        details = error.details if isinstance(error, Failed) else ""
        why = "" if error is None else "".join(traceback.format_exception(error))
        parts = [why, details, "\n".join(self._lines)]
        report.write_text("\n\n".join(parts), encoding="utf-8")
