"""An ownership voucher (FDO 1.1, section 3.4) and the file that it comes in.

What is hashed or signed is kept as it was encoded. Nothing is verified here.
"""

from __future__ import annotations

import base64
import binascii
import re
from dataclasses import dataclass, field

from companion.encoding import cbor
from companion.vouchers.keys import OwnerKey, read_key
from companion.vouchers.reader import ARRAY, TAG, MalformedItem, Reader
from companion.vouchers.rendezvous import Directive, read_rendezvous

MAX_FILE = 1 << 25
"""Octets of a file: 10,000 entries of RSA 3072 are about as many."""
MAX_ENTRIES = 10_000
MAX_CERTIFICATES = 8
VERSION = 101
_GUID, _MAX_NAME, _MAX_CERTIFICATE, _MAX_PART, _MAX_SIGNATURE = 16, 1024, 16_384, 65_536, 1024
_SIGN1 = 18
_TAG, _VERSION, _NULL = b"\xd2", b"\x18\x65", b"\xf6"
_PEM = re.compile(rb"-----BEGIN OWNERSHIP VOUCHER-----([\sA-Za-z0-9+/=]*)-----END OWNERSHIP VOUCHER-----")
_OLD_ELEMENTS = 4


class VoucherUnreadable(ValueError):
    """The octets are no voucher, or one that is damaged. The reason is a sentence's end."""


class VoucherOutdated(VoucherUnreadable):
    """One of FDO 1.0: it has no version and another form."""


@dataclass(frozen=True)
class Hash:
    """algorithm: COSE's (-16 SHA-256, -43 SHA-384), or that of an HMAC (5, 6)"""

    algorithm: int
    value: bytes


@dataclass(frozen=True)
class Entry:
    """One owner makes the next one. encoded: with its tag; protected, payload: what is signed"""

    encoded: bytes = field(repr=False)
    algorithm: int
    protected: bytes = field(repr=False)
    payload: bytes = field(repr=False)
    signature: bytes = field(repr=False)
    previous: Hash
    header: Hash
    owner: OwnerKey


@dataclass(frozen=True)
class Voucher:
    """header, hmac: as encoded; manufacturer: the key that the first entry is signed with

    certificates: the device's (DER), leaf first; chain: the array of them, as encoded
    """

    guid: bytes
    device: str
    rendezvous: tuple[Directive, ...]
    manufacturer: OwnerKey
    chain_hash: Hash | None
    header: bytes = field(repr=False)
    hmac: bytes = field(repr=False)
    certificates: tuple[bytes, ...] = field(repr=False)
    chain: bytes = field(repr=False)
    entries: tuple[Entry, ...]

    @property
    def owner(self) -> OwnerKey:
        """Whose the device is: of the last entry, or its manufacturer."""
        return self.entries[-1].owner if self.entries else self.manufacturer


def read_voucher(content: bytes) -> Voucher:
    """The voucher in a file, PEM or CBOR. Raises VoucherUnreadable, VoucherOutdated."""
    if len(content) > MAX_FILE:
        raise VoucherUnreadable("it is too long")
    try:
        return _voucher(Reader(_unwrapped(content)))
    except MalformedItem as error:
        raise VoucherUnreadable(str(error)) from error


def encode_voucher(voucher: Voucher) -> bytes:
    """The voucher as CBOR; what is hashed or signed stays as it was encoded."""
    entries = array(*(each.encoded for each in voucher.entries))
    chain = voucher.chain or _NULL
    return array(_VERSION, cbor.encode(voucher.header), voucher.hmac, chain, entries)


def as_pem(content: bytes) -> bytes:
    """A voucher's CBOR as the text that FDO's tools exchange."""
    text = base64.b64encode(content).decode()
    lines = [text[at : at + 64] for at in range(0, len(text), 64)]
    name = "OWNERSHIP VOUCHER"
    return "\n".join([f"-----BEGIN {name}-----", *lines, f"-----END {name}-----", ""]).encode()


def array(*items: bytes) -> bytes:
    """An array of what is encoded already."""
    # A byte string's head with another major type: both count in the same way (RFC 8949, section 3).
    head = cbor.encode(bytes(len(items)))[: -len(items) or None]
    return bytes((head[0] ^ 0xC0,)) + head[1:] + b"".join(items)


