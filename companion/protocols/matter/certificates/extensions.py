"""The extensions of an operational certificate (core 6.5.11), each as TLV and as X.509."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum, IntFlag
from typing import TypeAlias

from companion.protocols.matter import der, tlv
from companion.protocols.matter.certificates.faults import BadCertificate, Fault

KEY_IDENTIFIER_SIZE = 20


class Usage(IntFlag):
    """What a key may be used for: the bits of TLV; X.509 counts them from the other end."""

    DIGITAL_SIGNATURE = 0x01
    NON_REPUDIATION = 0x02
    KEY_ENCIPHERMENT = 0x04
    DATA_ENCIPHERMENT = 0x08
    KEY_AGREEMENT = 0x10
    SIGN_CERTIFICATES = 0x20
    SIGN_CRLS = 0x40
    ENCIPHER_ONLY = 0x80
    DECIPHER_ONLY = 0x100


class Purpose(IntEnum):
    """Extended key usage."""

    SERVER = 1
    CLIENT = 2
    CODE_SIGNING = 3
    EMAIL = 4
    TIME_STAMPING = 5
    OCSP_SIGNING = 6


_BASIC_CONSTRAINTS, _KEY_USAGE, _PURPOSES, _SUBJECT_KEY, _AUTHORITY_KEY, _FUTURE = range(1, 7)
_OIDS = {
    _BASIC_CONSTRAINTS: der.oid("2.5.29.19"),
    _KEY_USAGE: der.oid("2.5.29.15"),
    _PURPOSES: der.oid("2.5.29.37"),
    _SUBJECT_KEY: der.oid("2.5.29.14"),
    _AUTHORITY_KEY: der.oid("2.5.29.35"),
}
_TAGS = {octets: tag for tag, octets in _OIDS.items()}
_PURPOSE_OIDS = {
    purpose: der.oid(f"1.3.6.1.5.5.7.3.{arc}")
    for purpose, arc in zip(Purpose, (1, 2, 3, 4, 8, 9), strict=True)
}
_PURPOSE_NUMBERS = {octets: purpose for purpose, octets in _PURPOSE_OIDS.items()}


@dataclass(frozen=True)
class BasicConstraints:
    """authority: may issue; path_length: how many CAs may follow, where it says so."""

    authority: bool
    path_length: int | None = None

    @property
    def tag(self) -> int:
        return _BASIC_CONSTRAINTS

    def as_tlv(self) -> tlv.Element:
        length = () if self.path_length is None else (tlv.unsigned(2, self.path_length),)
        return tlv.structure(self.tag, tlv.boolean(1, self.authority), *length)

    def as_der(self) -> bytes:
        authority = der.TRUE if self.authority else b""
        length = b"" if self.path_length is None else der.wrap(der.INTEGER, _integer(self.path_length))
        return _extension(self.tag, der.wrap(der.SEQUENCE, authority, length), critical=True)


@dataclass(frozen=True)
class KeyUsage:
    usage: Usage

    @property
    def tag(self) -> int:
        return _KEY_USAGE

    def as_tlv(self) -> tlv.Element:
        return tlv.unsigned(self.tag, int(self.usage))

    def as_der(self) -> bytes:
        width = int(self.usage).bit_length()
        octets = (width + 7) // 8
        bits = int(f"{int(self.usage):0{8 * octets}b}"[::-1], 2).to_bytes(octets, "big")
        return _extension(self.tag, der.bit_string(bits, 8 * octets - width), critical=True)


@dataclass(frozen=True)
class ExtendedKeyUsage:
    purposes: tuple[Purpose, ...]

    @property
    def tag(self) -> int:
        return _PURPOSES

    def as_tlv(self) -> tlv.Element:
        return tlv.array(self.tag, *(tlv.unsigned(None, int(each)) for each in self.purposes))

    def as_der(self) -> bytes:
        listed = (_PURPOSE_OIDS[each] for each in self.purposes)
        return _extension(self.tag, der.wrap(der.SEQUENCE, *listed), critical=True)


@dataclass(frozen=True)
class SubjectKey:
    """The identifier (20 octets) of the certificate's own key."""

    identifier: bytes

    @property
    def tag(self) -> int:
        return _SUBJECT_KEY

    def as_tlv(self) -> tlv.Element:
        return tlv.octets(self.tag, self.identifier)

    def as_der(self) -> bytes:
        return _extension(self.tag, der.wrap(der.OCTET_STRING, self.identifier))


