"""The envelope of a Certification Declaration: CMS SignedData as Matter narrows it (Core 6.3.1, RFC 5652).

One signer, named by its subject key identifier; SHA-256 and ECDSA; no certificates, no attributes. Parameters
of an algorithm are absent, or NULL as RFC 5754 lets others write them.
"""

from __future__ import annotations

from dataclasses import dataclass

from companion.protocols.matter.attestation import der
from companion.protocols.matter.attestation.der import INTEGER, NULL, OCTETS, OID, SEQUENCE, SET, MalformedDer
from companion.protocols.matter.crypto.keys import KeyPair, der_signature, raw_signature, verify

KEY_ID_SIZE = 20

_SIGNED_DATA = bytes.fromhex("2a864886f70d010702")
_DATA = bytes.fromhex("2a864886f70d010701")
_SHA256 = bytes.fromhex("608648016503040201")
_ECDSA_WITH_SHA256 = bytes.fromhex("2a8648ce3d040302")
_EXPLICIT_0, _IMPLICIT_0 = 0xA0, 0x80
_VERSION = b"\x03"


class MalformedCms(ValueError):
    """The bytes are not SignedData as Matter uses it."""


@dataclass(frozen=True)
class SignedData:
    """content: what is signed; signer: subject key identifier (20 octets); signature: r || s (64 octets)."""

    content: bytes
    signer: bytes
    signature: bytes

    def verified_by(self, point: bytes) -> bool:
        """True if the key of this point (65 octets) signed the content."""
        return verify(point, self.signature, self.content)


def parse(data: bytes) -> SignedData:
    """Raises MalformedCms."""
    try:
        return _signed_data(data)
    except MalformedDer as error:
        raise MalformedCms(str(error)) from error


def sign(content: bytes, key: KeyPair, signer: bytes) -> bytes:
    """SignedData of `content`. signer: the subject key identifier of the key's certificate (20 octets)."""
    inside = der.write(_EXPLICIT_0, der.write(OCTETS, content))
    info = der.write(
        SEQUENCE,
        der.write(INTEGER, _VERSION),
        der.write(_IMPLICIT_0, signer),
        _algorithm(_SHA256),
        _algorithm(_ECDSA_WITH_SHA256),
        der.write(OCTETS, der_signature(key.sign(content))),
    )
    signed = der.write(
        SEQUENCE,
        der.write(INTEGER, _VERSION),
        der.write(SET, _algorithm(_SHA256)),
        der.write(SEQUENCE, der.write(OID, _DATA), inside),
        der.write(SET, info),
    )
    return der.write(SEQUENCE, der.write(OID, _SIGNED_DATA), der.write(_EXPLICIT_0, signed))


def _signed_data(data: bytes) -> SignedData:
    outer = der.read(data, SEQUENCE)
    _expect(outer, OID, _SIGNED_DATA)
    body = _only(outer, _EXPLICIT_0, SEQUENCE)
    _expect(body, INTEGER, _VERSION)
    _read_algorithm(body.enter(SET), _SHA256)
    inside = body.enter(SEQUENCE)
    _expect(inside, OID, _DATA)
    content = inside.enter(_EXPLICIT_0)
    inside.end()
    octets = content.take(OCTETS)
    content.end()
    info = _only(body, SET, SEQUENCE)
    _expect(info, INTEGER, _VERSION)
    signer = info.take(_IMPLICIT_0)
    if len(signer) != KEY_ID_SIZE:
        raise MalformedCms(f"a key identifier of {len(signer)} octets")
    _read_algorithm(info, _SHA256, last=False)
    _read_algorithm(info, _ECDSA_WITH_SHA256, last=False)
    signature = _signature(info.take(OCTETS))
    info.end()
    return SignedData(octets, signer, signature)


def _only(around: der.Reader, tag: int, inner: int) -> der.Reader:
    """The one element in the last element of `around`."""
    holder = around.enter(tag)
    around.end()
    only = holder.enter(inner)
    holder.end()
    return only


def _expect(reader: der.Reader, tag: int, content: bytes) -> None:
    found = reader.take(tag)
    if found != content:
        raise MalformedCms(f"{found.hex()} where {content.hex()} is expected")


def _read_algorithm(reader: der.Reader, oid: bytes, *, last: bool = True) -> None:
    algorithm = reader.enter(SEQUENCE)
    _expect(algorithm, OID, oid)
    if not algorithm.done:
        _expect(algorithm, NULL, b"")
    algorithm.end()
    if last:
        reader.end()


def _algorithm(oid: bytes) -> bytes:
    return der.write(SEQUENCE, der.write(OID, oid))


def _signature(encoded: bytes) -> bytes:
    try:
        return raw_signature(encoded)
    except ValueError as error:
        raise MalformedCms("the signature is not an Ecdsa-Sig-Value") from error
