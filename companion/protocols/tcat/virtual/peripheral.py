"""A virtual TCAT device on a virtual air."""

from __future__ import annotations

from typing import Any

from companion.protocols.tcat.advertisement import ANSWERS, COMMANDS, SERVICE
from companion.protocols.tcat.virtual.device import TcatDevice
from companion.protocols.tcat.virtual.options import TcatOptions
from companion.virtual.gatt import AdStructures, Advertising, Central, Characteristic, Properties, Service
from companion.virtual.peripheral import Peripheral

NOTIFICATION_HEADER = 3


class VirtualTcat(Peripheral):
    """The device of `options`. Other arguments are those of `Peripheral`. It goes on advertising once it has
    a network, and says then whether it is on it."""

    def __init__(self, options: TcatOptions | None = None, **peripheral: Any) -> None:
        self.options = options or TcatOptions()
        self.device = TcatDevice(self.options)
        write = Properties.WRITE | Properties.WRITE_WITHOUT_RESPONSE
        service = Service(
            SERVICE,
            (
                Characteristic(COMMANDS, write, write=self._on_write),
                Characteristic(ANSWERS, Properties.NOTIFY),
            ),
        )
        super().__init__((service,), self._advertising(), name=self.options.name, **peripheral)

    def as_new(self) -> VirtualTcat:
        return VirtualTcat(self.options)

    async def factory_reset(self) -> None:
        """Forget the network and advertise again."""
        await self.drop_links()
        self.device = TcatDevice(self.options)
        await self.start_advertising(self._advertising())

    def on_connected(self, central: Central) -> None:
        self.device.connected()

    def _advertising(self) -> Advertising:
        data = {SERVICE: self.device.announcement.encode()}
        return Advertising.of(AdStructures(service_data=data), AdStructures(name=self.options.name))

    async def _on_write(self, central: Central, value: bytes) -> None:
        before = self.device.announcement
        said = self.device.hear(value)
        size = central.mtu - NOTIFICATION_HEADER
        for at in range(0, len(said), size):
            self.notify(ANSWERS, said[at : at + size], central)
        if self.device.announcement != before:
            await self.start_advertising(self._advertising())
        if self.device.disconnects:
            await self.drop_links()
