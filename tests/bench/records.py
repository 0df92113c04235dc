"""Devices and runs in the window: how long until they are shown, how long it stands still, and the memory."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any

COUNTS = (5_000, 100_000)
FEW = 100


def table() -> Iterator[str]:
    """For each number of devices and runs: what was done, until when it was shown, the longest standstill."""
    beyond = f"memory beyond that of {FEW} devices"
    base = _measured(FEW)["megabytes"]
    for count in COUNTS:
        told = _measured(count)
        yield f"{count:,} devices and runs"
        for gesture in told["gestures"]:
            taken, still = gesture["seconds"] * 1000, gesture["standstill"] * 1000
            yield f"  {gesture['name']:<32}{taken:>8.0f} ms, still {still:.0f} ms"
        yield f"  {'rows in memory':<32}{told['rows']:>8}"
        yield f"  {beyond:<32}{told['megabytes'] - base:>8.0f} MB"


def _measured(count: int) -> dict[str, Any]:
    """In a process of its own, because of the memory."""
    environment = {**os.environ, "QT_QPA_PLATFORM": os.environ.get("QT_QPA_PLATFORM", "offscreen")}
    command = [sys.executable, "-m", "tests.bench.records", str(count)]
    done = subprocess.run(command, env=environment, check=True, capture_output=True, text=True)
    told: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return told


def main(count: int) -> None:
    """Measure here, and print it as JSON."""
    from PySide6.QtWidgets import QApplication

    from tests.support.long_lists import measure

    app = QApplication(sys.argv[:1])
    with tempfile.TemporaryDirectory() as folder:
        print(json.dumps(asdict(measure(Path(folder), count))))
    del app


if __name__ == "__main__":
    main(int(sys.argv[1]))
