"""Descriptor (0x1D): what an endpoint is and has (Core 9.5)."""

from __future__ import annotations

from dataclasses import dataclass

from companion.protocols.matter.clusters.table import Attribute
from companion.protocols.matter.tlv import UINT16, UINT32, Field, Several, Shape

CLUSTER, REVISION = 0x001D, 2
MOST = 1024
AGGREGATOR = 0x000E
"""The device type of a bridge's endpoint that has the bridged devices."""
BRIDGED_NODE = 0x0013


@dataclass(frozen=True)
class DeviceType:
    type: int
    revision: int


_DEVICE_TYPE = Shape(DeviceType, Field("type", 0, UINT32), Field("revision", 1, UINT16))

DEVICE_TYPES = Attribute(CLUSTER, 0, Several(_DEVICE_TYPE, MOST))
SERVERS = Attribute(CLUSTER, 1, Several(UINT32, MOST))
CLIENTS = Attribute(CLUSTER, 2, Several(UINT32, MOST))
PARTS = Attribute(CLUSTER, 3, Several(UINT16, MOST))
