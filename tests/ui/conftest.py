"""Every UI test runs without a screen, in the app's own look, and fails on a Qt warning."""

import builtins
import gc
import os
from collections.abc import Iterator

import pytest

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ["QT_LOGGING_RULES"] = "qt.qpa.fonts=false"

from PySide6.QtCore import QEvent  # the platform is chosen before Qt loads
from PySide6.QtWidgets import QApplication  # the platform is chosen before Qt loads

from tests.ui.support.timeouts import PatientBot
from ui.shell import theme
from ui.shell.garbage import collect

APPS = (700, 10, 10)
"""The app leaves Python's own thresholds."""

# As in the app (`ui.shell.qt`): PySide's own import looks through the source of every module, and through all
# that are loaded, on whichever thread imports, while the engine's thread loads more.
builtins.__import__ = getattr(builtins, "__orig_import__", builtins.__import__)


@pytest.fixture
def qtbot(qapp: QApplication, request: pytest.FixtureRequest) -> PatientBot:
    return PatientBot(request)


@pytest.fixture(autouse=True)
def garbage(qapp: QApplication) -> Iterator[None]:
    """Collected between two tests and on this thread, as in the app: see `ui.shell.garbage`.

    As early as the app does, too: what is left here would be collected by a thread of some later test.
    """
    gc.disable()
    suites = gc.get_threshold()
    gc.set_threshold(*APPS)
    yield
    for left in qapp.topLevelWidgets():
        # What Python still holds of a closed window would be styled again with every look of a later test.
        if not left.isVisible() and left.parent() is None:
            left.deleteLater()
    qapp.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    collect()
    gc.set_threshold(*suites)
    gc.enable()


@pytest.fixture(autouse=True)
def look(qapp: QApplication) -> Iterator[None]:
    """The light scheme at normal text size, whatever the test before this one wanted."""
    theme.apply(qapp, forced=theme.Scheme.LIGHT, reduced_motion=True)
    yield
