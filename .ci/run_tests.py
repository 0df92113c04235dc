"""Runs the whole suite and says what this machine could not run and why.

First what the coverage gate is about, then everything else that can share the cores, then what needs them
to itself: the guest with the real BlueZ, whose processor is emulated, and what watches the clock.
"""

from __future__ import annotations

import os
import subprocess
import sys

COVERED = ("companion/encoding", "companion/protocols/rp1", "companion/protocols/matter")
"""Every line and branch of them is reached by the suite: what no test reaches, nobody has tried."""

PYTEST = (sys.executable, "-m", "pytest", "-q", "-rs", "--durations=10")


def main() -> int:
    if sys.argv[1:]:
        return run(*sys.argv[1:])
    # Much of the suite waits for devices, radios and their deadlines, so a core serves two tests at a time.
    workers = str(min(8, 2 * (os.cpu_count() or 2)))
    # Neighbours stay together: what a file prepares is prepared once. Whoever is done takes from others.
    spread = ("-m", "not bluez and not alone", "-n", workers, "--dist", "worksteal")
    parts = (
        run(*spread, "--gate=only", *coverage()),
        run(*spread, "--gate=not"),
        run("-m", "bluez or alone"),
    )
    return next((status for status in parts if status), 0)


def run(*arguments: str) -> int:
    """One pytest run; its exit status."""
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "PYTHONHASHSEED": "0"}
    # Where Python is told to write no bytecode, every worker and every command would compile everything anew.
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    return subprocess.run([*PYTEST, *arguments], env=environment, check=False).returncode


def coverage() -> list[str]:
    """Measured by the tests that reach it all, see `tests/conftest.py`: it slows every other one too."""
    report = "--cov-report=term-missing:skip-covered"
    return [*(f"--cov={room}" for room in COVERED), "--cov-branch", report, "--cov-fail-under=100"]


if __name__ == "__main__":
    sys.exit(main())
