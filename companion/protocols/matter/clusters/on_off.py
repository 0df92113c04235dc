"""On/Off (6): lights, plugs, switches (Application Clusters 1.5)."""

from __future__ import annotations

from companion.protocols.matter.clusters.table import NOTHING, Attribute, Command
from companion.protocols.matter.tlv import BOOLEAN

CLUSTER, REVISION = 0x0006, 6

ON_OFF = Attribute(CLUSTER, 0, BOOLEAN)

OFF = Command(CLUSTER, 0, NOTHING)
ON = Command(CLUSTER, 1, NOTHING)
TOGGLE = Command(CLUSTER, 2, NOTHING)
