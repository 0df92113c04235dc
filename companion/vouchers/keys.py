"""Owner keys as vouchers have them (FDO 1.1, section 3.3.4), read and written, and signatures by them (COSE,
RFC 9053)."""

from __future__ import annotations

import warnings
from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum
from hashlib import sha256
from typing import TypeAlias

from cryptography import x509
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa, utils

from companion.encoding import cbor
from companion.encoding.public_pem import load_public, refuse_private
from companion.vouchers.reader import MalformedItem, Reader

PublicKey: TypeAlias = ec.EllipticCurvePublicKey | rsa.RSAPublicKey
PrivateKey: TypeAlias = ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey
MAX_KEY = 8192
MAX_CERTIFICATES = 8
CERTIFICATE = b"-----BEGIN CERTIFICATE-----"


class KeyKind(IntEnum):
    """The types of section 3.3.4: every key of a voucher has the manufacturer's."""

    RSA2048 = 1
    RSA = 5
    RSA_PSS = 6
    P256 = 10
    P384 = 11


class KeyForm(IntEnum):
    """How a key is encoded."""

    CRYPTO = 0
    X509 = 1
    CHAIN = 2
    COSE = 3


NAMES = {
    KeyKind.RSA2048: "RSA 2048",
    KeyKind.RSA: "RSA",
    KeyKind.RSA_PSS: "RSA-PSS",
    KeyKind.P256: "P-256",
    KeyKind.P384: "P-384",
}
_CURVES: dict[int, type[ec.EllipticCurve]] = {KeyKind.P256: ec.SECP256R1, KeyKind.P384: ec.SECP384R1}
_RSA_PARTS = (KeyKind.RSA2048, KeyKind.RSA)
"""Whose KeyForm.CRYPTO is modulus and exponent; of other keys it is the SubjectPublicKeyInfo."""
_COSE_CURVES: dict[int, type[ec.EllipticCurve]] = {1: ec.SECP256R1, 2: ec.SECP384R1}
_HASHES: dict[int, hashes.HashAlgorithm] = {
    -7: hashes.SHA256(),
    -35: hashes.SHA384(),
    -37: hashes.SHA256(),
    -38: hashes.SHA384(),
    -257: hashes.SHA256(),
    -258: hashes.SHA384(),
}
_ECDSA, _PSS, _RSA = (-7, -35), (-37, -38), (-257, -258)


@dataclass(frozen=True)
class OwnerKey:
    """kind, form: as the voucher says; key: read; subject: of its certificate, where one came with it."""

    kind: KeyKind
    form: KeyForm
    key: PublicKey
    subject: str = ""

    @property
    def spki(self) -> bytes:
        """The key alone (DER): two encodings of one key are one owner."""
        return spki_of(self.key)

    @property
    def name(self) -> str:
        """What kind of key it is, in the field's words."""
        size = f" {self.key.key_size}" if self.kind in (KeyKind.RSA, KeyKind.RSA_PSS) else ""
        return NAMES[self.kind] + size


def read_key(reader: Reader) -> OwnerKey:
    """[type, encoding, body]. Raises MalformedItem."""
    reader.array(3, 3)
    number, form_number = reader.unsigned(), reader.unsigned()
    try:
        kind, form = KeyKind(number), KeyForm(form_number)
    except ValueError as error:
        raise MalformedItem(f"a key of type {number}, encoding {form_number}") from error
    try:
        key, subject = _body(reader, kind, form)
    except MalformedItem as error:
        raise MalformedItem(f"a key can't be read: {error}") from error
    except (ValueError, UnsupportedAlgorithm) as error:
        raise MalformedItem("a key is damaged, or of a kind that FDO does not know") from error
    _check_kind(key, kind)
    return OwnerKey(kind, form, key, subject)


def spki_of(key: PublicKey) -> bytes:
    """SubjectPublicKeyInfo (DER, RFC 5280)."""
    return key.public_bytes(serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo)


def fingerprint_of(key: PublicKey) -> str:
    """How people compare a key: the beginning of the SHA-256 of its SubjectPublicKeyInfo."""
    return sha256(spki_of(key)).digest()[:8].hex(":").upper()


def encode_key(kind: KeyKind, form: KeyForm, key: PublicKey, chain: Sequence[bytes] = ()) -> bytes:
    """The key as a voucher has it. chain: its certificates (DER), which KeyForm.CHAIN needs."""
    body: cbor.Value = spki_of(key)
    if form is KeyForm.CHAIN:
        body = list(chain)
    elif form is KeyForm.COSE and isinstance(key, ec.EllipticCurvePublicKey):
        numbers, size = key.public_numbers(), key.key_size // 8
        curve = 1 if size == 32 else 2
        body = {1: 2, -1: curve, -2: numbers.x.to_bytes(size, "big"), -3: numbers.y.to_bytes(size, "big")}
    elif form is KeyForm.CRYPTO and kind in _RSA_PARTS and isinstance(key, rsa.RSAPublicKey):
        parts = key.public_numbers()
        body = [_shortest(parts.n), _shortest(parts.e)]
    return cbor.encode([int(kind), int(form), body])


