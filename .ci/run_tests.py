"""Runs the whole suite and says what this machine could not run and why.

First what the coverage gate is about, then everything else that can share the cores, then what watches the
clock and needs them to itself. The guest with the real BlueZ waits most of its time: it runs beside the first
two, before whose processes it comes wherever it has something to do, because its processor is emulated.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

COVERED = ("companion/encoding", "companion/protocols/rp1", "companion/protocols/matter")
"""Every line and branch of them is reached by the suite: what no test reaches, nobody has tried."""

PYTEST = (sys.executable, "-m", "pytest", "-q", "-rs", "--durations=10")
BESIDE = 10
"""Niceness of what runs beside the guest."""


def main() -> int:
    if sys.argv[1:]:
        return run(*sys.argv[1:])
    # Much of the suite waits for devices, radios and their deadlines, so a core serves two tests at a time.
    workers = str(min(8, 2 * (os.cpu_count() or 2)))
    # Neighbours stay together: what a file prepares is prepared once. Whoever is done takes from others.
    spread = ("-m", "not bluez and not alone", "-n", workers, "--dist", "worksteal")
    with guest() as statuses:
        statuses.append(run(*spread, "--gate=only", *coverage(), nice=BESIDE))
        statuses.append(run(*spread, "--gate=not", nice=BESIDE))
    # `tests/conftest.py` sees to it that the mark is in the file itself.
    watching = [
        str(path) for path in sorted(Path("tests").rglob("test_*.py")) if b"mark.alone" in path.read_bytes()
    ]
    statuses.append(run("-m", "alone", *watching))
    return next((status for status in statuses if status), 0)


@contextmanager
def guest() -> Iterator[list[int]]:
    """The tests in the guest, from here to the end, where they tell what came of them; the exit statuses."""
    statuses: list[int] = []
    with tempfile.TemporaryFile() as told:
        command = [*PYTEST, "-m", "bluez", "tests/bluez"]
        process = subprocess.Popen(command, env=environment(), stdout=told, stderr=subprocess.STDOUT)
        try:
            yield statuses
            statuses.append(process.wait())
        finally:
            if process.poll() is None:
                # Interrupted, it ends its virtual machine; killed, it would leave it behind.
                process.send_signal(signal.SIGINT)
                process.wait()
            told.seek(0)
            print(told.read().decode(errors="replace"), flush=True)


def run(*arguments: str, nice: int = 0) -> int:
    """One pytest run; its exit status."""
    command = ["nice", "-n", str(nice), *PYTEST, *arguments]
    return subprocess.run(command, env=environment(), check=False).returncode


def environment() -> dict[str, str]:
    ours = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "PYTHONHASHSEED": "0"}
    # Where Python is told to write no bytecode, every worker and every command would compile everything anew.
    ours.pop("PYTHONDONTWRITEBYTECODE", None)
    return ours


def coverage() -> list[str]:
    """Measured by the tests that reach it all, see `tests/conftest.py`: it slows every other one too."""
    report = "--cov-report=term-missing:skip-covered"
    return [*(f"--cov={room}" for room in COVERED), "--cov-branch", report, "--cov-fail-under=100"]


if __name__ == "__main__":
    sys.exit(main())
