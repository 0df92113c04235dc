"""A microphone without a window. Alone imports sounddevice (PortAudio), at its first use: it is an extra."""

from __future__ import annotations

import queue
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import Any, Protocol

import numpy as np

from companion.errors.sound import MicrophoneUnavailable, SoundLibraryMissing
from companion.secret import Secret
from companion.sound.frame import Samples
from companion.sound.reader import TROUBLES, SoundReader, SoundView
from companion.sound.spectrum import HIGHEST_RATE, LOWEST_RATE
from companion.sound.troubles import unread

SECONDS = 60.0
FIRST_SAMPLES_SECONDS = 5.0
_CHUNK_SECONDS = 0.05
_POLL_SECONDS = 0.1
_MOST_CHUNKS = 200
"""Chunks that wait to be heard: ten seconds. After more the newest are lost, and with them a frame."""


class Input(Protocol):
    """An open microphone. rate: samples a second."""

    rate: int

    def close(self) -> None:
        """No more samples after this."""


Take = Callable[[Samples], None]
OpenInput = Callable[[str | int | None, Take], Input]


def read_sound(
    device: str | int | None = None,
    *,
    seconds: float = SECONDS,
    on_view: Callable[[SoundView], None] | None = None,
    stop: threading.Event | None = None,
    open_input: OpenInput | None = None,
) -> Secret:
    """Listen through a microphone until a secret is heard. Blocks: call it in a thread.

    device: index or name; None: the system's. on_view: gets every view. stop: set it to give up, from any
    thread. Raises SoundLibraryMissing, MicrophoneUnavailable, and when the seconds are over or it was given
    up SoundUnread or one of its leaves. No sample is kept.
    """
    view = trouble = None
    began = time.monotonic()
    with _listening(open_input or _opened, device) as (rate, chunks):
        reader = SoundReader(rate)
        for samples in _chunks(chunks, stop or threading.Event()):
            view = reader.hear(samples)
            if on_view is not None:
                on_view(view)
            if view.secret is not None:
                return view.secret
            trouble = view if view.state in TROUBLES else trouble
            if time.monotonic() - began > seconds:
                break
    raise unread(trouble or view)


@contextmanager
def _listening(open_input: OpenInput, device: str | int | None) -> Iterator[tuple[int, queue.Queue[Samples]]]:
    chunks: queue.Queue[Samples] = queue.Queue(_MOST_CHUNKS)

    def take(samples: Samples) -> None:
        with suppress(queue.Full):
            chunks.put_nowait(samples)

    opened = open_input(device, take)
    try:
        if not LOWEST_RATE <= opened.rate <= HIGHEST_RATE:
            raise MicrophoneUnavailable(f"{opened.rate} samples a second")
        yield opened.rate, chunks
    finally:
        opened.close()


def _chunks(chunks: queue.Queue[Samples], stop: threading.Event) -> Iterator[Samples]:
    """Raises MicrophoneUnavailable once none comes any more."""
    deadline = time.monotonic() + FIRST_SAMPLES_SECONDS
    while not stop.is_set():
        try:
            samples = chunks.get(timeout=_POLL_SECONDS)
        except queue.Empty:
            if time.monotonic() > deadline:
                raise MicrophoneUnavailable("no samples came in time") from None
            continue
        yield samples
        deadline = time.monotonic() + FIRST_SAMPLES_SECONDS


class _PortAudio:
    def __init__(self, device: str | int | None, take: Take, library: Any) -> None:
        self.rate = round(library.query_devices(device, "input")["default_samplerate"])
        self._stream = library.InputStream(
            device=device,
            samplerate=self.rate,
            channels=1,
            dtype="float32",
            blocksize=round(_CHUNK_SECONDS * self.rate),
            callback=lambda samples, *_: take(np.array(samples[:, 0], np.float32)),
        )
        self._stream.start()

    def close(self) -> None:
        self._stream.close()


def _opened(device: str | int | None, take: Take) -> Input:
    """Raises SoundLibraryMissing, MicrophoneUnavailable."""
    try:
        import sounddevice
    except (ImportError, OSError) as error:
        # Its wheels for Linux come without PortAudio, which it then does not find.
        raise SoundLibraryMissing("PortAudio" if isinstance(error, OSError) else "sounddevice") from None
    try:
        return _PortAudio(device, take, sounddevice)
    except (sounddevice.PortAudioError, ValueError) as error:
        raise MicrophoneUnavailable(type(error).__name__) from None
