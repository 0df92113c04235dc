"""What a file is and how many pixels it claims to have, from its first octets. Nothing is decoded.

Sources: PNG (ISO/IEC 15948), JPEG (ITU-T T.81 annex B), GIF89a, BMP (BITMAPINFOHEADER), WebP (RFC 9649),
TIFF 6.0, and the magic numbers of video containers.
"""

from __future__ import annotations

import struct
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from enum import Enum

MAX_PIXELS = 50_000_000
MAX_PIXELS_IN_ROWS = 200_000_000
MAX_OCTETS = 100_000_000
"""The largest pictures, of a file or of a page; the largest where a decoder needs a few rows at a time, as of
a phone's JPEG: they are halved on the way in; and the largest files that are read whole."""

# Metadata before the size may be long, but a hostile file must not be walked for ever.
_LONGEST_HEADER = 1 << 22
_MOST_PAGES = 100


class FileKind(Enum):
    """What a file's first octets say that it is."""

    PICTURE = "picture"
    VIDEO = "video"
    PDF = "pdf"
    HEIC = "heic"
    AVIF = "avif"
    SVG = "svg"
    OTHER = "other"


@dataclass(frozen=True)
class Header:
    """A kind; for pictures the size in pixels, 0 where the header is cut or says so.

    in_rows: it is stored from top to bottom (JPEG that is not progressive, PNG that is not interlaced)
    """

    kind: FileKind
    width: int = 0
    height: int = 0
    may_be_transparent: bool = False
    in_rows: bool = False


def kind_and_size(data: bytes) -> Header:
    """What `data`, the beginning of a file or all of it, claims to be. Never raises."""
    for magic, size in _PICTURES.items():
        if data.startswith(magic):
            try:
                width, height = size(data)
            except (struct.error, IndexError):
                width = height = 0
            in_rows = magic in _IN_ROWS and _IN_ROWS[magic](data)
            return Header(FileKind.PICTURE, width, abs(height), magic in _TRANSPARENT, in_rows)
    if data.startswith(b"RIFF") and data[8:12] == b"WEBP":
        return Header(FileKind.PICTURE, *_webp(data), may_be_transparent=True)
    if _is_video(data):
        return Header(FileKind.VIDEO)
    if data[4:8] == b"ftyp" and data[8:12] in _STILL_BRANDS:
        return Header(_STILL_BRANDS[data[8:12]])
    if data.lstrip()[:4] in (b"<svg", b"<?xm", b"<!DO") and b"<svg" in data[:_SVG_WITHIN]:
        return Header(FileKind.SVG)
    if _PDF in data[:_PDF_WITHIN]:
        return Header(FileKind.PDF)
    return Header(FileKind.OTHER)


def _png(data: bytes) -> tuple[int, int]:
    width, height = struct.unpack_from(">II", data, 16)
    return width, height


def _gif(data: bytes) -> tuple[int, int]:
    """The larger of the canvas and the first frame: a frame may reach beyond its canvas."""
    data = data[:_LONGEST_HEADER]
    width, height, flags = struct.unpack_from("<HHB", data, 6)
    at = 13 + (3 << (flags & 7) + 1 if flags & 0x80 else 0)
    while data[at] == 0x21:
        at += 2
        while data[at]:
            at += data[at] + 1
        at += 1
    left, top, frame_width, frame_height = struct.unpack_from("<HHHH", data, at + 1)
    return max(width, left + frame_width), max(height, top + frame_height)


def _bmp(data: bytes) -> tuple[int, int]:
    if struct.unpack_from("<I", data, 14)[0] == 12:
        width, height = struct.unpack_from("<HH", data, 18)
    else:
        width, height = struct.unpack_from("<ii", data, 18)
    return abs(width), abs(height)


def _jpeg(data: bytes) -> tuple[int, int]:
    """From the start-of-frame segment, after any number of others."""
    height, width = struct.unpack_from(">HH", data, _jpeg_frame(data) + 5)
    return width, height


def _jpeg_frame(data: bytes) -> int:
    """Where the start-of-frame segment begins. Raises IndexError or struct.error without one."""
    data = data[:_LONGEST_HEADER]
    at = 2
    while data[at] == 0xFF:
        marker = data[at + 1]
        if marker == 0xFF:
            at += 1
            continue
        if 0xC0 <= marker <= 0xCF and marker not in (0xC4, 0xC8, 0xCC):
            return at
        at += 2 if marker == 0x01 or 0xD0 <= marker <= 0xD8 else 2 + struct.unpack_from(">H", data, at + 2)[0]
    raise IndexError(at)


def _is_baseline(data: bytes) -> bool:
    """A JPEG whose frame is sequential (SOF0, SOF1): others are held whole, as coefficients."""
    try:
        return data[_jpeg_frame(data) + 1] in (0xC0, 0xC1)
    except (struct.error, IndexError):
        return False


def _is_not_interlaced(data: bytes) -> bool:
    return data[28:29] == b"\0"


