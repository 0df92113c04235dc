"""A protocol of another distribution in the window: from its code to the devices page."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from tests.plugin.conftest import PEBBLE
from tests.plugin.test_command_line import CODE
from tests.ui.support.stage import Stage, stage
from tests.ui.support.steps import hand_over
from ui.engine.virtual_world import make_world
from ui.flow.state import Page
from ui.present.devices import art_kind, protocol_name


@pytest.fixture
def scene(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, install: Callable[[Path], None]
) -> Iterator[Stage]:
    install(PEBBLE)
    monkeypatch.setattr("tests.ui.support.stage.world_of", lambda *_: make_world)
    with stage(qtbot, tmp_path, monkeypatch) as made:
        yield made


def test_it_is_commissioned(scene: Stage) -> None:
    scene.scan_code(CODE)
    scene.until(Page.CONFIRMATION)
    found = scene.router.flow.found
    assert found is not None and (found.protocol, found.name) == ("pebble", "Pebble 7")
    assert (protocol_name(found.protocol), art_kind(found.protocol)) == ("Pebble", "bulb")
    scene.press_primary()
    scene.until(Page.NETWORK)
    hand_over(scene)
    assert "is set up" in scene.until(Page.SUCCESS).title()


def test_what_is_not_installed_any_more_keeps_its_name() -> None:
    assert (protocol_name("pebble"), art_kind("pebble")) == ("pebble", "box")
