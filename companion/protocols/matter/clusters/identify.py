"""Identify (3): blink, so that its owner sees which device is meant (Application Clusters 1.2)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

from companion.protocols.matter.clusters.table import Attribute, Command
from companion.protocols.matter.tlv import UINT16, Choice, Field, Shape

CLUSTER, REVISION = 0x0003, 4


class IdentifyType(IntEnum):
    NONE = 0
    LIGHT_OUTPUT = 1
    VISIBLE_INDICATOR = 2
    AUDIBLE_BEEP = 3
    DISPLAY = 4
    ACTUATOR = 5


@dataclass(frozen=True)
class Identify:
    """seconds: how long, 0 to stop."""

    seconds: int


_IDENTIFY = Shape(Identify, Field("seconds", 0, UINT16))

TIME = Attribute(CLUSTER, 0, UINT16)
TYPE = Attribute(CLUSTER, 1, Choice(IdentifyType, IdentifyType.NONE))

IDENTIFY = Command(CLUSTER, 0, _IDENTIFY)
