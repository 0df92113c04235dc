"""From which session the next one with a node goes on (core 4.14.2.2.1): sealed, used once, for a day.

Whoever has such a secret reads the sessions that rest on it, so none is kept for longer.
"""

from __future__ import annotations

import json
import time
from base64 import b64decode, b64encode
from typing import TYPE_CHECKING, Any

from companion.protocols.matter.certificates.chain import NodeIdentity
from companion.protocols.matter.establishment.outcome import Resumption
from companion.protocols.matter.fabric.identity import FabricIdentity
from companion.secret import Secret

if TYPE_CHECKING:
    from companion.protocols import Memory

KEY = "resumptions"
MOST_KEPT = 64
KEPT_SECONDS = 86_400


def keep(memory: Memory, resumption: Resumption | None) -> None:
    """In place of the node's earlier one; None changes nothing."""
    if resumption is None or not resumption.id:
        return
    fabric, node = resumption.fabric, resumption.peer.node
    others = [each for each in _kept(memory) if not _is_of(each, fabric, node)]
    _write(memory, [_document(resumption), *others][:MOST_KEPT])


def take(memory: Memory, fabric: FabricIdentity, node: int) -> Resumption | None:
    """The node's, which is kept no more: a device takes each but once. None where there is none."""
    kept = _kept(memory)
    found = next((each for each in kept if _is_of(each, fabric, node)), None)
    if found is None:
        return None
    _write(memory, [each for each in kept if each is not found])
    return _resumption(found) if 0 <= time.time() - found["since"] < KEPT_SECONDS else None


def forget(memory: Memory, fabric: FabricIdentity, node: int) -> None:
    """The node has another certificate, or left the fabric."""
    take(memory, fabric, node)


def forget_all(memory: Memory, fabric: FabricIdentity) -> None:
    """The fabric is gone."""
    kept = _kept(memory)
    left = [each for each in kept if not _is_of(each, fabric, each["node"])]
    if len(left) != len(kept):
        _write(memory, left)


def _is_of(kept: dict[str, Any], fabric: FabricIdentity, node: int) -> bool:
    """Two fabrics may give the same id to a node, and have the same number; not the same root."""
    root = b64encode(fabric.root_key).decode()
    return (kept["node"], kept["fabric"], kept["root"]) == (node, fabric.number, root)


def _kept(memory: Memory) -> list[dict[str, Any]]:
    stored = memory.get_secret(KEY)
    return json.loads(stored) if stored else []


def _write(memory: Memory, all_of_them: list[dict[str, Any]]) -> None:
    memory.put_secret(KEY, json.dumps(all_of_them).encode() if all_of_them else None)


def _document(resumption: Resumption) -> dict[str, Any]:
    octets = {
        "id": resumption.id,
        "shared": resumption.shared.reveal(),
        "root": resumption.fabric.root_key,
        "key": resumption.peer.public_key,
    }
    return {
        **{name: b64encode(value).decode() for name, value in octets.items()},
        "fabric": resumption.fabric.number,
        "own": resumption.own_node,
        "node": resumption.peer.node,
        "cats": resumption.peer.cats,
        "since": time.time(),
    }


def _resumption(kept: dict[str, Any]) -> Resumption:
    octets = {name: b64decode(kept[name]) for name in ("id", "shared", "root", "key")}
    peer = NodeIdentity(kept["node"], kept["fabric"], tuple(kept["cats"]), octets["key"])
    fabric = FabricIdentity(octets["root"], kept["fabric"])
    return Resumption(octets["id"], Secret(octets["shared"]), fabric, kept["own"], peer)
