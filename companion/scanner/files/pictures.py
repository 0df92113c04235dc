"""Still pictures and video files. Sizes are read from the header before anything is decoded."""

from __future__ import annotations

import time
from collections.abc import Generator
from contextlib import closing
from pathlib import Path

import numpy as np

from companion.errors import CodeUnreadable, ImageRefused
from companion.files import unreadable
from companion.scanner import engines, passes
from companion.scanner.decoders import Enough, LiveDecoder, is_done, read_still, rescued, without_repeats
from companion.scanner.files.headers import (
    MAX_OCTETS,
    MAX_PIXELS,
    MAX_PIXELS_IN_ROWS,
    FileKind,
    Header,
    kind_and_size,
)
from companion.scanner.files.multi_frame import further_frames
from companion.scanner.reads import Frame, Read, Scan
from companion.scanner.vision import cv2

MAX_VIDEO_SECONDS = 60.0
_JPEG, _JPEG_END = b"\xff\xd8\xff", b"\xff\xd9"

_HEAD_OCTETS = 1 << 16
# Larger pictures are looked at in this size first: a code that is large enough to read survives it.
_COMFORTABLE_PIXELS = 6_000_000


def read_file(path: Path | str, *, enough: Enough | None = None) -> list[Read]:
    """All codes in a picture (PNG, JPEG, WebP, BMP, GIF, TIFF) or a video, each once.

    enough: what ends the search in a picture; None: any read

    Raises FileMissing, FileUnreadable, ImageRefused for what can't be opened as either, and CodeUnreadable if
    there is no code in it.
    """
    path = Path(path)
    try:
        with path.open("rb") as file:
            head = file.read(_HEAD_OCTETS)
            if kind_and_size(head).kind is FileKind.VIDEO:
                return _read_video(path)
            data = head + file.read(MAX_OCTETS + 1 - len(head))
    except OSError as error:
        raise unreadable(path, error) from None
    return read_picture(data, enough=enough)


def read_picture(data: bytes, *, enough: Enough | None = None) -> list[Read]:
    """All codes in the octets of a picture, each once. Raises like `read_file`."""
    if not data:
        raise ImageRefused("the file is empty")
    if len(data) > MAX_OCTETS:
        raise ImageRefused("the file is larger than 100 MB")
    header = kind_and_size(data)
    if header.kind is not FileKind.PICTURE:
        raise ImageRefused("not a picture of a known format")
    pixels = header.width * header.height
    if not 0 < pixels <= (MAX_PIXELS_IN_ROWS if header.in_rows else MAX_PIXELS):
        raise ImageRefused(f"{header.width} x {header.height} pixels")
    halved = pixels > MAX_PIXELS
    grey = _decoded(data, cv2.IMREAD_REDUCED_GRAYSCALE_2 if halved else cv2.IMREAD_GRAYSCALE)
    reads = read_frame(grey, enough=enough)
    if halved:
        reads = list(engines.moved(Scan(tuple(reads)), 0.5).reads)
    if not reads and header.may_be_transparent and not halved:
        image = _decoded(data, cv2.IMREAD_UNCHANGED)
        if image.ndim == 3 and image.shape[2] == 4:
            reads = _on_papers(image, enough)
    if not is_done(reads, enough):
        reads = without_repeats((*reads, *_read_further(data, header)))
    if not reads:
        raise CodeUnreadable("no code was found in the picture")
    return reads


def _read_further(data: bytes, header: Header) -> list[Read]:
    """Codes in later frames and pages, as in a video."""
    decoder = LiveDecoder()
    deadline = time.monotonic() + MAX_VIDEO_SECONDS
    reads: list[Read] = []
    for frame in further_frames(data, header):
        reads += decoder.look(frame).reads
        if time.monotonic() > deadline:
            break
    return reads


