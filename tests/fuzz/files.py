"""Files that somebody sends: what their first octets claim, and the pages of a PDF as PDFium draws them."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from contextlib import suppress
from functools import cache
from itertools import islice
from pathlib import Path

from companion.errors import ImageRefused
from companion.label.batch import labels_of
from companion.label.pdf import sheet_pdf
from companion.label.png import qr_png
from companion.scanner.files.headers import Header, kind_and_size, tiff_pages
from companion.scanner.files.pdf import PAGE_SIDE, pages_of_pdf
from tests.protocols.rp1.support.bench import DeviceBench
from tests.protocols.rp1.support.driver_bench import label

PAGES = 2
"""How many pages of an input are drawn: the next ones go the same way."""


def file_headers(data: bytes) -> None:
    header = kind_and_size(data)
    assert isinstance(header, Header) and header.width >= 0 and header.height >= 0
    if data.startswith((b"II*\0", b"MM\0*")):
        assert len(list(tiff_pages(data))) <= 100


def pdf_pages(data: bytes) -> None:
    """From the disk, as a file of a user: PDFium reads it by itself."""
    path = _place()
    path.write_bytes(data)
    with suppress(ImageRefused):
        for page in islice(pages_of_pdf(path), PAGES):
            assert page.ndim == 2 and page.dtype == "uint8" and 0 < max(page.shape) <= PAGE_SIDE + 1


def seeds() -> dict[str, list[bytes]]:
    """A sheet of labels, pages of odd sizes, and a picture of each kind that is told by its header."""
    code = label(DeviceBench()).text.reveal_text()
    sheet = sheet_pdf(labels_of([("SN-0001", code)]))
    boxes = ("0 0 1 30000", "0 0 0 0", "-5 -5 5 5", "0 0 1e9 1e9", "10 10 0 0")
    tiff = b"II*\0\x08\0\0\0\x02\0" + b"\0\1\4\0\1\0\0\0\x10\0\0\0" + b"\1\1\4\0\1\0\0\0\x10\0\0\0" + bytes(4)
    return {
        "pdf_pages": [sheet[:3000], sheet[-3000:], *map(_page_of, boxes), _page_of("0 0 200 200", rotate=90)],
        "file_headers": [
            qr_png("MT:Y.K9042C00KA0648G00")[:64],
            tiff,
            b"GIF89a\x10\0\x10\0\0\0\0,\0\0\0\0\x10\0\x10\0",
            b"\xff\xd8\xff\xc0\0\x11\x08\0\x10\0\x10\x03",
            b"RIFF\x20\0\0\0WEBPVP8X\x0a\0\0\0\x10\0\0\0\x0f\0\0\x0f\0\0",
            _page_of("0 0 9 9")[:40],
        ],
    }


def _page_of(box: str, *, rotate: int = 0) -> bytes:
    """A document with one page of this MediaBox and a square on it. PDFium finds objects without a bench."""
    drawn = b"0 0 9 9 re f"
    return (
        b"%%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
        b"2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
        b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[%s]/Rotate %d/Contents 4 0 R>>endobj\n"
        b"4 0 obj<</Length %d>>stream\n%s\nendstream endobj\ntrailer<</Root 1 0 R>>\n%%%%EOF\n"
    ) % (box.encode(), rotate, len(drawn), drawn)


@cache
def _folder() -> tempfile.TemporaryDirectory[str]:
    return tempfile.TemporaryDirectory(prefix="companion-fuzz-")


def _place() -> Path:
    return Path(_folder().name) / "input.pdf"


FILES: dict[str, Callable[[bytes], None]] = {target.__name__: target for target in (file_headers, pdf_pages)}
