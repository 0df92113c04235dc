"""The handshake of section 2: two sans-IO machines, one for each end, and what they agree on.

Both hash what is on the wire, never a re-encoding. Which end counts a numeric comparison when, and which
abort code answers which defect, is told where it happens: `commissioner`, `device`.
"""

from companion.protocols.rp1.handshake.agreement import Agreed, Phase, standing_of
from companion.protocols.rp1.handshake.commissioner import (
    CommissionerDraw,
    CommissionerHandshake,
    CommissionerTerms,
    OwnerAuthority,
)
from companion.protocols.rp1.handshake.device import (
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