def _decoded(data: bytes, how: int) -> Frame:
    # cv2 knows no timeout and no allocation limit: the header was checked for that.
    try:
        image = cv2.imdecode(np.frombuffer(data, np.uint8), how)
    except cv2.error:
        image = None
    if image is None and data.startswith(_JPEG) and not data.endswith(_JPEG_END):
        # Cut short: with an end in its place the decoder gives the rows that came.
        return _decoded(data + _JPEG_END, how)
    if image is None or image.shape[0] * image.shape[1] > MAX_PIXELS:
        raise ImageRefused("the picture is damaged")
    pixels: Frame = image if image.dtype == np.uint8 else (image >> 8).astype(np.uint8)
    return pixels


def _on_papers(image: Frame, enough: Enough | None) -> list[Read]:
    """Codes in a BGRA picture as it looks on white, else on black."""
    grey, alpha = passes.grey(image), image[:, :, 3]
    on_white: Frame = 255 - cv2.multiply(255 - grey, alpha, scale=1 / 255)
    return read_frame(on_white, enough=enough) or read_frame(
        cv2.multiply(grey, alpha, scale=1 / 255), enough=enough
    )


def read_frame(frame: Frame, *, enough: Enough | None = None) -> list[Read]:
    """Codes in a picture of any size (grey, BGR or BGRA uint8): a comfortable size with every turn, a larger
    one like that and once as it is."""
    grey = passes.grey(frame)
    pixels = grey.shape[0] * grey.shape[1]
    if pixels <= _COMFORTABLE_PIXELS:
        return without_repeats((*read_still(grey, enough=enough), *_data_matrix(grey)))
    scale = (_COMFORTABLE_PIXELS / pixels) ** 0.5
    smaller = cv2.resize(grey, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    # What one size shows the other may hide, in one picture too: neither ends the search.
    full = engines.zxing(grey)
    small = engines.zxing(smaller)
    if not is_done((*full.reads, *small.reads), enough):
        small = Scan(tuple(read_still(smaller, enough=enough)))
    reads = [*full.reads, *engines.moved(small, scale).reads]
    closer = rescued(grey, reads, full.unread)
    return without_repeats((*reads, *closer, *engines.moved(Scan(tuple(_data_matrix(smaller))), scale).reads))


def _data_matrix(grey: Frame) -> list[Read]:
    """Some packages carry a DataMatrix code (Amazon's), beside a QR code too."""
    return list(engines.zxing(grey, data_matrix=True).reads)


def frames_of(path: Path) -> Generator[Frame]:
    """The frames of a video file, in order. Raises ImageRefused if it can't be opened as one."""
    with closing(timed_frames_of(path)) as frames:
        for _, frame in frames:
            yield frame


def timed_frames_of(path: Path) -> Generator[tuple[float, Frame]]:
    """As `frames_of`, each with its time in the video, in seconds."""
    capture = cv2.VideoCapture(str(path))
    try:
        width, height = (capture.get(name) for name in (cv2.CAP_PROP_FRAME_WIDTH, cv2.CAP_PROP_FRAME_HEIGHT))
        if not capture.isOpened() or not 0 < width * height <= MAX_PIXELS:
            raise ImageRefused("not a video that can be opened")
        while True:
            going, frame = capture.read()
            if not going:
                return
            yield capture.get(cv2.CAP_PROP_POS_MSEC) / 1000, frame
    finally:
        capture.release()


def _read_video(path: Path) -> list[Read]:
    """Every code in a video, in the order of appearance, within a minute of work."""
    decoder = LiveDecoder()
    reads: dict[bytes, Read] = {}
    deadline = time.monotonic() + MAX_VIDEO_SECONDS
    with closing(frames_of(path)) as frames:
        for frame in frames:
            for read in decoder.look(frame).reads:
                reads.setdefault(read.raw, read)
            if time.monotonic() > deadline:
                break
    if not reads:
        raise CodeUnreadable("no code was found in the video")
    return list(reads.values())
