"""The microphone: permission, hot-plug, and the device that it hears.

QtMultimedia is imported when the microphone is first wanted. Where it can't be loaded there is none.
"""

from __future__ import annotations

from collections import deque
from enum import Enum
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import (
    QCoreApplication,
    QIODevice,
    QLoggingCategory,
    QMicrophonePermission,
    QObject,
    Qt,
    QTimer,
    Signal,
)

from ui.sources.camera import QUIET
from ui.sources.latest_worker import LatestWorker

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from PySide6.QtMultimedia import QAudioFormat, QAudioSource, QMediaDevices

    from companion.sound.reader import SoundReader, SoundView

RATE = 48_000
SILENCE_MILLISECONDS = 5000
"""A microphone that another app holds may open and give nothing, without a word."""

_MOST_CHUNKS = 200
_MOST_OCTETS = 1 << 20


class MicrophoneState(Enum):
    """OFF: not wanted. NONE: there is none. ASK, DENIED: permission. STARTING, ON. BUSY: no samples."""

    OFF = "off"
    NONE = "none"
    ASK = "ask"
    DENIED = "denied"
    STARTING = "starting"
    ON = "on"
    BUSY = "busy"


class Microphone(QObject):
    """Runs the system's microphone. `heard` carries a SoundView of what came last; `state_changed` a
    MicrophoneState. No sample is kept."""

    heard = Signal(object)
    state_changed = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.state = MicrophoneState.OFF
        self._wanted = False
        self._devices: QMediaDevices | None = None
        self._source: QAudioSource | None = None
        self._stream: QIODevice | None = None
        self._reader: SoundReader | None = None
        self._chunks: deque[NDArray[np.float32]] = deque(maxlen=_MOST_CHUNKS)
        self._listener = LatestWorker(self._hear, "listener", self)
        self._listener.done.connect(self._on_heard)
        self._silence = QTimer(self)
        self._silence.setSingleShot(True)
        self._silence.setInterval(SILENCE_MILLISECONDS)
        self._silence.timeout.connect(lambda: self._set_state(MicrophoneState.BUSY))

    def start(self) -> None:
        """Listen. Where the system has not asked the user yet, it does now."""
        self._wanted = True
        if not self._load():
            self._set_state(MicrophoneState.NONE)
            return
        self._open()

    def stop(self) -> None:
        """Switch the microphone off."""
        self._wanted = False
        self._close()
        self._listener.stop()
        self._set_state(MicrophoneState.OFF)

    def take(self, octets: bytes, form: QAudioFormat) -> None:
        """Samples of the microphone, or of a test: all of them are heard, in their order."""
        if not self._wanted or not octets:
            return
        self._silence.start()
        self._set_state(MicrophoneState.ON)
        if self._reader is None:
            from companion.sound.reader import SoundReader

            self._reader = SoundReader(form.sampleRate())
        self._chunks.append(_first_channel(octets, form))
        self._listener.give(self._reader)

    # --- the device --------------------------------------------------------------------------------

    def _load(self) -> bool:
        """Import QtMultimedia. False where it can't be loaded."""
        if self._devices is not None:
            return True
        QLoggingCategory.setFilterRules(QUIET)
        try:
            from PySide6.QtMultimedia import QMediaDevices
        except ImportError:
            return False
        self._devices = QMediaDevices(self)
        self._devices.audioInputsChanged.connect(self._on_plugged)
        return True

    def _open(self) -> None:
        app = QCoreApplication.instance()
        if app is None or not self._wanted or self._source is not None:
            return
        permission = app.checkPermission(QMicrophonePermission())
        if permission == Qt.PermissionStatus.Denied:
            self._set_state(MicrophoneState.DENIED)
        elif permission == Qt.PermissionStatus.Undetermined:
            self._set_state(MicrophoneState.ASK)
            app.requestPermission(QMicrophonePermission(), self, lambda _: self._open())
        else:
            self._listen()

    def _listen(self) -> None:
        from PySide6.QtMultimedia import QAudioSource, QMediaDevices, QtAudio

        device = QMediaDevices.defaultAudioInput()
        if device.isNull():
            self._set_state(MicrophoneState.NONE)
            return
        form = _format(device.preferredFormat())
        if not device.isFormatSupported(form):
            form = device.preferredFormat()
        self._set_state(MicrophoneState.STARTING)
        self._source = QAudioSource(device, form, self)
        self._stream = self._source.start()
        self._silence.start()
        if self._source.error() != QtAudio.Error.NoError:
            self._set_state(MicrophoneState.BUSY)
            return
        self._stream.readyRead.connect(self._on_ready)

    def _close(self) -> None:
        self._silence.stop()
        source, self._source, self._stream, self._reader = self._source, None, None, None
        self._chunks.clear()
        if source is not None:
            source.stop()
            source.deleteLater()

    def _on_ready(self) -> None:
        if self._source is not None and self._stream is not None:
            self.take(bytes(self._stream.read(_MOST_OCTETS).data()), self._source.format())

    def _on_plugged(self) -> None:
        """A microphone came or went: begin anew with the system's choice."""
        if self._wanted:
            self._close()
            self._open()

    # --- what is heard -----------------------------------------------------------------------------

    def _hear(self, reader: SoundReader) -> SoundView | None:
        """On the listener's thread: everything that waits."""
        view = None
        while self._chunks:
            view = reader.hear(self._chunks.popleft())
        return view

    def _on_heard(self, view: SoundView) -> None:
        if self._wanted:
            self.heard.emit(view)

    def _set_state(self, state: MicrophoneState) -> None:
        if state is not self.state:
            self.state = state
            self.state_changed.emit(state)


def _format(usual: QAudioFormat) -> QAudioFormat:
    """One channel of 16 bits, at the microphone's own rate if a frame fits into that."""
    from PySide6.QtMultimedia import QAudioFormat

    from companion.sound.spectrum import HIGHEST_RATE, LOWEST_RATE

    form = QAudioFormat()
    form.setChannelCount(1)
    form.setSampleFormat(QAudioFormat.SampleFormat.Int16)
    rate = usual.sampleRate()
    form.setSampleRate(rate if LOWEST_RATE <= rate <= HIGHEST_RATE else RATE)
    return form


def _first_channel(octets: bytes, form: QAudioFormat) -> NDArray[np.float32]:
    """Samples of -1 to 1."""
    from PySide6.QtMultimedia import QAudioFormat

    kinds = {
        QAudioFormat.SampleFormat.UInt8: ("u1", 128.0, 128.0),
        QAudioFormat.SampleFormat.Int16: ("<i2", 0.0, 32_768.0),
        QAudioFormat.SampleFormat.Int32: ("<i4", 0.0, 2_147_483_648.0),
        QAudioFormat.SampleFormat.Float: ("<f4", 0.0, 1.0),
    }
    kind, middle, full = kinds[form.sampleFormat()]
    whole = len(octets) // form.bytesPerFrame() * form.bytesPerFrame()
    every: NDArray[np.float64] = np.frombuffer(octets[:whole], kind).astype(np.float64)
    first = (every[:: form.channelCount()] - middle) / full
    return first.astype(np.float32)
