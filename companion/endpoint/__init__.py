"""Where a commissioned device shows that its credentials work."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from companion.endpoint.embedded_endpoint import EmbeddedEndpoint
from companion.endpoint.external_endpoint import ExternalEndpoint
from companion.model import Proof

if TYPE_CHECKING:
    from companion.identity import DeviceName

__all__ = ["EmbeddedEndpoint", "Endpoint", "ExternalEndpoint"]


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
