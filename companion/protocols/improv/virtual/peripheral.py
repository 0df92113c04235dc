"""A virtual Improv device on a virtual air."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine, Iterable
from typing import Any

from companion.protocols.improv import codec
from companion.protocols.improv.codec import Command, ProvisioningState
from companion.protocols.improv.virtual.device import ImprovDevice, ImprovFault, ImprovOptions, Notice
from companion.virtual.gatt import AdStructures, Advertising, Central, Characteristic, Properties, Service
from companion.virtual.peripheral import Peripheral

NOTIFICATION_HEADER = 3


class VirtualImprov(Peripheral):
    """The device of `options`. Other arguments are those of `Peripheral`.

    Once it has joined a network it is silent, until `factory_reset`.
    """

    def __init__(self, options: ImprovOptions | None = None, **peripheral: Any) -> None:
        self.options = options or ImprovOptions()
        self.device = ImprovDevice(self.options)
        self._under_way: set[asyncio.Task[None]] = set()
        super().__init__((self._service(),), self._advertising(), name=self.options.name, **peripheral)

    def as_new(self) -> VirtualImprov:
        return VirtualImprov(self.options)

    async def press_button(self) -> None:
        """Authorize the device, as its user does."""
        await self._tell(self.device.press_button())

    async def factory_reset(self) -> None:
        """Forget the network and advertise again."""
        await self.drop_links()
        self.device = ImprovDevice(self.options)
        await self.start_advertising(self._advertising())

    async def close(self) -> None:
        for task in tuple(self._under_way):
            task.cancel()
        await asyncio.gather(*self._under_way, return_exceptions=True)
        await super().close()

    def on_connected(self, central: Central) -> None:
        self.device.connected()
        self._expect_a_press()

    # --- inside ---------------------------------------------------------------------------------

    def _service(self) -> Service:
        read, notify = Properties.READ, Properties.NOTIFY
        write = Properties.WRITE | Properties.WRITE_WITHOUT_RESPONSE

        def shown(uuid: str, properties: Properties) -> Characteristic:
            return Characteristic(uuid, properties, read=lambda central: self.device.read(uuid))

        return Service(
            codec.SERVICE,
            (
                shown(codec.STATE, read | notify),
                shown(codec.ERROR, read | notify),
                Characteristic(codec.COMMAND, write, write=self._on_write),
                shown(codec.RESULT, read | notify),
                shown(codec.CAPABILITIES, read),
            ),
        )

    def _advertising(self) -> Advertising:
        """Service and service data in one packet, as the specification demands; the name answers scans."""
        data = {codec.SERVICE_DATA: self.device.service_data} if self.options.announces else {}
        return Advertising.of(
            AdStructures(service_uuids=(codec.SERVICE,), service_data=data),
            AdStructures(name=self.options.name),
        )

    async def _on_write(self, central: Central, value: bytes) -> None:
        before = self.device.state
        if value[:1] == bytes((Command.SCAN,)) and ImprovFault.DROP_AT_SCAN in self.options.faults:
            await self.drop_links()
            return
        await self._tell(self.device.write(value))
        if (
            before is not ProvisioningState.PROVISIONING
            and self.device.state is ProvisioningState.PROVISIONING
        ):
            self._start(self._join())
        elif before is not self.device.state:
            self._expect_a_press()

    def _expect_a_press(self) -> None:
        waits = self.device.state is ProvisioningState.AUTHORIZATION_REQUIRED
        if waits and self.options.pressed_after is not None:
            self._start(self._press_later(self.options.pressed_after))

    async def _press_later(self, seconds: float) -> None:
        await asyncio.sleep(seconds)
        await self.press_button()

    async def _join(self) -> None:
        await asyncio.sleep(self.options.joining)
        faults = self.options.faults
        if ImprovFault.VANISH in faults:
            await self.stop_advertising()
        if ImprovFault.VANISH in faults or ImprovFault.DROP in faults:
            self.device.settle()
            await self.drop_links()
        else:
            await self._tell(self.device.settle())

    async def _tell(self, notices: Iterable[Notice]) -> None:
        """Notify everyone. What does not fit in a notification is cut off, as stacks do."""
        for notice in notices:
            for central in self.centrals:
                self.notify(notice.uuid, notice.value[: central.mtu - NOTIFICATION_HEADER], central)
        if self.device.state is ProvisioningState.PROVISIONED:
            await self.stop_advertising()

    def _start(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.ensure_future(work)
        self._under_way.add(task)
        task.add_done_callback(self._under_way.discard)
