"""A device that chirps its secret, and the microphone of the scan page."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMicrophonePermission, QObject, Qt, Signal
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

pytest.importorskip("PySide6.QtMultimedia", reason="QtMultimedia needs libpulse0 and libxrandr2")

from PySide6.QtMultimedia import QAudioFormat, QtAudio

from companion.claims import Evidence
from companion.model import ShownBy
from companion.secret import Secret
from companion.sound.frame import chirp
from companion.sound.reader import SoundState, SoundView
from tests.ui.support.doors import choose_channel
from tests.ui.support.stage import LONG, Stage, stage
from ui.flow.state import Page
from ui.pages.scan.code_sources import CodeSources
from ui.pages.scan.page import ScanPage
from ui.sources import microphone as microphone_module
from ui.sources.camera_state import CameraState
from ui.sources.microphone import Microphone, MicrophoneState
from ui.widgets import Button
from ui.widgets.camera_overlay import ReadingBar

SECRET = Secret(np.random.default_rng(31).bytes(16))
RATE = 16_000
GRANTED, DENIED, ASKED = (
    Qt.PermissionStatus.Granted,
    Qt.PermissionStatus.Denied,
    Qt.PermissionStatus.Undetermined,
)


class Input:
    """What Qt knows of a microphone that is plugged in."""

    there = True
    can_16_bits = True

    def isNull(self) -> bool:
        return not Input.there

    def preferredFormat(self) -> QAudioFormat:
        form = QAudioFormat()
        form.setSampleRate(RATE)
        form.setChannelCount(2)
        form.setSampleFormat(QAudioFormat.SampleFormat.Float)
        return form

    def isFormatSupported(self, form: QAudioFormat) -> bool:
        return Input.can_16_bits


class Devices(QObject):
    audioInputsChanged = Signal()
    videoInputsChanged = Signal()
    made: Devices | None = None

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        Devices.made = self

    @staticmethod
    def videoInputs() -> list[object]:
        return []

    @staticmethod
    def defaultAudioInput() -> Input:
        return Input()


class Source(QObject):
    """Its stream holds one frame in the format that it was made with."""

    failure = QtAudio.Error.NoError

    def __init__(self, _device: Input, form: QAudioFormat, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._format = form
        self._stream = QBuffer(self)

    def start(self) -> QIODevice:
        sent = np.concatenate((chirp(SECRET, RATE), np.zeros(RATE, np.float32)))
        kind = "<i2" if self._format.sampleFormat() == QAudioFormat.SampleFormat.Int16 else "<f4"
        scale = 32_767 if kind == "<i2" else 1
        every = np.zeros((len(sent), self._format.channelCount()))
        every[:, 0] = sent * scale
        self._stream.setData(QByteArray(every.astype(kind).tobytes()))
        self._stream.open(QIODevice.OpenModeFlag.ReadOnly)
        return self._stream

    def error(self) -> QtAudio.Error:
        return Source.failure

    def format(self) -> QAudioFormat:
        return self._format

    def stop(self) -> None:
        self._stream.close()


@pytest.fixture
def permission(monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    """ "status": what the system answers; "asked": how often it was asked for more."""
    given: dict[str, Any] = {"status": GRANTED, "asked": 0, "then": []}

    def ask(_app: Any, _what: QMicrophonePermission, _context: QObject, then: Any) -> None:
        given["asked"] += 1
        given["then"].append(then)

    monkeypatch.setattr(QGuiApplication, "checkPermission", lambda *_: given["status"])
    monkeypatch.setattr(QGuiApplication, "requestPermission", ask)
    monkeypatch.setattr("PySide6.QtMultimedia.QMediaDevices", Devices)
    monkeypatch.setattr("PySide6.QtMultimedia.QAudioSource", Source)
    monkeypatch.setattr(Input, "there", True)
    monkeypatch.setattr(Input, "can_16_bits", True)
    monkeypatch.setattr(Source, "failure", QtAudio.Error.NoError)
    return given


@pytest.fixture
def microphone(qtbot: QtBot, permission: dict[str, Any]) -> Iterator[Microphone]:
    made = Microphone()
    yield made
    made.stop()


@pytest.fixture
def page(qtbot: QtBot) -> ScanPage:
    made = ScanPage()
    qtbot.addWidget(made)
    made.resize(960, 640)
    made.show_camera(CameraState.ON, ("Desk",), "Desk")
    made.show()
    return made


def bar(page: ScanPage) -> ReadingBar:
    return page.findChild(ReadingBar)


# --- the microphone --------------------------------------------------------------------------------


@pytest.mark.parametrize("can_16_bits", [True, False], ids=["16 bits", "its own format"])
def test_a_device_is_heard(
    qtbot: QtBot, microphone: Microphone, monkeypatch: pytest.MonkeyPatch, can_16_bits: bool
) -> None:
    monkeypatch.setattr(Input, "can_16_bits", can_16_bits)
    heard: list[SoundView] = []
    microphone.heard.connect(heard.append)
    microphone.start()
    assert microphone.state is MicrophoneState.STARTING
    microphone._on_ready()
    qtbot.waitUntil(lambda: bool(heard), timeout=LONG)
    assert heard[-1].secret == SECRET and microphone.state is MicrophoneState.ON
    microphone.stop()
    assert microphone.state is MicrophoneState.OFF
    microphone._on_ready()
    assert microphone.state is MicrophoneState.OFF


def test_each_reason_for_no_sound_is_a_state(
    qtbot: QtBot, microphone: Microphone, permission: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    permission["status"] = ASKED
    microphone.start()
    assert microphone.state is MicrophoneState.ASK and permission["asked"] == 1
    permission["status"] = DENIED
    permission["then"].pop()(None)
    assert microphone.state is MicrophoneState.DENIED
    permission["status"] = GRANTED
    monkeypatch.setattr(Input, "there", False)
    microphone.start()
    assert microphone.state is MicrophoneState.NONE
    monkeypatch.setattr(Input, "there", True)
    monkeypatch.setattr(Source, "failure", QtAudio.Error.OpenError)
    assert Devices.made is not None
    Devices.made.audioInputsChanged.emit()
    assert microphone.state is MicrophoneState.BUSY
    monkeypatch.setattr(Source, "failure", QtAudio.Error.NoError)
    monkeypatch.setattr(microphone_module, "SILENCE_MILLISECONDS", 0)
    silent = Microphone()
    silent.start()
    qtbot.waitUntil(lambda: silent.state is MicrophoneState.BUSY, timeout=LONG)
    silent.stop()


# --- the page --------------------------------------------------------------------------------------


def test_a_device_that_was_heard_is_set_up(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, permission: dict[str, Any]
) -> None:
    devices: list[Any] = []
    with stage(qtbot, tmp_path, monkeypatch, devices=devices) as scene:
        made: Stage = scene
        qtbot.waitUntil(lambda: bool(devices) and made.router.flow.radio is not None, timeout=LONG)
        choose_channel(made.router.scan, "Sound")
        view = SoundView(SoundState.READ, 0.5, 1.0, devices[0].show_secret())
        made.router.sources.sound.microphone.heard.emit(view)
        assert not bar(made.router.scan).isVisible()
        made.until(Page.CONFIRMATION)
        made.press_primary()
        made.until(Page.NETWORK)
        session = made.router.flow.known.session
        assert session is not None and Evidence.HEARD_SECRET in session.evidence


@pytest.mark.parametrize("state", SoundState)
def test_every_state_is_said_and_the_level_is_shown(
    page: ScanPage, permission: dict[str, Any], state: SoundState
) -> None:
    sources = CodeSources(page, lambda _command: None, page)
    choose_channel(page, "Sound")
    sources.sound.microphone.heard.emit(SoundView(state, 0.7, 0.5))
    shown = bar(page)
    assert shown.isVisible() and shown.share == 0.5 and shown.levels[-1] == 0.7
    assert shown.accessibleName()
    page.viewfinder.grab()
    sources.leave()
    assert not shown.isVisible() and sources.sound.microphone.state is MicrophoneState.OFF


@pytest.mark.parametrize("state", MicrophoneState)
def test_what_is_wrong_with_the_microphone_is_said_without_a_camera_too(
    page: ScanPage, permission: dict[str, Any], state: MicrophoneState
) -> None:
    sources = CodeSources(page, lambda _command: None, page)
    page.show_camera(CameraState.NONE)
    choose_channel(page, "Sound")
    sources.sound.microphone.state_changed.emit(state)
    assert bar(page).isVisible() and bar(page).accessibleName()
    (cancel,) = [each for each in page.findChildren(Button) if each.text() == "Cancel"]
    cancel.click()
    assert not bar(page).isVisible() and not page.viewfinder.isVisible()
    # What was under way when it was closed begins nothing.
    begun: list[object] = []
    sources.secret_shown.connect(lambda *each: begun.append(each))
    sources.sound.microphone.heard.emit(SoundView(SoundState.READ, 0.5, 1.0, SECRET))
    assert begun == []


def test_the_secret_goes_on_as_one_that_was_heard(page: ScanPage, permission: dict[str, Any]) -> None:
    sources = CodeSources(page, lambda _command: None, page)
    begun: list[object] = []
    sources.secret_shown.connect(lambda *each: begun.append(each))
    choose_channel(page, "Sound")
    sources.sound.microphone.heard.emit(SoundView(SoundState.READ, 0.5, 1.0, SECRET))
    assert begun == [(SECRET, ShownBy.SOUND)]
