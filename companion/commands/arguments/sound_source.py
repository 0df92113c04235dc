"""A secret that the device chirps: `--from sound [--wav FILE]`."""

from __future__ import annotations

import argparse
import asyncio
import threading
from typing import TYPE_CHECKING

from companion.commands.terminal import streams

if TYPE_CHECKING:
    from companion.secret import Secret
    from companion.sound.reader import SoundView

_SENTENCES = {
    "reading": "Hearing a device.",
    "silent": "The microphone is muted, or Companion may not use it.",
    "clipped": "The sound is too loud: move the device away, or lower the microphone's level.",
    "unclear": "A device was heard, but not clearly: hold it closer.",
    "noisy": "It is noisy: hold the device closer.",
    "other sounds": "Music or voices are heard, but no device: make it quiet, or hold the device closer.",
    "several": "Several devices send a secret. Let only one of them sound.",
}
_HINT = "Start the device's sound close to the microphone, out of others' earshot. It takes a few seconds."


async def read_sound_of(arguments: argparse.Namespace) -> Secret | None:
    """The secret of `--from sound`, None where there is none. What is heard is said on standard error, once.

    Raises SoundUnread or one of its leaves, MicrophoneUnavailable, SoundLibraryMissing, and for a recording
    FileMissing, FileUnreadable, RecordingRefused.
    """
    if arguments.channel != "sound":
        return None
    from companion.sound.microphone import read_sound
    from companion.sound.recording import read_recording

    told: set[str] = set()

    def report(view: SoundView) -> None:
        sentence = _SENTENCES.get(view.state.value, "")
        if sentence and sentence not in told:
            told.add(sentence)
            streams.print_error(sentence)

    if arguments.wav is not None:
        return await asyncio.to_thread(read_recording, arguments.wav, on_view=report)
    streams.print_error(_HINT)
    stop = threading.Event()
    try:
        return await asyncio.to_thread(read_sound, on_view=report, stop=stop)
    finally:
        # Whoever interrupts the command must not wait for the thread.
        stop.set()
