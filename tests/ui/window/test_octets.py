"""A run whose octets are recorded: they are named in Activity, and no password is among them."""

from __future__ import annotations

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from companion.errors import CaptureUnavailable
from companion.model import DeviceSettings, WifiCredentials
from companion.protocols.improv.virtual.device import ALL, ImprovOptions
from companion.protocols.improv.virtual.peripheral import VirtualImprov
from companion.radio.capture import MOST_RECORDINGS, RECORDINGS, recording_of
from companion.secret import Secret
from companion.virtual.access_points import AccessPoint, AccessPoints
from companion.virtual.world import World
from tests.ui.support.stage import LONG, stage
from ui.engine.octets import OctetsState, RecordOctets
from ui.flow.state import Page
from ui.pages.computer.radios import RadiosPresenter, RadiosSection
from ui.pages.records import RecordPages

HAFEN = AccessPoint(b"Hafen 12", Secret("correct horse"))


def test_what_went_over_the_air_is_named_and_holds_no_password(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lamp = VirtualImprov(ImprovOptions(access_points=AccessPoints((HAFEN,)), capabilities=ALL))
    monkeypatch.setattr("tests.ui.support.stage.world_of", lambda *_: lambda button: World([lamp]))
    captures = tmp_path / RECORDINGS
    captures.mkdir(mode=0o700)
    for number in range(MOST_RECORDINGS + 3):
        (captures / f"2020-{number:02}.btsnoop").touch()
    with stage(qtbot, tmp_path, monkeypatch) as scene:
        scene.bridge.send(RecordOctets(True))
        qtbot.waitUntil(lambda: OctetsState(True) in scene.heard, timeout=LONG)
        qtbot.waitUntil(lambda: bool(scene.router.flow.nearby), timeout=LONG)
        scene.router.scan.device_chosen.emit(scene.router.flow.nearby[0].address)
        scene.until(Page.CONFIRMATION)
        scene.press_primary()
        scene.until(Page.RISK).answered.emit(True)
        wifi = WifiCredentials(HAFEN.ssid, HAFEN.passphrase)
        scene.until(Page.NETWORK).submitted.emit(DeviceSettings("Desk lamp", "Study", wifi))
        scene.until(Page.SUCCESS)
        records = RecordPages(scene.bridge.send)
        page = records.activity
        for each in (records.devices, records.activity_place):
            qtbot.addWidget(each)
        scene.bridge.arrived.connect(records.take)
        records.activity_place.resize(1000, 720)
        records.activity_place.show()
        records.refresh()
        qtbot.waitUntil(lambda: bool(page.octets._messages), timeout=LONG)
    assert len(list(captures.iterdir())) == MOST_RECORDINGS
    (newest,) = [each for each in captures.iterdir() if each.stat().st_size]
    assert newest.stat().st_mode & 0o077 == 0 and HAFEN.passphrase.reveal() in newest.read_bytes()
    assert recording_of(tmp_path, f"../{newest.name}") is None
    messages = page.octets._messages
    run = page._run
    assert run is not None and all(-1 < each.at < run.seconds + 1 for each in messages), "they fit its time"
    shown = b"".join(field.octets or b"" for each in messages for field in each.fields)
    assert shown and HAFEN.passphrase.reveal() not in shown
    named = {field.words for each in messages for field in each.fields}
    assert {"State, 1 B", "Command, 1 B"} <= named
    octets = page.octets
    assert octets.isVisible() and not octets.bytes.isVisible()
    octets.toggle.click()
    assert octets.bytes.isVisible() and not page.timeline.isVisible(), "the timeline makes way"
    page.events.select_row(page.events.rows_model.rowCount() - 1)
    assert octets._title.words().startswith(f"Message {len(messages)}") and not octets.after.isEnabled()
    octets.before.click()
    assert octets._title.words().startswith(f"Message {len(messages) - 1}")
    octets.kind.set_current(1)
    octets.kind.chosen.emit(1)
    assert not octets.bytes.isVisible()
    told = [words for each in octets._decoded for _, words in each.fields]
    assert "send wifi (1)" in told and "provisioned (4)" in told
    assert not any(HAFEN.passphrase.reveal_text() in each for each in told)


def test_a_recording_that_can_not_be_made_is_told(qtbot: QtBot) -> None:
    section = RadiosSection()
    qtbot.addWidget(section)
    sent: list[object] = []
    presenter = RadiosPresenter(section, sent.append)
    section.show()
    section.recording.click()
    assert sent == [RecordOctets(True)]
    presenter.take(OctetsState(True, CaptureUnavailable("there is no btmon")))
    assert section.recording.isChecked() and section._problem.isVisible()
    presenter.take(OctetsState(False))
    assert not section.recording.isChecked() and not section._problem.isVisible()
