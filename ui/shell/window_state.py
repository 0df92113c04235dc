"""What the window remembers of itself between starts: its size, and the place that was in front."""

from __future__ import annotations

from PySide6.QtCore import QSettings, QSize
from PySide6.QtWidgets import QWidget

from ui.shell.sections import Section

LEAST_SIZE, USUAL_SIZE = QSize(960, 640), QSize(1080, 720)
_GEOMETRY, _PLACE = "window/geometry", "window/place"


def restore(window: QWidget, settings: QSettings) -> None:
    """Size and place on the screen as they were; Qt brings back what no screen has any more."""
    window.setMinimumSize(LEAST_SIZE)
    geometry = settings.value(_GEOMETRY)
    if geometry is None or not window.restoreGeometry(geometry):
        window.resize(USUAL_SIZE)


def place(settings: QSettings) -> Section:
    """The place that was in front; where devices are added if none is kept, or one that is none any more."""
    kept = str(settings.value(_PLACE, ""))
    return next((each for each in Section if each.value == kept), Section.ADD)


def save(window: QWidget, settings: QSettings, section: Section) -> None:
    """Keep it for the next start."""
    settings.setValue(_GEOMETRY, window.saveGeometry())
    settings.setValue(_PLACE, section.value)
