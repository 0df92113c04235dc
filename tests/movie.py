"""Films the demo in the app's own window, for the README: `python -m tests.movie [FILE.webp]`.

A frame is kept when the window has changed, and shown for as long as it stood. Long waits are cut short.
"""

from __future__ import annotations

import contextlib
import io
import os
import sys
import time
from dataclasses import dataclass, field
from functools import partial
from itertools import pairwise
from pathlib import Path
from typing import Any
from unittest import mock

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import cv2
import numpy as np
from PySide6.QtCore import QTimer
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication

from tests.screenshots import FAMILIES, NORMAL
from ui.__main__ import main as show
from ui.shell import theme
from ui.shell.app import EngineSession
from ui.shell.window import MainWindow

FILE = Path(__file__).parent.parent / "assets" / "demo.webp"
EVERY_MILLISECONDS = 80
MOST_MILLISECONDS = 1800
"""For which a frame stands: enough to read a page, and the last one's time."""
LAST_MILLISECONDS = 4000
LEAST_PIXELS = 100
"""Of a change: a cursor that blinks is none."""
QUALITY = 85
MOST_BYTES = 2_000_000


@dataclass
class Film:
    """Frames (height, width, 4: BGRA) and when each was first seen, in seconds."""

    frames: list[np.ndarray[Any, Any]] = field(default_factory=list)
    began: list[float] = field(default_factory=list)

    def look(self) -> None:
        """Keep what the window shows, if it is something new."""
        shown = [each for each in QApplication.topLevelWidgets() if isinstance(each, MainWindow)]
        for window in shown:
            window.resize(*NORMAL)
            self._keep(pixels(window.grab().toImage()))

    def _keep(self, frame: np.ndarray[Any, Any]) -> None:
        if not self.frames or np.any(frame != self.frames[-1], axis=2).sum() > LEAST_PIXELS:
            self.frames.append(frame)
            self.began.append(time.monotonic())

    def milliseconds(self) -> list[int]:
        """How long each frame stands."""
        times = [min(round((b - a) * 1000), MOST_MILLISECONDS) for a, b in pairwise(self.began)]
        return [*times, LAST_MILLISECONDS]

    def write(self, file: Path) -> None:
        """As an animated WebP that begins again at its end."""
        film = cv2.Animation()
        film.frames, film.durations, film.loop_count = self.frames, self.milliseconds(), 0
        if not cv2.imwriteanimation(str(file), film, [cv2.IMWRITE_WEBP_QUALITY, QUALITY]):
            raise OSError(f"{file} could not be written")


def pixels(image: QImage) -> np.ndarray[Any, Any]:
    """The picture as OpenCV has it."""
    drawn = image.convertToFormat(QImage.Format.Format_RGB32)
    rows = np.frombuffer(drawn.constBits(), np.uint8).reshape(drawn.height(), drawn.bytesPerLine() // 4, 4)
    return rows[:, : drawn.width()].copy()


def main(words: list[str]) -> int:
    """Film the demo. Returns its exit status, or 1 if the film is too large."""
    film = Film()
    timer = QTimer()
    begin = EngineSession.begin

    def begin_filming(session: EngineSession) -> None:
        timer.timeout.connect(film.look)
        timer.start(EVERY_MILLISECONDS)
        begin(session)

    drawn_alike = partial(theme.apply, families=FAMILIES)
    with (
        mock.patch.object(EngineSession, "begin", begin_filming),
        mock.patch.object(theme, "apply", drawn_alike),
        contextlib.redirect_stdout(io.StringIO()),
    ):
        status = show(["--demo-exit", "2", "--theme", "light", "--language", "en"])
    file = Path(words[0]) if words else FILE
    film.write(file)
    size = file.stat().st_size
    seconds = sum(film.milliseconds()) / 1000
    print(f"{file}: {len(film.frames)} frames, {seconds:.0f} s, {size / 1e6:.2f} MB")
    return status or size > MOST_BYTES


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
