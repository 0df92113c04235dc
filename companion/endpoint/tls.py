"""The server's TLS context: TLS 1.3 and a client certificate under the identity's CA, or nothing."""

from __future__ import annotations

import secrets
import ssl
import tempfile
from pathlib import Path
from typing import TypeAlias

from cryptography import x509
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa

from companion.encoding import es256
from companion.identity import IssuingCa
from companion.identity.ca import MAX_DAYS
from companion.tpm.keys import TpmKey
from companion.tpm.tls_key import use_key

PrivateKey: TypeAlias = ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey
"""Ours are on P-256; a cloud's claims may be RSA."""


def server_context(ca: IssuingCa, hosts: tuple[str, ...]) -> ssl.SSLContext:
    """A context with a new server certificate for `hosts` that accepts `ca`'s clients alone.

    OpenSSL checks the client's chain, validity and purpose. Raises OSError if there is no place for
    the short-lived key file.
    """
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.minimum_version = ssl.TLSVersion.TLSv1_3
    context.verify_mode = ssl.CERT_REQUIRED
    # A resumed session would bring no certificate: every visit is a whole handshake.
    context.num_tickets = 0
    context.load_verify_locations(cadata=ca.services_root)
    key = es256.generate()
    load_chain(context, key, ca.issue_server(key.public_key(), hosts, days=MAX_DAYS).chain)
    return context


def load_chain(context: ssl.SSLContext, key: PrivateKey, chain: tuple[bytes, ...]) -> None:
    """Give `context` a private key and its chain (DER, leaf first); blocks for some milliseconds.

    One in a TPM stays there. Raises TpmUnavailable for such a key, ssl.SSLError, OSError.

    `ssl` takes keys from files only, so the key passes through one in a private folder, encrypted under
    a password that is thrown away with it.
    """
    if isinstance(key, TpmKey):
        return use_key(context, key, chain)
    password = secrets.token_hex(32)
    pem = key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.BestAvailableEncryption(password.encode()),
    )
    pem += b"".join(
        x509.load_der_x509_certificate(der).public_bytes(serialization.Encoding.PEM) for der in chain
    )
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "chain.pem"
        file.touch(mode=0o600)
        file.write_bytes(pem)
        context.load_cert_chain(file, password=password)
    return None
