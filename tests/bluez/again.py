"""Runs this room's scenarios again and again, and counts: `python -m tests.bluez.again TIMES [for pytest]`.

Nothing is given a second moment: a scenario that fails once has failed. Each run starts a guest of its own.
What a run said lies in build/bluez-again/run-N.log, its measurements beside it as JUnit XML. Exit status 0 if
every scenario passed in every run.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
import xml.etree.ElementTree as ET
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).parents[2]
LOGS = ROOT / "build" / "bluez-again"
LIMIT_SECONDS = 600.0  # a run that takes longer has failed, whatever it says
PYTEST = (sys.executable, "-m", "pytest", "-q", "-rs", "-m", "bluez", "tests/bluez")
SCENARIO, FIGURES = 78, 8  # columns


@dataclass(frozen=True)
class Run:
    """One run of the room. scenarios: seconds by name; failed: the names that did not pass."""

    number: int
    seconds: float
    status: int
    scenarios: dict[str, float] = field(default_factory=dict)
    failed: frozenset[str] = frozenset()

    @property
    def log(self) -> Path:
        return LOGS / f"run-{self.number}.log"

    @property
    def passed(self) -> bool:
        return self.status == 0 and not self.failed and bool(self.scenarios)


def main(arguments: list[str]) -> int:
    times = int(arguments[0]) if arguments else 10
    LOGS.mkdir(parents=True, exist_ok=True)
    runs = []
    for number in range(1, times + 1):
        runs.append(run(number, arguments[1:]))
        print(summary(runs[-1]), flush=True)
    print()
    print("\n".join(table(runs)))
    return 0 if all(each.passed for each in runs) else 1


def run(number: int, further: list[str]) -> Run:
    """One run of the room in a process of its own."""
    log, measured = LOGS / f"run-{number}.log", LOGS / f"run-{number}.xml"
    measured.unlink(missing_ok=True)
    command = [*PYTEST, f"--junitxml={measured}", *further]
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    begun = time.monotonic()
    with log.open("w") as said:
        process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=said, stderr=subprocess.STDOUT)
        try:
            status = process.wait(LIMIT_SECONDS)
        except BaseException as ended:
            # Interrupted, not killed: the guest is stopped by the run that started it.
            process.send_signal(signal.SIGINT)
            status = process.wait() or 1
            if not isinstance(ended, subprocess.TimeoutExpired):
                raise
    seconds = time.monotonic() - begun
    return (
        Run(number, seconds, status, *read(measured)) if measured.exists() else Run(number, seconds, status)
    )


def read(measured: Path) -> tuple[dict[str, float], frozenset[str]]:
    """Seconds by scenario, and which did not pass: failed, failed to begin or to end, or was skipped."""
    seconds: dict[str, float] = {}
    failed = set()
    for case in ET.parse(measured).iter("testcase"):
        name = f"{case.get('classname', '').rpartition('.')[2]}::{case.get('name')}"
        seconds[name] = seconds.get(name, 0.0) + float(case.get("time", 0))
        if any(case.find(kind) is not None for kind in ("failure", "error", "skipped")):
            failed.add(name)
    return seconds, frozenset(failed)


def summary(run: Run) -> str:
    passes = len(run.scenarios) - len(run.failed)
    line = f"run {run.number}: {passes} of {len(run.scenarios)} passed, {run.seconds:.0f} s"
    return line if run.passed else f"{line}, status {run.status}, {run.log.relative_to(ROOT)}"


def table(runs: list[Run]) -> list[str]:
    """A line for each scenario, what failed most often first: passes, least and most seconds, logs."""
    names = {name for run in runs for name in run.scenarios}
    lines = []
    for name in names:
        took = [run.scenarios[name] for run in runs if name in run.scenarios]
        bad = [run for run in runs if name in run.failed or name not in run.scenarios]
        logs = ", ".join(str(run.log.relative_to(ROOT)) for run in bad)
        passes = f"{len(runs) - len(bad)}/{len(runs)}"
        figures = f"{passes:>{FIGURES}}{min(took):{FIGURES}.1f}{max(took):{FIGURES}.1f}"
        lines.append((len(runs) - len(bad), name, f"{name:{SCENARIO}.{SCENARIO}}{figures}  {logs}".rstrip()))
    head = (
        f"{'scenario':{SCENARIO}}{'passes':>{FIGURES}}{'least s':>{FIGURES}}{'most s':>{FIGURES}}  failed in"
    )
    took = [run.seconds for run in runs]
    passed = sum(run.passed for run in runs)
    foot = f"{passed} of {len(runs)} runs passed, {min(took):.0f} to {max(took):.0f} s each"
    return [head, *(line for _, _, line in sorted(lines)), foot]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
