"""A million events in Activity, and 100,000 devices: how long each gesture takes, against its bound."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import asdict
from functools import partial
from pathlib import Path
from typing import Any

from tests.support.many_runs import EVENTS

RUNS = 1_000_000 // EVENTS
DEVICES = 100_000
FILTER_MS, STILL_MS, SEARCH_MS, ROWS_MS = 200, 50, 50, 300


def table() -> Iterator[str]:
    """For each gesture its time and the longest standstill, then the answers of the registry alone."""
    told = _window()
    yield f"{RUNS * EVENTS:,} events in Activity"
    for gesture in told["gestures"]:
        taken, still = gesture["seconds"] * 1000, gesture["standstill"] * 1000
        # Scrolling is many gestures; what it must not do is stand still.
        bound = None if "scroll" in gesture["name"] else FILTER_MS
        yield _line(gesture["name"], taken, bound) + f", still {still:.0f} ms{_late(still, STILL_MS)}"
    yield f"{DEVICES:,} devices, without the window"
    yield from _devices()


def _devices() -> Iterator[str]:
    from companion.registry import open_registry
    from companion.registry.lists import PAGE, DeviceFilter, DeviceOrder, DeviceQuery
    from tests.support.many_records import fill

    with tempfile.TemporaryDirectory() as folder:
        fill(Path(folder), DEVICES)
        registry = open_registry(Path(folder))
        try:

            def answer(query: DeviceQuery) -> None:
                # As the window's engine asks.
                if len(registry.lists.devices(query).rows) == PAGE:
                    registry.lists.standing_of_device(query, "")

            yield _line("first rows", _best(partial(answer, DeviceQuery())), ROWS_MS)
            for search in ("SN-050000", "hallway", "a", "no such thing", "04" + "0" * 40):
                query = DeviceQuery(search)
                yield _line(f"search {search[:14]!r}", _best(partial(answer, query)), SEARCH_MS)
            expiry = DeviceQuery(order=DeviceOrder.EXPIRY, which=DeviceFilter.DUE)
            yield _line("due, by expiry", _best(partial(answer, expiry)), ROWS_MS)
        finally:
            registry.close()


def _best(do: Callable[[], object]) -> float:
    """Milliseconds, the best of five."""
    times = []
    for _ in range(5):
        began = time.perf_counter()
        do()
        times.append(time.perf_counter() - began)
    return min(times) * 1000


def _line(name: str, taken: float, bound: float | None) -> str:
    if bound is None:
        return f"  {name:<34}{taken:>8.0f} ms           "
    return f"  {name:<34}{taken:>8.0f} ms of {bound:>4.0f}{_late(taken, bound) or '  '}"


def _late(taken: float, bound: float) -> str:
    return " !" if taken > bound else ""


def _window() -> dict[str, Any]:
    """In a process of its own, as the window is."""
    environment = {**os.environ, "QT_QPA_PLATFORM": os.environ.get("QT_QPA_PLATFORM", "offscreen")}
    command = [sys.executable, "-m", "tests.bench.activity"]
    done = subprocess.run(command, env=environment, check=True, capture_output=True, text=True)
    told: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return told


def main() -> None:
    """Measure here, and print it as JSON."""
    from PySide6.QtWidgets import QApplication

    from tests.support.long_lists import measure_activity

    app = QApplication(sys.argv[:1])
    with tempfile.TemporaryDirectory() as folder:
        print(json.dumps(asdict(measure_activity(Path(folder), RUNS))))
    del app


if __name__ == "__main__":
    main()
