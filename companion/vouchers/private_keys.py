"""Owner keys for FDO alone: made when they are first needed, kept in the vault.

A voucher is handed on only to a key of its manufacturer's type and size, so one key is not enough. None of
them is the owner key of the other protocols: what is signed for one can never be shown to another.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Protocol

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.x509.oid import NameOID

from companion.secret import Secret
from companion.vouchers.keys import PrivateKey, PublicKey, fingerprint_of, sign, spki_of

_PREFIX = "fdo/"
_YEARS = 20
CURVES: dict[str, ec.EllipticCurve] = {"p256": ec.SECP256R1(), "p384": ec.SECP384R1()}
SIZES = {"rsa2048": 2048, "rsa3072": 3072}
NAMES = (*CURVES, *SIZES)


class Store(Protocol):
    """What keeps secrets: `companion.identity.vault.Vault`."""

    def get(self, key: str, /) -> Secret | None: ...

    def put(self, key: str, value: Secret | None, /) -> None: ...

    def names(self, prefix: str, /) -> tuple[str, ...]: ...


@dataclass(frozen=True)
class SigningKey:
    """A private key that signs and never shows itself. name: one of `NAMES`"""

    name: str
    key: PrivateKey = field(repr=False)

    @property
    def public(self) -> PublicKey:
        return self.key.public_key()

    @property
    def fingerprint(self) -> str:
        """See `fingerprint_of`."""
        return fingerprint_of(self.public)

    def sign(self, algorithm: int, message: bytes) -> bytes:
        """See `companion.vouchers.keys.sign`."""
        return sign(self.key, algorithm, message)

    def public_pem(self) -> bytes:
        """For whoever hands devices on to us."""
        form = serialization.PublicFormat.SubjectPublicKeyInfo
        return self.public.public_bytes(serialization.Encoding.PEM, form)

    def certificate_pem(self, common_name: str) -> bytes:
        """Signed by itself: vouchers whose manufacturer has certificates name owners by theirs."""
        name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, common_name)])
        now = datetime.now(UTC)
        built = x509.CertificateBuilder(name, name, self.public, x509.random_serial_number())
        until = now + timedelta(days=365 * _YEARS)
        made = built.not_valid_before(now).not_valid_after(until).sign(self.key, hashes.SHA384())
        return made.public_bytes(serialization.Encoding.PEM)


class OwnKeys:
    """The keys of one identity."""

    def __init__(self, vault: Store) -> None:
        self._vault = vault

    def get(self, name: str) -> SigningKey:
        """The key of this name, made when it is first asked for. Raises KeyError, KeyStoreError leaves."""
        if name not in NAMES:
            raise KeyError(name)
        if (kept := self._kept(name)) is not None:
            return kept
        der = _make(name).private_bytes(
            serialization.Encoding.DER, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
        self._vault.put(_PREFIX + name, Secret(der))
        return _load(name, Secret(der))

    def kept(self) -> tuple[SigningKey, ...]:
        """Those that were made. Raises KeyStoreError leaves."""
        names = [each.removeprefix(_PREFIX) for each in self._vault.names(_PREFIX)]
        return tuple(key for name in names if name in NAMES and (key := self._kept(name)) is not None)

    def find(self, public: PublicKey) -> SigningKey | None:
        """The key with this public half, if it is ours."""
        wanted = spki_of(public)
        return next((each for each in self.kept() if spki_of(each.public) == wanted), None)

    def _kept(self, name: str) -> SigningKey | None:
        der = self._vault.get(_PREFIX + name)
        return None if der is None else _load(name, der)


def _make(name: str) -> PrivateKey:
    if name in CURVES:
        return ec.generate_private_key(CURVES[name])
    return rsa.generate_private_key(65537, SIZES[name])


def _load(name: str, der: Secret) -> SigningKey:
    key = serialization.load_der_private_key(der.reveal(), password=None)
    if not isinstance(key, ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey):
        raise ValueError("the vault holds a key that FDO does not know")
    return SigningKey(name, key)
