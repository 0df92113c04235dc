"""Runs the whole suite, parallel parts on every core, and says what this machine could not run and why."""

from __future__ import annotations

import os
import subprocess
import sys

COVERED = "companion/protocols/rp1"
"""Every line and branch of it is reached by the suite: what no test reaches, nobody has tried."""


def main() -> int:
    cores = str(min(4, os.cpu_count() or 2))
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "PYTHONHASHSEED": "0"}
    command = [
        sys.executable,
        "-m",
        "pytest",
        "-q",
        "-rs",
        "--durations=10",
        "-n",
        cores,
        "--dist",
        "loadgroup",
        *(sys.argv[1:] or coverage()),
    ]
    return subprocess.run(command, env=environment, check=False).returncode


def coverage() -> list[str]:
    """Measured in the one run that the whole suite makes anyway; a part of the suite proves nothing."""
    report = "--cov-report=term-missing:skip-covered"
    return [f"--cov={COVERED}", "--cov-branch", report, "--cov-fail-under=100"]


if __name__ == "__main__":
    sys.exit(main())
