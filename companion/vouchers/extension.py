"""Handing a device on: one more entry, from its owner's key to the next owner's (FDO 1.1, section 5.4)."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Protocol

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import Encoding

from companion.encoding import cbor
from companion.vouchers.keys import (
    CERTIFICATE,
    MAX_CERTIFICATES,
    KeyForm,
    OwnerKey,
    PublicKey,
    algorithm_of,
    encode_key,
    read_certificate,
    read_certificates,
    read_public,
    spki_of,
)
from companion.vouchers.verification import DIGESTS, check_voucher, failed
from companion.vouchers.voucher import MAX_ENTRIES, Voucher, array, read_entry, sign1, to_be_signed

_SHA256, _SHA384 = -16, -43


class Signer(Protocol):
    """A private key that does not show itself."""

    @property
    def public(self) -> PublicKey: ...

    def sign(self, algorithm: int, message: bytes) -> bytes: ...


@dataclass(frozen=True)
class NextOwner:
    """chain: certificates (DER), leaf first, where the owner has them"""

    key: PublicKey
    chain: tuple[bytes, ...] = field(default=(), repr=False)


class NotOwner(ValueError):
    """The voucher is assigned to another key than the one that was to sign."""


class KeyUnsuitable(ValueError):
    """The next owner's key has another type, size or encoding. The text says what is needed."""


class VoucherBroken(ValueError):
    """It does not hold, before or after. The text is a check's reason."""


def read_next_owner(content: bytes) -> NextOwner:
    """The key or the certificates in a PEM file. Raises ValueError."""
    key = read_public(content)
    if CERTIFICATE not in content:
        return NextOwner(key)
    chain = read_certificates(content)
    if len(chain) > MAX_CERTIFICATES:
        raise ValueError(f"more than {MAX_CERTIFICATES} certificates")
    return NextOwner(key, tuple(each.public_bytes(Encoding.DER) for each in chain))


def extend(voucher: Voucher, signer: Signer, to: NextOwner) -> Voucher:
    """The voucher with one entry more, verified anew. Raises NotOwner, KeyUnsuitable, VoucherBroken."""
    _check(voucher)
    if spki_of(signer.public) != voucher.owner.spki:
        raise NotOwner("the signing key is not its owner's")
    check_fit(voucher.manufacturer, to)
    if len(voucher.entries) >= MAX_ENTRIES:
        raise VoucherBroken(f"it has {MAX_ENTRIES} entries already")
    algorithm = voucher.entries[0].previous.algorithm if voucher.entries else _first_hash(voucher)
    before = voucher.entries[-1].encoded if voucher.entries else voucher.header + voucher.hmac
    device = voucher.guid + voucher.device.encode()
    digest = DIGESTS[algorithm]
    hashes = [cbor.encode([algorithm, digest(octets).digest()]) for octets in (before, device)]
    kind, form = voucher.manufacturer.kind, voucher.manufacturer.form
    payload = array(*hashes, cbor.encode(None), encode_key(kind, form, to.key, to.chain))
    signing = algorithm_of(kind, signer.public)
    protected = cbor.encode({1: signing})
    signature = signer.sign(signing, to_be_signed(protected, payload))
    entry = read_entry(sign1(protected, payload, signature))
    extended = replace(voucher, entries=(*voucher.entries, entry))
    _check(extended)
    return extended


def check_fit(manufacturer: OwnerKey, to: NextOwner) -> None:
    """Raises KeyUnsuitable, before anything is signed."""
    if not _is_alike(to.key, manufacturer.key) or (manufacturer.form is KeyForm.CHAIN and not to.chain):
        raise KeyUnsuitable(needed(manufacturer))


def _is_alike(one: PublicKey, other: PublicKey) -> bool:
    """Whether both have the same type and size."""
    if isinstance(one, ec.EllipticCurvePublicKey) and isinstance(other, ec.EllipticCurvePublicKey):
        return one.curve.name == other.curve.name
    if isinstance(one, rsa.RSAPublicKey) and isinstance(other, rsa.RSAPublicKey):
        return one.key_size == other.key_size
    return False


def needed(manufacturer: OwnerKey) -> str:
    """What the next owner's key has to be, such as "a P-384 key"."""
    article = "an" if manufacturer.name.startswith("RSA") else "a"
    name = f"{article} {manufacturer.name} key"
    return f"a certificate with {name}" if manufacturer.form is KeyForm.CHAIN else name


def _check(voucher: Voucher) -> None:
    if wrong := failed(check_voucher(voucher)):
        raise VoucherBroken(str(wrong[0].reason))


def _first_hash(voucher: Voucher) -> int:
    """The weaker of the device's and the owner's: the device has to be able to compute it (section 3.3.2)."""
    keys: list[object] = [voucher.owner.key]
    if voucher.certificates:
        try:
            keys.append(read_certificate(voucher.certificates[0]).public_key())
        except (ValueError, UnsupportedAlgorithm):
            return _SHA256
    return _SHA384 if all(map(_is_strong, keys)) else _SHA256


def _is_strong(key: object) -> bool:
    if isinstance(key, ec.EllipticCurvePublicKey):
        return key.key_size >= 384
    return isinstance(key, rsa.RSAPublicKey) and key.key_size >= 3072
