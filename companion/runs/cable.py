"""Commissioning over a cable: a board on a serial port that speaks Improv."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from companion.events import Event
from companion.model import Commissioned, Step, Text
from companion.outcome import Result
from companion.protocols import Order
from companion.runs.base import Run

if TYPE_CHECKING:
    from companion.identity import Identity
    from companion.registry import Registry

PROTOCOL = "improv"


@dataclass(frozen=True)
class Cable:
    """A serial port as the medium of a run."""

    port: str
    is_virtual: bool = False
    captured: str | None = None

    @property
    def spec(self) -> str:
        return f"serial:{self.port}"


class CableRun(Run):
    """One run: sets up the board on a serial port."""

    done = Result.COMMISSIONED

    def __init__(
        self,
        *,
        port: str,
        order: Order,
        identity: Identity,
        registry: Registry,
        tell: Callable[[Event], None],
    ) -> None:
        super().__init__(
            medium=Cable(port),
            code=None,
            order=order,
            identity=identity,
            registry=registry,
            endpoint=None,
            tell=tell,
            timeout=0.0,
            protocol=PROTOCOL,
        )
        self._port = port

    async def _walk(self) -> Commissioned:
        from companion.protocols.improv.driver import cable

        self._story.begin(Step.FIND)
        self._story.summarise(Text("On the cable at {port}", {"port": self._port}))
        return await cable.commission(self._port, self._order, self._story)
