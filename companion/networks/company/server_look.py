"""A look at a RADIUS server's certificates, for who has no file of its CA: a person has to confirm them."""

from __future__ import annotations

import asyncio
import hashlib
import tempfile
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from companion.errors import RadiusServerSilent, ServerRootMissing
from companion.model import CompanyLogin, WifiCredentials, WifiSecurity
from companion.networks.company.check import Watch, credentials
from companion.networks.company.document import certificates_in
from companion.plain_text import plain

if TYPE_CHECKING:
    from cryptography import x509

    from companion.networks.company.ways.eapol_test import EapolTest

MOST_RECEIVED = 131072
IDENTITY = "companion-check"
"""What the server is told where no device's identity is known."""


@dataclass(frozen=True)
class SeenServer:
    """root: DER of the CA that the server sent, subject: its name, plain, fingerprint: SHA-256, hex;
    names: DNS names in the server's own certificate, plain."""

    root: bytes
    subject: str
    fingerprint: str
    names: tuple[str, ...]


async def look(way: EapolTest, *, ssid: bytes, identity: str) -> SeenServer:
    """What the server shows. Nothing of it is proved: a fake server shows what it likes.

    identity: what it is told in clear, as by any device. Raises CheckUnavailable, RadiusServerSilent,
    ServerRootMissing where it sends no CA.
    """
    login = CompanyLogin("unknown.invalid", identity, ())
    wifi = WifiCredentials(ssid, None, WifiSecurity.ENTERPRISE, login=login)
    with tempfile.TemporaryDirectory(prefix="companion-") as folder, credentials(None, None) as files:
        file = Path(folder, "server.pem")
        await replace(way, received=file).log_in(wifi, identity, files, Watch())
        received = await asyncio.to_thread(_content, file)
    if not received:
        raise RadiusServerSilent(address=way.radius)
    return seen_in(received, name=wifi.name)


def _content(file: Path) -> bytes:
    return file.read_bytes()[:MOST_RECEIVED] if file.exists() else b""


def seen_in(pem: bytes, *, name: str) -> SeenServer:
    """The server of these certificates, in any order. Raises ServerRootMissing."""
    from cryptography import x509
    from cryptography.hazmat.primitives.serialization import Encoding

    try:
        found = [x509.load_der_x509_certificate(der) for der in certificates_in(pem)]
        roots = [each for each in found if _is_ca(each) and each.issuer == each.subject]
        leaf = next((each for each in found if not _is_ca(each)), None)
        names = _names(leaf) if leaf is not None else ()
    except ValueError as error:
        raise ServerRootMissing(type(error).__name__, ssid=name) from error
    if not roots:
        raise ServerRootMissing(ssid=name)
    der = roots[0].public_bytes(Encoding.DER)
    return SeenServer(der, plain(roots[0].subject.rfc4514_string()), hashlib.sha256(der).hexdigest(), names)


def _is_ca(certificate: x509.Certificate) -> bool:
    from cryptography import x509

    try:
        return certificate.extensions.get_extension_for_class(x509.BasicConstraints).value.ca
    except x509.ExtensionNotFound:
        return False


def _names(certificate: x509.Certificate) -> tuple[str, ...]:
    from cryptography import x509

    try:
        value = certificate.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    except x509.ExtensionNotFound:
        return ()
    return tuple(plain(each) for each in value.get_values_for_type(x509.DNSName))
