"""The name by which services of ours know a device: the one dNSName of its LDevID (RP1, section 10).

    <fingerprint of its identity key>.<site>.<first 16 hex of SHA-256(owner key)>.internal

A common name says what a device calls itself, and any CA below ours may write what it likes there. A dNSName
can be bounded: name constraints of an intermediate hold for it, and for nothing else.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass

from cryptography import x509

FINGERPRINT_SIZE = 16
OWNER_SIZE = 8
NO_SITE = "none"
TOP = "internal"

_SITE = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?")
_NAME = re.compile(rf"([0-9a-f]{{32}})\.({_SITE.pattern})\.([0-9a-f]{{16}})\.{TOP}")


def is_site(text: str) -> bool:
    """True for what a site can be called: one label of small letters, digits and hyphens."""
    return _SITE.fullmatch(text) is not None


class InvalidDeviceName(ValueError):
    """Not the name of a device, or a certificate without exactly one."""


@dataclass(frozen=True)
class DeviceName:
    """fp: of the device's identity key, 16 octets. owner: the first 8 octets of SHA-256(owner key).

    site: one label of small letters, digits and hyphens. Raises InvalidDeviceName.
    """

    fp: bytes
    owner: bytes
    site: str = NO_SITE

    def __post_init__(self) -> None:
        if len(self.fp) != FINGERPRINT_SIZE or len(self.owner) != OWNER_SIZE:
            raise InvalidDeviceName("a fingerprint has 16 octets, an owner 8")
        if not is_site(self.site):
            raise InvalidDeviceName("a site is one label of small letters, digits and hyphens")

    @classmethod
    def under(cls, owner_key: bytes, fp: bytes, site: str = NO_SITE) -> DeviceName:
        """The name of the device `fp` of the owner with this key (point, 65 octets)."""
        return cls(fp, owner_digest(owner_key), site)

    @classmethod
    def parse(cls, text: str) -> DeviceName:
        """The name that `text` is, octet by octet. Raises InvalidDeviceName."""
        match = _NAME.fullmatch(text)
        if match is None:
            raise InvalidDeviceName("not the name of a device")
        fp, site, owner = match.groups()
        return cls(bytes.fromhex(fp), bytes.fromhex(owner), site)

    @classmethod
    def of(cls, certificate: bytes) -> DeviceName:
        """The name that a leaf (DER) carries. Raises InvalidDeviceName where there is none, or more."""
        try:
            leaf = x509.load_der_x509_certificate(certificate)
            names = leaf.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
            values = [name.value if isinstance(name, x509.DNSName) else None for name in names]
        except Exception as error:  # pyca raises several unrelated types for foreign certificates
            raise InvalidDeviceName("the certificate names no device") from error
        if len(values) != 1 or values[0] is None:
            raise InvalidDeviceName("the certificate has not exactly one dNSName")
        return cls.parse(values[0])

    def __str__(self) -> str:
        return f"{self.fp.hex()}.{self.site}.{self.owner.hex()}.{TOP}"


def owner_digest(owner_key: bytes) -> bytes:
    """What the names of an owner's devices have in common: 8 octets for a key (point, 65 octets)."""
    return hashlib.sha256(owner_key).digest()[:OWNER_SIZE]


def owner_domain(owner_key: bytes) -> str:
    """The domain of all devices of an owner, by which services authorise them."""
    return f"{owner_digest(owner_key).hex()}.{TOP}"
