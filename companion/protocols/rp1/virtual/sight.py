"""The camera of a virtual device: what a commissioner's screen shows, from a picture or a video of it."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from pathlib import Path

from companion.errors import CodeMalformed, CompanionError
from companion.protocols.rp1.setup_code import screen_code
from companion.secret import Secret

LOOK_SECONDS = 0.2


async def seen(file: Path) -> Secret:
    """The secret in a file, as soon as it is there and can be read. Waits for ever."""
    while True:
        # Missing, still being written, or something else is on the screen: it goes on looking.
        with suppress(CompanionError):
            return await asyncio.to_thread(secret_in, file)
        await asyncio.sleep(LOOK_SECONDS)


def secret_in(file: Path) -> Secret:
    """Of the QR code in a picture, or of the light in a video (AVI). Raises CompanionError."""
    from companion.scanner import read_light_video
    from companion.scanner.files.loader import texts_in_file

    if file.suffix.lower() == ".avi":
        return read_light_video(file)
    for text in texts_in_file(file):
        try:
            return screen_code.decode(text)
        except CodeMalformed:
            continue
    raise CodeMalformed("no secret on the screen", kind=screen_code.KIND)
