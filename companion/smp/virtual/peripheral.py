"""A virtual board with SMP on a virtual air."""

from __future__ import annotations

import asyncio
from typing import Any

from companion.smp.gatt import CHARACTERISTIC, SERVICE
from companion.smp.virtual.board import BoardOptions, VirtualBoard
from companion.virtual.gatt import AdStructures, Advertising, Central, Characteristic, Properties, Service
from companion.virtual.peripheral import Peripheral

NOTIFICATION_HEADER = 3
RESTART_SECONDS = 0.05


class VirtualSmp(Peripheral):
    """The board of `options`. Other arguments are those of `Peripheral`. A restart takes it off the air."""

    def __init__(self, options: BoardOptions, **peripheral: Any) -> None:
        self.options = options
        self.board = VirtualBoard(options)
        write = Properties.WRITE_WITHOUT_RESPONSE | Properties.NOTIFY
        service = Service(SERVICE, (Characteristic(CHARACTERISTIC, write, write=self._on_write),))
        advertising = Advertising.of(AdStructures(service_uuids=(SERVICE,)), AdStructures(name=options.name))
        super().__init__((service,), advertising, name=options.name, **peripheral)
        self._restarting: asyncio.Task[None] | None = None

    def as_new(self) -> VirtualSmp:
        return VirtualSmp(self.options)

    async def close(self) -> None:
        if self._restarting is not None:
            self._restarting.cancel()
            await asyncio.gather(self._restarting, return_exceptions=True)
        await super().close()

    def on_connected(self, central: Central) -> None:
        self.board.connected()

    def _on_write(self, central: Central, value: bytes) -> None:
        answer = self.board.hear(value)
        size = central.mtu - NOTIFICATION_HEADER
        for at in range(0, len(answer), size):
            self.notify(CHARACTERISTIC, answer[at : at + size], central)
        if self.board.wants_restart and self._restarting is None:
            self._restarting = asyncio.ensure_future(self._restart())

    async def _restart(self) -> None:
        """After the answer went out."""
        await asyncio.sleep(RESTART_SECONDS)
        await self.stop_advertising()
        await self.drop_links()
        self.board.restart()
        self._restarting = None
        await self.start_advertising()
