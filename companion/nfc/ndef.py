"""NDEF messages: octets to records and back (NFC Forum, NFC Data Exchange Format 1.0, section 3)."""

from __future__ import annotations

import struct
from collections.abc import Iterable
from dataclasses import dataclass, field

from companion.errors import TagMalformed

# A tag holds at most 32 KB, a setup code 8 KB: what is longer is none of ours.
MOST_OCTETS = 16384
MOST_RECORDS = 32

EMPTY, WELL_KNOWN, MEDIA, URI = 0, 1, 2, 3
_UNCHANGED, _RESERVED = 6, 7
_BEGIN, _END, _CHUNK, _SHORT, _HAS_ID, _FORMAT = 0x80, 0x40, 0x20, 0x10, 0x08, 0x07


@dataclass(frozen=True)
class Record:
    """type_format: the TNF, 0 to 6; type: its octets (b"U", b"text/plain"); payload: may be secret."""

    type_format: int
    type: bytes
    payload: bytes = field(default=b"", repr=False)
    id: bytes = b""


def encode(records: Iterable[Record]) -> bytes:
    """The message of these records, unchunked. No records: one that is empty."""
    every = tuple(records) or (Record(EMPTY, b""),)
    last = len(every) - 1
    return b"".join(_encoded(record, first=at == 0, last=at == last) for at, record in enumerate(every))


def decode(message: bytes) -> tuple[Record, ...]:
    """The records, with chunks joined and without the empty ones; no octets: none. Raises TagMalformed."""
    if len(message) > MOST_OCTETS:
        raise TagMalformed(f"a message of {len(message)} octets")
    records: list[Record] = []
    opened: Record | None = None  # one whose chunks still come
    at, ended = 0, not message
    while not ended:
        header, record, after = _one(message, at)
        if bool(header & _BEGIN) != (at == 0):
            raise TagMalformed("the message begins twice, or not at all")
        if (opened is not None) != (record.type_format == _UNCHANGED):
            raise TagMalformed("a chunk without its beginning, or a record between chunks")
        if opened is not None:
            if record.type or record.id:
                raise TagMalformed("a later chunk has a type or an id")
            record = Record(opened.type_format, opened.type, opened.payload + record.payload, opened.id)
        ended, at = bool(header & _END), after
        opened = record if header & _CHUNK else None
        if opened is None:
            records.append(record)
        if len(records) > MOST_RECORDS:
            raise TagMalformed(f"more than {MOST_RECORDS} records")
    if opened is not None or at != len(message):
        raise TagMalformed("the message ends within a record, or goes on after its end")
    return tuple(record for record in records if record.type_format != EMPTY)


def _encoded(record: Record, *, first: bool, last: bool) -> bytes:
    short = len(record.payload) < 256
    header = record.type_format | _BEGIN * first | _END * last | _SHORT * short | _HAS_ID * bool(record.id)
    length = struct.pack(">B" if short else ">I", len(record.payload))
    id_length = bytes([len(record.id)]) if record.id else b""
    return bytes([header, len(record.type)]) + length + id_length + record.type + record.id + record.payload


def _one(message: bytes, at: int) -> tuple[int, Record, int]:
    """Header, record and where the next one begins."""
    header = _slice(message, at, 1)[0]
    type_length = _slice(message, at + 1, 1)[0]
    at += 2
    size = 1 if header & _SHORT else 4
    length = int.from_bytes(_slice(message, at, size), "big")
    at += size
    id_length = 0
    if header & _HAS_ID:
        id_length = _slice(message, at, 1)[0]
        at += 1
    kind = _slice(message, at, type_length)
    name = _slice(message, at + type_length, id_length)
    at += type_length + id_length
    record = Record(header & _FORMAT, kind, _slice(message, at, length), name)
    if record.type_format == _RESERVED or (record.type_format == EMPTY and (kind or name or length)):
        raise TagMalformed("a record of a kind that does not exist")
    return header, record, at + length


def _slice(message: bytes, at: int, length: int) -> bytes:
    if at + length > len(message):
        raise TagMalformed("the message ends within a record")
    return message[at : at + length]
