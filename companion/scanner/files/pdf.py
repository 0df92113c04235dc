"""The pages of a PDF, drawn by PDFium: for the command line, which has no Qt, and the window alike."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pypdfium2

from companion.errors import ImageRefused
from companion.scanner.reads import Frame

MOST_PAGES = 20
PAGE_SIDE = 2400
"""Pixels of a page's longer side: a module of a third of a millimetre on A4 has 2.7."""

# PDFium may be used by one thread at a time.
_in_use = threading.Lock()


def pages_of_pdf(path: Path) -> Iterator[Frame]:
    """The first pages in grey, on white. Raises ImageRefused for a document that is damaged or locked."""
    number, count = 0, 1
    while number < count:
        page, count = _drawn(path, number)
        if page is not None:
            yield page
        number += 1


def _drawn(path: Path, number: int) -> tuple[Frame | None, int]:
    """One page, None if it is empty, and how many there are. Nothing is held between two of them."""
    with _in_use:
        try:
            document = pypdfium2.PdfDocument(path)
            try:
                count = min(len(document), MOST_PAGES)
                return (_page(document, number) if number < count else None), count
            finally:
                document.close()
        except (pypdfium2.PdfiumError, OSError) as error:
            raise ImageRefused(f"PDF reader: {error}") from None


def _page(document: pypdfium2.PdfDocument, number: int) -> Frame | None:
    page = document[number]
    scale = PAGE_SIDE / max(*page.get_size(), 1.0)
    pixels = page.render(scale=scale, grayscale=True).to_numpy()
    if not pixels.size:
        return None
    made: Frame = np.ascontiguousarray(pixels.reshape(pixels.shape[0], -1))
    return made
