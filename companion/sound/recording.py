"""Recordings (WAV): the secret in one, and one of a device that chirps, for tests and virtual devices."""

from __future__ import annotations

import struct
import wave
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np

from companion.errors.sound import RecordingRefused, SoundUnread
from companion.files import unreadable
from companion.secret import Secret
from companion.sound.frame import LOOP_SECONDS, Samples, chirp
from companion.sound.reader import TROUBLES, SoundReader, SoundView
from companion.sound.spectrum import HIGHEST_RATE, LOWEST_RATE
from companion.sound.troubles import unread

LONGEST_SECONDS = 600
MOST_CHANNELS = 8
RATE = 48_000
"""Of recordings that are written, in samples a second."""

_CHUNK_SECONDS = 0.1
_END_SECONDS = 1.5
_LEVEL = 0.3

Told = Callable[[SoundView], None]


def read_recording(path: Path, *, on_view: Told | None = None) -> Secret:
    """The secret in a recording; of several channels the first is heard.

    on_view: gets every view. Raises FileMissing, FileUnreadable, RecordingRefused, and SoundUnread or one of
    its leaves.
    """
    try:
        with path.open("rb") as file, wave.open(file) as opened:
            return _read(opened, on_view)
    except OSError as error:
        raise unreadable(path, error) from None
    except (wave.Error, EOFError, RuntimeError, struct.error) as error:
        # Of damaged files `wave` raises all of these.
        raise RecordingRefused(str(error) or "cut off") from None


def write_recording(secret: Secret, path: Path, *, loops: int = 3, rate: int = RATE) -> None:
    """A recording (16 bits, one channel) of a device that chirps so often.

    It is as secret as the secret. Raises OSError.
    """
    frame = chirp(secret, rate)
    loop = np.zeros(round(LOOP_SECONDS * rate), np.float32)
    loop[: len(frame)] = frame
    samples = np.rint(32_767 * _LEVEL * np.tile(loop, loops)).astype("<i2")
    with path.open("wb") as file, wave.open(file, "wb") as opened:
        opened.setnchannels(1)
        opened.setsampwidth(2)
        opened.setframerate(rate)
        opened.writeframes(samples.tobytes())


def _read(opened: wave.Wave_read, on_view: Told | None) -> Secret:
    rate = opened.getframerate()
    if not LOWEST_RATE <= rate <= HIGHEST_RATE:
        raise RecordingRefused(f"{rate} samples a second")
    if not 1 <= opened.getnchannels() <= MOST_CHANNELS:
        raise RecordingRefused(f"{opened.getnchannels()} channels")
    reader, view, trouble = SoundReader(rate), None, None
    for samples in _samples(opened, rate):
        view = reader.hear(samples)
        if on_view is not None:
            on_view(view)
        if view.secret is not None:
            return view.secret
        trouble = view if view.state in TROUBLES else trouble
    if view is None:
        raise SoundUnread("empty")
    raise unread(trouble or view)


def _samples(opened: wave.Wave_read, rate: int) -> Iterator[Samples]:
    """The first channel, as -1 to 1; after the end some silence, so that a frame at the end is whole."""
    channels, width = opened.getnchannels(), opened.getsampwidth()
    left, size = LONGEST_SECONDS * rate, int(_CHUNK_SECONDS * rate)
    while left > 0 and (octets := opened.readframes(min(size, left))):
        left -= size
        whole = len(octets) // (channels * width) * channels * width
        yield _first_channel(octets[:whole], channels, width)
    for _ in range(int(_END_SECONDS / _CHUNK_SECONDS)):
        yield np.zeros(size, np.float32)


def _first_channel(octets: bytes, channels: int, width: int) -> Samples:
    raw = np.frombuffer(octets, np.uint8).reshape(-1, channels, width)[:, 0]
    if width == 1:
        return ((raw[:, 0].astype(np.float32) - 128) / 128).astype(np.float32)
    # Two octets hold all that is heard; they are the last ones of each sample.
    high = np.ascontiguousarray(raw[:, -2:]).view("<i2")[:, 0]
    return (high / 32_768).astype(np.float32)
