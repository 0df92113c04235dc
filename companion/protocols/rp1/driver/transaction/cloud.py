"""What a run gets from the cloud that its device is to connect to: a name, a certificate, claims."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from companion.endpoint import Claim, CloudEndpoint
from companion.errors import CloudClockWrong

if TYPE_CHECKING:
    from companion.endpoint import Endpoint
    from companion.secret import Secret

MARGIN_SECONDS = 120.0
"""What must be left of a claim: COMMIT, FINAL, and the device's own way to its certificate."""


class Cloud:
    """The cloud of a run. endpoint: the run's; one that is no cloud's changes nothing."""

    def __init__(self, endpoint: Endpoint | None) -> None:
        self._cloud = endpoint if isinstance(endpoint, CloudEndpoint) else None
        self._ends: float | None = None

    def client_id(self, serial: str) -> str | None:
        """What the device certified under `serial` is called there; None: as its certificate calls it.

        Raises CloudIdInvalid.
        """
        return self._cloud.name_of(serial) if self._cloud is not None else None

    def request_name(self, serial: str) -> str:
        """The common name in the device's request, where the cloud's CA takes it from there; "" for none.

        Raises CloudIdInvalid.
        """
        return self._cloud.name_of(serial) if self._cloud is not None and self._cloud.names_requests else ""

    async def certify(self, csr: bytes, client_id: str | None) -> tuple[bytes, ...] | None:
        """The chain from the cloud; None: the owner's CA issues it. Raises CloudError leaves."""
        if self._cloud is None or client_id is None:
            return None
        return await self._cloud.certify(csr, client_id)

    async def claim(self, client_id: str | None) -> Secret:
        """A fresh claim. Raises CloudError leaves."""
        assert self._cloud is not None and client_id is not None, "its plan has a claim"
        claim: Claim = await self._cloud.claim(client_id)
        if claim.ends is not None and claim.ends - time.time() < MARGIN_SECONDS:
            raise CloudClockWrong("the claim runs out before it could be used")
        self._ends = claim.ends
        return claim.content

    @property
    def claim_runs_out(self) -> bool:
        """True if the last claim has too little time left for the device to use it."""
        return self._ends is not None and self._ends - time.time() < MARGIN_SECONDS

    def forget_claim(self) -> None:
        """The last claim is replaced."""
        self._ends = None
