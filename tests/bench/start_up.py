"""From process start to a painted window, against a bare PySide6 window."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile

from tests.bench import Row, medians

BARE = """
import sys
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QWidget
class Window(QWidget):
    def paintEvent(self, event):
        QTimer.singleShot(0, app.quit)
app = QApplication(sys.argv)
app.setStyle("Fusion")
window = Window()
window.resize(1080, 720)
window.show()
app.exec()
"""


def run() -> list[Row]:
    environment = {**os.environ, "QT_QPA_PLATFORM": os.environ.get("QT_QPA_PLATFORM", "offscreen")}

    def process(*arguments: str) -> None:
        subprocess.run([sys.executable, *arguments], env=environment, check=True, capture_output=True)

    with tempfile.TemporaryDirectory() as folder:
        ours, bare = medians(
            lambda: process("-m", "ui", "--radio", "virtual", "--data-dir", folder, "--exit-when-painted"),
            lambda: process("-c", BARE),
        )
    command, python = medians(lambda: process("-m", "companion", "--help"), lambda: process("-c", "pass"))
    return [
        Row("window painted", ours, "bare PySide6 window", bare, bound=1.5),
        Row("companion --help", command, "python -c pass", python),
    ]
