"""A delegate's CA: a key of its own for each grant, and the certificate that an owner made for it."""

from __future__ import annotations

from collections.abc import Collection
from datetime import UTC, datetime, timedelta

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from companion.encoding import es256
from companion.identity.issuer import IssuedCertificate, Issuer, key_id
from companion.identity.names import DeviceName
from companion.identity.owner import private_der
from companion.identity.vault import Vault
from companion.secret import Secret

_KEY = "delegation/"
"""How the names of the keys in the vault begin; the key's id in hexadecimal follows."""
_LEAF_LIFE = timedelta(days=30)


class DelegateCa:
    """Issues certificates for devices of somebody else, within what that owner's certificate says."""

    def __init__(self, key: ec.EllipticCurvePrivateKey, chain: tuple[bytes, ...]) -> None:
        """chain: DER, the delegate's own certificate first, no root. Raises ValueError for another key's."""
        certificate = x509.load_der_x509_certificate(chain[0])
        if certificate.public_key() != key.public_key():
            raise ValueError("the certificate is not of this key")
        self._issuer = Issuer(key, certificate, chain)

    @property
    def until(self) -> datetime:
        """When its certificate ends, UTC."""
        return self._issuer.certificate.not_valid_after_utc

    def issue(
        self, csr: bytes, *, serial: str, name: DeviceName, now: datetime | None = None
    ) -> IssuedCertificate:
        """An LDevID as the owner's CA makes one; it ends with the delegate's certificate at the latest.

        Raises CsrRefused, SerialUnusable.
        """
        return self._issuer.issue_device(csr, serial, str(name), _LEAF_LIFE, now)

    def issue_intermediate(
        self,
        key: ec.EllipticCurvePublicKey,
        *,
        depth: int,
        domains: Collection[str],
        until: datetime,
        now: datetime | None = None,
    ) -> IssuedCertificate:
        """A certificate for a delegate of the delegate, see `Issuer.issue_intermediate`."""
        return self._issuer.issue_intermediate(key, depth=depth, domains=domains, until=until, now=now)


def new_request(vault: Vault) -> bytes:
    """A PKCS#10 request (DER) for a new CA key, which the vault keeps until `delegate_ca` finds it there."""
    key = es256.generate()
    vault.put(_KEY + key_id(key.public_key()).hex(), Secret(private_der(key)))
    builder = x509.CertificateSigningRequestBuilder().subject_name(x509.Name([]))
    return builder.sign(key, hashes.SHA256()).public_bytes(serialization.Encoding.DER)


def delegate_ca(vault: Vault, chain: tuple[bytes, ...]) -> DelegateCa | None:
    """The CA of a chain (DER, own certificate first) whose key is in the vault; None for another one's."""
    if not chain:
        return None
    public = x509.load_der_x509_certificate(chain[0]).public_key()
    if not es256.is_p256(public):
        return None
    kept = vault.get(_KEY + key_id(public).hex())
    if kept is None:
        return None
    key = serialization.load_der_private_key(kept.reveal(), password=None)
    assert isinstance(key, ec.EllipticCurvePrivateKey)
    ca = DelegateCa(key, chain)
    return ca if ca.until > datetime.now(UTC) else None
