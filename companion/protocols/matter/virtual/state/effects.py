"""What a virtual device wants done by who runs it, and what its owner sees."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

from companion.protocols.matter.interaction.node import Response
from companion.protocols.matter.interaction.status import StatusBlock

Answer: TypeAlias = Response | StatusBlock


class Deferred:
    """A command's answer that comes later. `complete` may be called once; nobody may hear it any more."""

    def __init__(self) -> None:
        self._tell: Callable[[Answer], None] | None = None

    def bind(self, tell: Callable[[Answer], None]) -> None:
        """Who sends it."""
        self._tell = tell

    def complete(self, answer: Answer) -> None:
        tell, self._tell = self._tell, None
        if tell is not None:
            tell(answer)


@dataclass(frozen=True)
class Join:
    """Join a network that it keeps. id: its id; then call `DeviceState.joined`."""

    id: bytes
    answer: Deferred


@dataclass(frozen=True)
class Changed:
    """What it shows on the air or on the network may be another: fabrics, window, connection."""


@dataclass(frozen=True)
class Commissioned:
    """A commissioner has finished. fabric: its index."""

    fabric: int


@dataclass(frozen=True)
class Forgotten:
    """Its last fabric was removed: it is as it left the factory."""


@dataclass(frozen=True)
class Reverted:
    """A fail-safe ended before the commissioner had finished."""


@dataclass(frozen=True)
class Light:
    """Its light was switched."""

    on: bool


@dataclass(frozen=True)
class Identifies:
    """It blinks, or has stopped."""

    seconds: int


Effect: TypeAlias = Join | Changed | Commissioned | Forgotten | Reverted | Light | Identifies
