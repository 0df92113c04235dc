"""The handshake of section 2: two sans-IO machines, one for each end, and what they agree on.

Both hash what is on the wire, never a re-encoding. Which end counts a numeric comparison when, and which
abort code answers which defect, is told where it happens: `commissioner_handshake`, `device_handshake`.
"""

from companion.protocols.rp1.agreement import Agreed, Phase, standing_of
from companion.protocols.rp1.commissioner_handshake import (
    CommissionerDraw,
    CommissionerHandshake,
    CommissionerTerms,
    OwnerAuthority,
)
from companion.protocols.rp1.device_handshake import (
    DeviceDraw,
    DeviceHandshake,
    DeviceIdentityKey,
    DeviceTerms,
)

__all__ = [
    "Agreed",
    "CommissionerDraw",
    "CommissionerHandshake",
    "CommissionerTerms",
    "DeviceDraw",
    "DeviceHandshake",
    "DeviceIdentityKey",
    "DeviceTerms",
    "OwnerAuthority",
    "Phase",
    "standing_of",
]
