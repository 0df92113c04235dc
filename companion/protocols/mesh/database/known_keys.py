"""Which known keys an imported network would lose: an older file must not take those that nodes have."""

from __future__ import annotations

from companion.protocols.mesh.network.keys import ApplicationKey, NetworkKey, Phase
from companion.protocols.mesh.store import MeshNetwork


def lost(known: MeshNetwork, theirs: MeshNetwork) -> list[str]:
    """Names of keys of ours that the file has otherwise. What it lacks is not lost, nor what it succeeds."""
    network_keys = {each.index: each for each in theirs.network_keys}
    application_keys = {each.index: each for each in theirs.application_keys}
    device_keys = {each.uuid: each.device_key for each in theirs.nodes}
    return [
        *(f"network key {each.index}" for each in known.network_keys
          if not _has(each, network_keys.get(each.index, each))),
        *(f"application key {each.index}" for each in known.application_keys
          if not _has(each, application_keys.get(each.index, each))),
        *(f"device key of {each.address:04x}" for each in known.nodes
          if device_keys.get(each.uuid, each.device_key) != each.device_key),
    ]  # fmt: skip


def _has(ours: NetworkKey | ApplicationKey, theirs: NetworkKey | ApplicationKey) -> bool:
    """The same key, as far in its refresh; or one that is to replace it and has it as its old one."""
    if theirs.key == ours.key and theirs.old == ours.old:
        return _phase(theirs) is _phase(ours)
    return ours.old is None and theirs.old == ours.key


def _phase(key: NetworkKey | ApplicationKey) -> Phase:
    return key.phase if isinstance(key, NetworkKey) else Phase.NORMAL
