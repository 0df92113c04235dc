"""Commissioning over a cable: a board on a serial port."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from companion.events import Event
from companion.model import Commissioned, Step, Text
from companion.outcome import Result
from companion.protocols import Order, cable_driver
from companion.runs.base import Run

if TYPE_CHECKING:
    from companion.identity import Identity
    from companion.registry import Registry


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
        on_event: Callable[[Event], None],
    ) -> None:
        protocol, driver = cable_driver()
        super().__init__(
            medium=Cable(port),
            code=None,
            order=order,
            identity=identity,
            registry=registry,
            endpoint=None,
            on_event=on_event,
            timeout=0.0,
            protocol=protocol,
        )
        self._port = port
        self._driver = driver

    async def _perform(self) -> Commissioned:
        self._reporter.begin(Step.FIND)
        self._reporter.summarise(Text("Connected by cable to {port}", {"port": self._port}))
        return await self._driver.commission(self._port, self._order, self._reporter)
