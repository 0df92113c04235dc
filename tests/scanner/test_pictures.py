"""Picture and video files: whatever they are, a read or a clear refusal within bounded memory."""

import resource
import struct
import zlib
from pathlib import Path

import cv2
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from companion.errors import CodeUnreadable, CompanionError, FileMissing, FileUnreadable, ImageRefused
from companion.scanner import read_file, read_picture
from companion.scanner.files import pictures
from companion.scanner.files.headers import FileKind, kind_and_size, tiff_pages
from tests.scanner.frames import as_dots, desk, scene, symbol

TEXT = "RP1:HELLO"


def encoded(extension: str, image: np.ndarray) -> bytes:
    good, data = cv2.imencode(extension, image)
    assert good
    return data.tobytes()


def jpeg_head(marker: int, width: int, height: int) -> bytes:
    """A JPEG up to its frame."""
    frame = struct.pack(">HBHHB", 11, 8, height, width, 1) + b"\1\x11\0"
    return b"\xff\xd8" + bytes([0xFF, marker]) + frame


def png(width: int, height: int, idat: bytes, colour: int = 0, *, interlaced: bool = False) -> bytes:
    def chunk(name: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))

    head = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, colour, 0, 0, interlaced))
    return b"\x89PNG\r\n\x1a\n" + head + chunk(b"IDAT", idat) + chunk(b"IEND", b"")


@pytest.mark.parametrize("extension", [".png", ".jpg", ".webp", ".bmp", ".gif", ".tiff"])
def test_every_format_is_read(extension: str, tmp_path: Path) -> None:
    path = tmp_path / "no-suffix-needed"
    image = cv2.cvtColor(symbol(TEXT), cv2.COLOR_GRAY2BGR)
    path.write_bytes(encoded(extension, image))
    assert [read.text for read in read_file(path)] == [TEXT]


@pytest.mark.parametrize("extension", [".png", ".jpg", ".webp", ".bmp", ".gif", ".tiff"])
def test_the_header_tells_the_size_without_decoding(extension: str) -> None:
    data = encoded(extension, np.zeros((123, 457, 3), np.uint8))
    header = kind_and_size(data)
    assert (header.kind, header.width, header.height) == (FileKind.PICTURE, 457, 123)


def tiff(*tags: tuple[int, int, int, int], order: str = "<") -> bytes:
    """The head of a TIFF file with these entries: tag, type (3: SHORT, 4: LONG), number of values, value."""
    entries = b"".join(
        struct.pack(order + "HHI", *tag[:3])
        + (struct.pack(order + "HH", tag[3], 0) if tag[1] == 3 else struct.pack(order + "I", tag[3]))
        for tag in tags
    )
    magic = b"II*\0" if order == "<" else b"MM\0*"
    return magic + struct.pack(order + "IH", 8, len(tags)) + entries + bytes(4)


WIDE, HIGH = (256, 4, 1, 400), (257, 3, 1, 300)


@pytest.mark.parametrize("order", ["<", ">"])
@pytest.mark.parametrize(
    "tags, size",
    [
        ((WIDE, HIGH), (400, 300)),
        (((256, 4, 1, 20_000), (256, 4, 1, 400), HIGH), (0, 0)),
        ((WIDE, HIGH, (257, 4, 1, 20_000)), (0, 0)),
        (((256, 4, 2, 8), HIGH), (0, 0)),
        ((WIDE, HIGH, (322, 4, 1, 30_000), (323, 4, 1, 30_000)), (30_000, 30_000)),
        ((WIDE, HIGH, (322, 4, 1, 64), (323, 4, 1, 64)), (400, 300)),
        ((WIDE, HIGH, (258, 3, 1, 16), (277, 3, 1, 1)), (400, 300)),
        ((WIDE, HIGH, (258, 3, 1, 32), (277, 3, 1, 4)), (0, 0)),
        ((WIDE, HIGH, (277, 3, 1, 60_000)), (0, 0)),
    ],
)
def test_a_tiff_states_its_size_once_and_the_larger_of_page_and_tile_counts(
    tags: tuple[tuple[int, int, int, int], ...], size: tuple[int, int], order: str
) -> None:
    header = kind_and_size(tiff(*tags, order=order))
    assert (header.width, header.height) == size


def test_lossless_and_transparent_webp_headers() -> None:
    lossless = cv2.imencode(".webp", np.zeros((33, 44, 3), np.uint8), [cv2.IMWRITE_WEBP_QUALITY, 101])[
        1
    ].tobytes()
    transparent = cv2.imencode(".webp", np.full((33, 44, 4), 7, np.uint8))[1].tobytes()
    for data in (lossless, transparent):
        header = kind_and_size(data)
        assert (header.kind, header.width, header.height) == (FileKind.PICTURE, 44, 33)


