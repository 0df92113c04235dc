"""Sheets: drawn from their files alone, every label is read back by the scanner."""

import re
import xml.etree.ElementTree as ElementTree
import zlib
from collections.abc import Sequence

import numpy as np
import pytest

from companion.errors import LabelTooSmall
from companion.label import Label, Sheet, labels_of, new_labels, sheet_pdf, sheet_svg
from companion.scanner import read_still

DOTS_A_MM = 12
SVG = "{http://www.w3.org/2000/svg}"

Box = tuple[float, float, float, float]


def batch(count: int) -> tuple[Label, ...]:
    return new_labels(
        "rp1",
        ({"serial": f"SN-{number:04}", "fingerprint": number.to_bytes(16).hex()} for number in range(count)),
    )


def printed(boxes: Sequence[Box], width: float, height: float) -> list[str]:
    """The texts on a page, from its boxes in mm from the top left."""
    paper = np.full((round(height * DOTS_A_MM), round(width * DOTS_A_MM)), 255, np.uint8)
    for x, y, across, down in boxes:
        left, top = round(x * DOTS_A_MM), round(y * DOTS_A_MM)
        paper[top : round((y + down) * DOTS_A_MM), left : round((x + across) * DOTS_A_MM)] = 0
    return [read.text for read in read_still(paper)]


def svg_boxes(page: str) -> list[Box]:
    boxes = []
    for rect in ElementTree.fromstring(page).iter(f"{SVG}rect"):
        if rect.get("fill") is None:
            x, y, width, height = (float(rect.attrib[name]) for name in ("x", "y", "width", "height"))
            boxes.append((x, y, width, height))
    return boxes


def pdf_pages(document: bytes) -> list[str]:
    streams = re.findall(rb"/FlateDecode>>stream\n(.*?)\nendstream", document, re.DOTALL)
    return [zlib.decompress(stream).decode("cp1252") for stream in streams]


def pdf_boxes(page: str, height: float) -> list[Box]:
    found = re.findall(r"^([\d.]+) ([\d.]+) ([\d.]+) ([\d.]+) re f$", page, re.MULTILINE)
    return [
        (float(x), height - float(y) - float(down), float(across), float(down))
        for x, y, across, down in found
    ]


def test_every_label_of_an_svg_sheet_is_read_back() -> None:
    labels = batch(7)
    sheet = Sheet(label_width=70, label_height=37, columns=3, rows=2, page_height=80)
    pages = sheet_svg(labels, sheet)
    assert len(pages) == 2
    texts = [printed(svg_boxes(page), sheet.page_width, sheet.page_height) for page in pages]
    assert sorted(texts[0] + texts[1]) == sorted(label.text for label in labels)
    assert len(texts[1]) == 1


def test_every_label_of_a_pdf_sheet_is_read_back() -> None:
    labels = batch(7)
    sheet = Sheet(label_width=70, label_height=37, columns=3, rows=2, page_height=80)
    pages = pdf_pages(sheet_pdf(labels, sheet))
    assert len(pages) == 2
    texts = [printed(pdf_boxes(page, 80), sheet.page_width, sheet.page_height) for page in pages]
    assert sorted(texts[0] + texts[1]) == sorted(label.text for label in labels)


def test_the_pdf_tells_where_its_objects_are() -> None:
    document = sheet_pdf(batch(30))
    table = int(re.search(rb"startxref\n(\d+)", document)[1])  # type: ignore[index]  # asserted by the search
    entries = document[table:].splitlines()
    count = int(entries[1].split()[1])
    for number, entry in enumerate(entries[3 : 2 + count], 1):
        assert document[int(entry.split()[0]) :].startswith(f"{number} 0 obj".encode())
    for length, body in re.findall(rb"/Length (\d+).*?stream\n(.*?)\nendstream", document, re.DOTALL):
        assert int(length) == len(body)


def test_serial_and_typed_code_stand_beside_the_code_and_on_the_label() -> None:
    (label,) = batch(1)
    sheet = Sheet()
    (page,) = sheet_svg([label], sheet)
    lines = list(ElementTree.fromstring(page).iter(f"{SVG}text"))
    assert [line.text for line in lines] == [label.serial, *label.readable]
    left = (sheet.page_width - sheet.columns * sheet.label_width) / 2
    top = (sheet.page_height - sheet.rows * sheet.label_height) / 2
    for line in lines:
        x, y, size = (float(line.attrib[name]) for name in ("x", "y", "font-size"))
        assert left < x < x + 0.6 * size * len(line.text or "") <= left + sheet.label_width
        assert top < y - size < y < top + sheet.label_height
    (text,) = pdf_pages(sheet_pdf([label], sheet))
    for wanted in (label.serial, *label.readable):
        assert f"({wanted}) Tj" in text


def test_characters_with_a_meaning_in_svg_and_pdf_are_escaped() -> None:
    labels = labels_of([("<a>&(b)\\", '{"name":"<&(\\\\)>","pop":"k3d9x7q1","transport":"ble"}')])
    (page,) = sheet_svg(labels)
    lines = [line.text for line in ElementTree.fromstring(page).iter(f"{SVG}text")]
    assert lines[:2] == ["<a>&(b)\\", "<&(\\)>"]
    (text,) = pdf_pages(sheet_pdf(labels))
    assert "(<a>&\\(b\\)\\\\) Tj" in text


def test_no_labels_make_no_sheet() -> None:
    with pytest.raises(ValueError):
        sheet_svg([])
    with pytest.raises(ValueError):
        sheet_pdf([])


def test_labels_too_small_for_their_code_are_refused() -> None:
    with pytest.raises(LabelTooSmall):
        sheet_pdf(batch(1), Sheet(label_width=30, label_height=12))


@pytest.mark.parametrize(
    "change", [{"columns": 4}, {"rows": 9}, {"label_width": 30.0}, {"columns": 0}, {"rows": -1}]
)
def test_a_sheet_that_does_not_fit_its_page_is_refused(change: dict[str, float]) -> None:
    with pytest.raises(ValueError):
        Sheet(**change)  # type: ignore[arg-type]  # wrong on purpose
