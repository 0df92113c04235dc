"""Runs the whole suite and says what this machine could not run and why.

First everything that can share the cores, then what needs them to itself: the guest with the real BlueZ,
whose processor is emulated, and what watches the clock.
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
    shared = run("-m", "not bluez and not alone", "-n", workers, *coverage())
    return shared or run("-m", "bluez or alone")


def run(*arguments: str) -> int:
    """One pytest run; its exit status."""
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "PYTHONHASHSEED": "0"}
    return subprocess.run([*PYTEST, *arguments], env=environment, check=False).returncode


def coverage() -> list[str]:
    """Measured in the one run that the whole suite makes anyway; a part of the suite proves nothing."""
    report = "--cov-report=term-missing:skip-covered"
    return [*(f"--cov={room}" for room in COVERED), "--cov-branch", report, "--cov-fail-under=100"]


if __name__ == "__main__":
    sys.exit(main())
