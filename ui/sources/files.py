"""Where a code can come from besides the camera: files, the clipboard, drops, the screen.

Everything is loaded and decoded on a worker thread, with limits that are checked before memory is spent.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QMimeData, QObject, QSize, QThreadPool, Signal
from PySide6.QtGui import QImage, QImageReader

from companion.errors import CodeUnreadable, FormatUnavailable, ImageRefused
from companion.scanner.files.headers import MAX_PIXELS, kind_and_size
from companion.scanner.files.loader import DRAWN, MOST_TEXT_OCTETS, TAKEN
from ui.engine.errors import as_companion_error

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

# Formats of four octets a pixel, and whether blue is the first.
_FOUR_OCTETS = {
    QImage.Format.Format_RGB32: True,
    QImage.Format.Format_ARGB32: True,
    QImage.Format.Format_ARGB32_Premultiplied: True,
    QImage.Format.Format_RGBX8888: False,
    QImage.Format.Format_RGBA8888: False,
    QImage.Format.Format_RGBA8888_Premultiplied: False,
}


class Reader(QObject):
    """Reads codes without making the window wait. `read` carries the texts found and their origin."""

    read = Signal(object, str)
    failed = Signal(object, str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pool = QThreadPool(self)
        self._pool.setMaxThreadCount(1)

    def read_file(self, path: Path, origin: str = "file") -> None:
        """A picture, a PDF, a video or a text file."""
        self._begin(lambda: texts_of_file(path), origin)

    def read_image(self, image: QImage, origin: str) -> None:
        """A picture that is in memory already: clipboard, screen."""
        self._begin(lambda: texts_of_image(image), origin)

    def read_mime(self, data: QMimeData, origin: str) -> bool:
        """What was dropped or lies on the clipboard. False if there is nothing that could hold a code."""
        files = [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]
        if files:
            self.read_file(files[0], origin)
        elif data.hasImage():
            self.read_image(QImage(data.imageData()), origin)
        elif data.hasText() and data.text().strip():
            self.read.emit((data.text().strip()[:MOST_TEXT_OCTETS],), origin)
        else:
            return False
        return True

    def wait(self) -> None:
        """Wait until nothing is being read; for the end of the program."""
        self._pool.clear()
        self._pool.waitForDone()

    def _begin(self, work: Callable[[], tuple[str, ...]], origin: str) -> None:
        def run() -> None:
            try:
                texts = work()
            except Exception as error:
                self.failed.emit(as_companion_error(error), origin)
            else:
                self.read.emit(texts, origin)

        self._pool.start(run)


def patterns() -> str:
    """Names of the files that can be read here, as a file dialog wants them."""
    return " ".join(f"*{suffix}" for suffix in (*TAKEN, *(f".{each}" for each in _drawn_here())))


def _drawn_here() -> list[str]:
    """Those of `DRAWN` for which Qt has a decoder on this system."""
    readable = {bytes(each.data()).decode() for each in QImageReader.supportedImageFormats()}
    return sorted(readable & {kind.value for kind in DRAWN})


def texts_of_file(path: Path) -> tuple[str, ...]:
    """Every code in a file, in order of appearance. Raises FileMissing, ImageRefused, CodeUnreadable."""
    from companion.scanner import is_ready, texts_in_file

    return texts_in_file(path, draw=drawn, enough=is_ready)


def drawn(path: Path) -> Iterator[NDArray[np.uint8]]:
    """What Qt draws and the scanner does not decode: a picture of another format."""
    with path.open("rb") as file:
        kind = kind_and_size(file.read(1 << 10)).kind
    if kind in DRAWN and kind.value not in _drawn_here():
        raise FormatUnavailable(format=kind.name)
    yield from greys(load_picture(path))


def texts_of_image(image: QImage) -> tuple[str, ...]:
    """Every code in a picture. Raises ImageRefused, CodeUnreadable."""
    from companion.scanner import is_ready, read_frame

    _check_size(image.size())
    reads = [read for frame in greys(image) for read in read_frame(frame, enough=is_ready)]
    found = tuple(dict.fromkeys(read.text for read in reads))
    if not found:
        raise CodeUnreadable
    return found


def load_picture(path: Path) -> QImage:
    """A picture in any format that Qt reads, turned upright. Raises ImageRefused before it costs memory."""
    reader = QImageReader(str(path))
    reader.setDecideFormatFromContent(True)
    reader.setAutoTransform(True)
    _check_size(reader.size())
    image = reader.read()
    if image.isNull():
        raise ImageRefused(f"image reader error {reader.error().value}")
    return image


def grey(image: QImage) -> NDArray[np.uint8]:
    """A picture without transparency, or a camera's frame, in grey: rows x columns, a copy."""
    import numpy as np

    from companion.scanner import grey_of_bits

    if image.format() in _FOUR_OCTETS:
        # Ten times as fast as Qt's own conversion, which costs more than the decoder.
        return grey_of_bits(
            image.constBits(),
            image.width(),
            image.height(),
            image.bytesPerLine(),
            blue_first=_FOUR_OCTETS[image.format()],
        )
    flat = image.convertToFormat(QImage.Format.Format_Grayscale8)
    rows = np.frombuffer(flat.constBits(), dtype=np.uint8).reshape(flat.height(), flat.bytesPerLine())
    return rows[:, : flat.width()].copy()


def greys(image: QImage) -> tuple[NDArray[np.uint8], ...]:
    """A still picture in grey; where it is transparent, once on white and once on black."""
    from companion.scanner import greys_of_clear_bits

    if not image.hasAlphaChannel():
        return (grey(image),)
    clear = image.convertToFormat(QImage.Format.Format_ARGB32_Premultiplied)
    return greys_of_clear_bits(clear.constBits(), clear.width(), clear.height(), clear.bytesPerLine())


def _check_size(size: QSize) -> None:
    """Raises ImageRefused. An invalid size means: this is no picture that Qt can read."""
    if not size.isValid() or size.isEmpty():
        raise ImageRefused("not a picture")
    if size.width() * size.height() > MAX_PIXELS:
        raise ImageRefused(f"{size.width()} x {size.height()} pixels")
