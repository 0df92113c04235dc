"""The TLV data that a Matter QR code may carry behind its fixed part (Matter Core 1.4, 5.1.5 and A)."""

from __future__ import annotations

import struct
from collections.abc import Mapping

Value = int | float | bool | str | bytes | None

_STRUCTURE, _ARRAY, _LIST, _END = 0x15, 0x16, 0x17, 0x18
_CONTEXT_TAG = 1
_MAX_DEPTH = 8


def decode_structure(data: bytes) -> Mapping[int, Value]:
    """The context-tagged scalars of one anonymous structure; containers inside are stepped over.

    Only zero octets may follow. Raises ValueError for anything else.
    """
    reader = _Reader(data)
    if reader.octet() != _STRUCTURE:
        raise ValueError("the optional data is not a structure")
    values = reader.structure()
    if any(reader.rest()):
        raise ValueError("octets follow the optional data")
    return values


class _Reader:
    """Takes TLV elements off the front of octets. Its methods raise ValueError."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._at = 0

    def structure(self) -> Mapping[int, Value]:
        """The elements up to the end of the structure whose control octet was just read."""
        values: dict[int, Value] = {}
        while (control := self.octet()) != _END:
            form = control >> 5
            tag = self._tag(form)
            if control & 0x1F in (_STRUCTURE, _ARRAY, _LIST):
                self._skip_container(1)
            else:
                value = self._scalar(control & 0x1F)
                if form == _CONTEXT_TAG:
                    if tag in values:
                        raise ValueError("a tag appears twice")
                    values[tag] = value
        return values

    def octet(self) -> int:
        return self._take(1)[0]

    def rest(self) -> bytes:
        return self._data[self._at :]

    def _tag(self, form: int) -> int:
        """Tag of a control octet's form: context 1 octet, profiles 2, 4, 2, 4, 6 and 8 octets."""
        return int.from_bytes(self._take((0, 1, 2, 4, 2, 4, 6, 8)[form]), "little")

    def _scalar(self, kind: int) -> Value:
        size = 1 << (kind & 3)
        if kind < 0x08:
            return int.from_bytes(self._take(size), "little", signed=kind < 0x04)
        if kind < 0x0A:
            return kind == 0x09
        if kind < 0x0C:
            number: float = struct.unpack(
                "<f" if kind == 0x0A else "<d", self._take(4 if kind == 0x0A else 8)
            )[0]
            return number
        if kind < 0x14:
            content = self._take(int.from_bytes(self._take(size), "little"))
            return content if kind >= 0x10 else content.decode()
        if kind == 0x14:
            return None
        raise ValueError("an element of unknown type")

    def _skip_container(self, depth: int) -> None:
        if depth > _MAX_DEPTH:
            raise ValueError("containers are nested too deeply")
        while (control := self.octet()) != _END:
            self._tag(control >> 5)
            if control & 0x1F in (_STRUCTURE, _ARRAY, _LIST):
                self._skip_container(depth + 1)
            else:
                self._scalar(control & 0x1F)

    def _take(self, count: int) -> bytes:
        taken = self._data[self._at : self._at + count]
        if len(taken) != count:
            raise ValueError("the optional data is cut short")
        self._at += count
        return taken
