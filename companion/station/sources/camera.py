"""A camera over the line: every code that is held in front of it."""

from __future__ import annotations

import threading
from collections.abc import AsyncGenerator
from contextlib import aclosing

from companion.station.queue import Offer
from companion.station.sources.source import HandOut, from_thread

EMPTY_FRAMES = 30
"""About a second without any code: the next one was brought, even if it is the same."""


class Camera:
    """Each code is offered when it comes into view, and again only after nothing was in view for a while."""

    name = "camera"

    def __init__(self) -> None:
        self._stop = threading.Event()

    async def offers(self) -> AsyncGenerator[Offer, None]:
        """Iterating raises CameraUnavailable, also once the camera is unplugged."""
        try:
            async with aclosing(from_thread(self.name, self._look)) as offers:
                async for offer in offers:
                    yield offer
        finally:
            self._stop.set()

    def _look(self, hand_out: HandOut) -> None:
        from companion.scanner import FrameReader, camera_frames

        reader, empty = FrameReader(), 0
        with camera_frames(stop=self._stop) as frames:
            for frame in frames:
                seen = reader.see(frame)
                empty = 0 if seen.reads else empty + 1
                if empty == EMPTY_FRAMES:
                    reader.reset()
                if seen.code is not None and not hand_out(Offer(seen.code.text, self.name, again=True)):
                    return