def to_be_signed(protected: bytes, payload: bytes) -> bytes:
    """What a COSE_Sign1 is signed over (RFC 9052, section 4.4)."""
    return cbor.encode(["Signature1", protected, b"", payload])


def sign1(protected: bytes, payload: bytes, signature: bytes) -> bytes:
    """A tagged COSE_Sign1."""
    return _TAG + cbor.encode([protected, {}, payload, signature])


def read_entry(encoded: bytes) -> Entry:
    """One entry, alone. Raises MalformedItem."""
    return _entry(Reader(encoded))


def _unwrapped(content: bytes) -> bytes:
    if b"-----BEGIN" not in content:
        return content
    match = _PEM.search(content)
    if match is None:
        raise VoucherUnreadable("its PEM is damaged, or is of another kind")
    try:
        return base64.b64decode(b"".join(match[1].split()), validate=True)
    except binascii.Error as error:
        raise VoucherUnreadable("its PEM is damaged") from error


def _voucher(reader: Reader) -> Voucher:
    if reader.kind != ARRAY:
        raise MalformedItem("it does not begin as a voucher does")
    if reader.array(_OLD_ELEMENTS, 5) == _OLD_ELEMENTS:
        raise VoucherOutdated("it is of FDO 1.0")
    _version(reader)
    header = reader.octets(1, _MAX_PART)
    guid, rendezvous, device, manufacturer, chain_hash = _header(Reader(header))
    hmac = reader.raw()
    _hash(Reader(hmac))
    certificates, chain = _certificates(reader)
    number = 0
    entries = []
    for number in range(1, reader.array(0, MAX_ENTRIES) + 1):
        try:
            entries.append(_entry(reader))
        except MalformedItem as error:
            raise MalformedItem(f"entry {number}: {error}") from error
    reader.end()
    return Voucher(
        guid, device, rendezvous, manufacturer, chain_hash, header, hmac, certificates, chain, tuple(entries)
    )


def _header(
    reader: Reader,
) -> tuple[bytes, tuple[Directive, ...], str, OwnerKey, Hash | None]:
    reader.array(6, 6)
    _version(reader)
    guid = reader.octets(_GUID, _GUID)
    rendezvous = read_rendezvous(reader)
    device, manufacturer = reader.text(_MAX_NAME), read_key(reader)
    chain_hash = None if reader.null() else _hash(reader)
    reader.end()
    return guid, rendezvous, device, manufacturer, chain_hash


def _version(reader: Reader) -> None:
    version = reader.unsigned()
    if version != VERSION:
        raise MalformedItem(f"it is of version {version}, and {VERSION} is known")


def _certificates(reader: Reader) -> tuple[tuple[bytes, ...], bytes]:
    if reader.null():
        return (), b""
    chain = reader.raw()
    inside = Reader(chain)
    count = inside.array(1, MAX_CERTIFICATES)
    return tuple(inside.octets(1, _MAX_CERTIFICATE) for _ in range(count)), chain


def _entry(reader: Reader) -> Entry:
    encoded = reader.raw()
    sign1 = Reader(encoded)
    if sign1.kind == TAG:
        sign1.tag(_SIGN1)
    sign1.array(4, 4)
    protected, _ = sign1.octets(1, 64), sign1.raw()
    payload, signature = sign1.octets(1, _MAX_PART), sign1.octets(1, _MAX_SIGNATURE)
    inside = Reader(payload)
    inside.array(4, 4)
    previous, header = _hash(inside), _hash(inside)
    inside.raw()  # what is said besides is between these two owners
    owner = read_key(inside)
    inside.end()
    return Entry(
        encoded, _algorithm(Reader(protected)), protected, payload, signature, previous, header, owner
    )


def _algorithm(protected: Reader) -> int:
    """COSE's `alg`, label 1."""
    protected.map(4)
    if protected.unsigned() != 1:
        raise MalformedItem("the algorithm of its signature is missing")
    return protected.integer()


def _hash(reader: Reader) -> Hash:
    reader.array(2, 2)
    return Hash(reader.integer(), reader.octets(1, 64))
