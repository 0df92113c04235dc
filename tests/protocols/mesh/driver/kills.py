"""A memory whose process is killed between two writes."""

from __future__ import annotations

from typing import Any

from tests.protocols.on_air import DictMemory


class Killed(BaseException):
    """The process is gone."""


class MortalMemory(DictMemory):
    """left: so many steps until the kill, None for never. A write is done whole, or not at all"""

    def __init__(self) -> None:
        super().__init__()
        self.left: int | None = None

    def step(self) -> None:
        if self.left is not None:
            if self.left == 0:
                raise Killed
            self.left -= 1

    def put(self, key: str, value: Any | None) -> None:
        self.step()
        super().put(key, value)

    def put_secret(self, key: str, value: bytes | None) -> None:
        self.step()
        super().put_secret(key, value)
