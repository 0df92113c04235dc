"""The scan page at work: whatever brings a text, the page says what it is, and starts with the right ones."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from companion.model import WifiCredentials
from companion.scanner import Sight
from companion.scanner.stability import Sighting
from companion.setup_code import recognise
from companion.virtual import rp1_factory
from tests.ui.stage import LONG, Stage, stage
from ui.camera import View
from ui.flow_state import Page
from ui.messages import CodeRefused
from ui.widgets import Banner, Button, CodeGroups, GroupState, Kind

HOMEKIT = "X-HM://00528JWLTGM7I"


@pytest.fixture
def scene(qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Stage]:
    with stage(qtbot, tmp_path, monkeypatch) as made:
        yield made


@pytest.fixture
def sample() -> str:
    return rp1_factory.label(rp1_factory.sample())


def notice(scene: Stage) -> str:
    """What the notice on the scan page says, "" if there is none."""
    banners = [banner for banner in scene.walk.scan.findChildren(Banner) if banner.isVisible()]
    return banners[0].accessibleName() if banners else ""


def primary(scene: Stage) -> Button:
    (button,) = [b for b in scene.walk.scan.findChildren(Button) if b.kind is Kind.PRIMARY]
    return button


def test_a_typed_code_is_checked_in_groups_and_enter_starts(scene: Stage, sample: str) -> None:
    half = sample[: len(sample) // 2]
    groups = scene.walk.scan.findChild(CodeGroups)
    scene.walk.scan.set_text(half)
    scene.qtbot.waitUntil(lambda: bool(groups.groups), timeout=LONG)
    assert any(group.state is GroupState.RIGHT for group in groups.groups)
    assert not primary(scene).isEnabled()
    scene.walk.scan.set_text(sample)
    scene.qtbot.waitUntil(lambda: primary(scene).isEnabled(), timeout=LONG)
    scene.walk.scan.code_entered.emit(sample)
    scene.until(Page.FOUND)


def test_a_wrong_letter_is_named_and_nothing_starts(scene: Stage, sample: str) -> None:
    wrong = sample[:12] + "#" + sample[13:]
    scene.walk.scan.set_text(wrong)
    groups = scene.walk.scan.findChild(CodeGroups)
    scene.qtbot.waitUntil(
        lambda: any(group.state is GroupState.WRONG for group in groups.groups), timeout=LONG
    )
    scene.walk.scan.code_entered.emit(wrong)
    assert not scene.walk.flow.running


def test_an_answer_about_an_older_text_is_dropped(scene: Stage, sample: str) -> None:
    scene.walk.scan.set_text(sample)
    scene.walk.scan.set_text("")
    scene.qtbot.wait(300)
    assert not primary(scene).isEnabled()


def test_a_code_of_another_kind_gets_its_sentence(scene: Stage) -> None:
    scene.scan_code(HOMEKIT)
    scene.qtbot.waitUntil(lambda: "HomeKit" in notice(scene), timeout=LONG)
    assert (scene.page, scene.walk.flow.running) == (Page.SCAN, False)


def test_a_damaged_code_says_so_and_stays(scene: Stage, sample: str) -> None:
    scene.scan_code(sample[:-9])
    scene.qtbot.waitUntil(lambda: any(isinstance(e, CodeRefused) for e in scene.heard), timeout=LONG)
    assert notice(scene)
    assert not scene.walk.flow.running


def test_a_network_code_is_offered_to_the_device(scene: Stage) -> None:
    scene.scan_code("WIFI:S:Hafen 12;T:WPA;P:seven gulls at noon;;")
    scene.qtbot.waitUntil(lambda: scene.walk.flow.handover is not None, timeout=LONG)
    handover = scene.walk.flow.handover
    assert handover is not None
    assert isinstance(handover.wifi, WifiCredentials)
    assert "Hafen 12" in notice(scene)
    assert "gulls" not in notice(scene)


def test_pasting_text_starts_and_an_empty_clipboard_is_said(scene: Stage, sample: str) -> None:
    QGuiApplication.clipboard().setMimeData(QMimeData())
    scene.walk.scan.paste_wanted.emit()
    assert notice(scene)
    QGuiApplication.clipboard().setText(sample)
    scene.walk.scan.paste_wanted.emit()
    scene.until(Page.FOUND)


def test_a_dropped_file_is_read(scene: Stage, tmp_path: Path, sample: str) -> None:
    file = tmp_path / "code.txt"
    file.write_text(sample, encoding="utf-8")
    scene.walk.scanning.read_file(file)
    scene.until(Page.FOUND)


def test_a_picture_without_a_code_says_what_helps(scene: Stage, tmp_path: Path) -> None:
    empty = tmp_path / "empty.png"
    empty.touch()
    scene.walk.scanning.read_file(empty)
    scene.qtbot.waitUntil(lambda: bool(notice(scene)), timeout=LONG)


def test_what_the_camera_sees_is_said_once_and_an_accepted_code_starts(scene: Stage, sample: str) -> None:
    homekit, code = recognise(HOMEKIT), recognise(sample)
    see = scene.walk.scanning.camera.seen.emit
    see(View(Sighting(Sight.FOREIGN, (homekit,)), None))
    assert "HomeKit" in notice(scene)
    scene.walk.scan.show_notice(None)
    see(View(Sighting(Sight.FOREIGN, (homekit,)), None))
    assert not notice(scene)
    see(View(Sighting(Sight.CHOOSE, (code, code)), None))
    assert notice(scene)
    see(View(Sighting(Sight.ACCEPTED, (code,)), ((0.1, 0.1), (0.4, 0.1), (0.4, 0.4), (0.1, 0.4))))
    scene.until(Page.FOUND)
    assert not notice(scene)
