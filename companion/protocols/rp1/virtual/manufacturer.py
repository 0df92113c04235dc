"""A made-up manufacturer of virtual devices: a root, IDevIDs under it (IEEE 802.1AR), and vouchers."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import NameOID

from companion.encoding import es256
from companion.files import MAX_SMALL_FILE, read_at_most, read_own, replace_durably
from companion.protocols.rp1 import crypto
from companion.protocols.rp1.credentials import vouchers
from companion.protocols.rp1.device.product import Product

ROOT_FILE, _KEY_FILE = "root.pem", "maker.key"
_SINCE = datetime(2025, 1, 1, tzinfo=UTC)
_FOREVER = datetime(9999, 12, 31, 23, 59, 59, tzinfo=UTC)
_NAME = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Virtual manufacturer")])


@dataclass(frozen=True)
class Manufacturer:
    """Who makes virtual devices. root: its self-signed certificate."""

    key: ec.EllipticCurvePrivateKey = field(repr=False)
    root: x509.Certificate

    @property
    def point(self) -> bytes:
        """The key by which its vouchers are checked (65 octets)."""
        return es256.point(self.key)

    def idevid(self, product: Product) -> tuple[bytes, ...]:
        """The device's chain (DER, leaf first, no root), for its identity key and serial."""
        subject = x509.Name(
            [
                x509.NameAttribute(NameOID.SERIAL_NUMBER, product.serial),
                x509.NameAttribute(NameOID.COMMON_NAME, product.model),
            ]
        )
        leaf = _builder(subject, product.identity.public_key(), self.key).add_extension(
            _usage(ca=False), critical=True
        )
        return (leaf.sign(self.key, hashes.SHA256()).public_bytes(Encoding.DER),)

    def voucher(self, serial: str, owner_key: bytes, expires: int) -> bytes:
        """The device belongs to the holder of `owner_key` (point), if they take it before `expires`."""
        assigned = vouchers.Voucher(serial, crypto.sha256(owner_key), expires=expires)
        return vouchers.sign(lambda message: es256.sign(self.key, message), assigned)


def new() -> Manufacturer:
    """A manufacturer with a fresh key."""
    return _certified(es256.generate())


def manufacturer_in(folder: Path) -> Manufacturer:
    """The manufacturer of a folder, made at first use; its root is `root.pem`. Raises OSError, ValueError."""
    file, root = folder / _KEY_FILE, folder / ROOT_FILE
    if not file.exists():
        folder.mkdir(parents=True, exist_ok=True)
        made = new()
        replace_durably(root, made.root.public_bytes(Encoding.PEM))
        replace_durably(file, f"{made.key.private_numbers().private_value:064x}\n".encode())
    key = es256.private_key(bytes.fromhex(read_own(MAX_SMALL_FILE, file).decode("ascii")))
    return Manufacturer(key, x509.load_pem_x509_certificate(read_at_most(MAX_SMALL_FILE, root)))


def _certified(key: ec.EllipticCurvePrivateKey) -> Manufacturer:
    public = key.public_key()
    root = (
        _builder(_NAME, public, key)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(public), critical=False)
        .add_extension(_usage(ca=True), critical=True)
    )
    return Manufacturer(key, root.sign(key, hashes.SHA256()))


def _builder(
    subject: x509.Name, public: ec.EllipticCurvePublicKey, issuer: ec.EllipticCurvePrivateKey
) -> x509.CertificateBuilder:
    identifier = x509.AuthorityKeyIdentifier.from_issuer_public_key(issuer.public_key())
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(_NAME)
        .public_key(public)
        .serial_number(x509.random_serial_number())
        .not_valid_before(_SINCE)
        .not_valid_after(_FOREVER)
        .add_extension(identifier, critical=False)
    )


def _usage(*, ca: bool) -> x509.KeyUsage:
    return x509.KeyUsage(not ca, False, False, False, False, ca, ca, False, False)
