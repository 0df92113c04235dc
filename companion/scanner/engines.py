"""The two engines: zxing-cpp on every frame, zbar as a second opinion where its library is present."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from functools import cache
from typing import Any

import zxingcpp

from companion.scanner.reads import Frame, Point, Quad, Read, Scan

_log = logging.getLogger(__name__)

_NO_ECI = "]Q1"


def zxing(grey: Frame, *, global_threshold: bool = False, data_matrix: bool = False) -> Scan:
    """QR codes (or DataMatrix codes) in a grey frame, turned and inverted ones too."""
    binarizer = zxingcpp.Binarizer
    found = zxingcpp.read_barcodes(
        grey,
        formats=zxingcpp.BarcodeFormat.DataMatrix if data_matrix else zxingcpp.BarcodeFormat.QRCode,
        binarizer=binarizer.GlobalHistogram if global_threshold else binarizer.LocalAverage,
        text_mode=zxingcpp.TextMode.Plain,
        return_errors=not data_matrix,
    )
    reads = tuple(Read(_text(code), code.bytes, _corners(code.position)) for code in found if code.valid)
    return Scan(reads, tuple(_corners(code.position) for code in found if not code.valid))


def zbar(grey: Frame) -> Scan:
    """QR codes by zbar; nothing where libzbar is missing.

    zbar re-codes octets as UTF-8, which breaks binary payloads, so only ASCII texts are believed.
    """
    decode = _zbar_decode()
    if decode is None:
        return Scan()
    reads = []
    for symbol in decode(grey):
        if symbol.data.isascii() and len(symbol.polygon) == 4:
            # Its polygon runs against the clock from the top left.
            corners = [(float(point.x), float(point.y)) for point in symbol.polygon]
            quad = (corners[0], corners[3], corners[2], corners[1])
            reads.append(Read(symbol.data.decode(), symbol.data, quad))
    return Scan(tuple(reads))


def has_zbar() -> bool:
    """True if there is a second opinion: zbar's library was found."""
    return _zbar_decode() is not None


@cache
def _zbar_decode() -> Any:
    try:
        from pyzbar import pyzbar
    except ImportError:
        _log.info("libzbar is missing: no second opinion")
        return None
    return lambda grey: pyzbar.decode(grey, symbols=[pyzbar.ZBarSymbol.QRCODE])


def _text(code: Any) -> str:
    """The payload as text: UTF-8 where it is that, else what zxing-cpp makes of it."""
    if code.symbology_identifier == _NO_ECI:
        try:
            return str(code.bytes, "utf-8")
        except UnicodeDecodeError:
            pass
    return str(code.text)


def _corners(position: Any) -> Quad:
    points: Sequence[Any] = (
        position.top_left,
        position.top_right,
        position.bottom_right,
        position.bottom_left,
    )
    a, b, c, d = ((float(point.x), float(point.y)) for point in points)
    return (a, b, c, d)


def moved(scan: Scan, scale: float, offset: Point = (0.0, 0.0)) -> Scan:
    """A scan of a cut and scaled piece, in the pixels of the frame it came from."""

    def back(quad: Quad) -> Quad:
        a, b, c, d = ((x / scale + offset[0], y / scale + offset[1]) for x, y in quad)
        return (a, b, c, d)

    return Scan(
        tuple(Read(read.text, read.raw, back(read.corners)) for read in scan.reads),
        tuple(back(quad) for quad in scan.unread),
    )
