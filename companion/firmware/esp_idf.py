"""ESP-IDF's images: header, segments, application description, checksum, digest (esp_image_format.h)."""

from __future__ import annotations

import struct
from collections.abc import Iterator, Sequence
from hashlib import sha256

from companion.errors.firmware import FirmwareMalformed
from companion.firmware import esp_signature
from companion.firmware.image import Fact, Image, Kind, failed, not_known, passed, text_of
from companion.firmware.keys import SignerKey
from companion.model import Check, Text

MAGIC = 0xE9
_HEADER = struct.Struct("<BBBBIB3xHBHH4xB")
_SEGMENT = struct.Struct("<II")
_MOST_SEGMENTS = 16
_CHECKSUM_SEED = 0xEF
_DESCRIPTION = struct.Struct("<II8x32s32s16s16s32s32s")
_DESCRIPTION_MAGIC = 0xABCD5432
_CHIPS = {
    0: "ESP32",
    2: "ESP32-S2",
    5: "ESP32-C3",
    9: "ESP32-S3",
    12: "ESP32-C2",
    13: "ESP32-C6",
    16: "ESP32-H2",
    18: "ESP32-P4",
    20: "ESP32-C61",
    23: "ESP32-C5",
    25: "ESP32-H21",
    28: "ESP32-H4",
}
_CHECKSUM, _DIGEST = Text("Checksum of the image"), Text("Digest of the image")
_CHANGED = Text("The image was changed after it was made, or is damaged.")


def recognises(data: bytes) -> bool:
    """True for what begins like one: its first octet, and as many segments as an image may have."""
    return len(data) > 1 and data[0] == MAGIC and 0 < data[1] <= _MOST_SEGMENTS


def read(data: bytes, keys: Sequence[SignerKey] = ()) -> Image:
    """The image. Raises FirmwareMalformed."""
    if len(data) < _HEADER.size:
        raise FirmwareMalformed("the header is cut short")
    _, segments, _, _, entry, _, chip, _, oldest, newest, has_digest = _HEADER.unpack_from(data)
    parts = tuple(_segments(data, segments))
    end = _padded(parts[-1][1] + 1, 16)
    if end > len(data):
        raise FirmwareMalformed("the checksum is missing")
    facts = [Fact("chip", "For", _CHIPS.get(chip, f"chip {chip}"))]
    if oldest or newest not in (0, 0xFFFF):
        facts.append(Fact("revisions", "Chip revisions", f"{_revision(oldest)} to {_revision(newest)}"))
    facts += _description(data, *parts[0])
    facts.append(Fact("entry", "Entry point", f"0x{entry:08x}"))
    checks = [_checksum(data, parts, end), _digest(data, end, is_there=bool(has_digest))]
    blocks = esp_signature.blocks_behind(data, end + (32 if has_digest else 0))
    return Image(Kind.ESP_IDF, "ESP-IDF image", tuple(facts), (*checks, *esp_signature.check(blocks, keys)))


def _segments(data: bytes, count: int) -> Iterator[tuple[int, int]]:
    """Where each begins and ends in the file. Raises FirmwareMalformed."""
    at = _HEADER.size
    for _ in range(count):
        if at + _SEGMENT.size > len(data):
            raise FirmwareMalformed("a segment is cut short")
        _, length = _SEGMENT.unpack_from(data, at)
        at += _SEGMENT.size
        if at + length > len(data):
            raise FirmwareMalformed("a segment is cut short")
        yield at, at + length
        at += length


def _description(data: bytes, begin: int, end: int) -> Iterator[Fact]:
    """What an application says of itself, at the beginning of its first segment; bootloaders say nothing."""
    if end - begin < _DESCRIPTION.size:
        return
    magic, counter, version, project, time, date, idf, elf = _DESCRIPTION.unpack_from(data, begin)
    if magic != _DESCRIPTION_MAGIC:
        return
    yield Fact("project", "Project", text_of(project))
    yield Fact("version", "Version", text_of(version))
    yield Fact("security_version", "Security version", str(counter))
    yield Fact("idf", "ESP-IDF", text_of(idf))
    if built := f"{text_of(date)} {text_of(time)}".strip():
        yield Fact("built", "Built", built)
    yield Fact("elf_sha256", "Program (SHA-256)", elf.hex())


def _checksum(data: bytes, parts: Sequence[tuple[int, int]], end: int) -> Check:
    """All octets of all segments, exclusive or: by the kilobyte, as Python has no quick one of octets."""
    made = 0
    for first, last in parts:
        octets = data[first:last]
        whole = len(octets) & ~1023
        for at in range(0, whole, 1024):
            made ^= int.from_bytes(octets[at : at + 1024], "little")
        made ^= int.from_bytes(octets[whole:], "little")
    folded = _CHECKSUM_SEED
    for octet in made.to_bytes(1024, "little"):
        folded ^= octet
    if folded == data[end - 1]:
        return passed("checksum", _CHECKSUM)
    return failed("checksum", _CHECKSUM, _CHANGED)


def _digest(data: bytes, end: int, *, is_there: bool) -> Check:
    if not is_there:
        return not_known("digest", _DIGEST, Text("The file has none."))
    if sha256(data[:end]).digest() == data[end : end + 32]:
        return passed("digest", _DIGEST)
    return failed("digest", _DIGEST, _CHANGED)


def _padded(size: int, to: int) -> int:
    return -(-size // to) * to


def _revision(number: int) -> str:
    return "any" if number in (0, 0xFFFF) else f"{number // 100}.{number % 100}"
