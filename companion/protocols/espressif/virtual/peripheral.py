"""A virtual ESP32 in provisioning mode, on a virtual air."""

from __future__ import annotations

import asyncio
from typing import Any, NoReturn

from companion.protocols.espressif.endpoints import guess
from companion.protocols.espressif.virtual.device import EspressifDevice, LinkEnded
from companion.protocols.espressif.virtual.options import EspressifOptions, Stack
from companion.protocols.espressif.virtual.security import Refused
from companion.virtual.gatt import (
    AdStructures,
    Advertising,
    AttError,
    Central,
    Characteristic,
    Properties,
    Service,
)
from companion.virtual.peripheral import Peripheral

INVALID_PDU = 0x04
FIRST_CUSTOM = 0xFF54


class VirtualEspressif(Peripheral):
    """The device of `options`. Other arguments are those of `Peripheral`.

    Once it has joined a network and somebody has read so, it is silent, until `factory_reset`.
    """

    def __init__(
        self, options: EspressifOptions | None = None, *, label: str | None = None, **peripheral: Any
    ) -> None:
        """label: the text of its QR code, where that is not what the options say."""
        self.options = options or EspressifOptions()
        self._label = label
        self.device = EspressifDevice(self.options)
        service = self.options.service
        advertising = Advertising.of(
            AdStructures(service_uuids=(service,)), AdStructures(name=self.options.name)
        )
        super().__init__(
            (Service(service, self._characteristics()),), advertising, name=self.options.name, **peripheral
        )

    @property
    def setup_code(self) -> str:
        """The text of its QR code."""
        return self._label or self.options.setup_code

    def as_new(self) -> VirtualEspressif:
        return VirtualEspressif(self.options, label=self._label)

    async def factory_reset(self) -> None:
        """Forget the network and advertise again."""
        await self.drop_links()
        self.device = EspressifDevice(self.options)
        await self.start_advertising()

    def on_connected(self, central: Central) -> None:
        self.device.connected()

    def _characteristics(self) -> tuple[Characteristic, ...]:
        custom = FIRST_CUSTOM
        made = []
        for endpoint in self.device.endpoints:
            uuid = guess(self.options.service, endpoint)
            if uuid is None:
                uuid = f"{self.options.service[:4]}{custom:04x}{self.options.service[8:]}"
                custom += 1
            made.append(self._characteristic(endpoint, uuid))
        return tuple(made)

    def _characteristic(self, endpoint: str, uuid: str) -> Characteristic:
        async def write(central: Central, value: bytes) -> None:
            await self._on_write(endpoint, value)

        async def read(central: Central) -> bytes:
            value = self.device.read(endpoint)
            if self.device.provisioned:
                await self.stop_advertising()
            return value

        return Characteristic(
            uuid,
            Properties.READ | Properties.WRITE,
            read=read,
            write=write,
            description=endpoint if self.options.described else None,
        )

    async def _on_write(self, endpoint: str, value: bytes) -> None:
        try:
            self.device.write(endpoint, value)
        except Refused:
            if self.options.stack is Stack.BLUEDROID:
                await self._end_link()
            raise AttError(INVALID_PDU) from None
        except LinkEnded as ended:
            if not ended.returns:
                await self.stop_advertising()
            await self._end_link()

    async def _end_link(self) -> NoReturn:
        """End the link in the middle of an operation, which dies with it, unanswered."""
        await self.drop_links()
        raise asyncio.CancelledError
