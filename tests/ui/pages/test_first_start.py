"""The pages of the first start: what they say follows what the computer has, and the keyboard is enough."""

from __future__ import annotations

from typing import Any, cast

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from companion.doctor.checks import Check, CheckName, CheckState
from companion.errors import NoAdapter
from companion.model import Text
from tests.support import tour_samples
from ui.engine.events import Nearby, RadioMissing, RadioReady
from ui.flow.commissioning import CommissioningFlow
from ui.pages.first_start.presenters import RealDevicePresenter, WelcomePresenter
from ui.pages.first_start.welcome import WelcomePage
from ui.pages.run.requirements import RealDevicePage
from ui.pages.virtual.area import RunArea
from ui.present import first_start
from ui.sources.camera_state import CameraState
from ui.widgets import Button, ButtonKind

PAGES = (
    tour_samples.welcome,
    tour_samples.welcome_without_bluetooth,
    tour_samples.restore,
    tour_samples.lesson,
    tour_samples.real_device,
    tour_samples.tour_compare,
    tour_samples.tour_done,
)


def primaries(page: QWidget) -> list[Button]:
    return [
        button
        for button in page.findChildren(Button)
        if button.kind is ButtonKind.PRIMARY and button.isVisibleTo(page)
    ]


@pytest.mark.parametrize("make", PAGES)
def test_tab_reaches_everything_and_comes_round(qtbot: QtBot, make: Any) -> None:
    page = make()
    qtbot.addWidget(page)
    page.resize(1000, 720)
    page.show()
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow)
    wanted = {
        each
        for each in page.findChildren(QWidget)
        if each.focusPolicy() & Qt.FocusPolicy.TabFocus
        and each.isVisible()
        and each.isEnabled()
        and each.focusProxy() is None
    }
    next(iter(wanted)).setFocus()
    reached: set[QWidget] = set()
    for _ in range(len(wanted)):
        now = QApplication.focusWidget()
        assert now is not None
        reached.add(now)
        QTest.keyClick(now, Qt.Key.Key_Tab)
    assert reached == wanted


@pytest.mark.parametrize("make", PAGES)
def test_one_button_is_filled(qtbot: QtBot, make: Any) -> None:
    page = make()
    qtbot.addWidget(page)
    page.show()
    assert len(primaries(page)) <= 1


def test_an_adapter_that_is_found_changes_the_first_page(qtbot: QtBot) -> None:
    made = RunArea(tour_samples.Router(tour_samples.ScanPage(), lambda _: None))
    qtbot.addWidget(made)
    control = made.router.control
    control.show_welcome()
    presenter = WelcomePresenter(control)
    qtbot.addWidget(presenter.page)
    page = cast(WelcomePage, presenter.page)
    control.take(RadioMissing("os", NoAdapter()))
    presenter.refresh(control.flow)
    assert primaries(page) == [page.virtual.button]
    assert "needs a Bluetooth adapter" in page.real.sentence.text()
    control.take(RadioReady("os", False))
    control.take(Nearby((tour_samples.SENSOR,)))
    presenter.refresh(control.flow)
    assert primaries(page) == [page.real.button]
    assert "choose the device from those nearby" in page.real.sentence.text()


def test_an_adapter_that_is_found_changes_the_last_page(qtbot: QtBot) -> None:
    made = RunArea(tour_samples.Router(tour_samples.ScanPage(), lambda _: None))
    qtbot.addWidget(made)
    control = made.router.control
    presenter = RealDevicePresenter(control)
    qtbot.addWidget(presenter.page)
    page = cast(RealDevicePage, presenter.page)
    control.take(RadioMissing("os", NoAdapter()))
    presenter.refresh(control.flow)
    assert primaries(page) == [page.again]
    control.take(RadioReady("os", False))
    presenter.refresh(control.flow)
    assert primaries(page) == [page.device]


@pytest.mark.parametrize(
    ("state", "works", "stops"),
    [
        (CheckState.GOOD, True, False),
        (CheckState.LACKING, False, True),
        (CheckState.BLOCKING, False, True),
    ],
)
def test_a_missing_key_store_is_a_warning(state: CheckState, works: bool, stops: bool) -> None:
    flow = tour_samples.computer(
        bluetooth=True, checks=(Check(CheckName.KEYSTORE, state, Text("No key store")),)
    )
    keys = first_start.welcome(flow).parts[2]
    assert (keys.works, keys.stops) == (works, stops)


def test_nothing_is_promised_before_it_was_looked_for() -> None:
    parts = first_start.welcome(CommissioningFlow(clock=lambda: 0.0)).parts
    assert all(part.works is None for part in parts)


@pytest.mark.parametrize("camera", [tour_samples.CAMERA, tour_samples.NO_CAMERA])
def test_who_has_no_camera_is_not_told_to_scan(camera: Check) -> None:
    flow = tour_samples.computer(bluetooth=True, checks=(camera,))
    assert first_start.welcome(flow).real.startswith("Scan") is (camera is tour_samples.CAMERA)


def test_a_narrow_window_folds_the_device_and_unfolds_it_when_it_asks(qtbot: QtBot) -> None:
    made = tour_samples.area()
    qtbot.addWidget(made)
    made.resize(960, 640)
    made.show()
    made.router.page_changed.emit(made.router.flow.page)
    assert made.dock.isVisible() and made.dock.folded
    tour_samples.at_comparison(made)
    assert not made.dock.folded and made.dock.same.isVisible()
    made.dock.fold.click()
    assert made.dock.folded
    made.dock.unfold.click()
    assert made.dock.same.isVisible()


@pytest.mark.parametrize("state", [CameraState.ON, CameraState.NONE, CameraState.OFF])
def test_the_last_page_speaks_of_a_camera_only_where_one_is(state: CameraState) -> None:
    checks = (tour_samples.NO_CAMERA,) if state is CameraState.OFF else ()
    flow = tour_samples.computer(bluetooth=True, checks=checks)
    note = first_start.real_device(flow, state).note
    assert ("camera" in note) is (state is CameraState.ON)
