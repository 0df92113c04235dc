"""The envelope of a Certification Declaration: CMS SignedData as Matter narrows it (Core 6.3.1, RFC 5652).

One signer, named by its subject key identifier; SHA-256 and ECDSA; no certificates, no attributes. Parameters
of an algorithm are absent, or NULL as RFC 5754 lets others write them.
"""

from __future__ import annotations

from dataclasses import dataclass

from companion.encoding import es256
from companion.protocols.matter import der
from companion.protocols.matter.crypto.keys import KeyPair
from companion.protocols.matter.der import INTEGER, NULL, OCTET_STRING, SEQUENCE, SET, MalformedDer, Node

KEY_ID_SIZE = 20

_SIGNED_DATA, _DATA = der.oid("1.2.840.113549.1.7.2"), der.oid("1.2.840.113549.1.7.1")
_SHA256, _ECDSA_WITH_SHA256 = der.oid("2.16.840.1.101.3.4.2.1"), der.oid("1.2.840.10045.4.3.2")
_EXPLICIT_0, _IMPLICIT_0 = der.context(0), der.context(0, constructed=False)
_VERSION, _NULL = der.wrap(INTEGER, b"\x03"), der.wrap(NULL)


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
        return es256.verify(point, self.signature, self.content)


def parse(data: bytes) -> SignedData:
    """Raises MalformedCms."""
    try:
        return _signed_data(data)
    except MalformedDer as error:
        raise MalformedCms(str(error)) from error


def sign(content: bytes, key: KeyPair, signer: bytes) -> bytes:
    """SignedData of `content`. signer: the subject key identifier of the key's certificate (20 octets)."""
    inside = der.wrap(_EXPLICIT_0, der.wrap(OCTET_STRING, content))
    digest, algorithm = der.wrap(SEQUENCE, _SHA256), der.wrap(SEQUENCE, _ECDSA_WITH_SHA256)
    signature = der.wrap(OCTET_STRING, es256.der_signature(key.sign(content)))
    info = der.wrap(SEQUENCE, _VERSION, der.wrap(_IMPLICIT_0, signer), digest, algorithm, signature)
    signed = der.wrap(
        SEQUENCE, _VERSION, der.wrap(SET, digest), der.wrap(SEQUENCE, _DATA, inside), der.wrap(SET, info)
    )
    return der.wrap(SEQUENCE, _SIGNED_DATA, der.wrap(_EXPLICIT_0, signed))


def _signed_data(data: bytes) -> SignedData:
    kind, body = der.read(data).sequence(2)
    _expect(kind, _SIGNED_DATA)
    version, digests, inside, infos = body.only(_EXPLICIT_0).sequence(4)
    _expect(version, _VERSION)
    _check_algorithm(digests.only(SET), _SHA256)
    inner, content = inside.sequence(2)
    _expect(inner, _DATA)
    version, signer, digest, algorithm, signature = infos.only(SET).sequence(5)
    _expect(version, _VERSION)
    _check_algorithm(digest, _SHA256)
    _check_algorithm(algorithm, _ECDSA_WITH_SHA256)
    return SignedData(
        content.only(_EXPLICIT_0).of(OCTET_STRING),
        _key_id(signer.of(_IMPLICIT_0)),
        _signature(signature.of(OCTET_STRING)),
    )


def _expect(node: Node, whole: bytes) -> None:
    if node.whole != whole:
        raise MalformedCms(f"{node.whole.hex()} where {whole.hex()} is expected")


def _check_algorithm(node: Node, oid: bytes) -> None:
    kind, *parameters = node.sequence(1, 2)
    _expect(kind, oid)
    for each in parameters:
        _expect(each, _NULL)


def _key_id(octets: bytes) -> bytes:
    if len(octets) != KEY_ID_SIZE:
        raise MalformedCms(f"a key identifier of {len(octets)} octets")
    return octets


def _signature(encoded: bytes) -> bytes:
    try:
        return es256.raw_signature(encoded)
    except ValueError as error:
        raise MalformedCms("the signature is not an Ecdsa-Sig-Value") from error
