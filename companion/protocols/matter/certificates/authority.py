"""Making certificates: a root, an intermediate below it, and nodes below either."""

from __future__ import annotations

import secrets
from dataclasses import dataclass

from companion.protocols.matter.certificates import chain
from companion.protocols.matter.certificates.certificate import Certificate
from companion.protocols.matter.certificates.extensions import (
    AuthorityKey,
    BasicConstraints,
    ExtendedKeyUsage,
    Extension,
    KeyUsage,
    Purpose,
    SubjectKey,
    Usage,
)
from companion.protocols.matter.certificates.faults import BadCertificate, Fault
from companion.protocols.matter.certificates.names import Attribute, Name
from companion.protocols.matter.certificates.times import NEVER
from companion.protocols.matter.crypto.keys import KeyPair, key_identifier

SERIAL_SIZE = 8

_AUTHORITY = KeyUsage(Usage.SIGN_CERTIFICATES | Usage.SIGN_CRLS)
_NODE = (
    BasicConstraints(False),
    KeyUsage(Usage.DIGITAL_SIGNATURE),
    ExtendedKeyUsage((Purpose.CLIENT, Purpose.SERVER)),
)


@dataclass(frozen=True)
class Validity:
    """From when until when, in seconds since 2000; `until` 0 never ends."""

    since: int
    until: int = NEVER


@dataclass(frozen=True)
class Authority:
    """A certificate of a root or an intermediate, and its key: who can issue."""

    certificate: Certificate
    key: KeyPair

    @classmethod
    def root(cls, key: KeyPair, rcac: int, validity: Validity, fabric: int | None = None) -> Authority:
        """A root of one's own. rcac: its id; fabric: the only one that it may issue for, if any."""
        name = _name(Attribute.RCAC_ID, rcac, fabric)
        extensions = (BasicConstraints(True), _AUTHORITY, *_keys(key.public, key.public))
        made = _unsigned(name, name, validity, key.public, extensions).signed_by(key)
        chain.check_root(made)
        return cls(made, key)

    def intermediate(
        self, public_key: bytes, icac: int, validity: Validity, fabric: int | None = None
    ) -> Certificate:
        """An intermediate below this root, which can issue for nodes alone. Raises BadCertificate."""
        extensions = (BasicConstraints(True, 0), _AUTHORITY)
        made = self._issue(_name(Attribute.ICAC_ID, icac, fabric), validity, public_key, extensions)
        chain.check_intermediate(made)
        return made

    def node(
        self, public_key: bytes, node: int, fabric: int, validity: Validity, cats: tuple[int, ...] = ()
    ) -> Certificate:
        """A node's certificate (NOC). Raises BadCertificate for ids and tags that no node can have."""
        tags = ((Attribute.CAT, cat) for cat in cats)
        name = Name.of((Attribute.NODE_ID, node), (Attribute.FABRIC_ID, fabric), *tags)
        made = self._issue(name, validity, public_key, _NODE)
        chain.check_node(made)
        return made

    def _issue(
        self, name: Name, validity: Validity, public_key: bytes, extensions: tuple[Extension, ...]
    ) -> Certificate:
        issuer = self.certificate
        authority = issuer.subject_key or key_identifier(issuer.public_key)
        bound = issuer.subject.number(Attribute.FABRIC_ID)
        fabrics = name.all(Attribute.FABRIC_ID)
        if bound is not None and fabrics != (bound,):
            raise BadCertificate(Fault.FABRIC, "this authority is bound to another fabric")
        held = (*extensions, SubjectKey(key_identifier(public_key)), AuthorityKey(authority))
        return _unsigned(issuer.subject, name, validity, public_key, held).signed_by(self.key)


def _keys(own: bytes, issuers: bytes) -> tuple[Extension, ...]:
    return SubjectKey(key_identifier(own)), AuthorityKey(key_identifier(issuers))


def _name(kind: Attribute, number: int, fabric: int | None) -> Name:
    bound = () if fabric is None else ((Attribute.FABRIC_ID, fabric),)
    return Name.of((kind, number), *bound)


def _unsigned(
    issuer: Name, subject: Name, validity: Validity, public_key: bytes, extensions: tuple[Extension, ...]
) -> Certificate:
    return Certificate(
        serial=_serial(),
        issuer=issuer,
        not_before=validity.since,
        not_after=validity.until,
        subject=subject,
        public_key=public_key,
        extensions=extensions,
    )


def _serial() -> bytes:
    """A positive INTEGER of eight octets, random."""
    octets = bytearray(secrets.token_bytes(SERIAL_SIZE))
    octets[0] = octets[0] & 0x7F | 0x40
    return bytes(octets)
