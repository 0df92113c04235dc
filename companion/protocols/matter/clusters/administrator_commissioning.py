"""Administrator Commissioning (0x3C): let another controller in, for a while (Core 11.19)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

from companion.protocols.matter.clusters.table import NOTHING, Attribute, Command
from companion.protocols.matter.tlv import (
    UINT8,
    UINT16,
    UINT32,
    Choice,
    Confidential,
    Field,
    Nullable,
    Octets,
    Shape,
)
from companion.secret import Secret

CLUSTER, REVISION = 0x003C, 1


class WindowStatus(IntEnum):
    NOT_OPEN = 0
    ENHANCED_OPEN = 1
    BASIC_OPEN = 2


class ClusterStatus(IntEnum):
    """What refusals of this cluster's commands say in `StatusBlock.cluster`."""

    BUSY = 2
    PAKE_PARAMETER_ERROR = 3
    WINDOW_NOT_OPEN = 4


@dataclass(frozen=True)
class OpenWindow:
    """timeout: seconds; verifier: w0 and L of SPAKE2+ (97 octets); salt: 16 to 32 octets."""

    timeout: int
    verifier: Secret
    discriminator: int
    iterations: int
    salt: bytes


@dataclass(frozen=True)
class OpenBasicWindow:
    """timeout: seconds. The passcode is that of the label."""

    timeout: int


_OPEN = Shape(
    OpenWindow,
    Field("timeout", 0, UINT16),
    Field("verifier", 1, Confidential(Octets(97))),
    Field("discriminator", 2, UINT16),
    Field("iterations", 3, UINT32),
    Field("salt", 4, Octets(16, 32)),
)
_OPEN_BASIC = Shape(OpenBasicWindow, Field("timeout", 0, UINT16))

WINDOW_STATUS = Attribute(CLUSTER, 0, Choice(WindowStatus))
ADMIN_FABRIC = Attribute(CLUSTER, 1, Nullable(UINT8))
ADMIN_VENDOR = Attribute(CLUSTER, 2, Nullable(UINT16))

OPEN_WINDOW = Command(CLUSTER, 0, _OPEN, timed=True)
OPEN_BASIC_WINDOW = Command(CLUSTER, 1, _OPEN_BASIC, timed=True)
REVOKE = Command(CLUSTER, 2, NOTHING, timed=True)
