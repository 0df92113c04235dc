"""The endpoint of a profile, as runs use it."""

from __future__ import annotations

import asyncio
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

from companion.clouds.profile import CloudProfile
from companion.clouds.service import CloudService
from companion.endpoint import Claim
from companion.model import Check, Proof, Verdict

if TYPE_CHECKING:
    from companion.identity import DeviceName

POLL_SECONDS = 2.0


@dataclass(frozen=True)
class ProfileEndpoint:
    """A `companion.endpoint.CloudEndpoint`. anchors: DER of whom devices believe there"""

    profile: CloudProfile
    service: CloudService
    anchors: tuple[bytes, ...]
    client_id: str | None = None

    @property
    def address(self) -> str:
        """host:port, as the device is told."""
        return self.profile.endpoint

    @property
    def profile_name(self) -> str:
        """See `CloudEndpoint.profile_name`."""
        return self.profile.name

    @property
    def item_kind(self) -> int | str:
        """See `CloudEndpoint.item_kind`."""
        return self.profile.declared.item_kind

    @property
    def has_claim(self) -> bool:
        """See `CloudEndpoint.has_claim`."""
        return self.profile.declared.has_claim

    @property
    def names_requests(self) -> bool:
        """See `CloudEndpoint.names_requests`."""
        return self.profile.declared.names_requests

    def name_of(self, serial: str) -> str:
        """See `CloudEndpoint.name_of`."""
        return self.profile.name_of(serial)

    async def certify(self, csr: bytes, name: str) -> tuple[bytes, ...] | None:
        """See `CloudEndpoint.certify`."""
        return await asyncio.to_thread(self.service.certify, csr, name)

    async def claim(self, name: str) -> Claim:
        """See `CloudEndpoint.claim`."""
        return await asyncio.to_thread(self.service.claim, name)

    async def standing(self, name: str, leaf: bytes, *, timeout: float) -> tuple[Check, ...]:
        """See `CloudEndpoint.standing`."""
        until = time.monotonic() + timeout
        while True:
            checks = await asyncio.to_thread(self.service.standing, name, leaf)
            left = until - time.monotonic()
            if left <= 0 or all(each.verdict is not Verdict.FAILED for each in checks):
                return checks
            await asyncio.sleep(min(POLL_SECONDS, left))

    async def wait_for(
        self, name: DeviceName, *, timeout: float, fingerprint: str | None = None
    ) -> Proof | None:
        """None: a cloud is asked by `standing`."""
        return None
