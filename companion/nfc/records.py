"""What records of text mean: URI, Text, the poster around them (NFC Forum: RTD URI, Text, Smart Poster)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from companion.errors import TagMalformed
from companion.nfc import ndef
from companion.nfc.ndef import Record

# What the first octet of a URI record stands for (RTD URI 1.0, table 3).
_PREFIXES = (
    "", "http://www.", "https://www.", "http://", "https://", "tel:", "mailto:",
    "ftp://anonymous:anonymous@", "ftp://ftp.", "ftps://", "sftp://", "smb://", "nfs://", "ftp://", "dav://",
    "news:", "telnet://", "imap:", "rtsp://", "urn:", "pop:", "sip:", "sips:", "tftp:", "btspp://", "btl2cap://",
    "btgoep://", "tcpobex://", "irdaobex://", "file://", "urn:epc:id:", "urn:epc:tag:", "urn:epc:pat:",
    "urn:epc:raw:", "urn:epc:", "urn:nfc:",
)  # fmt: skip
_UTF16, _LANGUAGE_LENGTH = 0x80, 0x3F
# A scheme and then only what RFC 3986 lets a URI hold.
_URI = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:(?:[A-Za-z0-9._~:/?#\[\]@!$&'()*+,;=-]|%[0-9A-Fa-f]{2})+")


def of_text(text: str) -> Record:
    """The record that a setup code is written as: a URI where it is one, else text."""
    if _URI.fullmatch(text):
        at, prefix = max(
            ((at, each) for at, each in enumerate(_PREFIXES) if text.startswith(each)),
            key=lambda found: len(found[1]),
        )
        return Record(ndef.WELL_KNOWN, b"U", bytes([at]) + text[len(prefix) :].encode())
    return Record(ndef.WELL_KNOWN, b"T", b"\x02en" + text.encode())


def texts(records: tuple[Record, ...], *, inside: bool = False) -> Iterator[str]:
    """Every text and URI, also those of a poster. Raises TagMalformed."""
    for record in records:
        match record.type_format, record.type:
            case ndef.WELL_KNOWN, b"U":
                yield _uri(record.payload)
            case ndef.WELL_KNOWN, b"T":
                yield _text(record.payload)
            case ndef.WELL_KNOWN, b"Sp" if not inside:
                yield from texts(ndef.decode(record.payload), inside=True)
            case ndef.URI, _:
                yield _decoded(record.type, "utf-8")
            case ndef.MEDIA, b"text/plain":
                yield _decoded(record.payload, "utf-8")


def _uri(payload: bytes) -> str:
    if not payload or payload[0] >= len(_PREFIXES):
        raise TagMalformed("a URI with a prefix that does not exist")
    return _PREFIXES[payload[0]] + _decoded(payload[1:], "utf-8")


def _text(payload: bytes) -> str:
    if not payload or len(payload) < 1 + (payload[0] & _LANGUAGE_LENGTH):
        raise TagMalformed("a text that ends within its language")
    words = payload[1 + (payload[0] & _LANGUAGE_LENGTH) :]
    if not payload[0] & _UTF16:
        return _decoded(words, "utf-8")
    # Without a mark the order is big-endian (RTD Text 1.0, 3.4).
    return _decoded(words, "utf-16" if words[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-16-be")


def _decoded(octets: bytes, encoding: str) -> str:
    try:
        return octets.decode(encoding)
    except UnicodeDecodeError:
        # Not from the error: it would carry the octets along.
        raise TagMalformed(f"a text that is not {encoding.upper()}") from None
