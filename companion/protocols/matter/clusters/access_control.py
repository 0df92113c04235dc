"""Access Control (0x1F): who may do what (Core 9.10). Entries and what they grant are in `fabric.access`."""

from __future__ import annotations

from companion.protocols.matter.clusters.table import Attribute
from companion.protocols.matter.fabric.access import ENTRY
from companion.protocols.matter.tlv import UINT16, Several

CLUSTER, REVISION = 0x001F, 2
MOST = 1024

ACL = Attribute(CLUSTER, 0, Several(ENTRY, MOST))
SUBJECTS_PER_ENTRY = Attribute(CLUSTER, 2, UINT16)
TARGETS_PER_ENTRY = Attribute(CLUSTER, 3, UINT16)
ENTRIES_PER_FABRIC = Attribute(CLUSTER, 4, UINT16)
