"""An imported network beside what is known of it: whose addresses are ours, so that no nonce comes twice."""

from __future__ import annotations

import secrets
from dataclasses import replace
from typing import TypeVar

from companion.errors.mesh_network import MeshKeysDiffer
from companion.model import Text
from companion.protocols.mesh.addresses import LAST_UNICAST
from companion.protocols.mesh.database import known_keys
from companion.protocols.mesh.database.fields import invalid, useless
from companion.protocols.mesh.database.reader import Imported
from companion.protocols.mesh.network.keys import ApplicationKey, NetworkKey
from companion.protocols.mesh.settings import Range, gaps
from companion.protocols.mesh.store import MeshNetwork

Key = TypeVar("Key", bound=NetworkKey | ApplicationKey)
_NO_ADDRESS = Text(
    "Whoever exported this network keeps all of its addresses, so none is left for this computer. Export it "
    "again with a smaller address range there."
)
WANTED = 256
"""Addresses that we take for ourselves, where there are so many."""


def merge(imported: Imported, known: MeshNetwork | None, *, replace_keys: bool = False) -> MeshNetwork:
    """What is to be kept. known: the same network, as it was kept before

    Keys and nodes that the file lacks stay. Raises MeshFileInvalid where no address is left, or where a node
    of ours has an address of another one; MeshKeysDiffer where a known key would be lost, unless
    `replace_keys`.
    """
    theirs = imported.network
    if known is None:
        return _as_newcomer(theirs)
    if not replace_keys and (lost := known_keys.lost(known, theirs)):
        raise MeshKeysDiffer(", ".join(lost))
    nodes = tuple(each for each in theirs.nodes if each.uuid != known.own_uuid)
    others = tuple(each for each in theirs.provisioners if each.uuid != known.own_uuid)
    missing = [each for each in known.nodes if each.uuid not in {one.uuid for one in nodes}]
    taken = {address for each in nodes for address in range(each.address, each.address + each.elements)}
    if any(taken & set(range(each.address, each.address + each.elements)) for each in missing):
        raise invalid("nodes", "what this computer has: one address belongs to two nodes")
    if known.address in taken:
        raise invalid("nodes", "what this computer has: its own address belongs to a node")
    merged = replace(
        known,
        name=theirs.name,
        network_keys=_united(known.network_keys, theirs.network_keys),
        application_keys=_united(known.application_keys, theirs.application_keys),
        nodes=(*nodes, *missing),
        provisioners=others,
        groups=theirs.groups,
    )
    return _with_stages(_with_spent(merged, known, theirs), known)


def _united(known: tuple[Key, ...], theirs: tuple[Key, ...]) -> tuple[Key, ...]:
    """By index, in the order that is known."""
    return tuple({each.index: each for each in (*known, *theirs)}.values())


def _with_spent(merged: MeshNetwork, known: MeshNetwork, theirs: MeshNetwork) -> MeshNetwork:
    """Addresses that were a node's stay spent where that has another one now."""
    had = (*known.spent, *theirs.spent, *(each.addresses for each in known.nodes))
    has = {each.addresses for each in merged.nodes}
    spent = dict.fromkeys(each for each in had if each not in has and each.high >= known.next_address)
    return replace(merged, spent=tuple(spent))


def _with_stages(merged: MeshNetwork, known: MeshNetwork) -> MeshNetwork:
    """In a refresh that is led from here counts what nodes confirmed here."""
    if merged.network_keys[0] != known.network_keys[0]:
        return merged
    stages = {each.uuid: each.stage for each in known.nodes}
    nodes = tuple(replace(each, stage=stages.get(each.uuid, each.stage)) for each in merged.nodes)
    return replace(merged, nodes=nodes)


def _as_newcomer(network: MeshNetwork) -> MeshNetwork:
    """With addresses that nobody was given: to send from another's address would repeat its nonces."""
    ours = _free(network)
    return replace(
        network,
        address=ours.low,
        next_address=ours.low + 1,
        last_address=ours.high,
        iv_known=False,
    )


def _free(network: MeshNetwork) -> Range:
    """Any of the free ranges of the wanted size: of several that import one file, hardly two take the same.

    Else the largest that is free.
    """
    free = gaps(network.taken, Range(1, LAST_UNICAST))
    if not free:
        raise useless("no unicast address is free", _NO_ADDRESS)
    wanted = [
        Range(low, low + WANTED - 1) for gap in free for low in range(gap.low, gap.high - WANTED + 2, WANTED)
    ]
    return secrets.choice(wanted) if wanted else max(free, key=lambda each: each.high - each.low)
