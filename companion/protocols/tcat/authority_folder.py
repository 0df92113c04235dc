"""A folder with a CA for TCAT and a commissioner that it certified, in the files of OpenThread's tools."""

from __future__ import annotations

from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec

from companion.encoding import es256
from companion.errors.tcat import CommissionerUnusable
from companion.files import MAX_SMALL_FILE, create_private, read_named, replace_durably
from companion.model import Text
from companion.protocols.tcat import commissioner
from companion.protocols.tcat.authority import Authority, pem
from companion.protocols.tcat.authorization import Authorization
from companion.protocols.tcat.commissioner import Commissioner

CA_CERTIFICATE, CA_KEY = "ca_cert.pem", "ca_key.pem"
CERTIFICATE, KEY = "commissioner_cert.pem", "commissioner_key.pem"
NAME = "TCAT CA"


def make(folder: Path, allowed: Authorization, days: int) -> Commissioner:
    """Certify a new commissioner in a folder, which gets a CA if it has none.

    Raises CommissionerUnusable, FileMissing and FileUnreadable leaves, OSError.
    """
    folder.mkdir(parents=True, exist_ok=True)
    authority = _authority(folder)
    key = es256.generate()
    certificate = authority.certify("Commissioner", key.public_key(), allowed, days)
    replace_durably(folder / KEY, pem(key).reveal())
    replace_durably(folder / CERTIFICATE, _pem(certificate))
    return commissioner.read(pem(key, certificate, authority.certificate))


def _authority(folder: Path) -> Authority:
    if not (folder / CA_KEY).exists():
        made = Authority.found(NAME)
        create_private(folder / CA_KEY, pem(made.key).reveal())
        replace_durably(folder / CA_CERTIFICATE, _pem(made.certificate))
        return made
    try:
        key = serialization.load_pem_private_key(read_named(MAX_SMALL_FILE, folder / CA_KEY), None)
        certificate = x509.load_pem_x509_certificate(read_named(MAX_SMALL_FILE, folder / CA_CERTIFICATE))
    except commissioner.DAMAGED as wrong:
        raise CommissionerUnusable(missing=Text("The CA in this folder is damaged or encrypted.")) from wrong
    if not isinstance(key, ec.EllipticCurvePrivateKey) or key.public_key() != certificate.public_key():
        raise CommissionerUnusable(missing=Text("Key and certificate of the CA in this folder do not fit."))
    return Authority(certificate, key)


def _pem(certificate: x509.Certificate) -> bytes:
    return certificate.public_bytes(serialization.Encoding.PEM)
