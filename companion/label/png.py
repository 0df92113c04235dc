"""One QR code as a PNG picture (ISO/IEC 15948): one bit a pixel, written with zlib alone."""

from __future__ import annotations

import struct
import zlib
from pathlib import Path

from companion.files import replace_durably
from companion.label.symbol import QUIET_ZONE, symbol

_SIGNATURE = b"\x89PNG\r\n\x1a\n"


def qr_png(text: str, path: Path | str | None = None, *, module: int = 8, correction: str = "M") -> bytes:
    """A PNG of the text's QR code with its quiet zone, `module` pixels a module; written to `path` if given.

    Raises ValueError if the text is too long for a QR code, and OSError if it can't be written.
    """
    made = symbol(text, correction)
    side = made.width * module
    light = b"\0" + b"\xff" * ((side + 7) // 8)
    rows = [light * (QUIET_ZONE * module)]
    for row in made.modules:
        dark = "".join(("0" if is_dark else "1") * module for is_dark in row)
        quiet = "1" * (QUIET_ZONE * module)
        bits = (quiet + dark + quiet).ljust((side + 7) // 8 * 8, "1")
        rows.append((b"\0" + int(bits, 2).to_bytes(len(bits) // 8, "big")) * module)
    rows.append(light * (QUIET_ZONE * module))
    picture = (
        _SIGNATURE
        + _chunk(b"IHDR", struct.pack(">IIBBBBB", side, side, 1, 0, 0, 0, 0))
        + _chunk(b"IDAT", zlib.compress(b"".join(rows), 9))
        + _chunk(b"IEND", b"")
    )
    if path is not None:
        replace_durably(Path(path), picture)
    return picture


def _chunk(name: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))
