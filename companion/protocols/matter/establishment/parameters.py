"""Session parameters: what an end says of itself in a handshake (core 4.13.1)."""

from __future__ import annotations

from dataclasses import dataclass

from companion.protocols.matter import tlv
from companion.protocols.matter.messages.reliability import Timing


@dataclass(frozen=True)
class SessionParameters:
    """None is what is not said. idle, active, threshold: milliseconds, see `Timing`; the others as numbers.

    transports: bits of those besides UDP; largest_tcp: octets of a message over TCP
    """

    idle: int | None = None
    active: int | None = None
    threshold: int | None = None
    data_model: int | None = None
    interaction_model: int | None = None
    specification: int | None = None
    paths_per_invoke: int | None = None
    transports: int | None = None
    largest_tcp: int | None = None

    @property
    def timing(self) -> Timing:
        """How soon the other side can answer; Matter's defaults where it does not say."""
        usual = Timing()
        return Timing(
            idle=usual.idle if self.idle is None else self.idle / 1000,
            active=usual.active if self.active is None else self.active / 1000,
            threshold=usual.threshold if self.threshold is None else self.threshold / 1000,
        )


SESSION_PARAMETERS = tlv.Shape(
    SessionParameters,
    tlv.Field("idle", 1, tlv.UINT32, optional=True),
    tlv.Field("active", 2, tlv.UINT32, optional=True),
    tlv.Field("threshold", 3, tlv.UINT16, optional=True),
    tlv.Field("data_model", 4, tlv.UINT16, optional=True),
    tlv.Field("interaction_model", 5, tlv.UINT16, optional=True),
    tlv.Field("specification", 6, tlv.UINT32, optional=True),
    tlv.Field("paths_per_invoke", 7, tlv.UINT16, optional=True),
    tlv.Field("transports", 8, tlv.UINT16, optional=True),
    tlv.Field("largest_tcp", 9, tlv.UINT32, optional=True),
)
