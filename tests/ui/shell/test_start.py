"""What the window needs to be painted, and nothing more, is loaded at its start."""

import subprocess
import sys

PROGRAM = """
import sys
import ui.pages.scan.page, ui.pages.questions.confirmation, ui.pages.questions.comparison
import ui.pages.devices.page, ui.pages.activity.page
heavy = ("cv2", "numpy", "zxingcpp", "pyzbar", "bumble", "bleak", "sqlalchemy", "PySide6.QtMultimedia")
print([name for name in heavy if name in sys.modules])
"""


def test_pages_load_nothing_heavy() -> None:
    done = subprocess.run([sys.executable, "-c", PROGRAM], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
