"""Recordings (WAV): the secret in one, and one of a device that chirps, for tests and virtual devices."""

from __future__ import annotations

import os
import wave
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import BinaryIO

import numpy as np

from companion.files import open_own, unreadable
from companion.secret import Secret
from companion.sound import wav
from companion.sound.frame import LOOP_SECONDS, Samples, chirp
from companion.sound.reader import TROUBLES, SoundReader, SoundView
from companion.sound.troubles import unread

LONGEST_SECONDS = 600
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
        with path.open("rb") as file:
            return read_recorded(file, on_view=on_view)
    except OSError as error:
        raise unreadable(path, error) from None


def read_recorded(file: BinaryIO, *, on_view: Told | None = None) -> Secret:
    """As `read_recording`, of an open file. Raises OSError, RecordingRefused, SoundUnread or its leaves."""
    form = wav.read_form(file)
    size, most = int(_CHUNK_SECONDS * form.rate), LONGEST_SECONDS * form.rate
    return read_samples(wav.read_samples(file, form, count=size, most=most), form.rate, on_view=on_view)


def read_samples(chunks: Iterable[Samples], rate: int, *, on_view: Told | None = None) -> Secret:
    """The secret in samples of -1 to 1, which are all that there are. Raises SoundUnread or its leaves."""
    reader, view, trouble = SoundReader(rate), None, None
    for samples in _with_end(chunks, rate):
        view = reader.hear(samples)
        if on_view is not None:
            on_view(view)
        if view.secret is not None:
            return view.secret
        trouble = view if view.state in TROUBLES else trouble
    raise unread(trouble or view)


def looped(secret: Secret, loops: int, rate: int) -> Samples:
    """What a device plays that chirps so often, with its pauses, from -1 to 1. As secret as the secret."""
    frame = chirp(secret, rate)
    loop = np.zeros(round(LOOP_SECONDS * rate), np.float32)
    loop[: len(frame)] = frame
    return np.tile(loop, loops)


def write_recording(secret: Secret, path: Path, *, loops: int = 3, rate: int = RATE) -> None:
    """A recording (16 bits, one channel) of a device that chirps so often.

    It is as secret as the secret, and a file of this user alone. Raises FileNotOwn, OSError.
    """
    samples = np.rint(32_767 * _LEVEL * looped(secret, loops, rate)).astype("<i2")
    with (
        os.fdopen(open_own(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC), "wb") as file,
        wave.open(file, "wb") as opened,
    ):
        opened.setnchannels(1)
        opened.setsampwidth(2)
        opened.setframerate(rate)
        opened.writeframes(samples.tobytes())


def _with_end(chunks: Iterable[Samples], rate: int) -> Iterator[Samples]:
    """After the end some silence, so that a frame at the end is whole."""
    yield from chunks
    for _ in range(int(_END_SECONDS / _CHUNK_SECONDS)):
        yield np.zeros(int(_CHUNK_SECONDS * rate), np.float32)
