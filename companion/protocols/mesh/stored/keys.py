"""Keys of a network as JSON that is sealed. How far their refresh is, is part of it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from companion.protocols.mesh.models.refresh import Stage
from companion.protocols.mesh.network.keys import ApplicationKey, NetworkKey, Phase
from companion.secret import Secret


def of_network_key(key: NetworkKey) -> dict[str, Any]:
    return {"index": key.index, "phase": key.phase, "key": of(key.key), "old": of(key.old)}


def network_key(sealed: Mapping[str, Any]) -> NetworkKey:
    return NetworkKey(sealed["index"], secret(sealed["key"]), Phase(sealed["phase"]), _old(sealed))


def of_application_key(key: ApplicationKey) -> dict[str, Any]:
    told = {"index": key.index, "network": key.network, "name": key.name}
    return {**told, "key": of(key.key), "old": of(key.old)}


def application_key(sealed: Mapping[str, Any]) -> ApplicationKey:
    return ApplicationKey(
        sealed["index"], secret(sealed["key"]), sealed["network"], sealed["name"], _old(sealed)
    )


def of(key: Secret | None) -> str:
    """Hexadecimal, "" for none."""
    return "" if key is None else key.reveal().hex()


def secret(digits: str) -> Secret:
    return Secret(bytes.fromhex(digits))


def _old(sealed: Mapping[str, Any]) -> Secret | None:
    return secret(sealed["old"]) if sealed["old"] else None


def is_split(sealed: Mapping[str, Any]) -> bool:
    """Of an older data folder: the vault has bare keys, the registry their indexes and the refresh."""
    return any(isinstance(each, list) for each in sealed.get("network_keys", ()))


def joined(kept: Mapping[str, Any], sealed: Mapping[str, Any]) -> dict[str, Any]:
    """Both parts of such a folder as they are sealed now.

    Keys were written first: successors in the normal phase are of a refresh that was cut off before a node
    had them.
    """
    network_keys = _joined("network_keys", kept, sealed)
    for each in network_keys:
        if each["old"] and each["phase"] == Phase.NORMAL:
            each["phase"] = Phase.DISTRIBUTION
    stages = {str(each["address"]): each["stage"] for each in kept["nodes"]}
    nodes = {address: [key, stages.get(address, Stage.UNTOUCHED)] for address, key in sealed["nodes"].items()}
    return {
        "own": sealed["own"],
        "network_keys": network_keys,
        "application_keys": _joined("application_keys", kept, sealed),
        "nodes": nodes,
    }


def _joined(name: str, kept: Mapping[str, Any], sealed: Mapping[str, Any]) -> list[dict[str, Any]]:
    both = zip(kept[name], sealed[name], strict=False)
    return [{**told, "key": key, "old": old} for told, (key, old) in both]
