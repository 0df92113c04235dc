"""Where a commissioned device shows that its credentials work."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol, runtime_checkable

from companion.endpoint.embedded_endpoint import EmbeddedEndpoint
from companion.endpoint.external_endpoint import ExternalEndpoint
from companion.model import Check, Proof
from companion.secret import Secret

if TYPE_CHECKING:
    from companion.identity import DeviceName

__all__ = ["Claim", "CloudEndpoint", "EmbeddedEndpoint", "Endpoint", "ExternalEndpoint"]


class Endpoint(Protocol):
    """A TLS endpoint that devices are sent to."""

    @property
    def address(self) -> str:
        """ "host:port", as the device is told."""

    @property
    def client_id(self) -> str | None:
        """The client id that the device should use there; None lets it use its serial."""

    async def wait_for(
        self, name: DeviceName, *, timeout: float, fingerprint: str | None = None
    ) -> Proof | None:
        """The proof that the device was there with a certificate of our CA for `name`.

        Waits up to `timeout` seconds, and not at all if it was there already. With `fingerprint` (hex
        SHA-256 of the leaf) only that certificate counts. None: it was not seen, or nobody can tell.
        """


@dataclass(frozen=True)
class Claim:
    """What a device gets for a cloud besides its certificate, as the device's protocol carries it.

    ends: Unix seconds by which the device must have used it; None: it does not run out
    """

    content: Secret
    ends: float | None = None


@runtime_checkable
class CloudEndpoint(Endpoint, Protocol):
    """An endpoint of a cloud or a broker, by a profile. Its coroutines may take seconds.

    They raise CloudError leaves.
    """

    @property
    def profile_name(self) -> str:
        """Of the profile that it is by."""

    @property
    def item_kind(self) -> int | str:
        """How devices are told what to do there (RP1, section 9.2)."""

    @property
    def anchors(self) -> tuple[bytes, ...]:
        """DER of whom devices believe there."""

    @property
    def has_claim(self) -> bool:
        """True if devices get a claim."""

    @property
    def names_requests(self) -> bool:
        """True if who certifies takes the name from the device's request."""

    def name_of(self, serial: str) -> str:
        """What the device of this serial number is called there. Raises CloudIdInvalid."""

    async def certify(self, csr: bytes, name: str) -> tuple[bytes, ...] | None:
        """The chain (DER, leaf first) that the cloud issues for a device's request (PKCS#10 DER).

        None: the owner's CA certifies, with `name` as common name.
        """

    async def claim(self, name: str) -> Claim:
        """A fresh claim for this device, where `has_claim`."""

    async def standing(self, name: str, leaf: bytes, *, timeout: float) -> tuple[Check, ...]:
        """What the cloud says of the device: waits up to `timeout` seconds until all of it holds.

        leaf: its certificate (DER). Nothing where only the device itself can tell.
        """
