"""Cloud profiles as a backup carries them: which there are, which one is used, whose CA is where.

None of it is a secret. What is there already stays when it is brought back.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from companion.clouds.delegates import DelegateCas
from companion.clouds.profile import from_document
from companion.clouds.store import ProfileStore

WHAT = "backup"


def pack(data_dir: Path) -> bytes | None:
    """All of them; None where there is no profile. Raises StorageError leaves."""
    store = ProfileStore(data_dir)
    profiles = store.profiles()
    if not profiles:
        return None
    told = {
        "profiles": [each.document() for each in profiles],
        "used": store.used(),
        "delegates": DelegateCas(data_dir).everything(),
    }
    return json.dumps(told).encode()


def names(content: bytes) -> tuple[str, ...]:
    """Of the profiles in what `pack` returned. Raises ValueError where it is nothing of the kind."""
    return tuple(from_document(each, WHAT).name for each in _read(content)["profiles"])


def unpack(data_dir: Path, content: bytes) -> None:
    """Bring back what is not there. Raises ValueError, with nothing written, and StorageError leaves."""
    told = _read(content)
    store, delegates = ProfileStore(data_dir), DelegateCas(data_dir)
    profiles = [from_document(each, WHAT) for each in told["profiles"]]
    here = store.names()
    for profile in profiles:
        if profile.name not in here:
            store.keep(profile)
    if not here and told["used"] in store.names():
        store.use(told["used"])
    for grant, where in told["delegates"].items():
        for name in where:
            delegates.note(grant, name)


def _read(content: bytes) -> dict[str, Any]:
    told = json.loads(content)
    shape = {"profiles": list, "used": str, "delegates": dict}
    if not isinstance(told, dict) or not all(isinstance(told.get(key), kind) for key, kind in shape.items()):
        raise ValueError("no list of cloud profiles")
    if not all(isinstance(each, list) for each in told["delegates"].values()):
        raise ValueError("no list of delegates' CAs")
    return told
