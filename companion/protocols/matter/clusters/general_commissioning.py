"""General Commissioning (0x30): fail-safe, regulatory configuration, completion (Core 11.10)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

from companion.protocols.matter.clusters.table import NOTHING, Attribute, Query
from companion.protocols.matter.tlv import BOOLEAN, UINT16, UINT64, Choice, Field, Shape, Text

CLUSTER, REVISION = 0x0030, 2


class CommissioningError(IntEnum):
    OK = 0
    VALUE_OUTSIDE_RANGE = 1
    INVALID_AUTHENTICATION = 2
    NO_FAIL_SAFE = 3
    BUSY_WITH_OTHER_ADMIN = 4
    REQUIRED_TERMS_NOT_ACCEPTED = 5
    TERMS_NOT_RECEIVED = 6
    TERMS_VERSION_NOT_MET = 7
    UNKNOWN = 0xFF
    """One of a later version."""


class RegulatoryLocation(IntEnum):
    INDOOR = 0
    OUTDOOR = 1
    INDOOR_OUTDOOR = 2


@dataclass(frozen=True)
class CommissioningInfo:
    """expiry: seconds that a fail-safe should be armed for; cumulative: that it can be in all."""

    expiry: int
    cumulative: int


@dataclass(frozen=True)
class ArmFailSafe:
    """expiry: seconds, 0 to disarm; breadcrumb: a number of the commissioner's."""

    expiry: int
    breadcrumb: int = 0


@dataclass(frozen=True)
class SetRegulatoryConfig:
    """country: two letters (ISO 3166), or XX."""

    location: RegulatoryLocation
    country: str
    breadcrumb: int = 0


@dataclass(frozen=True)
class Outcome:
    """What all commands of this cluster answer. text: for developers."""

    error: CommissioningError
    text: str = ""


_LOCATION = Choice(RegulatoryLocation)
_OUTCOME = Shape(
    Outcome,
    Field("error", 0, Choice(CommissioningError, CommissioningError.UNKNOWN)),
    Field("text", 1, Text(512), optional=True),
)
_INFO = Shape(CommissioningInfo, Field("expiry", 0, UINT16), Field("cumulative", 1, UINT16))
_ARM = Shape(ArmFailSafe, Field("expiry", 0, UINT16), Field("breadcrumb", 1, UINT64))
_SET = Shape(
    SetRegulatoryConfig,
    Field("location", 0, _LOCATION),
    Field("country", 1, Text(2, 2)),
    Field("breadcrumb", 2, UINT64),
)

BREADCRUMB = Attribute(CLUSTER, 0, UINT64)
INFO = Attribute(CLUSTER, 1, _INFO)
REGULATORY_CONFIG = Attribute(CLUSTER, 2, _LOCATION)
LOCATION_CAPABILITY = Attribute(CLUSTER, 3, _LOCATION)
SUPPORTS_CONCURRENT_CONNECTION = Attribute(CLUSTER, 4, BOOLEAN)
"""False for a device whose Bluetooth link ends when it joins the network."""

ARM_FAIL_SAFE = Query(CLUSTER, 0, _ARM, 1, _OUTCOME)
SET_REGULATORY_CONFIG = Query(CLUSTER, 2, _SET, 3, _OUTCOME)
COMMISSIONING_COMPLETE = Query(CLUSTER, 4, NOTHING, 5, _OUTCOME)
