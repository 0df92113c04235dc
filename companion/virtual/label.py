"""The label of a device: its setup code as a QR code in a PNG file."""

from __future__ import annotations

import struct
import zlib
from pathlib import Path

MODULE_PIXELS = 10
QUIET_MODULES = 4
_PNG = b"\x89PNG\r\n\x1a\n"
_GREY_1_BIT = (1, 0, 0, 0, 0)


def matrix(text: str) -> list[list[bool]]:
    """The QR code of a text, True for dark modules, with its quiet zone (ISO/IEC 18004)."""
    from qrcode.constants import ERROR_CORRECT_Q
    from qrcode.main import QRCode

    code = QRCode(error_correction=ERROR_CORRECT_Q, border=QUIET_MODULES)
    code.add_data(text)
    code.make(fit=True)
    return [[bool(module) for module in row] for row in code.get_matrix()]


def png(modules: list[list[bool]], *, pixels: int = MODULE_PIXELS) -> bytes:
    """A black-and-white PNG (RFC 2083) of square modules, each `pixels` wide."""
    lines = b"".join((b"\0" + _bits(row, pixels)) * pixels for row in modules)
    side = len(modules) * pixels
    header = struct.pack(">II5B", side, side, *_GREY_1_BIT)
    chunks = ((b"IHDR", header), (b"IDAT", zlib.compress(lines, 9)), (b"IEND", b""))
    return _PNG + b"".join(_chunk(name, content) for name, content in chunks)


def write(path: Path, text: str) -> None:
    """Write the label that carries `text`. Raises OSError."""
    path.write_bytes(png(matrix(text)))


def _bits(row: list[bool], pixels: int) -> bytes:
    """One line of pixels, eight to the octet, 1 for white."""
    line = "".join(("0" if dark else "1") * pixels for dark in row)
    line += "1" * (-len(line) % 8)
    return int(line, 2).to_bytes(len(line) // 8, "big")


def _chunk(name: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))
