"""Every UI test runs without a screen, in the app's own look, and fails on a Qt warning."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ["QT_LOGGING_RULES"] = "qt.qpa.fonts=false"

from PySide6.QtWidgets import QApplication  # the platform is chosen before Qt loads

from ui import theme


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """A window beside a busy suite may miss its moment: it gets a second one, and the summary names it."""
    for item in items:
        if Path(item.path).is_relative_to(Path(__file__).parent):
            item.add_marker(pytest.mark.flaky(reruns=1))


@pytest.fixture(autouse=True)
def look(qapp: QApplication) -> Iterator[None]:
    """The light scheme at normal text size, whatever the test before this one wanted."""
    theme.apply(qapp, forced=theme.Scheme.LIGHT, reduced_motion=True)
    yield