def test_a_code_on_a_transparent_ground_is_read() -> None:
    code = symbol(TEXT)
    image = np.zeros((*code.shape, 4), np.uint8)
    image[:, :, 3] = 255 - code
    assert [read.text for read in read_picture(encoded(".png", image))] == [TEXT]


def test_sixteen_bits_a_channel_are_read() -> None:
    assert read_picture(encoded(".png", symbol(TEXT).astype(np.uint16) * 257))[0].text == TEXT


def test_a_large_photograph_is_read_in_a_comfortable_size() -> None:
    image = np.full((5000, 6000), 200, np.uint8)
    code = symbol(TEXT, module=24)
    image[1000 : 1000 + code.shape[0], 2000 : 2000 + code.shape[1]] = code
    (read,) = read_picture(encoded(".jpg", image))
    assert read.text == TEXT
    assert np.allclose(read.corners[0], (2096, 1096), atol=20)


def test_a_phone_s_largest_photograph_is_read_in_bounded_memory() -> None:
    image = np.full((12_000, 9_000), 200, np.uint8)
    code = symbol(TEXT, module=12)
    image[7000 : 7000 + code.shape[0], 2000 : 2000 + code.shape[1]] = code
    data = encoded(".jpg", image)
    del image
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    (read,) = read_picture(data)
    assert read.text == TEXT
    assert np.allclose(read.corners[0], (2048, 7048), atol=30)
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 200_000


def test_neither_size_of_a_large_photograph_hides_what_the_other_shows() -> None:
    image = np.full((4000, 5000), 200, np.uint8)
    for picture, at in ((symbol("small", module=2), 500), (as_dots("large", 50), 1500)):
        image[at : at + picture.shape[0], at : at + picture.shape[1]] = picture
    found = read_picture(encoded(".png", image), enough=lambda read: read.text == "large")
    assert {read.text for read in found} == {"small", "large"}


@pytest.mark.parametrize("ink", [0, 255])
def test_a_code_in_any_ink_on_nothing_is_read(ink: int) -> None:
    code = symbol(TEXT)
    image = np.full((*code.shape, 4), ink, np.uint8)
    image[:, :, 3] = 255 - code
    assert [read.text for read in read_picture(encoded(".png", image))] == [TEXT]


def test_a_data_matrix_on_a_package_is_read() -> None:
    import zxingcpp

    made = zxingcpp.write_barcode_to_image(
        zxingcpp.create_barcode("ABV:OB01;PID:ebK3;", zxingcpp.DataMatrix), scale=6
    )
    assert read_picture(encoded(".png", np.array(made)))[0].text == "ABV:OB01;PID:ebK3;"


def test_a_picture_without_a_code_says_so() -> None:
    image = desk(np.random.default_rng(3), 240, 320)
    with pytest.raises(CodeUnreadable):
        read_picture(encoded(".png", image))


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\0",
        b"hello, I am a text",
        b"\x89PNG\r\n\x1a\n",
        b"\xff\xd8\xff\xe0",
        b"GIF89a",
        b"BM" + bytes(60),
        b"RIFF\0\0\0\0WEBPVP8 ",
        b"II*\0" + b"\xff" * 8,
        b"%PDF-1.7",
        b"\0\0\0\x18ftypheic",
        png(0, 10, zlib.compress(b"")),
        png(10, 10, b"not zlib"),
        encoded(".jpg", np.zeros((40, 40, 3), np.uint8))[:200],
    ],
    ids=lambda data: repr(data[:12]),
)
def test_what_is_no_picture_is_refused(data: bytes) -> None:
    with pytest.raises(ImageRefused):
        read_picture(data)


def test_metadata_before_the_size_is_stepped_over() -> None:
    jpeg = encoded(".jpg", np.zeros((12, 34, 3), np.uint8))
    padded = jpeg[:2] + b"\xff\xe1\xff\xff" + bytes(0xFFFD) + b"\xff\xff\xff" + jpeg[3:]
    gif = encoded(".gif", np.zeros((12, 34, 3), np.uint8))
    start = 13 + (3 << (gif[10] & 7) + 1 if gif[10] & 0x80 else 0)
    remarked = gif[:start] + b"\x21\xfe\x05hello\x05world\0" + gif[start:]
    for data in (padded, remarked):
        header = kind_and_size(data)
        assert (header.width, header.height) == (34, 12)


