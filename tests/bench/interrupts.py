"""Ctrl-C and termination at random moments of every command's start: how it ends, and how soon.

`make bench BENCH=interrupts` tries 200 moments of each (`--rounds` is another number); COMPANION_INTERRUPTED
names commands, separated by commas, if not all. Moments are spread over the first
second from a command's first line, or over the whole of a shorter command; half of them in a data folder that
is new. Three commands run at a time: they mostly wait.
"""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from functools import partial
from pathlib import Path

from tests.support.interruptions import (
    COMMANDS,
    ENDLESS,
    End,
    Surroundings,
    interrupted,
    started,
    surroundings,
)

MOMENTS = 200
FIRST_SECONDS = 1.0
AT_A_TIME = 3


def table(moments: int = MOMENTS) -> Iterator[str]:
    """A line for each command: how many were interrupted, how many over before, the slowest, what failed."""
    yield f"{'interrupted':<20}{'moments':>8}{'130':>6}{'over':>6}{'median':>9}{'slowest':>9}  faults"
    only = os.environ.get("COMPANION_INTERRUPTED")
    new_folder = tempfile.TemporaryDirectory(prefix="companion-interrupts-")
    with new_folder as folder, surroundings(Path(folder)) as around:
        for name in only.split(",") if only else COMMANDS:
            most = _seconds(around, name)
            with ThreadPoolExecutor(AT_A_TIME) as threads:
                ends = list(threads.map(partial(_end, around, name, most), range(moments)))
            yield _row(name, ends)


def _seconds(around: Surroundings, name: str) -> float:
    """How long the command takes, if that is less than the seconds that are tried at most."""
    if name in ENDLESS:
        return FIRST_SECONDS
    with started(around.line(name, MOMENTS), around.folder / f"data-{name}") as process:
        began = time.monotonic()
        with suppress(subprocess.TimeoutExpired):
            process.communicate(timeout=FIRST_SECONDS)
        seconds = time.monotonic() - began
        process.kill()
    return min(FIRST_SECONDS, seconds)


def _end(around: Surroundings, name: str, most: float, attempt: int) -> End:
    chance = random.Random(f"{name} {attempt}")
    number = chance.choice([signal.SIGINT, signal.SIGTERM])
    place = attempt if attempt % 2 else f"of-{threading.get_ident()}"
    data = around.folder / f"data-{name}-{place}"
    end = interrupted(name, around.line(name, attempt), data, chance.uniform(0, most), number)
    if fault := end.fault():
        print(f"{name} {attempt} {number.name}: {fault}\n{end.out}{end.err}", file=sys.stderr, flush=True)
    return end


def _row(name: str, ends: list[End]) -> str:
    seconds = sorted(end.seconds for end in ends)
    asked = sum(end.status == 130 for end in ends)
    faults = Counter(fault for end in ends if (fault := end.fault()))
    told = ", ".join(f"{count} × {fault}" for fault, count in faults.items()) or "none"
    return (
        f"{name:<20}{len(ends):>8}{asked:>6}{len(ends) - asked:>6}"
        f"{seconds[len(seconds) // 2]:>7.2f} s{seconds[-1]:>7.2f} s  {told}"
    )
