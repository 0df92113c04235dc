"""A plain Bluetooth central that knows Matter's two characteristics."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any

from bumble.core import UUID
from bumble.device import Peer
from bumble.hci import Address

from companion.protocols.matter.btp import gatt
from companion.virtual.air_link import AirLink
from companion.virtual.gatt import uuid_octets
from companion.virtual.host import BumbleHost, random_static_address
from tests.interop.matterjs.counts import Counts

SERVICE_DATA = 0x16
CONNECT_SECONDS = 10.0

Heard = Callable[[str, bytes], None]


class Central:
    """Scans, connects, writes and is indicated to, over one link at a time. `counts`: of the latest link."""

    def __init__(self) -> None:
        self.counts = Counts()
        self.on_heard: Heard = lambda address, data: None
        self.on_lost: Callable[[], None] = lambda: None
        self._connection: Any = None

    async def open(self, air: AirLink | str) -> None:
        """Join an air."""
        self._host = await BumbleHost.open(air, address=random_static_address())
        self._host.device.on("advertisement", self._heard)

    async def close(self) -> None:
        """Leave it; a link is lost."""
        await self._host.close()

    async def scan(self) -> None:
        """Tell `on_heard` of Matter's advertisements: address and service data."""
        if not self._host.device.is_scanning:
            await self._host.device.start_scanning(filter_duplicates=False)

    async def stop_scanning(self) -> None:
        if self._host.device.is_scanning:
            await self._host.device.stop_scanning()

    async def find(self, discriminator: int, seconds: float = 10.0) -> str:
        """The address of the device that waits with this discriminator. Raises TimeoutError."""
        found: asyncio.Future[str] = asyncio.get_running_loop().create_future()

        def heard(address: str, data: bytes) -> None:
            if gatt.Advertisement.decode(data).discriminator == discriminator and not found.done():
                found.set_result(address)

        self.on_heard = heard
        await self.scan()
        async with asyncio.timeout(seconds):
            return await found

    async def connect(self, address: str, mtu: int) -> int:
        """A link with a device; the ATT MTU that both agree on."""
        await self.stop_scanning()
        self.counts = Counts()
        connection = await self._host.device.connect_le(Address(address), timeout=CONNECT_SECONDS)
        self._connection = connection
        connection.on("disconnection", self._disconnected)
        peer = Peer(connection)
        agreed: int = await peer.request_mtu(mtu)
        await peer.discover_services([UUID(gatt.SERVICE)])
        await peer.discover_characteristics()
        (self._written,) = peer.get_characteristics_by_uuid(UUID(gatt.WRITTEN))
        (self._indicated,) = peer.get_characteristics_by_uuid(UUID(gatt.INDICATED))
        await self._indicated.discover_descriptors()
        return agreed

    async def write(self, value: bytes) -> None:
        """Write a segment; returns when the device took it. Raises what Bumble raises."""
        self.counts.write(value)
        await self._written.write_value(value, with_response=True)

    async def subscribe(self, indicated: Callable[[bytes], None]) -> None:
        """Segments of the device go to `indicated`."""

        def arrived(value: bytes) -> None:
            self.counts.indicate(value)
            indicated(bytes(value))

        await self._indicated.subscribe(arrived, prefer_notify=False)

    async def disconnect(self) -> None:
        """End the link, if there is one."""
        if self._connection is not None:
            await self._connection.disconnect()

    def _disconnected(self, _: int) -> None:
        self._connection = None
        self.on_lost()

    def _heard(self, advertisement: Any) -> None:
        service = uuid_octets(gatt.SERVICE)
        for kind, value in advertisement.data.ad_structures:
            if kind == SERVICE_DATA and value.startswith(service):
                self.on_heard(str(advertisement.address), bytes(value[len(service) :]))
