"""From process start to a painted window, and what it takes of memory, against a bare PySide6 window."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence

from tests.bench import Row, medians

BARE = """
import sys
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QWidget
class Window(QWidget):
    def paintEvent(self, event):
        QTimer.singleShot(0, self.end)
    def end(self):
        print("painted", flush=True)
        app.quit()
app = QApplication(sys.argv)
app.setStyle("Fusion")
window = Window()
window.resize(1080, 720)
window.show()
app.exec()
"""
ROUNDS = 15
MOST_MEMORY = 90.0
"""MiB at the first paint."""


def run() -> list[Row]:
    # Python keeps what it compiled, as it does for users; the first round of each is not counted.
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    environment.setdefault("QT_QPA_PLATFORM", "offscreen")

    def process(*arguments: str) -> None:
        subprocess.run([sys.executable, *arguments], env=environment, check=True, capture_output=True)

    with tempfile.TemporaryDirectory() as folder:
        ours = ("-m", "ui", "--radio", "virtual", "--data-dir", folder, "--exit-when-painted")
        starts = [(_start(ours, environment), _start(("-c", BARE), environment)) for _ in range(ROUNDS + 1)]
    (painted, ended, busy, memory), (bare_painted, bare_ended, bare_busy, bare_memory) = (
        tuple(statistics.median(values) for values in zip(*each[1:], strict=True))
        for each in zip(*starts, strict=True)
    )
    command, python = medians(lambda: process("-m", "companion", "--help"), lambda: process("-c", "pass"))
    return [
        Row("window painted", painted, "bare PySide6 window", bare_painted, bound=1.3),
        Row("window painted, process over", ended, "bare PySide6 window", bare_ended, bound=1.3),
        Row("the same, processor time", busy, "bare PySide6 window", bare_busy, bound=1.3),
        Row(
            "memory when painted",
            memory,
            "bare PySide6 window",
            bare_memory,
            bound=MOST_MEMORY / bare_memory,
            unit="MB",
        ),
        Row("companion --help", command, "python -c pass", python),
    ]


def _start(arguments: Sequence[str], environment: dict[str, str]) -> tuple[float, float, float, float]:
    """Milliseconds until the window says that it is painted, until its process is over, and of the processor;
    then the most memory that the process had, in MiB."""
    began = time.perf_counter()
    with subprocess.Popen(
        [sys.executable, *arguments], env=environment, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    ) as process:
        assert process.stdout is not None
        said = process.stdout.readline()
        painted = time.perf_counter()
        _, status, used = os.wait4(process.pid, 0)
        ended = time.perf_counter()
        process.returncode = os.waitstatus_to_exitcode(status)
    assert said == b"painted\n", said
    busy = used.ru_utime + used.ru_stime
    return (painted - began) * 1000, (ended - began) * 1000, busy * 1000, used.ru_maxrss / 1024
