"""What names a fabric, and what is derived from its names and its key (core 2.5.1, 4.3.1, 4.14.2.4, 4.17)."""

from __future__ import annotations

import hmac
from dataclasses import dataclass
from functools import cached_property

from companion.encoding.ccm import KEY_SIZE
from companion.protocols.matter.crypto.derivation import hkdf
from companion.secret import Secret

COMPRESSED_SIZE = 8


@dataclass(frozen=True)
class FabricIdentity:
    """root_key: the point (65 octets) of its root; number: its id below that root."""

    root_key: bytes
    number: int

    @cached_property
    def compressed(self) -> bytes:
        """The compressed fabric id, 8 octets: what DNS-SD shows of it."""
        salt = self.number.to_bytes(8, "big")
        return hkdf(self.root_key[1:], salt, b"CompressedFabric", COMPRESSED_SIZE)

    @property
    def id(self) -> str:
        """The same in 16 hexadecimal digits: what tells fabrics apart, as numbers alone do not."""
        return self.compressed.hex().upper()

    def operational_key(self, epoch_key: Secret) -> Secret:
        """The key that members derive from an epoch key (16 octets); of the IPK it is what CASE uses."""
        return Secret(hkdf(epoch_key.reveal(), self.compressed, b"GroupKey v1.0", KEY_SIZE))

    def destination(self, operational_ipk: Secret, random: bytes, node: int) -> bytes:
        """Whom a Sigma1 is for, 32 octets, readable by members alone. random: the initiator's, 32 octets."""
        named = self.number.to_bytes(8, "little") + node.to_bytes(8, "little")
        return hmac.digest(operational_ipk.reveal(), random + self.root_key + named, "sha256")

    def instance(self, node: int) -> str:
        """A node's name at `_matter._tcp`: two numbers of 16 digits."""
        return f"{self.id}-{node:016X}"
