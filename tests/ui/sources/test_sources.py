"""Codes from files, pictures and the clipboard: good ones are read, bad ones named, none is trusted."""

import resource
import struct
import zlib
from importlib.resources import as_file, files
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QMimeData, QSize, QUrl
from PySide6.QtGui import QImage, QImageReader, QPageSize, QPainter, QPdfWriter, qGray
from pytestqt.qtbot import QtBot

from companion.errors import CodeUnreadable, CompanionError, FileMissing, FormatUnavailable, ImageRefused
from companion.scanner.files.loader import TAKEN
from ui.sources.files import Reader, grey, patterns, texts_of_file, texts_of_image


@pytest.fixture
def label() -> QImage:
    """The sample label."""
    with as_file(files("companion.protocols.rp1.virtual").joinpath("samples", "rp1.png")) as path:
        return QImage(str(path))


def png(width: int, height: int, data: bytes = b"") -> bytes:
    """A PNG that claims a size, whatever its data."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", data) + chunk(b"IEND", b"")


@pytest.mark.parametrize("kind", ["png", "jpg", "webp", "bmp"])
def test_a_picture_of_a_label_is_read(label: QImage, tmp_path: Path, kind: str) -> None:
    file = tmp_path / f"label.{kind}"
    assert label.save(str(file))
    (text,) = texts_of_file(file)
    assert text.startswith("RP1:")


def test_a_picture_with_the_wrong_name_is_read_by_its_content(label: QImage, tmp_path: Path) -> None:
    file = tmp_path / "label.jpg"
    assert label.save(str(file), "PNG")
    assert texts_of_file(file)


def test_a_page_of_a_pdf_is_read(label: QImage, tmp_path: Path) -> None:
    file = tmp_path / "labels.pdf"
    writer = QPdfWriter(str(file))
    writer.setPageSize(QPageSize(QPageSize.PageSizeId.A6))
    painter = QPainter(writer)
    side = min(writer.width(), writer.height()) // 2
    painter.drawImage(
        painter.window().adjusted(side // 2, side // 2, 0, 0).topLeft(), label.scaledToWidth(side)
    )
    painter.end()
    (text,) = texts_of_file(file)
    assert text.startswith("RP1:")


def test_a_text_file_is_its_own_code(tmp_path: Path) -> None:
    file = tmp_path / "code.txt"
    file.write_text("MT:Y.K9042C00KA0648G00\n", encoding="utf-8")
    assert texts_of_file(file) == ("MT:Y.K9042C00KA0648G00",)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("empty.png", b""),
        ("noise.png", bytes(range(256)) * 40),
        ("cut.png", png(300, 300)[:50]),
        ("huge.png", png(10_000, 10_000, zlib.compress(b"\0"))),
        ("bomb.png", png(60_000, 60_000, zlib.compress(bytes(1_000_000)))),
        ("noise.pdf", b"%PDF-1.7 nothing"),
        ("noise.txt", b"\xff\xfe\xfd"),
    ],
)
def test_what_is_no_picture_is_refused_before_it_costs_memory(
    tmp_path: Path, name: str, content: bytes, qtlog: object
) -> None:
    file = tmp_path / name
    file.write_bytes(content)
    with pytest.raises(ImageRefused):
        texts_of_file(file)


def test_a_file_that_is_gone_is_refused(tmp_path: Path) -> None:
    with pytest.raises(FileMissing):
        texts_of_file(tmp_path / "gone.png")


def test_a_picture_without_a_code_says_so() -> None:
    image = QImage(400, 300, QImage.Format.Format_RGB32)
    image.fill(0xFF8090A0)
    with pytest.raises(CodeUnreadable):
        texts_of_image(image)


def test_a_clipboard_picture_that_is_too_large_is_refused() -> None:
    image = QImage(QSize(12_000, 5_000), QImage.Format.Format_Mono)
    with pytest.raises(ImageRefused):
        texts_of_image(image)


def test_rows_of_a_picture_keep_their_shades_whatever_its_padding() -> None:
    image = QImage(5, 3, QImage.Format.Format_RGB32)
    image.fill(0xFF111111)
    image.setPixel(4, 2, 0xFFAAAAAA)
    rows = grey(image)
    assert rows.shape == (3, 5)
    assert (rows[0, 0], rows[2, 4]) == (0x11, 0xAA)


@pytest.mark.parametrize(
    "form",
    [
        QImage.Format.Format_RGB32,
        QImage.Format.Format_ARGB32_Premultiplied,
        QImage.Format.Format_RGBX8888,
        QImage.Format.Format_RGBA8888_Premultiplied,
        QImage.Format.Format_RGB888,
        QImage.Format.Format_BGR888,
    ],
    ids=lambda form: form.name,
)
def test_colours_have_their_shade_in_every_format_of_a_frame(form: QImage.Format) -> None:
    image = QImage(3, 2, QImage.Format.Format_RGB32)
    for x, colour in enumerate((0xFFFF0000, 0xFF00FF00, 0xFF0000FF)):
        image.setPixel(x, 0, colour)
        image.setPixel(x, 1, colour)
    # Qt's weights where it converts: 11, 16 and 5 of 32.
    assert np.allclose(grey(image.convertToFormat(form)), [[76, 150, 29]] * 2, atol=24)


@pytest.mark.parametrize("ink", [0xFF000000, 0xFFFFFFFF])
def test_a_code_on_a_transparent_clipboard_picture_is_read_in_any_ink(label: QImage, ink: int) -> None:
    image = QImage(label.size(), QImage.Format.Format_ARGB32)
    image.fill(ink & 0xFFFFFF)
    for y in range(label.height()):
        for x in range(label.width()):
            if qGray(label.pixel(x, y)) < 128:
                image.setPixel(x, y, ink)
    (text,) = texts_of_image(image)
    assert text.startswith("RP1:")


def test_a_code_on_a_transparent_ground_is_read(label: QImage, tmp_path: Path) -> None:
    clear = label.convertToFormat(QImage.Format.Format_Grayscale8)
    clear.invertPixels()
    image = QImage(label.size(), QImage.Format.Format_ARGB32)
    image.fill(0xFF000000)
    image.setAlphaChannel(clear)
    assert image.pixelColor(0, 0).alpha() == 0
    file = tmp_path / "clear.png"
    assert image.save(str(file))
    (text,) = texts_of_file(file)
    assert text.startswith("RP1:")


def test_the_largest_picture_is_searched_in_bounded_memory(label: QImage) -> None:
    image = QImage(7000, 7000, QImage.Format.Format_Grayscale8)
    image.fill(200)
    painter = QPainter(image)
    painter.drawImage(3000, 4000, label.scaledToWidth(900))
    painter.end()
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    (text,) = texts_of_image(image)
    assert text.startswith("RP1:")
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 300_000


def test_the_reader_answers_on_the_window_s_thread(qtbot: QtBot, label: QImage) -> None:
    reader = Reader()
    with qtbot.waitSignal(reader.read) as caught:
        reader.read_image(label, "clipboard")
    texts, origin = caught.args
    assert origin == "clipboard"
    assert texts[0].startswith("RP1:")
    reader.wait()


def test_the_reader_names_what_it_can_not_read(qtbot: QtBot, tmp_path: Path) -> None:
    reader = Reader()
    file = tmp_path / "empty.png"
    file.touch()
    with qtbot.waitSignal(reader.failed) as caught:
        reader.read_file(file)
    error: CompanionError = caught.args[0]
    assert error.code == "C-105"
    reader.wait()


def test_mime_data_is_taken_file_first_then_picture_then_text(
    qtbot: QtBot, label: QImage, tmp_path: Path
) -> None:
    reader = Reader()
    texts: list[tuple[str, ...]] = []
    reader.read.connect(lambda found, _origin: texts.append(found))
    data = QMimeData()
    assert not reader.read_mime(data, "drop")
    data.setText("  DPP:K:abc;;  ")
    assert reader.read_mime(data, "drop")
    assert texts == [("DPP:K:abc;;",)]
    data.setImageData(label)
    assert reader.read_mime(data, "drop")
    qtbot.waitUntil(lambda: len(texts) == 2)
    file = tmp_path / "code.txt"
    file.write_text("WIFI:S:Hafen;;", encoding="utf-8")
    data.setUrls([QUrl.fromLocalFile(str(file))])
    assert reader.read_mime(data, "drop")
    qtbot.waitUntil(lambda: len(texts) == 3)
    assert texts[2] == ("WIFI:S:Hafen;;",)
    reader.wait()


def test_the_dialog_offers_what_can_be_read_here_and_nothing_else() -> None:
    offered = patterns().split()
    assert {f"*{suffix}" for suffix in TAKEN} <= set(offered) and "*.pdf" in offered
    decoders = {f"*.{bytes(each.data()).decode()}" for each in QImageReader.supportedImageFormats()}
    assert ("*.heic" in offered) is ("*.heic" in decoders)


def test_a_phone_s_picture_that_this_system_can_not_open_says_so(tmp_path: Path) -> None:
    file = tmp_path / "photo.heic"
    file.write_bytes(b"\0\0\0\x18ftypheic" + bytes(100))
    decoders = {bytes(each.data()).decode() for each in QImageReader.supportedImageFormats()}
    with pytest.raises(ImageRefused if "heic" in decoders else FormatUnavailable):
        texts_of_file(file)
