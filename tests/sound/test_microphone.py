"""A microphone without a window: it is heard, missing, silent, lost or given up."""

import builtins
import threading
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from companion.errors.sound import MicrophoneMuted, MicrophoneUnavailable, SoundLibraryMissing, SoundUnread
from companion.secret import Secret
from companion.sound import microphone
from companion.sound.frame import Samples, chirp
from companion.sound.microphone import read_sound

SECRET = Secret(np.random.default_rng(22).bytes(16))
RATE = 16_000


class Microphone:
    """Gives all of its samples at once, in chunks."""

    def __init__(self, samples: Samples, rate: int = RATE) -> None:
        self._samples, self.rate = samples, rate
        self.is_open = False

    def open(self, device: str | int | None, take: Callable[[Samples], None]) -> "Microphone":
        self.is_open = True
        for begin in range(0, len(self._samples), 800):
            take(self._samples[begin : begin + 800])
        return self

    def close(self) -> None:
        self.is_open = False


def test_a_device_is_heard_and_the_microphone_is_off_again() -> None:
    one = Microphone(np.concatenate((chirp(SECRET, RATE), np.zeros(2 * RATE, np.float32))))
    assert read_sound(open_input=one.open) == SECRET
    assert not one.is_open


def test_a_muted_one_is_told_from_a_quiet_room() -> None:
    muted = Microphone(np.zeros(4 * RATE, np.float32))
    hiss = Microphone(np.random.default_rng(1).normal(0, 1e-4, 4 * RATE).astype(np.float32))
    for one, error in ((muted, MicrophoneMuted), (hiss, SoundUnread)):
        stop, heard = threading.Event(), 0

        def count(_: object, stop: threading.Event = stop) -> None:
            nonlocal heard
            heard += 1
            if heard == 80:
                stop.set()

        with pytest.raises(SoundUnread) as unread:
            read_sound(open_input=one.open, on_view=count, stop=stop)
        assert type(unread.value) is error


def test_the_time_ends() -> None:
    with pytest.raises(SoundUnread):
        read_sound(seconds=0.0, open_input=Microphone(np.ones(800, np.float32)).open)


def test_one_that_gives_nothing_is_unavailable(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(microphone, "FIRST_SAMPLES_SECONDS", 0.0)
    with pytest.raises(MicrophoneUnavailable):
        read_sound(open_input=Microphone(np.zeros(0, np.float32)).open)


def test_one_that_is_too_slow_is_unavailable() -> None:
    slow = Microphone(np.zeros(800, np.float32), rate=8_000)
    with pytest.raises(MicrophoneUnavailable):
        read_sound(open_input=slow.open)
    assert not slow.is_open


def test_without_its_library_it_is_said_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    imported = builtins.__import__
    for problem in (ImportError(), OSError("PortAudio library not found")):

        def fail(name: str, *rest: Any, problem: Exception = problem, **more: Any) -> Any:
            if name == "sounddevice":
                raise problem
            return imported(name, *rest, **more)

        monkeypatch.setattr(builtins, "__import__", fail)
        with pytest.raises(SoundLibraryMissing):
            read_sound()
        monkeypatch.undo()


def test_portaudio_gives_its_samples_and_its_errors(monkeypatch: pytest.MonkeyPatch) -> None:
    """As sounddevice does: frames of channels, by a callback, from a stream of the device's own rate."""

    class PortAudioError(Exception):
        pass

    class InputStream:
        def __init__(self, *, samplerate: int, channels: int, callback: Any, **_: Any) -> None:
            assert (samplerate, channels) == (RATE, 1)
            self._callback = callback

        def start(self) -> None:
            samples = np.concatenate((chirp(SECRET, RATE), np.zeros(2 * RATE, np.float32)))
            for begin in range(0, len(samples), 800):
                self._callback(samples[begin : begin + 800, None], 800, None, None)

        def close(self) -> None:
            pass

    devices: list[dict[str, Any]] = [{"default_samplerate": float(RATE)}]

    def query(device: object, kind: str) -> dict[str, Any]:
        if not devices:
            raise PortAudioError("Error querying device -1")
        return devices[0]

    fake = SimpleNamespace(query_devices=query, InputStream=InputStream, PortAudioError=PortAudioError)
    monkeypatch.setitem(__import__("sys").modules, "sounddevice", fake)
    assert read_sound() == SECRET
    devices.clear()
    with pytest.raises(MicrophoneUnavailable):
        read_sound()
