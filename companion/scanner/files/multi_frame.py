"""What follows the first picture in a file: frames of a GIF, WebP or APNG, pages of a TIFF."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from companion.scanner import passes
from companion.scanner.files.headers import MAX_PIXELS, Header, tiff_pages
from companion.scanner.reads import Frame
from companion.scanner.vision import cv2

MOST_FRAMES = 200
_ANIMATED = ((b"GIF8", b"GIF8"), (b"\x89PNG", b"acTL"), (b"RIFF", b"ANIM"))
_TIFF = (b"II*\0", b"MM\0*")
_HEAD_OCTETS = 1 << 16


def further_frames(data: bytes, header: Header) -> Iterator[Frame]:
    """In grey, in order, without the first: as many as fit into the pixels of the largest picture."""
    if data.startswith(_TIFF):
        yield from _pages(data)
    elif any(data.startswith(magic) and mark in data[:_HEAD_OCTETS] for magic, mark in _ANIMATED):
        yield from _frames(data, MAX_PIXELS // max(1, header.width * header.height))


def _frames(data: bytes, fitting: int) -> Iterator[Frame]:
    count = min(fitting, MOST_FRAMES)
    try:
        good, animation = cv2.imdecodeanimation(np.frombuffer(data, np.uint8), start=0, count=count)
    except cv2.error:
        return
    for frame in animation.frames[1:] if good else ():
        yield passes.grey(frame)


def _pages(data: bytes) -> Iterator[Frame]:
    count, pixels = 0, 0
    for width, height in tiff_pages(data):
        pixels += width * height
        if not width * height or pixels > MAX_PIXELS:
            break
        count += 1
    if count < 2:
        return
    octets = np.frombuffer(data, np.uint8)
    try:
        good, pages = cv2.imdecodemulti(octets, cv2.IMREAD_GRAYSCALE, range=(1, count))
    except cv2.error:
        return
    yield from pages if good else ()
