"""Whose devices are genuine: manufacturers' root certificates and factory keys.

They are stored in the memory of the protocol that declares a use for them, where its driver looks.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

from companion.errors import TrustUnusable
from companion.files import MAX_SMALL_FILE, read_named
from companion.identity import Vault
from companion.protocols import Memory, TrustDeclaration, installed
from companion.registry import Registry

_PSK_ID = re.compile(r"(?:[0-9a-f]{2}){1,32}")
_PSK = re.compile(r"(?:[0-9a-fA-F]{2}){16,32}")


@dataclass(frozen=True)
class TrustStore:
    """The memory of the protocol that uses manufacturers' roots and factory keys."""

    memory: Memory
    names: TrustDeclaration

    @classmethod
    def open(cls, registry: Registry, vault: Vault) -> TrustStore:
        """That of the first protocol that declares one: ours come before those of other distributions."""
        protocol, names = next(
            (each.name, each.trust) for each in installed().protocols.values() if each.trust is not None
        )
        return cls(registry.memory(protocol, vault), names)

    def roots(self) -> list[x509.Certificate]:
        """The trusted manufacturers' root certificates."""
        return [x509.load_der_x509_certificate(bytes.fromhex(der)) for der in self._stored()]

    def _stored(self) -> list[str]:
        return list(self.memory.get(self.names.roots) or ())

    def add_root(self, file: Path) -> None:
        """Trust the manufacturer of a root certificate, PEM or DER. Raises TrustUnusable."""
        content = read_named(MAX_SMALL_FILE, file)
        try:
            pem = content.lstrip().startswith(b"-----")
            root = x509.load_pem_x509_certificate(content) if pem else x509.load_der_x509_certificate(content)
            root.verify_directly_issued_by(root)
            is_ca = root.extensions.get_extension_for_class(x509.BasicConstraints).value.ca
        except Exception as error:  # pyca raises several unrelated types for foreign certificates
            raise TrustUnusable(f"{file.name}: {type(error).__name__}") from error
        if not is_ca:
            raise TrustUnusable(f"{file.name}: not a CA")
        der, stored = root.public_bytes(Encoding.DER).hex(), self._stored()
        if der not in stored:
            self.memory.put(self.names.roots, [*stored, der])

    def remove_root(self, prefix: str) -> None:
        """Stop trusting the manufacturer whose fingerprint begins with `prefix`. Raises TrustUnusable."""
        matching = [root for root in self.roots() if fingerprint(root).startswith(prefix.lower())]
        if len(matching) != 1:
            raise TrustUnusable(f"{len(matching)} manufacturers match")
        der = matching[0].public_bytes(Encoding.DER).hex()
        self.memory.put(self.names.roots, [one for one in self._stored() if one != der] or None)

    def put_factory_key(self, key_id: str, file: Path) -> None:
        """Store a device's factory key, ID and file in hexadecimal. Raises TrustUnusable."""
        name, digits = key_id.lower(), read_named(MAX_SMALL_FILE, file).strip().decode("ascii", "replace")
        if not _PSK_ID.fullmatch(name) or not _PSK.fullmatch(digits):
            raise TrustUnusable("a factory key has 16 to 32 octets, its ID 1 to 32, both in hexadecimal")
        self.memory.put_secret(self.names.factory_keys + name, bytes.fromhex(digits))


def fingerprint(root: x509.Certificate) -> str:
    """SHA-256 of the certificate, in hexadecimal."""
    return hashlib.sha256(root.public_bytes(Encoding.DER)).hexdigest()
