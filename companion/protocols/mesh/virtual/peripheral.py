"""A virtual mesh device on a virtual air."""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import Awaitable, Callable, Coroutine, Iterable
from contextlib import suppress
from typing import Any, TypeAlias

from companion.errors import ProtocolViolation
from companion.protocols.mesh import advertisement as announcements
from companion.protocols.mesh.advertisement import Unprovisioned
from companion.protocols.mesh.bearer import (
    PROVISIONING_IN,
    PROVISIONING_OUT,
    PROVISIONING_SERVICE,
    PROXY_IN,
    PROXY_OUT,
    PROXY_SERVICE,
    MessageType,
    Reassembler,
    segments,
)
from companion.protocols.mesh.provisioning import pdus
from companion.protocols.mesh.provisioning.exchange import ProvisioningData
from companion.protocols.mesh.virtual.node import VirtualNode
from companion.protocols.mesh.virtual.options import MeshFault, MeshOptions
from companion.protocols.mesh.virtual.provisionee import Provisionee
from companion.secret import Secret
from companion.virtual.button import PressScript
from companion.virtual.gatt import AdStructures, Advertising, Central, Characteristic, Properties, Service
from companion.virtual.peripheral import Peripheral

NOTIFICATION_HEADER = 3
_DROPS = {MeshFault.DROPS_AT_PROOF: pdus.Random.opcode, MeshFault.DROPS_AT_DATA: pdus.Data.opcode}
SMALLEST_MTU = 23
LAST_WORDS = 0.2
"""Seconds."""
Typing: TypeAlias = Callable[[], Awaitable[str]]
"""Gives what somebody enters on the device."""


