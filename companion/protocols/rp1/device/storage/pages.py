"""Two shapes of durable data on pages: a cell that changes atomically, and a log that only grows.

    cell   two pages; each holds seq u32 | length u32 | data | crc32; the valid one with the higher seq counts
    log    one page; magic | nonce(8) | crc32, then entries: length u16 | data | crc32

Each entry's CRC goes on from the one before it, the first from the nonce: an entry counts only if all
before it do, and bytes that a peer had staged can't pass for one. A torn entry is overwritten by the next.
"""

from __future__ import annotations

import os
from zlib import crc32

from companion.protocols.rp1.device.storage.flash import ERASED, PAGE_SIZE, Flash

_CRC_SIZE = 4
_CELL_HEADER = 8
_MAGIC = b"RP1L"
_NONCE_SIZE = 8
_LOG_HEADER = len(_MAGIC) + _NONCE_SIZE + _CRC_SIZE
_LENGTH_SIZE = 2
ENTRY_OVERHEAD = _LENGTH_SIZE + _CRC_SIZE


class StorageFull(Exception):
    """The page has no room for this."""


class Cell:
    """One value that is replaced as a whole: after a power cut it is the old one or the new one."""

    def __init__(self, flash: Flash, first_page: int) -> None:
        self._flash = flash
        self._first_page = first_page
        self._seq, self._page, self.value = 0, 1, b""
        for page in (0, 1):
            seq, value = self._read(page)
            if value is not None and seq > self._seq:
                self._seq, self._page, self.value = seq, page, value

    def put(self, value: bytes) -> None:
        """Replace the value. Raises StorageFull."""
        if len(value) > PAGE_SIZE - _CELL_HEADER - _CRC_SIZE:
            raise StorageFull
        seq, page = self._seq + 1, 1 - self._page
        data = seq.to_bytes(4, "big") + len(value).to_bytes(4, "big") + value
        self._flash.write(self._first_page + page, 0, data + _crc(data))
        self._seq, self._page, self.value = seq, page, value

    def forget(self) -> None:
        """Replace the value by nothing, and leave no copy of it."""
        self.put(b"")
        self._flash.erase(self._first_page + 1 - self._page)

    def _read(self, page: int) -> tuple[int, bytes | None]:
        data = self._flash.read(self._first_page + page)
        seq, length = int.from_bytes(data[:4], "big"), int.from_bytes(data[4:8], "big")
        end = _CELL_HEADER + length
        if end + _CRC_SIZE > PAGE_SIZE or _crc(data[:end]) != data[end : end + _CRC_SIZE]:
            return 0, None
        return seq, data[_CELL_HEADER:end]


class Log:
    """Entries that are added one by one; adding one is atomic."""

    def __init__(self, flash: Flash, page: int) -> None:
        self._flash = flash
        self._page = page
        self.entries: list[bytes] = []
        self._end = 0
        self._crc = 0
        self._clean = False
        self._load(flash.read(page))

    @property
    def free(self) -> int:
        """Octets that one more entry may have."""
        return max(0, PAGE_SIZE - (self._end or _LOG_HEADER) - ENTRY_OVERHEAD)

    def erase(self) -> None:
        """Remove all entries; after a power cut inside, none is left or all are."""
        if self._clean:
            return
        self._flash.erase(self._page)
        self.entries, self._end, self._clean = [], 0, True

    def append(self, entry: bytes) -> None:
        """Add an entry. Raises StorageFull."""
        if len(entry) > self.free:
            raise StorageFull
        if not self._end:
            self._format()
        data = len(entry).to_bytes(_LENGTH_SIZE, "big") + entry
        crc = crc32(data, self._crc)
        self._flash.write(self._page, self._end, data + crc.to_bytes(_CRC_SIZE, "big"))
        self.entries.append(entry)
        self._end += len(data) + _CRC_SIZE
        self._crc = crc

    def _format(self) -> None:
        header = _MAGIC + os.urandom(_NONCE_SIZE)
        self._flash.write(self._page, 0, header + _crc(header))
        self._end, self._crc, self._clean = _LOG_HEADER, crc32(header), False

    def _load(self, data: bytes) -> None:
        header = data[: _LOG_HEADER - _CRC_SIZE]
        if not header.startswith(_MAGIC) or _crc(header) != data[len(header) : _LOG_HEADER]:
            self._clean = data == ERASED * PAGE_SIZE
            return
        self._end, self._crc = _LOG_HEADER, crc32(header)
        while (entry := self._next(data)) is not None:
            self.entries.append(entry)

    def _next(self, data: bytes) -> bytes | None:
        """The entry at the end so far, if a valid one is there."""
        length = int.from_bytes(data[self._end : self._end + _LENGTH_SIZE], "big")
        end = self._end + _LENGTH_SIZE + length
        if end + _CRC_SIZE > PAGE_SIZE:
            return None
        crc = crc32(data[self._end : end], self._crc)
        if crc.to_bytes(_CRC_SIZE, "big") != data[end : end + _CRC_SIZE]:
            return None
        entry = data[self._end + _LENGTH_SIZE : end]
        self._end, self._crc = end + _CRC_SIZE, crc
        return entry


def _crc(data: bytes) -> bytes:
    return crc32(data).to_bytes(_CRC_SIZE, "big")
