"""A memory that lasts as long as the test."""

from __future__ import annotations

import json
from typing import Any


class DictMemory:
    """Values pass through JSON as in the registry; there are no secrets."""

    def __init__(self, kept: dict[str, str] | None = None) -> None:
        self.kept = dict(kept or {})

    def get(self, key: str) -> Any | None:
        return json.loads(self.kept[key]) if key in self.kept else None

    def put(self, key: str, value: Any | None) -> None:
        self.kept.pop(key, None)
        if value is not None:
            self.kept[key] = json.dumps(value)

    def get_secret(self, key: str) -> bytes | None:
        raise AssertionError(key)

    def put_secret(self, key: str, value: bytes | None) -> None:
        raise AssertionError(key)
