"""Recordings through the production path, and what is said of files that are none."""

import io
import wave
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from companion.errors import FileMissing
from companion.errors.sound import MicrophoneMuted, RecordingRefused, SoundUnread
from companion.secret import Secret
from companion.sound import wav
from companion.sound.reader import SoundState, SoundView
from companion.sound.recording import looped, read_recorded, read_recording, write_recording
from companion.sound.wav import _SUBFORMAT as SUBFORMAT
from tests.fuzz.sound import wav_file

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
    assert (tmp_path / "chirp.wav").stat().st_mode & 0o777 == 0o600
    views: list[SoundView] = []
    assert read_recording(tmp_path / "chirp.wav", on_view=views.append) == SECRET
    assert [views[0].state, views[-1].state] == [SoundState.LISTENING, SoundState.READ]


@pytest.mark.parametrize(("channels", "width"), [(2, 1), (1, 3), (2, 4)])
def test_recorders_forms_are_read(tmp_path: Path, channels: int, width: int) -> None:
    write_recording(SECRET, tmp_path / "chirp.wav", loops=1, rate=16_000)
    assert read_recording(rewritten(tmp_path / "chirp.wav", channels, width)) == SECRET


@pytest.mark.parametrize(
    ("kind", "bits", "more"),
    [
        (0x0003, 32, b""),
        (0x0003, 64, b"\0\0"),
        (0xFFFE, 32, b"\x16\0\x20\0\4\0\0\0\3\0" + SUBFORMAT),
        (0xFFFE, 16, b"\x16\0\x10\0\4\0\0\0\1\0" + SUBFORMAT),
    ],
    ids=["float", "double", "extensible float", "extensible"],
)
def test_what_recorders_of_today_write_is_read(kind: int, bits: int, more: bytes) -> None:
    """Floats are as loud as they say; what is no number or too loud is a sample like others."""
    said = looped(SECRET, 1, 16_000)[:2000]
    said[:3] = np.nan, np.inf, -7
    expected = np.clip(np.nan_to_num(said, nan=0.0), -1, 1)
    stored = {16: "<i2", 32: "<f4", 64: "<f8"}[bits]
    octets = (said if bits > 16 else np.rint(expected * 32_767)).astype(stored).tobytes()
    note = b"LIST\5\0\0\0INFOx\0"
    for size in (None, 0, 0xFFFFFFFF):
        file = io.BytesIO(wav_file(kind, 1, 16_000, bits, more, samples=octets, before=note, size=size))
        read = list(wav.read_samples(file, wav.read_form(file), count=300, most=1900))
        assert np.allclose(np.concatenate(read), expected[:1900], atol=1e-4)


@pytest.mark.parametrize(
    "octets",
    [
        b"RIFF",
        b"RIFX\0\0\0\0WAVE",
        wav_file(0x0001, 1, 16_000, 16, b"", samples=b"")[:30],
        wav_file(0x0001, 1, 16_000, 16, b"", samples=b"")[:36],
        wav_file(0x0055, 1, 16_000, 16, b"", samples=b""),
        wav_file(0x0001, 9, 16_000, 16, b"", samples=b""),
        wav_file(0x0003, 1, 16_000, 16, b"", samples=b""),
        wav_file(0xFFFE, 1, 16_000, 16, bytes(24), samples=b""),
        wav_file(0x0001, 1, 16_000, 16, bytes(99), samples=b""),
        b"RIFF\0\0\0\0WAVEdata\0\0\0\0",
        b"RIFF\0\0\0\0WAVE" + 65 * b"note\0\0\0\0",
        b"RIFF\0\0\0\0WAVEnote\xff\xff\xff\xff",
    ],
)
def test_forms_that_hold_no_samples_are_refused(octets: bytes) -> None:
    with pytest.raises(RecordingRefused):
        read_recorded(io.BytesIO(octets))


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
