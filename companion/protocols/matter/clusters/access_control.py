"""Access Control (0x1F): who may do what (Core 9.10)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

from companion.protocols.matter.clusters.table import Attribute
from companion.protocols.matter.tlv import (
    UINT8,
    UINT16,
    UINT32,
    UINT64,
    Choice,
    Field,
    Nullable,
    Several,
    Shape,
)

CLUSTER, REVISION = 0x001F, 2
MOST = 1024


class Privilege(IntEnum):
    VIEW = 1
    PROXY_VIEW = 2
    OPERATE = 3
    MANAGE = 4
    ADMINISTER = 5


class AuthMode(IntEnum):
    PASE = 1
    CASE = 2
    GROUP = 3


@dataclass(frozen=True)
class Target:
    """Cluster, endpoint or device type; None for any."""

    cluster: int | None = None
    endpoint: int | None = None
    device_type: int | None = None


@dataclass(frozen=True)
class Entry:
    """subjects: node ids, CATs or groups, None for all; targets: None for all; fabric: index, on reading."""

    privilege: Privilege
    mode: AuthMode
    subjects: tuple[int, ...] | None = None
    targets: tuple[Target, ...] | None = None
    fabric: int | None = None


_TARGET = Shape(
    Target,
    Field("cluster", 0, Nullable(UINT32)),
    Field("endpoint", 1, Nullable(UINT16)),
    Field("device_type", 2, Nullable(UINT32)),
)
_ENTRY = Shape(
    Entry,
    Field("privilege", 1, Choice(Privilege)),
    Field("mode", 2, Choice(AuthMode)),
    Field("subjects", 3, Nullable(Several(UINT64, MOST))),
    Field("targets", 4, Nullable(Several(_TARGET, MOST))),
    Field("fabric", 254, UINT8, optional=True),
)

ACL = Attribute(CLUSTER, 0, Several(_ENTRY, MOST))
SUBJECTS_PER_ENTRY = Attribute(CLUSTER, 2, UINT16)
TARGETS_PER_ENTRY = Attribute(CLUSTER, 3, UINT16)
ENTRIES_PER_FABRIC = Attribute(CLUSTER, 4, UINT16)
