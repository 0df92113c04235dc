"""One operational certificate: read from TLV or X.509, written as both; the signature is over the X.509."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import TypeVar

from companion.encoding import es256
from companion.protocols.matter import der, tlv
from companion.protocols.matter.certificates import times
from companion.protocols.matter.certificates.extensions import (
    AuthorityKey,
    BasicConstraints,
    ExtendedKeyUsage,
    Extension,
    Future,
    KeyUsage,
    Purpose,
    SubjectKey,
    Usage,
    read_der,
    read_tlv,
)
from companion.protocols.matter.certificates.faults import BadCertificate, Fault
from companion.protocols.matter.certificates.names import Name
from companion.protocols.matter.crypto.keys import KeyPair

TLV_LIMIT = 400
DER_LIMIT = 600
SERIAL_LIMIT = 21
"""Octets of a serial number: 20 and a leading zero, which devices on sale have counted apart."""

E = TypeVar("E", bound=Extension)

_VERSION_3 = der.wrap(der.context(0), der.wrap(der.INTEGER, b"\x02"))
_ECDSA = der.wrap(der.SEQUENCE, der.oid("1.2.840.10045.4.3.2"))
_P256 = der.wrap(der.SEQUENCE, der.oid("1.2.840.10045.2.1"), der.oid("1.2.840.10045.3.1.7"))
_LIMITS = tlv.Limits(size=TLV_LIMIT, depth=4, elements=64)


@dataclass(frozen=True)
class Certificate:
    """Of a root (RCAC), an intermediate (ICAC) or a node (NOC).

    serial: the octets of X.509's INTEGER; not_before, not_after: seconds since 2000 (0: never expires);
    public_key: a point, 65 octets; signature: r || s, 64 octets, empty until it is signed
    """

    serial: bytes
    issuer: Name
    not_before: int
    not_after: int
    subject: Name
    public_key: bytes
    extensions: tuple[Extension, ...]
    signature: bytes = b""

    def __post_init__(self) -> None:
        if not 1 <= len(self.serial) <= SERIAL_LIMIT:
            raise BadCertificate(Fault.SERIAL, "a serial number of no or too many octets")
        tags = [each.tag for each in self.extensions if not isinstance(each, Future)]
        if len(tags) != len(set(tags)):
            raise BadCertificate(Fault.MALFORMED, "an extension appears twice")
        try:
            es256.load_point(self.public_key)
        except es256.BadPoint as error:
            raise BadCertificate(Fault.PUBLIC_KEY, str(error)) from error

    # --- What the extensions say; None where one is missing ---

    @property
    def constraints(self) -> BasicConstraints | None:
        return self._extension(BasicConstraints)

    @property
    def usage(self) -> Usage | None:
        held = self._extension(KeyUsage)
        return held.usage if held else None

    @property
    def purposes(self) -> tuple[Purpose, ...] | None:
        held = self._extension(ExtendedKeyUsage)
        return held.purposes if held else None

    @property
    def subject_key(self) -> bytes | None:
        held = self._extension(SubjectKey)
        return held.identifier if held else None

    @property
    def authority_key(self) -> bytes | None:
        held = self._extension(AuthorityKey)
        return held.identifier if held else None

    def _extension(self, kind: type[E]) -> E | None:
        return next((each for each in self.extensions if isinstance(each, kind)), None)

    # --- The signature ---

    def signed_by(self, key: KeyPair) -> Certificate:
        """The same with this key's signature."""
        return replace(self, signature=key.sign(self.to_be_signed))

    def is_signed_by(self, public_key: bytes) -> bool:
        """True if the signature is that of this point (65 octets)."""
        return es256.verify(public_key, self.signature, self.to_be_signed)

    @cached_property
    def to_be_signed(self) -> bytes:
        """X.509's TBSCertificate."""
        validity = der.wrap(der.SEQUENCE, times.as_der(self.not_before), times.as_der(self.not_after))
        listed = der.wrap(der.SEQUENCE, *(each.as_der() for each in self.extensions))
        return der.wrap(
            der.SEQUENCE,
            *(_VERSION_3, der.wrap(der.INTEGER, self.serial), _ECDSA),
            *(self.issuer.as_der(), validity, self.subject.as_der()),
            der.wrap(der.SEQUENCE, _P256, der.bit_string(self.public_key)),
            der.wrap(der.context(3), listed),
        )

    # --- TLV (core 6.5.2) ---

    def as_tlv(self) -> bytes:
        return tlv.encode(
            tlv.structure(
                None,
                *(tlv.octets(1, self.serial), tlv.unsigned(2, 1), self.issuer.as_tlv(3)),
                *(tlv.unsigned(4, self.not_before), tlv.unsigned(5, self.not_after)),
                *(self.subject.as_tlv(6), tlv.unsigned(7, 1), tlv.unsigned(8, 1)),
                tlv.octets(9, self.public_key),
                tlv.list_of(10, *(each.as_tlv() for each in self.extensions)),
                tlv.octets(11, self.signature),
            )
        )

    @classmethod
    def of_tlv(cls, data: bytes) -> Certificate:
        """Read at most 400 octets. Raises BadCertificate. That the signature holds is for `chain`."""
        if len(data) > TLV_LIMIT:
            raise BadCertificate(Fault.TOO_LONG, f"{len(data)} octets of TLV")
        try:
            return cls._of_element(tlv.decode(data, _LIMITS))
        except tlv.MalformedTlv as error:
            raise BadCertificate(Fault.MALFORMED, str(error)) from error

    @classmethod
    def _of_element(cls, element: tlv.Element) -> Certificate:
        tlv.content(element, tlv.Kind.STRUCTURE)
        for tag in (2, 7, 8):
            if tlv.UINT8.read(element.member(tag)) != 1:
                raise BadCertificate(Fault.ALGORITHM, "not ECDSA with SHA-256 on P-256")
        listed = element.member(10)
        tlv.content(listed, tlv.Kind.LIST)
        return cls(
            serial=tlv.Octets(0, TLV_LIMIT).read(element.member(1)),
            issuer=Name.of_tlv(element.member(3)),
            not_before=tlv.UINT32.read(element.member(4)),
            not_after=tlv.UINT32.read(element.member(5)),
            subject=Name.of_tlv(element.member(6)),
            public_key=tlv.Octets(es256.POINT_SIZE).read(element.member(9)),
            extensions=tuple(read_tlv(each) for each in listed.members),
            signature=tlv.Octets(es256.SIGNATURE_SIZE).read(element.member(11)),
        )

    # --- X.509 ---

    def as_der(self) -> bytes:
        signature = der.bit_string(es256.der_signature(self.signature))
        return der.wrap(der.SEQUENCE, self.to_be_signed, _ECDSA, signature)

    @classmethod
    def of_der(cls, data: bytes) -> Certificate:
        """Read at most 600 octets. Raises BadCertificate, also for what TLV does not say again."""
        if len(data) > DER_LIMIT:
            raise BadCertificate(Fault.TOO_LONG, f"{len(data)} octets of DER")
        try:
            certificate = cls._of_node(der.read(data))
        except der.MalformedDer as error:
            raise BadCertificate(Fault.MALFORMED, str(error)) from error
        if certificate.as_der() != data or cls.of_tlv(certificate.as_tlv()) != certificate:
            raise BadCertificate(Fault.MALFORMED, "something that Matter's encoding can't express")
        return certificate

    @classmethod
    def _of_node(cls, node: der.Node) -> Certificate:
        signed, algorithm, signature = node.sequence(3)
        _, serial, _, issuer, validity, subject, key, listed = signed.sequence(8)
        kind, point = key.sequence(2)
        if algorithm.whole != _ECDSA or kind.whole != _P256:
            raise BadCertificate(Fault.ALGORITHM, "not ECDSA with SHA-256 on P-256")
        not_before, not_after = (times.of_der(each) for each in validity.sequence(2))
        return cls(
            serial=serial.of(der.INTEGER),
            issuer=Name.of_der(issuer),
            not_before=not_before,
            not_after=not_after,
            subject=Name.of_der(subject),
            public_key=point.of(der.BIT_STRING)[1:],
            extensions=tuple(read_der(each) for each in listed.only(der.context(3)).sequence(1, 16)),
            signature=_raw(signature.of(der.BIT_STRING)[1:]),
        )


def _raw(signature: bytes) -> bytes:
    try:
        return es256.raw_signature(signature)
    except ValueError as error:
        raise BadCertificate(Fault.SIGNATURE, "not a signature of ECDSA") from error
