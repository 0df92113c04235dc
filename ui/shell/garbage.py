"""Garbage is collected on the window's thread alone.

Python collects in whichever thread happens to allocate. What a closed page leaves behind holds fonts, texts
and widgets, and Qt crashes when they are destroyed on one thread while the window paints on another
(https://doc.qt.io/qt-6/threads-modules.html).

The window starts with collection off (`ui.__main__`). One search through all that the app has loaded holds
the interpreter for a tenth of a second, and the window with it. So what is there when the app is warm is set
aside, and later searches have only what came after to look at.
"""

from __future__ import annotations

import gc

from PySide6.QtCore import QCoreApplication, QObject, QTimer

EVERY = 1000
"""Milliseconds between two looks at what has come together."""


def settle() -> None:
    """Never search what is loaded already, and collect on this thread what comes after."""
    app = QCoreApplication.instance()
    assert app is not None
    gc.disable()
    gc.freeze()
    if app.findChild(Collector) is None:
        Collector(app)


def collect() -> None:
    """What Python's own collector would do now: the oldest generation whose threshold is passed."""
    counts, thresholds = gc.get_count(), gc.get_threshold()
    for generation in (2, 1, 0):
        if counts[generation] > thresholds[generation]:
            gc.collect(generation)
            return


class Collector(QObject):
    """Collects now and then, as long as its parent lives."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._timer = QTimer(self)
        self._timer.setInterval(EVERY)
        self._timer.timeout.connect(collect)
        self._timer.start()
