"""Non-volatile memory as a device has it: pages that are erased whole and written in stretches.

A power cut inside `write` leaves a prefix of the new bytes over the old ones; inside `erase` it leaves a
prefix erased. Everything above is built so that neither can be mistaken for something that was meant.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Protocol

from companion.files import open_own

PAGE_SIZE = 32768
PAGES = 10
ERASED = b"\xff"


class PowerCut(Exception):
    """The device lost power in the middle of a flash operation. Nothing may catch this but a test."""


class Flash(Protocol):
    """PAGES pages of PAGE_SIZE octets."""

    def read(self, page: int) -> bytes:
        """The whole page."""

    def write(self, page: int, offset: int, data: bytes) -> None:
        """Put `data` at `offset`; returns when it is durable."""

    def erase(self, page: int) -> None:
        """Set the page to 0xFF; returns when that is durable."""


class RamFlash:
    """Flash for tests and for devices that may forget when their process ends."""

    def __init__(self) -> None:
        self._pages = [bytearray(ERASED * PAGE_SIZE) for _ in range(PAGES)]

    def copy(self) -> RamFlash:
        """Another flash with the same content."""
        made = RamFlash()
        made._pages = [bytearray(page) for page in self._pages]
        return made

    def read(self, page: int) -> bytes:
        return bytes(self._pages[page])

    def write(self, page: int, offset: int, data: bytes) -> None:
        _check(offset, data)
        self._pages[page][offset : offset + len(data)] = data

    def erase(self, page: int) -> None:
        self._pages[page][:] = ERASED * PAGE_SIZE


# Windows would translate the ends of lines.
_AS_IT_IS: int = getattr(os, "O_BINARY", 0)


class FileFlash:
    """Flash in one file, private to its user. Each operation is on the disk before it returns.

    Survives the death of the process at any instruction, `kill -9` included.
    """

    def __init__(self, path: Path) -> None:
        """Opens the file, or makes an erased one. Raises OSError, ValueError for a file of another size."""
        path.parent.mkdir(parents=True, exist_ok=True)
        self._file = open_own(path, os.O_RDWR | os.O_CREAT | _AS_IT_IS)
        if os.fstat(self._file).st_size == 0:
            os.write(self._file, ERASED * PAGE_SIZE * PAGES)
            os.fsync(self._file)
        if os.fstat(self._file).st_size != PAGE_SIZE * PAGES:
            os.close(self._file)
            raise ValueError(f"{path.name} is not a flash image of this device")

    def read(self, page: int) -> bytes:
        os.lseek(self._file, page * PAGE_SIZE, os.SEEK_SET)
        return os.read(self._file, PAGE_SIZE)

    def write(self, page: int, offset: int, data: bytes) -> None:
        _check(offset, data)
        os.lseek(self._file, page * PAGE_SIZE + offset, os.SEEK_SET)
        os.write(self._file, data)
        os.fsync(self._file)

    def erase(self, page: int) -> None:
        self.write(page, 0, ERASED * PAGE_SIZE)

    def close(self) -> None:
        os.close(self._file)


class FaultyFlash:
    """Another flash whose power goes in the middle of its `cut_at`-th write or erase, counted from 1.

    torn: how much of that operation still happens, 0.0 to 1.0; on_cut: what a power cut is here.
    """

    def __init__(
        self, inner: Flash, cut_at: int | None, *, torn: float = 0.5, on_cut: Callable[[], None] | None = None
    ) -> None:
        self._inner = inner
        self._cut_at = cut_at
        self._torn = torn
        self._on_cut = on_cut
        self.operations = 0

    def read(self, page: int) -> bytes:
        return self._inner.read(page)

    def write(self, page: int, offset: int, data: bytes) -> None:
        if self._is_cut():
            self._inner.write(page, offset, data[: int(len(data) * self._torn)])
            self._cut()
        self._inner.write(page, offset, data)

    def erase(self, page: int) -> None:
        if self._is_cut():
            self._inner.write(page, 0, ERASED * int(PAGE_SIZE * self._torn))
            self._cut()
        self._inner.erase(page)

    def _is_cut(self) -> bool:
        self.operations += 1
        return self._cut_at is not None and self.operations >= self._cut_at

    def _cut(self) -> None:
        if self._on_cut is not None:
            self._on_cut()
        raise PowerCut


def _check(offset: int, data: bytes) -> None:
    if offset < 0 or offset + len(data) > PAGE_SIZE:
        raise ValueError("outside of the page")
