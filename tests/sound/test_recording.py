"""Recordings through the production path, and what is said of files that are none."""

import wave
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from companion.errors import FileMissing
from companion.errors.sound import MicrophoneMuted, RecordingRefused, SoundUnread
from companion.secret import Secret
from companion.sound.reader import SoundState, SoundView
from companion.sound.recording import read_recording, write_recording

SECRET = Secret(np.random.default_rng(21).bytes(16))


def rewritten(path: Path, channels: int, width: int) -> Path:
    """The same recording in another form; it is in the first channel alone."""
    with wave.open(str(path)) as opened:
        rate, samples = opened.getframerate(), np.frombuffer(opened.readframes(1 << 20), "<i2")
    every = np.zeros((len(samples), channels), np.int64)
    every[:, 0] = samples
    if width == 1:
        octets = (every // 256 + 128).astype(np.uint8).tobytes()
    else:
        scaled = (every << 8 * (width - 2)).astype("<i8")
        octets = scaled.view(np.uint8).reshape(-1, 8)[:, :width].tobytes()
    other = path.with_name(f"{channels}-{width}.wav")
    with wave.open(str(other), "wb") as opened:
        opened.setnchannels(channels)
        opened.setsampwidth(width)
        opened.setframerate(rate)
        opened.writeframes(octets)
    return other


def test_a_recording_that_ends_with_its_frame_is_read(tmp_path: Path) -> None:
    write_recording(SECRET, tmp_path / "chirp.wav", loops=1, rate=44_100)
    views: list[SoundView] = []
    assert read_recording(tmp_path / "chirp.wav", on_view=views.append) == SECRET
    assert [views[0].state, views[-1].state] == [SoundState.LISTENING, SoundState.READ]


@pytest.mark.parametrize(("channels", "width"), [(2, 1), (1, 3), (2, 4)])
def test_recorders_forms_are_read(tmp_path: Path, channels: int, width: int) -> None:
    write_recording(SECRET, tmp_path / "chirp.wav", loops=1, rate=16_000)
    assert read_recording(rewritten(tmp_path / "chirp.wav", channels, width)) == SECRET


def test_a_recording_of_nothing_is_said(tmp_path: Path) -> None:
    path = tmp_path / "silence.wav"
    for seconds, error in ((0, SoundUnread), (4, MicrophoneMuted)):
        with wave.open(str(path), "wb") as opened:
            opened.setparams((1, 2, 16_000, 0, "NONE", ""))
            opened.writeframes(bytes(2 * 16_000 * seconds))
        with pytest.raises(error):
            read_recording(path)


def test_what_is_no_recording_is_said(tmp_path: Path) -> None:
    with pytest.raises(FileMissing):
        read_recording(tmp_path / "none.wav")
    write_recording(SECRET, tmp_path / "slow.wav", loops=1, rate=8_000)
    (tmp_path / "text.wav").write_text("no sound")
    for name in ("slow.wav", "text.wav"):
        with pytest.raises(RecordingRefused):
            read_recording(tmp_path / name)
    with pytest.raises(OSError, match="absent"):
        write_recording(SECRET, tmp_path / "absent" / "chirp.wav")


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.binary(max_size=80), st.integers(0, 60))
def test_damaged_files_end_with_an_error_of_ours(tmp_path: Path, junk: bytes, at: int) -> None:
    path = tmp_path / "damaged.wav"
    with wave.open(str(path), "wb") as opened:
        opened.setparams((1, 2, 16_000, 0, "NONE", ""))
        opened.writeframes(bytes(400))
    whole = path.read_bytes()
    path.write_bytes(whole[:at] + junk + whole[at + len(junk) :])
    with pytest.raises((RecordingRefused, SoundUnread)):
        read_recording(path)
