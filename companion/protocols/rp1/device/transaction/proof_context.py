"""The device by which grants and tokens are judged: who and where it is, and how late."""

from __future__ import annotations

from dataclasses import dataclass

from companion.protocols.rp1.credentials.grants import Grant


@dataclass(frozen=True)
class ProofContext:
    """now: Unix seconds as far as the device knows; has_clock: by a clock."""

    serial: str
    site: str | None
    now: int
    has_clock: bool

    def is_in_time(self, grant: Grant) -> bool:
        """True if the grant counts now. Without a clock the floor lags behind, and nothing is too early."""
        early = self.has_clock and grant.not_before is not None and grant.not_before > self.now
        return grant.expires >= self.now and not early
