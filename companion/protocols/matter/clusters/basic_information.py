"""Basic Information (0x28) of a node, and that of a bridged device (0x39) (Core 11.1, 9.13)."""

from __future__ import annotations

from dataclasses import dataclass

from companion.protocols.matter.clusters.table import Attribute
from companion.protocols.matter.tlv import BOOLEAN, UINT16, UINT32, Field, Shape, Text

CLUSTER, REVISION = 0x0028, 4
BRIDGED, BRIDGED_REVISION = 0x0039, 4


@dataclass(frozen=True)
class CapabilityMinima:
    """What every fabric can count on."""

    sessions: int
    subscriptions: int


_MINIMA = Shape(CapabilityMinima, Field("sessions", 0, UINT16), Field("subscriptions", 1, UINT16))

DATA_MODEL_REVISION = Attribute(CLUSTER, 0, UINT16)
VENDOR_NAME = Attribute(CLUSTER, 1, Text(32))
VENDOR_ID = Attribute(CLUSTER, 2, UINT16)
PRODUCT_NAME = Attribute(CLUSTER, 3, Text(32))
PRODUCT_ID = Attribute(CLUSTER, 4, UINT16)
NODE_LABEL = Attribute(CLUSTER, 5, Text(32))
LOCATION = Attribute(CLUSTER, 6, Text(2))
HARDWARE_VERSION = Attribute(CLUSTER, 7, UINT16)
HARDWARE_VERSION_STRING = Attribute(CLUSTER, 8, Text(64))
SOFTWARE_VERSION = Attribute(CLUSTER, 9, UINT32)
SOFTWARE_VERSION_STRING = Attribute(CLUSTER, 10, Text(64))
MANUFACTURING_DATE = Attribute(CLUSTER, 11, Text(16))
PART_NUMBER = Attribute(CLUSTER, 12, Text(32))
PRODUCT_URL = Attribute(CLUSTER, 13, Text(256))
PRODUCT_LABEL = Attribute(CLUSTER, 14, Text(64))
SERIAL_NUMBER = Attribute(CLUSTER, 15, Text(32))
REACHABLE = Attribute(CLUSTER, 17, BOOLEAN)
UNIQUE_ID = Attribute(CLUSTER, 18, Text(32))
CAPABILITY_MINIMA = Attribute(CLUSTER, 19, _MINIMA)
SPECIFICATION_VERSION = Attribute(CLUSTER, 21, UINT32)
MAX_PATHS_PER_INVOKE = Attribute(CLUSTER, 22, UINT16)

BRIDGED_VENDOR_NAME = Attribute(BRIDGED, 1, Text(32))
BRIDGED_VENDOR_ID = Attribute(BRIDGED, 2, UINT16)
BRIDGED_PRODUCT_NAME = Attribute(BRIDGED, 3, Text(32))
BRIDGED_NODE_LABEL = Attribute(BRIDGED, 5, Text(32))
BRIDGED_SOFTWARE_VERSION_STRING = Attribute(BRIDGED, 10, Text(64))
BRIDGED_SERIAL_NUMBER = Attribute(BRIDGED, 15, Text(32))
BRIDGED_REACHABLE = Attribute(BRIDGED, 17, BOOLEAN)
BRIDGED_UNIQUE_ID = Attribute(BRIDGED, 18, Text(32))
