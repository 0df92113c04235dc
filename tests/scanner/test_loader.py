"""One loader for every program: what it takes itself, what it leaves to who can draw, what it refuses."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import cv2
import pytest

from companion.errors import CodeUnreadable, FileMissing, FileUnreadable, FormatUnavailable, ImageRefused
from companion.label import new_labels, sheet_pdf
from companion.scanner import texts_in_file
from companion.scanner.files.headers import MAX_OCTETS, FileKind, kind_and_size
from companion.scanner.files.loader import MOST_TEXT_OCTETS, PICTURES
from companion.scanner.reads import Frame
from tests.scanner.frames import symbol

TEXT = "RP1:HELLO"


def unwanted(path: Path) -> Iterator[Frame]:
    raise AssertionError(f"{path.name} is nothing to draw")


def written(path: Path, octets: bytes) -> Path:
    path.write_bytes(octets)
    return path


@pytest.mark.parametrize("suffix", PICTURES)
def test_every_picture_that_is_offered_is_read(tmp_path: Path, suffix: str) -> None:
    image = cv2.cvtColor(symbol(TEXT), cv2.COLOR_GRAY2BGR)
    good, octets = cv2.imencode(suffix, image)
    assert good
    assert texts_in_file(written(tmp_path / f"label{suffix}", octets.tobytes()), draw=unwanted) == (TEXT,)


def test_a_text_file_is_its_own_code(tmp_path: Path) -> None:
    file = written(tmp_path / "code.txt", b"MT:Y.K9042C00KA0648G00\n")
    assert texts_in_file(file) == ("MT:Y.K9042C00KA0648G00",)
    with pytest.raises(CodeUnreadable):
        texts_in_file(written(tmp_path / "blank.txt", b" \n"))


@pytest.mark.parametrize("content", [b"", b"\xff\xfe\xfd", b"x" * (MOST_TEXT_OCTETS + 1)])
def test_a_text_file_that_can_be_no_code_is_refused(tmp_path: Path, content: bytes) -> None:
    with pytest.raises((ImageRefused, CodeUnreadable)):
        texts_in_file(written(tmp_path / "code.txt", content))


@pytest.mark.parametrize("lead", [b"", b"\r\n some mail header\r\n"])
def test_a_pdf_is_known_by_its_content(lead: bytes) -> None:
    assert kind_and_size(lead + b"%PDF-1.7 ...").kind is FileKind.PDF


def test_every_label_of_our_own_sheet_is_read(tmp_path: Path) -> None:
    labels = new_labels(
        "rp1",
        ({"serial": f"SN-{number:04}", "fingerprint": number.to_bytes(16).hex()} for number in range(30)),
    )
    file = written(tmp_path / "labels.bin", sheet_pdf(labels))
    assert set(texts_in_file(file, draw=unwanted)) == {label.text for label in labels}


@pytest.mark.parametrize("content", [b"%PDF-1.7 nothing", b"%PDF-1.4\n%%EOF"])
def test_a_damaged_pdf_is_refused(tmp_path: Path, content: bytes) -> None:
    with pytest.raises(ImageRefused):
        texts_in_file(written(tmp_path / "labels.pdf", content))


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("HEIC", b"\0\0\0\x18ftypheic"),
        ("AVIF", b"\0\0\0\x18ftypavif"),
        ("SVG", b"<?xml version='1.0'?>\n<svg xmlns='http://www.w3.org/2000/svg'/>"),
    ],
)
def test_a_format_that_needs_another_decoder_is_drawn_or_named(
    tmp_path: Path, name: str, content: bytes
) -> None:
    file = written(tmp_path / "photo", content)
    assert texts_in_file(file, draw=lambda path: [symbol(TEXT)]) == (TEXT,)
    with pytest.raises(FormatUnavailable) as refused:
        texts_in_file(file)
    assert name in refused.value.title_text


@pytest.mark.parametrize("content", [b"<?xml version='1.0'?><html/>", b"nothing <svg", b"\0" * 40])
def test_an_unknown_format_is_refused_without_a_name(tmp_path: Path, content: bytes) -> None:
    with pytest.raises(ImageRefused) as refused:
        texts_in_file(written(tmp_path / "photo", content))
    assert type(refused.value) is ImageRefused


def test_what_is_too_large_is_drawn_by_nobody(tmp_path: Path) -> None:
    file = written(tmp_path / "labels.pdf", b"%PDF-1.7")
    with file.open("r+b") as sparse:
        sparse.truncate(MAX_OCTETS + 1)
    with pytest.raises(ImageRefused):
        texts_in_file(file, draw=unwanted)


def test_a_file_that_is_gone_or_a_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(FileMissing):
        texts_in_file(tmp_path / "gone.png")
    with pytest.raises(FileUnreadable):
        texts_in_file(tmp_path)
