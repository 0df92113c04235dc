"""Pictures that are made to hurt: too large, too small, too many frames, or nothing that a text can hold."""

from __future__ import annotations

import struct
import zlib
from pathlib import Path

import cv2
import numpy as np
import qrcode

HUGE_SIDE = 14_500
BOMB_SIDE = 50_000
BINARY = bytes(range(128, 256)) + b"\x00\x01"
LONGEST = "A" * 4296


def write_all(folder: Path) -> dict[str, Path]:
    """One file of each kind, by name."""
    kinds = {
        "empty": b"",
        "huge": png(HUGE_SIDE, HUGE_SIDE, bytes((HUGE_SIDE + 1) * HUGE_SIDE)),
        "bomb": png(BOMB_SIDE, BOMB_SIDE, bytes(100_000_000)),
        "cut": png(300, 300, bytes(90_300))[:60],
        "animation": animation(),
        "binary": coded(BINARY),
        "longest": coded(LONGEST),
    }
    paths = {}
    for name, content in kinds.items():
        paths[name] = folder / f"{name}.{'gif' if name == 'animation' else 'png'}"
        paths[name].write_bytes(content)
    return paths


def png(width: int, height: int, rows: bytes) -> bytes:
    """A grey PNG of this size; `rows` are its pixels, each row after an octet 0."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    data = zlib.compress(rows, 6)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", data) + chunk(b"IEND", b"")


def coded(payload: str | bytes) -> bytes:
    """A PNG of a QR code."""
    maker = qrcode.QRCode(error_correction=qrcode.constants.ERROR_CORRECT_L, mask_pattern=0)
    maker.add_data(payload, optimize=0)
    modules = np.array(maker.get_matrix())
    pixels = np.where(modules, 0, 255).astype(np.uint8).repeat(4, axis=0).repeat(4, axis=1)
    good, data = cv2.imencode(".png", pixels)
    assert good
    return bytes(data)


def animation() -> bytes:
    """A GIF of many frames, none of which holds a code."""
    made = cv2.Animation()
    made.frames = [np.full((400, 400, 3), shade, np.uint8) for shade in range(0, 250, 5)]
    made.durations = np.full(len(made.frames), 20, np.int32)
    good, data = cv2.imencodeanimation(".gif", made)
    assert good
    return bytes(data)
