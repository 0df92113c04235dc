"""Runs the whole suite, parallel parts on every core, and says what this machine could not run and why."""

from __future__ import annotations

import os
import subprocess
import sys


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
        *sys.argv[1:],
    ]
    return subprocess.run(command, env=environment, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
