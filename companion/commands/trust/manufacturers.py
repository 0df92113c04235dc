"""Whose devices are genuine: manufacturers' root certificates and factory keys, where RP1's driver looks for
them.
"""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

from companion.errors import TrustUnusable
from companion.files import MAX_SMALL_FILE, read_at_most
from companion.protocols import Memory

PROTOCOL = "rp1"
ROOTS = "makers"
"""Where the driver's memory has them. The name is on users' disks."""

_PSK_ID = re.compile(r"(?:[0-9a-f]{2}){1,32}")
_PSK = re.compile(r"(?:[0-9a-fA-F]{2}){16,32}")


def roots(memory: Memory) -> list[x509.Certificate]:
    """The trusted manufacturers' root certificates."""
    return [x509.load_der_x509_certificate(bytes.fromhex(der)) for der in memory.get(ROOTS) or ()]


def add_root(memory: Memory, file: Path) -> None:
    """Trust the manufacturer of a root certificate, PEM or DER. Raises TrustUnusable."""
    content = _read(file)
    try:
        pem = content.lstrip().startswith(b"-----")
        root = x509.load_pem_x509_certificate(content) if pem else x509.load_der_x509_certificate(content)
        root.verify_directly_issued_by(root)
        is_ca = root.extensions.get_extension_for_class(x509.BasicConstraints).value.ca
    except Exception as error:  # pyca raises several unrelated types for foreign certificates
        raise TrustUnusable(f"{file.name}: {type(error).__name__}") from error
    if not is_ca:
        raise TrustUnusable(f"{file.name}: not a CA")
    der = root.public_bytes(Encoding.DER).hex()
    stored = memory.get(ROOTS) or []
    if der not in stored:
        memory.put(ROOTS, [*stored, der])


def remove_root(memory: Memory, prefix: str) -> None:
    """Stop trusting the manufacturer whose fingerprint begins with `prefix`. Raises TrustUnusable."""
    matching = [root for root in roots(memory) if fingerprint(root).startswith(prefix.lower())]
    if len(matching) != 1:
        raise TrustUnusable(f"{len(matching)} manufacturers match")
    der = matching[0].public_bytes(Encoding.DER).hex()
    memory.put(ROOTS, [one for one in memory.get(ROOTS) or () if one != der] or None)


def store_factory_key(memory: Memory, key_id: str, file: Path) -> None:
    """Store a device's factory key: ID and file in hexadecimal. Raises TrustUnusable."""
    name, digits = key_id.lower(), _read(file).strip().decode("ascii", "replace")
    if not _PSK_ID.fullmatch(name) or not _PSK.fullmatch(digits):
        raise TrustUnusable("a factory key has 16 to 32 octets, its ID 1 to 32, both in hexadecimal")
    memory.put_secret(f"psk/{name}", bytes.fromhex(digits))


def fingerprint(root: x509.Certificate) -> str:
    """SHA-256 of the certificate, in hexadecimal."""
    return hashlib.sha256(root.public_bytes(Encoding.DER)).hexdigest()


def _read(file: Path) -> bytes:
    try:
        return read_at_most(MAX_SMALL_FILE, file)
    except OSError as error:
        raise TrustUnusable(f"{file.name}: {type(error).__name__}") from error
