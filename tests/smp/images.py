"""MCUboot images of any version and size, unsigned."""

from __future__ import annotations

import struct
from hashlib import sha256


def image(version: tuple[int, int, int], size: int = 2000, build: int = 0) -> bytes:
    """Header, a payload of its own, and the digest behind it."""
    head = struct.pack("<4sIHHIIBBHI4x", bytes.fromhex("3db8f396"), 0, 32, 0, size, 0, *version, build)
    body = head + bytes((index * 7 + version[2]) & 255 for index in range(size))
    digest = sha256(body).digest()
    return body + struct.pack("<HHHH", 0x6907, 8 + len(digest), 0x10, len(digest)) + digest
