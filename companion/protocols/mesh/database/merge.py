"""An imported network beside what is known of it: whose addresses are ours, so that no nonce comes twice."""

from __future__ import annotations

import secrets
from dataclasses import replace

from companion.protocols.mesh.addresses import LAST_UNICAST
from companion.protocols.mesh.database.fields import invalid
from companion.protocols.mesh.database.reader import Imported
from companion.protocols.mesh.settings import Range
from companion.protocols.mesh.store import MeshNetwork

WANTED = 256
"""Addresses that we take for ourselves, where there are so many."""


def merge(imported: Imported, known: MeshNetwork | None) -> MeshNetwork:
    """What is to be kept. known: the same network, as it was kept before

    Raises MeshFileInvalid where no address is left, or where a node of ours has an address of another one.
    """
    theirs = imported.network
    if known is None:
        return _as_newcomer(theirs)
    nodes = tuple(each for each in theirs.nodes if each.uuid != known.own_uuid)
    others = tuple(each for each in theirs.provisioners if each.uuid != known.own_uuid)
    missing = [each for each in known.nodes if each.uuid not in {one.uuid for one in nodes}]
    taken = {address for each in nodes for address in range(each.address, each.address + each.elements)}
    if any(taken & set(range(each.address, each.address + each.elements)) for each in missing):
        raise invalid("nodes", "what this computer has: one address belongs to two nodes")
    if known.address in taken:
        raise invalid("nodes", "what this computer has: its own address belongs to a node")
    return replace(
        known,
        name=theirs.name,
        network_keys=theirs.network_keys,
        application_keys=theirs.application_keys,
        nodes=(*nodes, *missing),
        provisioners=others,
        groups=theirs.groups,
    )


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
    gaps = _gaps(network)
    if not gaps:
        raise invalid("provisioners", "a list that leaves an address free")
    wanted = [
        Range(low, low + WANTED - 1) for gap in gaps for low in range(gap.low, gap.high - WANTED + 2, WANTED)
    ]
    return secrets.choice(wanted) if wanted else max(gaps, key=lambda each: each.high - each.low)


def _gaps(network: MeshNetwork) -> list[Range]:
    taken = [Range(each.address, each.address + each.elements - 1) for each in network.nodes]
    taken += [each for one in network.provisioners for each in one.addresses]
    gaps: list[Range] = []
    free = 1
    for each in sorted(taken, key=lambda each: each.low):
        if each.low > free:
            gaps.append(Range(free, min(each.low - 1, LAST_UNICAST)))
        free = max(free, each.high + 1)
    return gaps if free > LAST_UNICAST else [*gaps, Range(free, LAST_UNICAST)]