def _shortest(number: int) -> bytes:
    return number.to_bytes((number.bit_length() + 7) // 8, "big")


def read_public(content: bytes) -> PublicKey:
    """The key in a PEM file, alone or in a certificate. Raises ValueError."""
    refuse_private(content)
    if CERTIFICATE not in content:
        return _public(load_public(content))
    try:
        return _public(read_certificates(content)[0].public_key())
    except UnsupportedAlgorithm as error:
        raise ValueError("a key that FDO does not know") from error


def verify(key: PublicKey, algorithm: int, signature: bytes, message: bytes) -> bool:
    """Whether this key signed the message. An algorithm that is not for such a key signs nothing."""
    digest = _HASHES.get(algorithm)
    try:
        if isinstance(key, rsa.RSAPublicKey) and digest is not None and algorithm in (*_PSS, *_RSA):
            salt = padding.PSS(padding.MGF1(digest), digest.digest_size)
            key.verify(signature, message, salt if algorithm in _PSS else padding.PKCS1v15(), digest)
            return True
        if isinstance(key, ec.EllipticCurvePublicKey) and digest is not None and algorithm in _ECDSA:
            size = (key.key_size + 7) // 8
            if len(signature) != 2 * size:
                return False
            halves = (int.from_bytes(half, "big") for half in (signature[:size], signature[size:]))
            key.verify(utils.encode_dss_signature(*halves), message, ec.ECDSA(digest))
            return True
    except InvalidSignature:
        return False
    return False


def algorithm_of(kind: KeyKind, key: PublicKey) -> int:
    """The algorithm with which such a key signs (FDO 1.1, section 3.3.5)."""
    strong = key.key_size in (384, 3072)
    if isinstance(key, ec.EllipticCurvePublicKey):
        return _ECDSA[strong]
    return (_PSS if kind is KeyKind.RSA_PSS else _RSA)[strong]


def sign(key: PrivateKey, algorithm: int, message: bytes) -> bytes:
    """The signature that `verify` takes. The algorithm is one for such a key: KeyError otherwise."""
    digest = _HASHES[algorithm]
    if isinstance(key, ec.EllipticCurvePrivateKey):
        halves = utils.decode_dss_signature(key.sign(message, ec.ECDSA(digest)))
        return b"".join(half.to_bytes((key.key_size + 7) // 8, "big") for half in halves)
    salt = padding.PSS(padding.MGF1(digest), digest.digest_size)
    return key.sign(message, salt if algorithm in _PSS else padding.PKCS1v15(), digest)


def _body(reader: Reader, kind: KeyKind, form: KeyForm) -> tuple[PublicKey, str]:
    match form:
        case KeyForm.X509:
            return _public(serialization.load_der_public_key(reader.octets(1, MAX_KEY))), ""
        case KeyForm.CHAIN:
            ders = [reader.octets(1, MAX_KEY) for _ in range(reader.array(1, MAX_CERTIFICATES))]
            leaf = read_certificate(ders[0])
            return _public(leaf.public_key()), name_of(leaf.subject)
        case KeyForm.COSE:
            return _cose_key(reader), ""
        case _:
            return _crypto_key(reader, kind), ""


def read_certificate(der: bytes) -> x509.Certificate:
    """A certificate as others make them. Raises ValueError."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)  # of what later versions of the library refuse
        try:
            return x509.load_der_x509_certificate(der)
        except (ValueError, x509.InvalidVersion):
            raise ValueError("a certificate is damaged") from None


def read_certificates(content: bytes) -> list[x509.Certificate]:
    """Those in a PEM file, in their order. Raises ValueError."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)
        try:
            return x509.load_pem_x509_certificates(content)
        except (ValueError, x509.InvalidVersion):
            raise ValueError("a certificate is damaged") from None


def name_of(name: x509.Name) -> str:
    """A certificate's name, whatever its manufacturer made of its parts."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)  # of parts that are longer than X.520 has them
        return name.rfc4514_string()


def _public(key: object) -> PublicKey:
    if not isinstance(key, ec.EllipticCurvePublicKey | rsa.RSAPublicKey):
        raise MalformedItem("a key that FDO does not know")
    return key


def _cose_key(reader: Reader) -> PublicKey:
    """An EC2 key (RFC 9053, section 7.1)."""
    curve, parts = 0, {}
    for _ in range(reader.map(8)):
        name = reader.integer()
        if name == -1:
            curve = reader.unsigned()
        elif name in (-2, -3):
            parts[name] = reader.octets(32, 48)
        else:
            reader.raw()
    if curve not in _COSE_CURVES or parts.keys() != {-2, -3}:
        raise MalformedItem("a COSE key of another kind")
    x, y = (int.from_bytes(parts[each], "big") for each in (-2, -3))
    return ec.EllipticCurvePublicNumbers(x, y, _COSE_CURVES[curve]()).public_key()


def _crypto_key(reader: Reader, kind: KeyKind) -> PublicKey:
    """RSA as [modulus, exponent], of other keys the SubjectPublicKeyInfo."""
    if kind not in _RSA_PARTS:
        return _public(serialization.load_der_public_key(reader.octets(1, MAX_KEY)))
    reader.array(2, 2)
    modulus, exponent = (int.from_bytes(reader.octets(1, high), "big") for high in (1024, 8))
    return rsa.RSAPublicNumbers(exponent, modulus).public_key()


def _check_kind(key: PublicKey, kind: KeyKind) -> None:
    """Raises MalformedItem where the key is not of the type that the voucher names."""
    curve = _CURVES.get(kind)
    if curve is not None:
        if not isinstance(key, ec.EllipticCurvePublicKey) or not isinstance(key.curve, curve):
            raise MalformedItem(f"a key that is no {NAMES[kind]} key")
    elif not isinstance(key, rsa.RSAPublicKey) or (kind is KeyKind.RSA2048 and key.key_size != 2048):
        raise MalformedItem(f"a key that is no {NAMES[kind]} key")