@pytest.mark.parametrize("head", [b"\xff\xd8", b"GIF89a\1\0\1\0\0\0\0\x21\xfe"])
def test_endless_metadata_is_refused(head: bytes) -> None:
    filler = b"\xff" if head.startswith(b"\xff") else b"\1"
    with pytest.raises(ImageRefused):
        read_picture(head + filler * 20_000_000)


@pytest.mark.parametrize(
    "data",
    [
        png(15_000, 15_000, zlib.compress(bytes(1000))),
        png(10_001, 10_001, zlib.compress(bytes(1000)), interlaced=True),
        jpeg_head(0xC2, 10_001, 10_001),
        png(0x7FFFFFFF, 0x7FFFFFFF, zlib.compress(bytes(1000))),
        png(50_000, 50_000, zlib.compress(bytes(20_000_000), 9)),
        b"BM" + struct.pack("<IHHIIiiHH", 0, 0, 0, 54, 40, 60_000, -60_000, 1, 24) + bytes(100),
        b"GIF89a" + struct.pack("<HHB", 65535, 65535, 0) + b"\0\0," + struct.pack("<HHHH", 0, 0, 1, 1),
        b"GIF89a" + struct.pack("<HHB", 1, 1, 0) + b"\0\0," + struct.pack("<HHHH", 0, 0, 65535, 65535),
        b"RIFF\0\0\0\0WEBPVP8X" + bytes(8) + b"\xff" * 6,
    ],
    ids=[
        "225 megapixels",
        "interlaced",
        "progressive",
        "two billion wide",
        "bomb",
        "bitmap",
        "gif canvas",
        "gif frame",
        "webp",
    ],
)
def test_too_many_pixels_are_refused_before_they_are_decoded(data: bytes) -> None:
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    with pytest.raises(ImageRefused) as raised:
        read_picture(data)
    assert "pixels" in raised.value.detail
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 50_000


def test_an_enormous_file_is_not_read_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pictures, "MAX_OCTETS", 100_000)
    path = tmp_path / "large.png"
    path.write_bytes(encoded(".png", symbol(TEXT)) + bytes(200_000))
    with pytest.raises(ImageRefused):
        read_file(path)


@pytest.mark.parametrize(("name", "error"), [("missing.png", FileMissing), (".", FileUnreadable)])
def test_a_path_that_is_no_file_is_refused(tmp_path: Path, name: str, error: type[CompanionError]) -> None:
    with pytest.raises(error):
        read_file(tmp_path / name)


def animated(extension: str, *texts: str | None) -> bytes:
    """An animation whose frames carry these codes, or none."""
    blank = np.full_like(symbol(TEXT), 255)
    frames = [blank if text is None else symbol(text) for text in texts]
    animation = cv2.Animation()
    animation.frames = [cv2.cvtColor(frame, cv2.COLOR_GRAY2BGRA) for frame in frames]
    animation.durations = np.full(len(frames), 100, np.int32)
    good, data = cv2.imencodeanimation(extension, animation)
    assert good
    return data.tobytes()


@pytest.mark.parametrize("extension", [".gif", ".webp", ".png"])
def test_codes_in_every_frame_of_an_animation_are_read(extension: str) -> None:
    assert [read.text for read in read_picture(animated(extension, TEXT, None))] == [TEXT]
    assert [read.text for read in read_picture(animated(extension, None, None, TEXT, None))] == [TEXT]
    both = read_picture(animated(extension, "other", None, TEXT), enough=lambda read: read.text == TEXT)
    assert [read.text for read in both] == ["other", TEXT]


def paged(*pages: np.ndarray) -> bytes:
    good, data = cv2.imencodemulti(".tiff", list(pages))
    assert good
    return data.tobytes()


def test_codes_on_every_page_of_a_tiff_are_read() -> None:
    blank = np.full_like(symbol(TEXT), 255)
    data = paged(blank, symbol(TEXT), blank)
    assert list(tiff_pages(data)) == [blank.shape[::-1]] * 3
    assert [read.text for read in read_picture(data)] == [TEXT]


def test_a_later_page_of_a_tiff_is_measured_before_it_is_decoded() -> None:
    data = bytearray(paged(np.full((40, 40), 255, np.uint8), symbol(TEXT)))
    tag = data.rindex(struct.pack("<HHI", 256, 3, 1))
    struct.pack_into("<HHII", data, tag, 256, 4, 1, 60_000)
    tag = data.rindex(struct.pack("<HHI", 257, 3, 1))
    struct.pack_into("<HHII", data, tag, 257, 4, 1, 60_000)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    with pytest.raises(CodeUnreadable):
        read_picture(bytes(data))
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 50_000


