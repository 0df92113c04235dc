"""A protocol of another distribution in the window: from its code to the devices page."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QRectF
from PySide6.QtGui import QImage, QPainter
from pytestqt.qtbot import QtBot

from companion.protocols import installed
from tests.plugin.conftest import PEBBLE
from tests.plugin.test_command_line import CODE
from tests.ui.support.stage import Stage, stage
from tests.ui.support.steps import hand_over
from ui import art
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


def painted(kind: str) -> QImage:
    picture = QImage(40, 40, QImage.Format.Format_ARGB32)
    picture.fill(0)
    painter = QPainter(picture)
    art.paint(painter, QRectF(0, 0, 40, 40), kind)
    painter.end()
    return picture


def test_it_is_commissioned(scene: Stage) -> None:
    scene.scan_code(CODE)
    scene.until(Page.CONFIRMATION)
    found = scene.router.flow.found
    assert found is not None and (found.protocol, found.name) == ("pebble", "Pebble 7")
    assert (protocol_name(found.protocol), art_kind(found.protocol)) == ("Pebble", "protocol:pebble")
    scene.press_primary()
    scene.until(Page.NETWORK)
    hand_over(scene)
    assert "is set up" in scene.until(Page.SUCCESS).title()


def test_its_own_drawing_is_painted(install: Callable[[Path], None]) -> None:
    install(PEBBLE)
    picture = painted(art_kind("pebble"))
    assert picture.pixelColor(20, 24).name() == "#c03060"
    assert picture.pixelColor(2, 2).alpha() == 0


def test_what_is_not_installed_any_more_keeps_its_name() -> None:
    assert (protocol_name("pebble"), art_kind("pebble")) == ("pebble", "box")


@pytest.mark.parametrize("content", ["no picture", None], ids=["damaged", "not there"])
def test_a_drawing_that_cannot_be_read_is_the_plain_box(
    install: Callable[[Path], None], monkeypatch: pytest.MonkeyPatch, tmp_path: Path, content: str | None
) -> None:
    install(PEBBLE)
    if content is not None:
        (tmp_path / "pebble.svg").write_text(content)
    mine = replace(installed().protocols["pebble"], drawing=lambda: tmp_path / "pebble.svg")
    monkeypatch.setitem(installed().protocols, "pebble", mine)
    assert painted(art_kind("pebble")) == painted("box")
