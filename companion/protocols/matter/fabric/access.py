"""Who may do what on a node: entries of its access control list and what follows from them (core 6.6)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import IntEnum

from companion.protocols.matter import tlv

_CATS = 0xFFFF_FFFD
"""The upper half of a subject that stands for a CASE authenticated tag."""


class Privilege(IntEnum):
    VIEW = 1
    PROXY_VIEW = 2
    OPERATE = 3
    MANAGE = 4
    ADMINISTER = 5


class AuthMode(IntEnum):
    """How the subject has proven who it is."""

    PASE = 1
    CASE = 2
    GROUP = 3


@dataclass(frozen=True)
class Target:
    """What an entry is about: a cluster, an endpoint or a device type; None is any."""

    cluster: int | None = None
    endpoint: int | None = None
    device_type: int | None = None


@dataclass(frozen=True)
class AccessEntry:
    """subjects: node ids, tags or groups, () for everybody; targets: () for everything on the node."""

    privilege: Privilege
    mode: AuthMode
    subjects: tuple[int, ...] | None = None
    targets: tuple[Target, ...] | None = None
    fabric_index: int | None = None


@dataclass(frozen=True)
class Subject:
    """Who asks. node, cats: of its certificate"""

    mode: AuthMode
    node: int = 0
    cats: tuple[int, ...] = ()


TARGET = tlv.Shape(
    Target,
    tlv.Field("cluster", 0, tlv.Nullable(tlv.UINT32)),
    tlv.Field("endpoint", 1, tlv.Nullable(tlv.UINT16)),
    tlv.Field("device_type", 2, tlv.Nullable(tlv.UINT32)),
)
ENTRY = tlv.Shape(
    AccessEntry,
    tlv.Field("privilege", 1, tlv.Choice(Privilege)),
    tlv.Field("mode", 2, tlv.Choice(AuthMode)),
    tlv.Field("subjects", 3, tlv.Nullable(tlv.Several(tlv.UINT64, 64))),
    tlv.Field("targets", 4, tlv.Nullable(tlv.Several(TARGET, 64))),
    tlv.Field("fabric_index", 254, tlv.UINT8, optional=True),
)


def administrator(subject: int, fabric_index: int | None = None) -> AccessEntry:
    """The entry that AddNOC makes: this node id or tag may do everything."""
    return AccessEntry(Privilege.ADMINISTER, AuthMode.CASE, (subject,), None, fabric_index)


def subject_of_cat(cat: int) -> int:
    """How an entry names a tag."""
    return _CATS << 32 | cat


def privilege(
    entries: Iterable[AccessEntry],
    subject: Subject,
    cluster: int,
    endpoint: int,
    device_types: frozenset[int] = frozenset(),
) -> Privilege | None:
    """The most that a fabric's entries grant on a cluster of an endpoint.

    Who proved to know the passcode may do everything.
    """
    if subject.mode is AuthMode.PASE:
        return Privilege.ADMINISTER
    granted = (
        entry.privilege
        for entry in entries
        if entry.mode is subject.mode
        and _names(entry, subject)
        and _is_about(entry, cluster, endpoint, device_types)
    )
    return max(granted, default=None)


def _names(entry: AccessEntry, subject: Subject) -> bool:
    return not entry.subjects or any(_is(each, subject) for each in entry.subjects)


def _is(named: int, subject: Subject) -> bool:
    """A tag names all who have it in the same version or a later one."""
    if named >> 32 != _CATS:
        return named == subject.node
    identifier, version = named >> 16 & 0xFFFF, named & 0xFFFF
    return any(cat >> 16 == identifier and cat & 0xFFFF >= version for cat in subject.cats)


def _is_about(entry: AccessEntry, cluster: int, endpoint: int, device_types: frozenset[int]) -> bool:
    return not entry.targets or any(
        each.cluster in (None, cluster)
        and each.endpoint in (None, endpoint)
        and (each.device_type is None or each.device_type in device_types)
        for each in entry.targets
    )
