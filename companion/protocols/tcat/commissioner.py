"""Who sets TCAT devices up: a certificate chain, its private key, and the CA whose devices are trusted."""

from __future__ import annotations

import re
import ssl
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from cryptography import x509
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec

from companion.errors.tcat import CommissionerMissing, CommissionerUnusable
from companion.files import MAX_SMALL_FILE, read_named
from companion.model import Text
from companion.protocols.tcat import authorization, tls
from companion.protocols.tcat.authorization import Authorization
from companion.secret import Secret

if TYPE_CHECKING:
    from companion.protocols import Memory

MEMORY = "commissioner"
"""Where the sealed store keeps the text. The name never changes: it is on users' disks."""

_MOST_CERTIFICATES = 8
_MOST_FILES = 8
DAMAGED = (ValueError, TypeError, x509.InvalidVersion, UnsupportedAlgorithm)
"""All that cryptography raises for keys and certificates that can't be read."""
_BLOCK = re.compile(rb"-----BEGIN ([A-Z0-9 ]+)-----.+?-----END \1-----", re.DOTALL)


@dataclass(frozen=True)
class Commissioner:
    """chain: leaf first, without the anchors; anchors: CAs that sign devices and commissioners"""

    chain: tuple[x509.Certificate, ...]
    key: ec.EllipticCurvePrivateKey
    anchors: tuple[x509.Certificate, ...]
    allowed: Authorization

    @property
    def leaf(self) -> x509.Certificate:
        return self.chain[0]

    @property
    def name(self) -> str:
        """Its common name, "" without one."""
        found = self.leaf.subject.get_attributes_for_oid(x509.NameOID.COMMON_NAME)
        return str(found[0].value) if found else ""

    def is_valid(self, now: datetime) -> bool:
        return self.leaf.not_valid_before_utc <= now <= self.leaf.not_valid_after_utc

    def context(self) -> ssl.SSLContext:
        """For `TlsEnd`. Blocks for some milliseconds. Raises ssl.SSLError and OSError."""
        from companion.endpoint.tls import load_chain

        made = tls.context(server=False)
        made.load_verify_locations(cadata=b"".join(_der(each) for each in self.anchors))
        load_chain(made, self.key, tuple(_der(each) for each in self.chain))
        return made


def read_path(path: Path) -> Secret:
    """A PEM file, or the PEM files of a folder, as one text. Raises FileMissing, FileUnreadable and
    CommissionerUnusable leaves."""
    files = sorted(path.glob("*.pem"))[: _MOST_FILES + 1] if path.is_dir() else [path]
    if not files or len(files) > _MOST_FILES:
        raise CommissionerUnusable(missing=Text("The folder has no PEM file, or more than eight."))
    return Secret(_without_ca_keys(b"\n".join(read_named(MAX_SMALL_FILE, each) for each in files)))


def kept(memory: Memory) -> Commissioner:
    """The one that is kept with the keys. Raises CommissionerMissing and CommissionerUnusable."""
    text = memory.get_secret(MEMORY)
    if text is None:
        raise CommissionerMissing
    return read(Secret(text))


def read(text: Secret, now: datetime | None = None) -> Commissioner:
    """A commissioner of PEM blocks in any order. Raises CommissionerUnusable."""
    keys, certificates = _blocks(text.reveal())
    if len(keys) != 1:
        raise CommissionerUnusable(missing=Text("It has no private key on P-256, or several."))
    public = keys[0].public_key()
    leaf = next((each for each in certificates if each.public_key() == public), None)
    if leaf is None:
        raise CommissionerUnusable(missing=Text("No certificate in it belongs to its private key."))
    allowed = authorization.read(leaf)
    if allowed is None or not allowed.is_commissioner:
        raise CommissionerUnusable(missing=Text("Its certificate is not that of a TCAT commissioner."))
    others = [each for each in certificates if each is not leaf]
    anchors = tuple(each for each in others if each.subject == each.issuer)
    if not anchors:
        raise CommissionerUnusable(missing=Text("The certificate of the CA is missing."))
    between = tuple(each for each in others if each.subject != each.issuer)
    made = Commissioner((leaf, *between), keys[0], anchors, allowed)
    if not made.is_valid(now or datetime.now(UTC)):
        raise CommissionerUnusable(missing=Text("Its certificate has expired, or is not valid yet."))
    return made


def _without_ca_keys(text: bytes) -> bytes:
    """The same, without keys that belong to a CA in it: the manufacturer's folder has one, and whoever sets
    devices up neither needs nor keeps it. Raises CommissionerUnusable."""
    keys, certificates = _blocks(text)
    if len(keys) < 2:
        return text
    cas = [each.public_key() for each in certificates if each.subject == each.issuer]

    def kept_part(found: re.Match[bytes]) -> bytes:
        held, _ = _blocks(found.group(0))
        return b"" if any(each.public_key() in cas for each in held) else found.group(0)

    return _BLOCK.sub(kept_part, text)


def _blocks(pem: bytes) -> tuple[list[ec.EllipticCurvePrivateKey], list[x509.Certificate]]:
    keys: list[ec.EllipticCurvePrivateKey] = []
    certificates: list[x509.Certificate] = []
    for found in _BLOCK.finditer(pem):
        block, kind = found.group(0), found.group(1)
        try:
            if kind.endswith(b"PRIVATE KEY"):
                key = serialization.load_pem_private_key(block, None)
                if isinstance(key, ec.EllipticCurvePrivateKey) and isinstance(key.curve, ec.SECP256R1):
                    keys.append(key)
            elif kind == b"CERTIFICATE":
                certificate = x509.load_pem_x509_certificate(block)
                certificate.public_key()
                certificates.append(certificate)
        except DAMAGED as wrong:
            raise CommissionerUnusable(missing=Text("A part of it is damaged or encrypted.")) from wrong
        if len(certificates) > _MOST_CERTIFICATES:
            raise CommissionerUnusable(missing=Text("It has more than eight certificates."))
    return keys, certificates


def _der(certificate: x509.Certificate) -> bytes:
    return certificate.public_bytes(serialization.Encoding.DER)
