"""What the services of a cloud do for us: certificates, claims, and what they know of a device."""

from __future__ import annotations

from typing import Protocol

from companion.endpoint import Claim
from companion.model import Check


class CloudService(Protocol):
    """A cloud, by a profile. Its methods block, for seconds at most, and raise CloudError leaves."""

    def certify(self, csr: bytes, name: str) -> tuple[bytes, ...] | None:
        """The chain (DER, leaf first) for a request (PKCS#10 DER); None: the owner's CA issues it."""

    def claim(self, name: str) -> Claim:
        """What the device of this name gets in item 5. Only where its kind has a claim."""

    def standing(self, name: str, leaf: bytes) -> tuple[Check, ...]:
        """What the cloud says of the device with this certificate (DER); () where it says nothing."""

    def check(self, anchors: tuple[bytes, ...]) -> tuple[Check, ...]:
        """Whether everything is there that devices need. anchors: DER of the CAs that issue for them"""


class NoService:
    """An endpoint behind which nobody can be asked: a broker of the owner's own."""

    def certify(self, csr: bytes, name: str) -> tuple[bytes, ...] | None:
        """The owner's CA issues it."""
        return None

    def claim(self, name: str) -> Claim:
        """Its kind has none."""
        raise NotImplementedError

    def standing(self, name: str, leaf: bytes) -> tuple[Check, ...]:
        """Only the device knows."""
        return ()

    def check(self, anchors: tuple[bytes, ...]) -> tuple[Check, ...]:
        """Nothing can be asked from here."""
        return ()
