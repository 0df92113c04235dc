"""Tags that are held to an NFC reader while the scan page is in front."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from companion.errors import TagEmpty, TagLost
from companion.model import WifiCredentials, WifiSecurity
from companion.nfc.bluetooth import TaggedDevice
from companion.nfc.content import TagContent
from companion.nfc.reader import ReaderState
from companion.protocols.matter.virtual.factory.product import SAMPLE
from companion.protocols.rp1.virtual import factory
from companion.scanner.codes import codes_of
from companion.secret import Secret
from tests.ui.support.stage import LONG, Stage, stage
from ui.engine.commands import CancelRun
from ui.flow.state import Page
from ui.pages.scan.code_choice import CodeChoice
from ui.pages.scan.code_sources import CodeSources
from ui.pages.scan.page import ScanPage
from ui.sources.camera_state import CameraState
from ui.widgets import Banner, Label

CODE = factory.label(factory.sample())
OTHER = factory.label(replace(factory.sample(), disc=2748))
HOME = WifiCredentials(b"Hafen 12", Secret("seven gulls at noon"), WifiSecurity.WPA2)


@pytest.fixture
def scene(qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Stage]:
    with stage(qtbot, tmp_path, monkeypatch) as made:
        made.router.sources.tags.enter()
        yield made


def notice(scene: Stage) -> str:
    banners = [each for each in scene.router.scan.findChildren(Banner) if each.isVisible()]
    return banners[0].accessibleName() if banners else ""


def hold_up(scene: Stage, *texts: str, **more: object) -> None:
    scene.router.sources.tags.reader.read.emit(TagContent(codes_of(texts), **more))  # type: ignore[arg-type]  # as named


def test_a_tags_code_begins_a_run(scene: Stage) -> None:
    hold_up(scene, CODE)
    scene.until(Page.CONFIRMATION)


class EmptyReader:
    """Nothing lies on it. times: it was asked, and let go."""

    def __init__(self) -> None:
        self.asked = self.closed = 0

    async def hold(self, seconds: float) -> None:
        self.asked += 1
        raise TagLost()

    def close(self) -> None:
        self.closed += 1


def test_a_device_that_can_be_set_up_at_the_reader_is_looked_for_there_first(
    scene: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The reader is let go when the run ends."""
    reader = EmptyReader()
    monkeypatch.setattr("companion.nfc.channel.ReaderChannel", lambda: reader)
    hold_up(scene, replace(SAMPLE, has_nfc=True).onboarding.qr)
    scene.qtbot.waitUntil(lambda: reader.asked == 1, timeout=LONG)
    scene.bridge.send(CancelRun())
    scene.qtbot.waitUntil(lambda: reader.closed == 1, timeout=LONG)


def test_the_device_that_a_tag_names_is_found_with_its_code_or_without(scene: Stage) -> None:
    scene.qtbot.waitUntil(lambda: bool(scene.router.flow.nearby), timeout=LONG)
    near = next(each for each in scene.router.flow.nearby if each.protocol == "rp1")
    hold_up(scene, device=TaggedDevice(near.address.upper(), name=near.name))
    scene.until(Page.CONFIRMATION)
    assert scene.router.flow.found is not None and scene.router.flow.found.address == near.address


def test_two_codes_on_a_tag_ask_which_one(scene: Stage) -> None:
    hold_up(scene, CODE, OTHER)
    assert "on the tag" in notice(scene)
    assert len(scene.router.scan.findChild(CodeChoice).buttons) == 2
    assert not scene.router.flow.running


def test_a_tags_network_waits_for_its_user(scene: Stage) -> None:
    hold_up(scene, network=HOME)
    assert "Hafen 12" in notice(scene) and "gulls" not in notice(scene)
    assert not scene.router.flow.running
    suggestion = scene.router.flow.suggestion
    assert suggestion.wifi == HOME and suggestion.from_tag


def test_what_is_wrong_with_a_tag_is_said(scene: Stage) -> None:
    reader = scene.router.sources.tags.reader
    reader.failed.emit(TagLost())
    assert "removed too early" in notice(scene)
    hold_up(scene)
    assert notice(scene).startswith(TagEmpty.title)
    reader.state_changed.emit(ReaderState.SEVERAL_TAGS)
    assert "Several NFC tags" in notice(scene)


@pytest.mark.parametrize("camera", [CameraState.ON, CameraState.NONE, CameraState.ASK])
def test_a_reader_that_is_plugged_in_is_named(qtbot: QtBot, camera: CameraState) -> None:
    page = ScanPage()
    qtbot.addWidget(page)
    sources = CodeSources(page, lambda _command: None, page)
    page.show_camera(camera)
    sources.tags._is_here = True

    def names_it() -> bool:
        return any("NFC reader" in label.text() for label in page.findChildren(Label))

    assert not names_it()
    sources.tags.reader.state_changed.emit(ReaderState.READY)
    assert names_it()
    sources.tags.reader.state_changed.emit(ReaderState.NO_READER)
    assert not names_it()
    sources.leave()
    sources.tags.reader.state_changed.emit(ReaderState.READY)
    assert not names_it(), "the page is not in front"
