"""Vouchers made here, of every kind of key, by another CBOR than the one that reads them."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import cycle
from typing import Any, Protocol

import cbor2
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa, utils
from cryptography.x509.oid import NameOID

from companion.vouchers import keys
from companion.vouchers.keys import KeyForm, KeyKind, PublicKey

GUID, DEVICE = bytes(range(16)), "Gateway 7"
RENDEZVOUS = [[[5, cbor2.dumps("rv.example")], [3, cbor2.dumps(8040)], [12, cbor2.dumps(1)]]]


class HasPublic(Protocol):
    def public_key(self) -> Any: ...


PrivateKey = ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey


def _rsa_keys() -> Iterator[rsa.RSAPrivateKey]:
    """Three, in turn: they take long to make."""
    yield from cycle([rsa.generate_private_key(65537, 2048) for _ in range(3)])


_RSA = _rsa_keys()


def private_key(kind: KeyKind) -> PrivateKey:
    if kind in (KeyKind.P256, KeyKind.P384):
        return ec.generate_private_key(ec.SECP256R1() if kind is KeyKind.P256 else ec.SECP384R1())
    return next(_RSA)


@dataclass
class Signing:
    """A signer of a test's key."""

    key: PrivateKey

    @property
    def public(self) -> PublicKey:
        return self.key.public_key()

    def sign(self, algorithm: int, message: bytes) -> bytes:
        return keys.sign(self.key, algorithm, message)


@dataclass
class Maker:
    """Makes one voucher: changed fields are what a test has wrong."""

    kind: KeyKind = KeyKind.P256
    form: KeyForm = KeyForm.X509
    algorithm: int = -7
    owners: list[Any] = field(default_factory=list)
    hash: int = -16
    hashes_array: bool = False
    guid: bytes = GUID
    device: str = DEVICE
    manufacturer: Any = None
    header: bytes = b""
    entries: list[bytes] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.manufacturer = self.manufacturer or private_key(self.kind)
        self.hmac = [5, bytes(32)]
        self.chain = certificates()
        octets = cbor2.dumps(self.chain) if self.hashes_array else b"".join(self.chain)
        self.header = cbor2.dumps(
            [
                101,
                self.guid,
                RENDEZVOUS,
                self.device,
                self.public(self.manufacturer),
                [self.hash, self.digest(octets)],
            ]
        )

    def digest(self, octets: bytes) -> bytes:
        return hashlib.new("sha256" if self.hash == -16 else "sha384", octets).digest()

    def public(self, key: HasPublic) -> list[Any]:
        is_pss = self.kind is KeyKind.RSA_PSS
        return [int(self.kind), int(self.form), body(key, self.form, is_pss=is_pss)]

    def hand_on(self, to: HasPublic, by: PrivateKey | None = None, **changes: Any) -> Maker:
        """One more entry, signed by the owner before unless somebody else is named."""
        signer = by or (self.owners[-1] if self.owners else self.manufacturer)
        before = self.entries[-1] if self.entries else self.header + cbor2.dumps(self.hmac)
        previous, device = (
            changes.get("before", before),
            changes.get("device", self.guid + self.device.encode()),
        )
        payload = cbor2.dumps(
            [
                [self.hash, self.digest(previous)],
                [self.hash, self.digest(device)],
                None,
                changes.get("public") or self.public(to),
            ]
        )
        protected = cbor2.dumps({1: self.algorithm})
        signed = sign(signer, self.algorithm, cbor2.dumps(["Signature1", protected, b"", payload]))
        self.entries.append(cbor2.dumps(cbor2.CBORTag(18, [protected, {}, payload, signed])))
        self.owners.append(to)
        return self

    def made(self) -> bytes:
        """As CBOR."""
        rest = cbor2.dumps(self.hmac) + cbor2.dumps(self.chain)
        count = len(self.entries)
        head = bytes((0x80 + count,)) if count < 24 else b"\x99" + count.to_bytes(2, "big")
        return b"\x85\x18\x65" + cbor2.dumps(self.header) + rest + head + b"".join(self.entries)


def pem(content: bytes) -> bytes:
    text = base64.encodebytes(content)
    return b"-----BEGIN OWNERSHIP VOUCHER-----\n" + text + b"-----END OWNERSHIP VOUCHER-----\n"


def body(key: HasPublic, form: KeyForm, *, is_pss: bool = False) -> Any:
    """The key as a voucher has it."""
    public = key.public_key()
    if form is KeyForm.CHAIN:
        assert isinstance(key, PrivateKey)
        return [issue(key, key, "Owner")]
    numbers = public.public_numbers()
    if form is KeyForm.CRYPTO and isinstance(numbers, rsa.RSAPublicNumbers) and not is_pss:
        return [numbers.n.to_bytes(256, "big"), numbers.e.to_bytes(3, "big")]
    if form is KeyForm.COSE:
        assert isinstance(numbers, ec.EllipticCurvePublicNumbers)
        size = numbers.curve.key_size // 8
        curve = {32: 1, 48: 2}[size]
        return {1: 2, -1: curve, -2: numbers.x.to_bytes(size, "big"), -3: numbers.y.to_bytes(size, "big")}
    return public.public_bytes(serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo)


def sign(key: PrivateKey, algorithm: int, message: bytes) -> bytes:
    digest = hashes.SHA384() if algorithm in (-35, -38, -258) else hashes.SHA256()
    if isinstance(key, ec.EllipticCurvePrivateKey):
        r, s = utils.decode_dss_signature(key.sign(message, ec.ECDSA(digest)))
        size = key.key_size // 8
        return r.to_bytes(size, "big") + s.to_bytes(size, "big")
    pss = padding.PSS(padding.MGF1(digest), digest.digest_size)
    return key.sign(message, pss if algorithm in (-37, -38) else padding.PKCS1v15(), digest)


def issue(key: PrivateKey, by: PrivateKey, name: str, issuer: str = "") -> bytes:
    now = datetime.now(UTC)
    names = [x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, each)]) for each in (name, issuer or name)]
    built = x509.CertificateBuilder(names[1], names[0], key.public_key(), x509.random_serial_number())
    made = built.not_valid_before(now).not_valid_after(now + timedelta(days=9)).sign(by, hashes.SHA256())
    return made.public_bytes(serialization.Encoding.DER)


def certificates() -> list[bytes]:
    """A device's, and its CA's."""
    ca, leaf = (private_key(KeyKind.P256) for _ in range(2))
    return [issue(leaf, ca, "Device", "Device CA"), issue(ca, ca, "Device CA")]