def tiff_pages(data: bytes) -> Iterator[tuple[int, int]]:
    """Width and height of each directory, in order. A directory that is cut or seen before ends them."""
    order = "<" if data.startswith(b"II") else ">"
    seen: set[int] = set()
    try:
        (at,) = struct.unpack_from(order + "I", data, 4)
        while at and at not in seen and len(seen) < _MOST_PAGES:
            seen.add(at)
            yield _tiff_directory(data, order, at)
            (count,) = struct.unpack_from(order + "H", data, at)
            (at,) = struct.unpack_from(order + "I", data, at + 2 + 12 * count)
    except (struct.error, IndexError):
        return


def _tiff(data: bytes) -> tuple[int, int]:
    """Of the first directory."""
    return next(tiff_pages(data), (0, 0))


def _tiff_directory(data: bytes, order: str, at: int) -> tuple[int, int]:
    """Width and height of a directory, or of its tiles if those are larger: a decoder takes the
    memory of a whole one. Nothing for a size that is said twice or as a list, since decoders differ in which
    they take, and for more octets to a pixel than four."""
    (count,) = struct.unpack_from(order + "H", data, at)
    found: dict[int, int] = {}
    for entry in range(at + 2, at + 2 + 12 * count, 12):
        tag, kind, values = struct.unpack_from(order + "HHI", data, entry)
        if tag not in _TIFF_SIZES:
            continue
        if tag in found or (values != 1 and tag != _TIFF_BITS):
            return 0, 0
        at_value = entry + 8
        if values * 2 > 4 and tag == _TIFF_BITS:  # one for each sample; the first stands for all
            (at_value,) = struct.unpack_from(order + "I", data, entry + 8)
        (found[tag],) = struct.unpack_from(order + _TIFF_INTEGERS.get(kind, "I"), data, at_value)
    if found.get(_TIFF_SAMPLES, 1) * found.get(_TIFF_BITS, 1) > 32:
        return 0, 0
    width, height, tile_width, tile_height = (found.get(tag, 0) for tag in _TIFF_EXTENTS)
    if width * height and tile_width * tile_height > width * height:
        return tile_width, tile_height
    return width, height


_TIFF_EXTENTS = (256, 257, 322, 323)
_TIFF_BITS, _TIFF_SAMPLES = 258, 277
_TIFF_SIZES = (*_TIFF_EXTENTS, _TIFF_BITS, _TIFF_SAMPLES)
_TIFF_INTEGERS = {1: "B", 3: "H"}


def _webp(data: bytes) -> tuple[int, int]:
    try:
        if data[12:16] == b"VP8X":
            return int.from_bytes(data[24:27], "little") + 1, int.from_bytes(data[27:30], "little") + 1
        if data[12:16] == b"VP8L":
            bits = struct.unpack_from("<I", data, 21)[0]
            return (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
        width, height = struct.unpack_from("<HH", data, 26)
    except struct.error:
        return 0, 0
    return width & 0x3FFF, height & 0x3FFF


def _is_video(data: bytes) -> bool:
    """ISO media (MP4, MOV), Matroska and WebM, AVI, Ogg, and MPEG program and transport streams."""
    return (
        (data[4:8] in (b"ftyp", b"moov", b"mdat", b"wide") and data[8:12] not in _STILL_BRANDS)
        or data.startswith((b"\x1a\x45\xdf\xa3", b"OggS", b"\x00\x00\x01\xba"))
        or (data.startswith(b"RIFF") and data[8:12] == b"AVI ")
        or (data[:1] == b"G" and data[188:189] == b"G" and data[376:377] == b"G")
    )


# A PDF's first line may follow other octets, as readers take them (ISO 32000-1, annex H.3).
_PDF, _PDF_WITHIN = b"%PDF-", 1024

# HEIC and AVIF are pictures in a video's container, which the picture decoder does not take.
_STILL_BRANDS = {
    **dict.fromkeys((b"heic", b"heix", b"heim", b"heis", b"mif1", b"msf1"), FileKind.HEIC),
    **dict.fromkeys((b"avif", b"avis"), FileKind.AVIF),
}
_SVG_WITHIN = 1024

_PICTURES: Mapping[bytes, Callable[[bytes], tuple[int, int]]] = {
    b"\x89PNG\r\n\x1a\n": _png,
    b"\xff\xd8\xff": _jpeg,
    b"GIF87a": _gif,
    b"GIF89a": _gif,
    b"BM": _bmp,
    b"II*\0": _tiff,
    b"MM\0*": _tiff,
}
_TRANSPARENT = (b"\x89PNG\r\n\x1a\n", b"GIF87a", b"GIF89a")
_IN_ROWS: Mapping[bytes, Callable[[bytes], bool]] = {
    b"\x89PNG\r\n\x1a\n": _is_not_interlaced,
    b"\xff\xd8\xff": _is_baseline,
}
