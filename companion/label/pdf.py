"""Sheets of labels as PDF 1.4 (ISO 32000-1): boxes and the fixed-width standard font, nothing else."""

from __future__ import annotations

import zlib
from collections.abc import Sequence

from companion.label.sheet import Line, Mark, Outline, Printed, Sheet, pages

_POINTS_A_MM = 72 / 25.4


def sheet_pdf(labels: Sequence[Printed], sheet: Sheet | None = None) -> bytes:
    """All pages in one document. It contains secrets: write it where only the printer looks.

    Raises LabelTooSmall, and ValueError without labels.
    """
    sheet = sheet or Sheet()
    return pages_pdf(list(pages(labels, sheet)), sheet.page_width, sheet.page_height)


def pages_pdf(drawn: Sequence[Sequence[Mark]], width: float, height: float) -> bytes:
    """A document of these pages, sizes in mm. What the fixed-width font has no character for is a "?"."""
    contents = [_content(marks, height) for marks in drawn]
    first_page = 5
    kids = " ".join(f"{first_page + 2 * number} 0 R" for number in range(len(contents)))
    size = f"{width * _POINTS_A_MM:.2f} {height * _POINTS_A_MM:.2f}"
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        f"<</Type/Pages/Count {len(contents)}/MediaBox[0 0 {size}]/Kids[{kids}]>>".encode(),
        _font("Courier"),
        _font("Courier-Bold"),
    ]
    for number, content in enumerate(contents):
        fonts = "/Resources<</Font<</F1 3 0 R/F2 4 0 R>>>>"
        stream = zlib.compress(content, 9)
        objects.append(f"<</Type/Page/Parent 2 0 R{fonts}/Contents {6 + 2 * number} 0 R>>".encode())
        objects.append(
            f"<</Length {len(stream)}/Filter/FlateDecode>>stream\n".encode() + stream + b"\nendstream"
        )
    return _document(objects)


def _font(name: str) -> bytes:
    return f"<</Type/Font/Subtype/Type1/BaseFont/{name}/Encoding/WinAnsiEncoding>>".encode()


def _content(marks: Sequence[Mark], page_height: float) -> bytes:
    """A page's drawing operators, in mm from the bottom left."""
    scale = f"{_POINTS_A_MM:.6f}"
    drawn = [f"{scale} 0 0 {scale} 0 0 cm"]
    drawn += [_drawn(mark, page_height) for mark in marks]
    return "\n".join(drawn).encode("cp1252", errors="replace")


def _drawn(mark: Mark, page_height: float) -> str:
    if isinstance(mark, Line):
        text = mark.text.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")
        font = "F2" if mark.is_bold else "F1"
        return f"BT /{font} {mark.size:.4f} Tf {mark.x:.4f} {page_height - mark.y:.4f} Td ({text}) Tj ET"
    box = f"{mark.x:.4f} {page_height - mark.y - mark.height:.4f} {mark.width:.4f} {mark.height:.4f} re"
    return f"0.1 w 0.73 G {box} S" if isinstance(mark, Outline) else f"{box} f"


def _document(objects: Sequence[bytes]) -> bytes:
    """Numbered objects, their table of places, and the trailer."""
    document = bytearray(b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n")
    places = []
    for number, body in enumerate(objects, 1):
        places.append(len(document))
        document += f"{number} 0 obj\n".encode() + body + b"\nendobj\n"
    table = len(document)
    count = len(objects) + 1
    document += f"xref\n0 {count}\n0000000000 65535 f \n".encode()
    document += b"".join(f"{place:010} 00000 n \n".encode() for place in places)
    document += f"trailer\n<</Size {count}/Root 1 0 R>>\nstartxref\n{table}\n%%EOF\n".encode()
    return bytes(document)
