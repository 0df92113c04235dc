"""What the control lets through to the flow."""

from __future__ import annotations

from collections.abc import Callable
from typing import cast

from companion.errors import NoAdapter
from ui.engine.events import RadioMissing, RadioReady
from ui.pages.control import VIRTUAL, FlowControl
from ui.sources.camera_state import CameraState


def test_late_news_of_the_radio_before_takes_no_virtual_device_away(qapp: object) -> None:
    """It was on its way when the tour began; the device's display and button would be missing in it."""
    control = FlowControl(lambda command: None, cast("Callable[[], CameraState]", None))
    control.start_with("os", "os")
    control.take(RadioMissing("os", NoAdapter()))
    control.take_tour()
    control.take(RadioMissing("os", NoAdapter()))
    assert control.flow.radio is None and control.has_dock
    control.take(RadioReady(VIRTUAL, True))
    assert control.flow.radio == RadioReady(VIRTUAL, True) and control.has_dock