class VirtualMesh(Peripheral):
    """The device of `options`. Other arguments are those of `Peripheral`. Once it is a node it says on the
    air which one, until `factory_reset`.
    """

    def __init__(
        self,
        options: MeshOptions | None = None,
        *,
        say: Callable[[str], None] | None = None,
        press: PressScript | None = None,
        types: Typing | None = None,
        **peripheral: Any,
    ) -> None:
        self.options = options or MeshOptions()
        self._say, self._press, self._types = say, press, types
        self._under_way: set[asyncio.Task[None]] = set()
        self.device = Provisionee(self.options)
        self._reassembler = Reassembler()
        self._drops_at = {opcode for fault, opcode in _DROPS.items() if fault in self.options.faults}
        self.node: VirtualNode | None = None
        provisioning = Service(
            PROVISIONING_SERVICE,
            (
                Characteristic(PROVISIONING_IN, Properties.WRITE_WITHOUT_RESPONSE, write=self._on_write),
                Characteristic(PROVISIONING_OUT, Properties.NOTIFY),
            ),
        )
        proxy = Service(
            PROXY_SERVICE,
            (
                Characteristic(PROXY_IN, Properties.WRITE_WITHOUT_RESPONSE, write=self._on_proxy_write),
                Characteristic(PROXY_OUT, Properties.NOTIFY),
            ),
        )
        # A real device has one of the two at a time; Bumble's services are those that it began with.
        services = (provisioning, proxy)
        super().__init__(services, self._advertising(), name=self.options.name, **peripheral)

    def as_new(self) -> VirtualMesh:
        return VirtualMesh(self.options, say=self._say, press=self._press, types=self._types)

    async def close(self) -> None:
        for task in tuple(self._under_way):
            task.cancel()
        await asyncio.gather(*self._under_way, return_exceptions=True)
        if self.node is not None:
            self.node.close()
        await super().close()

    @property
    def is_node(self) -> bool:
        return self.device.data is not None

    async def factory_reset(self) -> None:
        """Forget the network and advertise again."""
        if self.node is not None:
            self.node.close()
        self.device, self.node = Provisionee(self.options), None
        await self.drop_links()
        await self.start_advertising(self._advertising())

    async def enter(self, text: Secret) -> None:
        """Somebody enters on it what the provisioner shows."""
        await self._tell(self.device.enter(text))

    def _show(self, text: Secret) -> None:
        """A display tells this to whoever stands at the device."""
        if self._say is not None:
            self._say(f"Its display shows {text.reveal_text()}.")
        if self._press is not None:
            self._start(_shown(self._press, text.reveal_text()))

    async def _type(self, types: Typing) -> None:
        """Whoever stands at it enters what the commissioner shows; what can't be that is not taken."""
        with suppress(ValueError):
            await self.enter(Secret(await types()))

    def _start(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.ensure_future(work)
        self._under_way.add(task)
        task.add_done_callback(self._under_way.discard)

    def on_connected(self, central: Central) -> None:
        if not self.is_node:
            self.device, self._reassembler = Provisionee(self.options), Reassembler()

    def on_disconnected(self, central: Central) -> None:
        if self.node is not None and MeshFault.NEVER_NODE not in self.options.faults:
            # Its keys may be others than when it last said who it is.
            self._start(self.start_advertising(self._advertising()))

    def on_subscribed(self, central: Central, uuid: str, wanted: bool) -> None:
        if uuid == PROXY_OUT and wanted and self.node is not None:
            self.node.subscribed()

    def _advertising(self) -> Advertising:
        data = {PROVISIONING_SERVICE: Unprovisioned(self.options.uuid, self.options.information).encode()}
        services = PROVISIONING_SERVICE
        if (got := self.device.data) is not None:
            key = got.key if self.node is None else self.node.key
            told = announcements.node_identity(key.reveal(), got.address, secrets.token_bytes(8))
            data, services = {PROXY_SERVICE: told}, PROXY_SERVICE
        return Advertising.of(
            AdStructures(service_uuids=(services,), service_data=data), AdStructures(name=self.options.name)
        )

    async def _on_write(self, central: Central, value: bytes) -> None:
        try:
            whole = self._reassembler.feed(value)
        except ProtocolViolation:
            await self.drop_links()
            return
        if whole is None or whole[0] is not MessageType.PROVISIONING:
            return
        if whole[1] and whole[1][0] in self._drops_at:
            self._drops_at.clear()
            await self.drop_links()
            return
        shown = self.device.shown
        said = self.device.hear(whole[1])
        if self.device.shown is not None and shown is None:
            self._show(self.device.shown)
            await asyncio.sleep(0)
        await self._tell(said)
        if self.device.wants_input and self._types is not None:
            self._start(self._type(self._types))
        if self.is_node:
            await self._become_node()

    async def _on_proxy_write(self, central: Central, value: bytes) -> None:
        if self.node is None:
            return
        try:
            self.node.write(value)
        except ProtocolViolation:
            await self.drop_links()

    def _notify_proxy(self, piece: bytes) -> None:
        self.notify(PROXY_OUT, piece)

    def _smallest_notification(self) -> int:
        return min((each.mtu for each in self.centrals), default=SMALLEST_MTU) - NOTIFICATION_HEADER

    def _tell_light(self, element: int, on: bool) -> None:
        if self._say is not None:
            self._say(f"Its light {element:04x} is {'on' if on else 'off'}.")

    async def _leave(self) -> None:
        """It was reset by its network. What it said last still goes out."""
        await asyncio.sleep(LAST_WORDS)
        await self.factory_reset()

    async def join(self, data: ProvisioningData, device_key: Secret) -> None:
        """Be a node of this network, as if a provisioner had been there."""
        self.device.data, self.device.device_key = data, device_key
        await self._become_node()

    async def _become_node(self) -> None:
        """It leaves the provisioner and says who it is."""
        got, device_key = self.device.data, self.device.device_key
        assert got is not None and device_key is not None
        self.node = VirtualNode(
            got,
            device_key,
            self.options.capabilities.elements,
            tell=self._notify_proxy,
            size=self._smallest_notification,
            left=lambda: self._start(self._leave()),
            switched=self._tell_light,
        )
        if MeshFault.NEVER_NODE in self.options.faults:
            await self.stop_advertising()
        else:
            await self.start_advertising(self._advertising())
        if MeshFault.NO_COMPLETE in self.options.faults:
            await self.drop_links()

    async def _tell(self, messages: Iterable[bytes]) -> None:
        for central in self.centrals:
            size = central.mtu - NOTIFICATION_HEADER
            for message in messages:
                for piece in segments(MessageType.PROVISIONING, message, size):
                    self.notify(PROVISIONING_OUT, piece, central)


async def _shown(press: PressScript, text: str) -> None:
    await press(text)