@dataclass(frozen=True)
class AuthorityKey:
    """The identifier (20 octets) of the issuer's key."""

    identifier: bytes

    @property
    def tag(self) -> int:
        return _AUTHORITY_KEY

    def as_tlv(self) -> tlv.Element:
        return tlv.octets(self.tag, self.identifier)

    def as_der(self) -> bytes:
        inner = der.wrap(der.context(0, constructed=False), self.identifier)
        return _extension(self.tag, der.wrap(der.SEQUENCE, inner))


@dataclass(frozen=True)
class Future:
    """One that Matter does not know, as the DER that X.509 has for it."""

    encoded: bytes

    @property
    def tag(self) -> int:
        return _FUTURE

    def as_tlv(self) -> tlv.Element:
        return tlv.octets(self.tag, self.encoded)

    def as_der(self) -> bytes:
        return self.encoded


Extension: TypeAlias = BasicConstraints | KeyUsage | ExtendedKeyUsage | SubjectKey | AuthorityKey | Future


def read_tlv(element: tlv.Element) -> Extension:
    """Raises BadCertificate and MalformedTlv."""
    match element.tag:
        case 1:
            return _BASIC.read(element)
        case 2:
            return KeyUsage(_usage(tlv.UINT16.read(element)))
        case 3:
            purposes = tlv.Several(tlv.UINT8, len(Purpose)).read(element)
            return ExtendedKeyUsage(tuple(_purpose(each) for each in purposes))
        case 4:
            return SubjectKey(_IDENTIFIER.read(element))
        case 5:
            return AuthorityKey(_IDENTIFIER.read(element))
        case 6:
            return Future(tlv.Octets(1, 400).read(element))
    raise BadCertificate(Fault.MALFORMED, "an extension that Matter does not know")


_IDENTIFIER = tlv.Octets(KEY_IDENTIFIER_SIZE)
_BASIC = tlv.Shape(
    BasicConstraints,
    tlv.Field("authority", 1, tlv.BOOLEAN),
    tlv.Field("path_length", 2, tlv.UINT8, optional=True),
)


def read_der(node: der.Node) -> Extension:
    """Raises BadCertificate and MalformedDer. That the encoding is the only one is left to the whole."""
    identifier, *_, value = node.sequence(2, 3)
    tag = _TAGS.get(identifier.whole)
    if tag is None:
        return Future(node.whole)
    inner = der.read(value.of(der.OCTET_STRING))
    match tag:
        case 1:
            return _basic_constraints(inner)
        case 2:
            bits = inner.of(der.BIT_STRING)[1:]
            return KeyUsage(_usage(int("".join(f"{octet:08b}" for octet in bits)[::-1] or "0", 2)))
        case 3:
            listed = (_PURPOSE_NUMBERS.get(each.whole, 0) for each in inner.sequence(1, len(Purpose)))
            return ExtendedKeyUsage(tuple(_purpose(each) for each in listed))
        case 4:
            return SubjectKey(_identifier(inner.of(der.OCTET_STRING)))
    return AuthorityKey(_identifier(inner.only(der.SEQUENCE).of(der.context(0, constructed=False))))


def _basic_constraints(node: der.Node) -> BasicConstraints:
    parts = list(node.sequence(0, 2))
    authority = bool(parts) and parts[0].tag == der.BOOLEAN
    length = parts[-1] if len(parts) > authority else None
    if length is None:
        return BasicConstraints(authority)
    return BasicConstraints(authority, int.from_bytes(length.of(der.INTEGER)[:8], "big"))


def _extension(tag: int, value: bytes, *, critical: bool = False) -> bytes:
    flag = der.TRUE if critical else b""
    return der.wrap(der.SEQUENCE, _OIDS[tag], flag, der.wrap(der.OCTET_STRING, value))


def _integer(value: int) -> bytes:
    return value.to_bytes(value.bit_length() // 8 + 1, "big")


def _usage(bits: int) -> Usage:
    if bits >> 9:
        raise BadCertificate(Fault.KEY_USAGE, "a usage that there is not")
    return Usage(bits)


def _purpose(number: int) -> Purpose:
    try:
        return Purpose(number)
    except ValueError as error:
        raise BadCertificate(Fault.EXTENDED_KEY_USAGE, "a purpose that Matter does not know") from error


def _identifier(octets: bytes) -> bytes:
    if len(octets) != KEY_IDENTIFIER_SIZE:
        raise BadCertificate(Fault.KEY_IDENTIFIER, "not of 20 octets")
    return octets
