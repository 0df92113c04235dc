"""The next device, after one that got its answers: real pages, real engine, two virtual devices."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from companion.protocols.improv.virtual.device import ImprovOptions
from companion.protocols.improv.virtual.peripheral import VirtualImprov
from companion.protocols.rp1.virtual.options import Rp1Options
from companion.protocols.rp1.virtual.peripheral import VirtualRp1
from companion.virtual.access_points import HAFEN, AccessPoint, AccessPoints
from companion.virtual.world import World
from tests.ui.support.stage import LONG, Stage, stage
from tests.ui.support.steps import go_to_network, hand_over
from ui.flow.state import Page
from ui.pages.network.page import NetworkPage
from ui.widgets import Chip


@pytest.fixture
def lamp() -> VirtualImprov:
    assert HAFEN.passphrase is not None
    return VirtualImprov(
        ImprovOptions(access_points=AccessPoints((AccessPoint(HAFEN.ssid, HAFEN.passphrase),)))
    )


@pytest.fixture
def scene(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, lamp: VirtualImprov
) -> Iterator[Stage]:
    """An RP1 device got its answers and went away before it used them; an Improv lamp is near."""
    sensors: list[VirtualRp1] = []

    def world(button: Any) -> World:
        sensors[:] = [VirtualRp1(Rp1Options(press=button))]
        return World([sensors[0], lamp])

    monkeypatch.setattr("companion.runs.dialer.REDISCOVERY_SECONDS", 0.5)
    monkeypatch.setattr("tests.ui.support.stage.world_of", lambda *_: world)
    with stage(qtbot, tmp_path, monkeypatch) as made:
        go_to_network(made)
        made.on_engine(sensors[0].close())
        hand_over(made)
        made.until(Page.PROBLEM)
        yield made


def to_the_lamp(scene: Stage) -> NetworkPage:
    """Pick the lamp in the list of the first page, and connect."""
    scene.until(Page.SCAN)
    flow = scene.router.flow
    scene.qtbot.waitUntil(lambda: [each.protocol for each in flow.nearby] == ["improv"], timeout=LONG)
    scene.router.scan.device_chosen.emit(flow.nearby[0].address)
    scene.until(Page.CONFIRMATION)
    scene.press_primary()
    scene.until(Page.RISK).answered.emit(True)
    page = scene.until(Page.NETWORK)
    assert isinstance(page, NetworkPage)
    return page


def test_after_a_cancel_nothing_is_known_to_the_next_device_and_the_page_says_how_it_travels(
    scene: Stage, lamp: VirtualImprov
) -> None:
    scene.router.page(Page.PROBLEM).left.emit()
    page = to_the_lamp(scene)
    assert lamp.device.ssid == b"", "a network left before it was asked for"
    assert page._warning.isVisible()
    told = page._warning.findChildren(type(page._kept))
    words = " ".join(label.text() for label in told)
    assert lamp.device.options.name in words and "unencrypted" in words
    (origin,) = [chip._words for chip in page._networks.findChildren(Chip) if chip.isVisible()]
    assert origin == "A virtual access point, password filled in", "what was typed is gone"
    assert page._name.text() == lamp.device.options.name
    assert scene.kept_networks() == [], "it worked nowhere"
    assert "Hallway" not in (page._rooms.room(), page._name.text())


def test_the_next_device_is_offered_the_network_and_gets_it_when_its_user_says_so(
    scene: Stage, lamp: VirtualImprov, qapp: QApplication
) -> None:
    scene.router.page(Page.PROBLEM).other_code_wanted.emit()
    page = to_the_lamp(scene)
    assert lamp.device.ssid == b"", "a network left before it was asked for"
    assert page._networks.wifi() == HAFEN
    chip = page._networks._panel._from_store
    assert chip.isVisible() and chip.accessibleName() == "From the previous device"
    assert page._warning.isVisible()
    assert page._name.text() == lamp.device.options.name, "a name is one device's own"
    scene.press_primary()
    assert scene.until(Page.SUCCESS).title() == f"{lamp.device.options.name} is set up"
    assert lamp.device.ssid == HAFEN.ssid
    assert scene.kept_networks() == [HAFEN.name]