def test_pages_in_a_circle_end() -> None:
    directory = struct.pack("<HHHIIHHIII", 2, 256, 4, 1, 7, 257, 4, 1, 9, 8)
    assert list(tiff_pages(b"II*\0" + struct.pack("<I", 8) + directory)) == [(7, 9)]


def test_a_photograph_that_was_cut_short_is_read_as_far_as_it_goes() -> None:
    scene_ = desk(np.random.default_rng(8), 480, 640)
    code = symbol(TEXT, module=5)
    scene_[40 : 40 + code.shape[0], 60 : 60 + code.shape[1]] = code[:, :, None]
    data = encoded(".jpg", scene_)
    assert [read.text for read in read_picture(data[: len(data) * 95 // 100])] == [TEXT]


def test_a_data_matrix_beside_a_qr_code_is_read() -> None:
    import zxingcpp

    made = zxingcpp.create_barcode("ABV:1", zxingcpp.DataMatrix)
    matrix = np.array(zxingcpp.write_barcode_to_image(made, scale=6))
    image = np.full((400, 800), 255, np.uint8)
    code = symbol(TEXT)
    image[: code.shape[0], : code.shape[1]] = code
    image[100 : 100 + matrix.shape[0], 500 : 500 + matrix.shape[1]] = matrix
    assert [read.text for read in read_picture(encoded(".png", image))] == [TEXT, "ABV:1"]


@given(
    st.binary(max_size=200),
    st.sampled_from([b"", b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"GIF89a", b"BM", b"II*\0"]),
)
def test_no_header_is_a_crash(data: bytes, magic: bytes) -> None:
    header = kind_and_size(magic + data)
    assert (header.kind is FileKind.PICTURE) >= bool(magic)
    assert min(header.width, header.height) >= 0


@settings(max_examples=8, deadline=None)
@given(st.data())
def test_a_damaged_picture_is_read_or_refused(data: st.DataObject) -> None:
    whole = bytearray(encoded(".png", symbol(TEXT, module=2)))
    for _ in range(data.draw(st.integers(1, 4))):
        whole[data.draw(st.integers(33, len(whole) - 1))] = data.draw(st.integers(0, 255))
    try:
        assert [read.text for read in read_picture(bytes(whole))] == [TEXT]
    except (ImageRefused, CodeUnreadable) as refused:
        assert refused.advice_text


# --- videos


def video(path: Path, frames: list[np.ndarray]) -> None:
    height, width = frames[0].shape[:2]
    writer = cv2.VideoWriter(str(path), cv2.VideoWriter_fourcc(*"MJPG"), 30, (width, height))
    assert writer.isOpened()
    for frame in frames:
        writer.write(frame)
    writer.release()


def test_every_code_of_a_video_is_read_in_order(tmp_path: Path) -> None:
    rng = np.random.default_rng(5)
    frames = [desk(rng, 480, 640)] * 3 + [scene(rng, "first", "plain", 480, 640)] * 3
    frames += [scene(rng, "second", "turned", 480, 640)] * 3
    video(tmp_path / "aiming.avi", frames)
    assert [read.text for read in read_file(tmp_path / "aiming.avi")] == ["first", "second"]


def test_a_video_without_a_code_says_so(tmp_path: Path) -> None:
    video(tmp_path / "empty.avi", [desk(np.random.default_rng(6), 120, 160)] * 3)
    with pytest.raises(CodeUnreadable):
        read_file(tmp_path / "empty.avi")


@pytest.mark.parametrize(
    "head", [b"\0\0\0\x18ftypisom", b"\x1a\x45\xdf\xa3", b"RIFF\0\0\0\0AVI LIST", b"OggS"]
)
def test_a_video_that_does_not_open_is_refused(tmp_path: Path, head: bytes) -> None:
    path = tmp_path / "broken.mp4"
    path.write_bytes(head + bytes(1000))
    with pytest.raises(ImageRefused):
        read_file(path)


def test_a_long_video_ends_in_time(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pictures, "MAX_VIDEO_SECONDS", 0.0)
    rng = np.random.default_rng(7)
    video(tmp_path / "long.avi", [desk(rng, 120, 160)] * 5 + [scene(rng, "late", "plain", 120, 160)] * 5)
    with pytest.raises(CodeUnreadable):
        read_file(tmp_path / "long.avi")
