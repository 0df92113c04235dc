"""Every page, in every size, language and text size that users have: nothing clipped, nothing nameless."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QApplication, QScrollArea, QWidget

from tests.screenshots import NORMAL, SMALL, Shot, shots, window
from tests.ui.support.checks import Longer, clipped, describe, nameless, settle
from ui.shell import theme
from ui.shell.app import speak
from ui.shell.preferences import SCALES
from ui.widgets import PageFrame
from ui.widgets.scroll import RowScroll

PAGES = [shot for shot in shots() if shot.section and shot.size == NORMAL]


@pytest.fixture
def german(qapp: QApplication) -> Iterator[None]:
    translator = Longer()
    qapp.installTranslator(translator)
    yield
    qapp.removeTranslator(translator)


@pytest.fixture(params=PAGES, ids=lambda shot: shot.name)
def page(request: pytest.FixtureRequest) -> Shot:
    return request.param


def is_body(area: QScrollArea) -> bool:
    """A page's own area, not a list inside it that may be longer than its card."""
    return isinstance(area.parentWidget(), PageFrame)


def assert_holds(page: Shot, *sizes: tuple[int, int], may_scroll: bool = True, painted: bool = False) -> None:
    """In a window of the first size, which then becomes as large as the others. may_scroll: at first."""
    frame = window(page.make(), page.section, sizes[0], painted=painted)
    try:
        for size in sizes:
            frame.resize(*size)
            settle()
            assert (frame.width(), frame.height()) == size, "the window can't be made that small"
            assert clipped(frame) == []
            areas = [each for each in frame.findChildren(QScrollArea) if each.isVisible()]
            # A row scrolls sideways: that is its way.
            pages = [area for area in areas if not isinstance(area, RowScroll)]
            assert all(area.horizontalScrollBar().maximum() == 0 for area in pages)
            bodies = [area for area in areas if is_body(area)]
            assert may_scroll or not any(area.verticalScrollBar().maximum() for area in bodies), "it scrolls"
            may_scroll = True
    finally:
        frame.close()


def test_nothing_is_clipped_and_nothing_scrolls_at_the_usual_size(page: Shot) -> None:
    assert_holds(page, NORMAL, SMALL, may_scroll=False, painted=True)


@pytest.mark.usefixtures("german")
def test_german_fits(page: Shot) -> None:
    assert_holds(page, NORMAL, SMALL)


def test_larger_text_fits(page: Shot, qapp: QApplication) -> None:
    theme.apply(qapp, forced=theme.Scheme.LIGHT, text_scale=1.25, reduced_motion=True)
    assert_holds(page, NORMAL, SMALL)


@pytest.fixture
def spoken_german(qapp: QApplication) -> Iterator[None]:
    """As the app speaks it, unlike `german`, which is made up."""
    speak(qapp, "de")
    yield
    speak(qapp, "en")


@pytest.mark.usefixtures("spoken_german")
def test_german_fits_in_the_smallest_window_with_the_largest_text(page: Shot, qapp: QApplication) -> None:
    theme.apply(qapp, forced=theme.Scheme.LIGHT, text_scale=max(SCALES), reduced_motion=True)
    assert_holds(page, SMALL)


@contextmanager
def windows(qapp: QApplication) -> Iterator[list[str]]:
    """The windows that come up meanwhile."""
    shown: list[str] = []

    class Watch(QObject):
        def eventFilter(self, watched: QObject, event: QEvent) -> bool:
            if event.type() == QEvent.Type.Show and isinstance(watched, QWidget) and watched.isWindow():
                shown.append(describe(watched))
            return False

    watch = Watch()
    qapp.installEventFilter(watch)
    try:
        yield shown
    finally:
        qapp.removeEventFilter(watch)


def test_keyboard_and_screen_reader_come_to_all_of_it(page: Shot, qapp: QApplication) -> None:
    """A part without a parent that is shown is a window, and takes the keyboard from the one in front. What
    takes the focus has a name.
    """
    with windows(qapp) as shown:
        made = page.make()
    assert shown == []
    frame = window(made, page.section, NORMAL)
    for scheme in theme.Scheme:
        theme.apply(qapp, forced=scheme, reduced_motion=True)
        settle()
        assert nameless(frame) == []
    frame.close()


def test_right_to_left_fits(page: Shot, qapp: QApplication) -> None:
    qapp.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    try:
        assert_holds(page, NORMAL)
    finally:
        qapp.setLayoutDirection(Qt.LayoutDirection.LeftToRight)


@pytest.mark.usefixtures("german")
def test_compare_never_scrolls(qapp: QApplication) -> None:
    theme.apply(qapp, forced=theme.Scheme.LIGHT, text_scale=1.25, reduced_motion=True)
    compare = next(shot for shot in PAGES if "compare" in shot.name)
    frame = window(compare.make(), compare.section, SMALL)
    settle()
    assert not frame.findChildren(QScrollArea)
    assert clipped(frame) == []
    frame.close()
