"""Revoked attestation certificates: the set that the Matter SDK's script makes of the ledger (Core 6.2.4).

A set says for each issuer which serial numbers are revoked. An issuer that it lacks has published nothing.
"""

from __future__ import annotations

import binascii
from base64 import b64decode
from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum, auto

from cryptography import x509

from companion.protocols.matter.attestation.certificates import AttestationCertificate, BadCertificate, load
from companion.protocols.matter.attestation.trust.imported_json import Json, MalformedJson, loads


class BadRevocationSet(ValueError):
    """A file that is no revocation set. A whole set is refused for one bad entry: half of it would lie."""


class Standing(Enum):
    """What a set says of a certificate."""

    REVOKED = auto()
    NOT_REVOKED = auto()
    NOT_COVERED = auto()


@dataclass(frozen=True)
class Issuer:
    """Revoked certificates of one issuer: its name (DER), key identifier (20 octets), and serial numbers."""

    name: bytes
    key_id: bytes
    serials: frozenset[int]


class RevocationSet:
    """Revoked certificates by issuer."""

    def __init__(self, issuers: Iterable[Issuer]) -> None:
        self._serials: dict[tuple[bytes, bytes], frozenset[int]] = {}
        for issuer in issuers:
            key = (issuer.name, issuer.key_id)
            self._serials[key] = self._serials.get(key, frozenset()) | issuer.serials

    def __len__(self) -> int:
        return len(self._serials)

    def standing(self, certificate: AttestationCertificate) -> Standing:
        serials = self._serials.get((certificate.issuer, certificate.authority or b""))
        if serials is None:
            return Standing.NOT_COVERED
        return Standing.REVOKED if certificate.serial in serials else Standing.NOT_REVOKED


def parse(data: bytes) -> RevocationSet:
    """A set from JSON. Raises BadRevocationSet."""
    try:
        document = loads(data)
        if not isinstance(document, list):
            raise BadRevocationSet("not a list of issuers")
        return RevocationSet(_issuer(entry) for entry in document)
    except (MalformedJson, binascii.Error) as error:
        raise BadRevocationSet(str(error)) from error


def _issuer(entry: Json) -> Issuer:
    if not isinstance(entry, dict) or entry.get("type") != "revocation_set":
        raise BadRevocationSet("an entry that is no revocation set")
    name = b64decode(_text(entry, "issuer_name"), validate=True)
    key_id = _hex(_text(entry, "issuer_subject_key_id"))
    serials = entry.get("revoked_serial_numbers")
    if not isinstance(serials, list):
        raise BadRevocationSet("an entry without serial numbers")
    # Who signed for the issuer must be the issuer, or have been delegated by it (6.2.4.2).
    signer = "crl_signer_delegator" if entry.get("crl_signer_delegator") else "crl_signer_cert"
    if _subject(b64decode(_text(entry, signer), validate=True)) != (name, key_id):
        raise BadRevocationSet("signed by another than the issuer")
    return Issuer(name, key_id, frozenset(int.from_bytes(_hex(serial), "big") for serial in serials))


def _subject(der: bytes) -> tuple[bytes, bytes]:
    """Subject (DER) and key identifier of whom signed a list."""
    try:
        certificate = load(der)
        key_id = certificate.extensions.get_extension_for_class(x509.SubjectKeyIdentifier).value.digest
    except (BadCertificate, ValueError, x509.ExtensionNotFound, x509.DuplicateExtension) as error:
        raise BadRevocationSet("the signer's certificate can't be read") from error
    return certificate.subject.public_bytes(), key_id


def _text(entry: dict[str, Json], name: str) -> str:
    value = entry.get(name)
    if not isinstance(value, str):
        raise BadRevocationSet(f"an entry without {name}")
    return value


def _hex(value: Json) -> bytes:
    try:
        if not isinstance(value, str):
            raise TypeError
        return bytes.fromhex(value)
    except (TypeError, ValueError) as error:
        raise BadRevocationSet("not hexadecimal") from error
