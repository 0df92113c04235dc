"""Devices as an endpoint meets them: a key, a certificate, and a TLS client."""

from __future__ import annotations

import asyncio
import contextlib
import hashlib
import ssl
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from companion.endpoint.tls import load_chain
from companion.identity import DeviceName, Identity, IssuingCa, owner_domain
from tests.identity.requests import device_key, request


@dataclass(frozen=True)
class Credentials:
    """What a commissioned device has: its key, its chain (DER, leaf first), and whom it trusts."""

    key: ec.EllipticCurvePrivateKey
    chain: tuple[bytes, ...]
    anchors: tuple[bytes, ...]
    fingerprint: str = ""
    name: DeviceName | None = None

    def context(self) -> ssl.SSLContext:
        """A client's TLS context that checks the server's name and shows these credentials."""
        context = ssl.create_default_context(cadata=b"".join(self.anchors))
        if self.chain:
            load_chain(context, self.key, self.chain)
        return context


def credentials(
    identity: Identity,
    serial: str,
    *,
    ca: IssuingCa | None = None,
    trusts: IssuingCa | None = None,
    owner: bytes | None = None,
) -> Credentials:
    """An LDevID for a new key of the device `serial`, whose identity key is always the same.

    ca: who issues it; trusts: whom the device believes; owner: under whom it is named. All are the identity's
    where nothing else is said.
    """
    key = device_key()
    name = device_name(serial, owner or identity.owner.public)
    issued = (ca or identity.ca).issue(request(key), serial=serial, name=name)
    return Credentials(key, issued.chain, (trusts or identity.ca).anchors, issued.fingerprint, name)


def nameless(identity: Identity, serial: str) -> Credentials:
    """What an older CA, or a delegate's, might issue: the right common name, and no dNSName."""
    key, ca = device_key(), identity.ca
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, serial)])
    life = timedelta(days=7)
    issued = ca._issuer().issue(key.public_key(), subject, ExtendedKeyUsageOID.CLIENT_AUTH, life, ())
    return Credentials(key, issued.chain, ca.anchors, issued.fingerprint)


def delegated(identity: Identity, serial: str, *, owner: bytes | None = None) -> Credentials:
    """An LDevID of a delegate's intermediate, which is bounded to the owner's site "hall" (section 10).

    serial: its common name, which nothing bounds; owner: under whom the delegate names it
    """
    ca, key = identity.ca, device_key()
    root = x509.load_der_x509_certificate(ca.anchors[0])
    site = f"hall.{owner_domain(identity.owner.public)}"
    middle = (
        x509.CertificateBuilder()
        .subject_name(x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Delegate")]))
        .issuer_name(root.subject)
        .public_key(key.public_key())
        .serial_number(7)
        .not_valid_before(root.not_valid_before_utc)
        .not_valid_after(datetime.now(UTC) + timedelta(days=30))
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(x509.NameConstraints([x509.DNSName(site)], None), critical=True)
        .sign(ca._key, hashes.SHA256())
    )
    theirs = device_key()
    name = DeviceName.under(owner or identity.owner.public, bytes(16), "hall")
    issued = IssuingCa(key, middle).issue(request(theirs), serial=serial, name=name)
    chain = (*issued.chain, middle.public_bytes(Encoding.DER))
    return Credentials(theirs, chain, ca.anchors, issued.fingerprint, name)


def device_name(serial: str, owner: bytes) -> DeviceName:
    """The name of a device whose identity key hashes to its serial's hash, for want of one."""
    return DeviceName.under(owner, hashlib.sha256(serial.encode()).digest()[:16])


async def visit(address: str, context: ssl.SSLContext) -> bytes:
    """Open TLS to `address` and read once, as a device does. Raises ssl.SSLError when it is refused."""
    host, _, port = address.rpartition(":")
    async with asyncio.timeout(60):
        reader, writer = await asyncio.open_connection(host.strip("[]"), int(port), ssl=context)
        try:
            return await reader.readline()
        finally:
            writer.close()
            with contextlib.suppress(OSError):
                await writer.wait_closed()
