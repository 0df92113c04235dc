"""What only some devices can: blink while their user decides, and look for networks again."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from companion.model import DeviceSettings, WifiCredentials
from companion.protocols.improv.virtual.device import ALL, ImprovOptions
from companion.protocols.improv.virtual.peripheral import VirtualImprov
from companion.secret import Secret
from companion.virtual.access_points import AccessPoint, AccessPoints
from companion.virtual.world import World
from tests.ui.support.stage import LONG, Stage, stage
from ui.engine.events import Blinked
from ui.flow.state import Page
from ui.pages.records import RecordPages
from ui.present.registry import buttons

HAFEN = AccessPoint(b"Hafen 12", Secret("correct horse"))
YARD = AccessPoint(b"Yard", Secret("eight gulls"))


class Lamp(VirtualImprov):
    """A lamp whose network can come on later."""

    def sees(self, *points: AccessPoint) -> None:
        self.device.options = replace(self.device.options, access_points=AccessPoints(points))


@pytest.fixture
def lamp() -> Lamp:
    return Lamp(ImprovOptions(access_points=AccessPoints((HAFEN,)), capabilities=ALL))


@pytest.fixture
def scene(qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, lamp: Lamp) -> Iterator[Stage]:
    monkeypatch.setattr("tests.ui.support.stage.world_of", lambda *_: lambda button: World([lamp]))
    with stage(qtbot, tmp_path, monkeypatch) as made:
        made.qtbot.waitUntil(lambda: bool(made.router.flow.nearby), timeout=LONG)
        made.router.scan.device_chosen.emit(made.router.flow.nearby[0].address)
        yield made


def to_networks(scene: Stage) -> Any:
    scene.until(Page.CONFIRMATION)
    scene.press_primary()
    scene.until(Page.RISK).answered.emit(True)
    return scene.until(Page.NETWORK)


def test_a_device_blinks_while_its_user_decides(scene: Stage, lamp: Lamp) -> None:
    page = scene.until(Page.CONFIRMATION)
    assert page._blink.isVisible()
    page._blink.click()
    assert not page._blink.isEnabled()
    scene.qtbot.waitUntil(lambda: any(isinstance(event, Blinked) for event in scene.heard), timeout=LONG)
    assert lamp.device.identified == 1
    assert page._blink.isEnabled() and page._blink.text() == "Blink again"
    # The link that it took is closed: the run gets its own.
    assert to_networks(scene)


def test_who_decides_while_it_blinks_does_not_wait_for_it(scene: Stage) -> None:
    scene.until(Page.CONFIRMATION)._blink.click()
    assert to_networks(scene)


def test_networks_are_looked_for_again_and_what_was_filled_in_stays(scene: Stage, lamp: Lamp) -> None:
    page = to_networks(scene)
    assert page._rescan.isVisible()
    page._name.set_text("Desk lamp")
    page._networks._panel._passphrase.set_text("half a passph")
    lamp.sees(HAFEN, YARD)
    page._rescan.click()
    assert not page._go.isEnabled(), "there is no question to answer while the device looks"
    scene.qtbot.waitUntil(page._rescan.isEnabled, timeout=LONG)
    assert [choice.name for choice in page._networks._choices] == ["Hafen 12", "Yard"]
    assert page._name.text() == "Desk lamp"
    assert page._networks.draft().passphrase == Secret("half a passph")


def test_name_and_room_stay_and_are_changed_without_the_device(scene: Stage, qtbot: QtBot) -> None:
    page = to_networks(scene)
    wifi = WifiCredentials(HAFEN.ssid, HAFEN.passphrase)
    page.submitted.emit(DeviceSettings("Desk lamp", "Study", wifi))
    scene.until(Page.SUCCESS)
    records = RecordPages(scene.bridge.send)
    qtbot.addWidget(records.devices)
    qtbot.addWidget(records.activity_place)
    scene.bridge.arrived.connect(records.take)
    records.devices.show()
    records.refresh()
    qtbot.waitUntil(lambda: records.devices.table.current() is not None, timeout=LONG)
    view = records.devices.table.current()
    assert view is not None
    assert (view.name, view.room) == ("Desk lamp", "Study")

    records.devices.action_chosen.emit(view.key, buttons.RENAME)
    form = records.devices._detail.name_form
    assert form.isVisible() and form.name.text() == "Desk lamp"
    form.name.set_text("Reading lamp")
    form.room.set_text("Bedroom")
    form.save.click()

    def renamed() -> bool:
        now = records.devices.table.current()
        return now is not None and (now.name, now.room) == ("Reading lamp", "Bedroom")

    qtbot.waitUntil(renamed, timeout=LONG)
    assert not form.isVisible()
