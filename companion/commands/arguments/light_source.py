"""A secret that the device blinks: `--from light [--video FILE]`."""

from __future__ import annotations

import argparse
import asyncio
import threading
from typing import TYPE_CHECKING

from companion.commands.terminal import streams

if TYPE_CHECKING:
    from companion.light.reader import LightView
    from companion.secret import Secret

_SENTENCES = {
    "found": "Found a light. Hold the device still.",
    "reading": "Reading the light.",
    "too far": "The light is too faint: hold the device closer.",
    "moved": "The light was lost: hold the device still.",
    "reflection": "This light sends no code: cover reflections and other lights.",
    "frame rate": "The camera takes too few images a second: turn on more light, or use another camera.",
    "several": "Several lights send codes. Show only one device.",
}
_HINT = "Hold the device so that its blinking light faces the camera, out of others' view. It takes a minute."


async def read_light_of(arguments: argparse.Namespace) -> Secret | None:
    """The secret of `--from light`, None where there is none. What is seen is said on standard error, once.

    Raises LightUnread, CameraUnavailable, and for a video FileMissing, FileUnreadable, ImageRefused.
    """
    if arguments.channel != "light":
        return None
    from companion.scanner import read_light, read_light_video

    told: set[str] = set()
    tens = 0

    def report(view: LightView) -> None:
        nonlocal tens
        sentence = _SENTENCES.get(view.state.value, "")
        if sentence and sentence not in told:
            told.add(sentence)
            streams.print_error(sentence)
        if int(view.share * 10) > tens:
            tens = int(view.share * 10)
            streams.print_error(f"{tens * 10} % read.")

    if arguments.video is not None:
        return await asyncio.to_thread(read_light_video, arguments.video, on_view=report)
    streams.print_error(_HINT)
    stop = threading.Event()
    try:
        return await asyncio.to_thread(read_light, on_view=report, stop=stop)
    finally:
        # Whoever interrupts the command must not wait for the thread.
        stop.set()
