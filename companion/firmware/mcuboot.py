"""MCUboot images, of Zephyr and nRF Connect: header, payload, TLVs (MCUboot design, "Image format")."""

from __future__ import annotations

import struct
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from hashlib import sha256, sha384, sha512

from companion.errors.firmware import FirmwareMalformed
from companion.firmware import keys as signers
from companion.firmware.image import Fact, Image, Kind, failed, not_known, passed
from companion.firmware.keys import SignerKey
from companion.model import Check, Text

MAGIC = bytes.fromhex("3db8f396")
_HEADER = struct.Struct("<4sIHHIIBBHI4x")
_INFO = struct.Struct("<HH")
_UNPROTECTED, _PROTECTED = 0x6907, 0x6908
_MOST_TLVS = 256

_KEY_HASH, _PUBLIC_KEY = 0x01, 0x02
_HASHES = {0x10: sha256, 0x11: sha384, 0x12: sha512}
_RSA_2048, _ECDSA, _RSA_3072, _ED25519, _PURE = 0x20, 0x22, 0x23, 0x24, 0x25
_SIGNATURES = {
    _RSA_2048: "RSA 2048",
    0x21: "ECDSA P-224",
    _ECDSA: "ECDSA",
    _RSA_3072: "RSA 3072",
    _ED25519: "Ed25519",
}
_ENCRYPTIONS = range(0x30, 0x36)
_DEPENDENCY, _SECURITY_COUNTER = 0x40, 0x50
_FLAGS = {
    0x01: "position-independent",
    0x04: "encrypted (AES-128)",
    0x08: "encrypted (AES-256)",
    0x10: "not bootable",
    0x20: "loaded into RAM",
}
_DIGEST = Text("Digest of the image")


@dataclass(frozen=True)
class Tlv:
    """One entry behind the image. is_protected: the digest covers it."""

    type: int
    value: bytes
    is_protected: bool


def recognises(data: bytes) -> bool:
    """True for what begins like one."""
    return data.startswith(MAGIC)


def read(data: bytes, keys: Sequence[SignerKey] = ()) -> Image:
    """The image. Raises FirmwareMalformed."""
    if len(data) < _HEADER.size:
        raise FirmwareMalformed("the header is cut short")
    _, load, header, protected, size, flags, major, minor, revision, build = _HEADER.unpack_from(data)
    body = header + size
    if header < _HEADER.size or body + protected > len(data):
        raise FirmwareMalformed("the image is cut short")
    entries = tuple(_tlvs(data, body, protected))
    found = {each.type: each for each in entries}
    covered = data[: body + protected]
    facts = [
        Fact("version", "Version", f"{major}.{minor}.{revision}" + (f"+{build}" if build else "")),
        Fact("size", "Size", f"{size} bytes"),
    ]
    if load:
        facts.append(Fact("load_address", "Load address", f"0x{load:08x}"))
    if said := ", ".join(word for bit, word in _FLAGS.items() if flags & bit):
        facts.append(Fact("flags", "Flags", said))
    facts += _facts(found, entries)
    facts += [Fact("hash", "Name (hash)", found[kind].value.hex()) for kind in _HASHES if kind in found][:1]
    checks = (_digest(found, covered), _signature(found, covered, keys))
    return Image(Kind.MCUBOOT, "MCUboot image", tuple(facts), checks)


def _tlvs(data: bytes, at: int, protected: int) -> Iterator[Tlv]:
    """Those in front of the digest, then those behind. Raises FirmwareMalformed."""
    if protected:
        yield from _area(data, at, _PROTECTED, protected)
    at += protected
    if at + _INFO.size > len(data):
        return
    magic, total = _INFO.unpack_from(data, at)
    if magic == _UNPROTECTED:
        yield from _area(data, at, _UNPROTECTED, total)


def _area(data: bytes, at: int, wanted: int, total: int) -> Iterator[Tlv]:
    if total < _INFO.size or at + total > len(data):
        raise FirmwareMalformed("the entries behind the image are cut short")
    magic, said = _INFO.unpack_from(data, at)
    if magic != wanted or said != total:
        raise FirmwareMalformed("the entries behind the image contradict its header")
    end, at = at + total, at + _INFO.size
    for _ in range(_MOST_TLVS):
        if at == end:
            return
        if at + _INFO.size > end:
            break
        kind, length = _INFO.unpack_from(data, at)
        at += _INFO.size
        if at + length > end:
            break
        yield Tlv(kind, data[at : at + length], wanted == _PROTECTED)
        at += length
    raise FirmwareMalformed("an entry behind the image is cut short, or there are too many")


def _facts(found: Mapping[int, Tlv], entries: Sequence[Tlv]) -> Iterator[Fact]:
    if (counter := found.get(_SECURITY_COUNTER)) is not None and len(counter.value) == 4:
        yield Fact("security_counter", "Security counter", str(int.from_bytes(counter.value, "little")))
    for each in entries:
        if each.type == _DEPENDENCY and len(each.value) == 12:
            image, major, minor, revision, _ = struct.unpack("<B3xBBHI", each.value)
            yield Fact("depends_on", "Depends on", f"image {image}, at least {major}.{minor}.{revision}")
        if each.type in _SIGNATURES:
            yield Fact("signature", "Signed with", _SIGNATURES[each.type])
    if (named := found.get(_KEY_HASH)) is not None:
        yield Fact("key", "Key (hash)", named.value.hex())
    if any(each.type in _ENCRYPTIONS for each in entries):
        yield Fact("encryption", "Encrypted for", "the key of its device")


def _digest(found: Mapping[int, Tlv], covered: bytes) -> Check:
    for kind, algorithm in _HASHES.items():
        if (said := found.get(kind)) is not None:
            if algorithm(covered).digest() == said.value:
                return passed("digest", _DIGEST)
            return failed("digest", _DIGEST, Text("The image was changed after it was made, or is damaged."))
    return not_known("digest", _DIGEST, Text("The file has none."))


def _signature(found: Mapping[int, Tlv], covered: bytes, keys: Sequence[SignerKey]) -> Check:
    made = next((found[kind] for kind in _SIGNATURES if kind in found), None)
    if made is None:
        return signers.unsigned(keys)
    # Ed25519 signs the digest, whose own line says whether it is right; pure, and all others, the image.
    digest = next((found[kind].value for kind in _HASHES if kind in found), b"")
    message = digest if made.type == _ED25519 and _PURE not in found else covered
    named = found.get(_KEY_HASH)
    return signers.examined("signature", keys, partial(_made_by, made.value, message, named))


def _made_by(signature: bytes, message: bytes, named: Tlv | None, key: SignerKey) -> bool:
    """Signed by the key, which is the one that the image names, if it names one."""
    is_named = named is None or named.value in key.hashes
    return is_named and signers.holds(key, signature, message)
