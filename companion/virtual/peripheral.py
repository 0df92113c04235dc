"""The base of every virtual device: a GATT server that advertises, on Bumble.

States: closed -> advertising <-> connected -> closed. A connectable device goes silent while a central
is connected and advertises again when the link is gone, unless `stop_advertising` was called.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Sequence
from typing import Any

from bumble.device import AdvertisingType

from companion.secret import Secret
from companion.virtual.air_link import AirLink
from companion.virtual.gatt import Advertising, Central, DelayPlan, FaultPlan, Service, Speech
from companion.virtual.gatt_server import ConnectedCentral, DeviceServer, end
from companion.virtual.host import BumbleHost, random_static_address, to_its_end
from companion.virtual.pairing import CompareNumbers, pairing_config

log = logging.getLogger(__name__)

LARGEST_MTU = 517
ADVERTISING_INTERVAL = 60.0  # milliseconds, about what devices in set-up mode take


class Peripheral:
    """A virtual device with its services. Subclass it, or give it callbacks.

    address: its random static address, drawn when not given; mtu: the largest ATT MTU it agrees to
    (23 to 517); interval: between advertisements, in milliseconds (20 and more; a crowd takes a longer
    one); rssi: how loud it is heard, on an air of this process; fault: decides which operations fail, see
    `companion.virtual.gatt`; delay: how long each operation takes it; compare_numbers: asked in OS-level
    pairing, None pairs by "just works".
    """

    def __init__(
        self,
        services: Sequence[Service],
        advertising: Advertising,
        *,
        name: str = "Device",
        address: str | None = None,
        mtu: int = LARGEST_MTU,
        interval: float = ADVERTISING_INTERVAL,
        rssi: int | None = None,
        fault: FaultPlan | None = None,
        delay: DelayPlan | None = None,
        speech: Speech | None = None,
        compare_numbers: CompareNumbers | None = None,
    ) -> None:
        self.services = tuple(services)
        self.advertising = advertising
        self.name = name
        self.address = address or random_static_address()
        self.mtu = mtu
        self.interval = interval
        self.rssi = rssi
        self.fault = fault
        self.delay = delay
        self.speech = speech
        self.compare_numbers = compare_numbers
        self._host: BumbleHost | None = None
        self._server: DeviceServer | None = None
        self._wants_to_advertise = False
        self._chores: set[asyncio.Task[None]] = set()

    # --- what a device may override ------------------------------------------------------------------

    def on_connected(self, central: Central) -> None:
        """A central connected."""

    def on_disconnected(self, central: Central) -> None:
        """A central's link is gone, for whatever reason."""

    def on_mtu(self, central: Central) -> None:
        """A central agreed on `central.mtu`."""

    def on_subscribed(self, central: Central, uuid: str, wanted: bool) -> None:
        """A central switched the notifications or indications of a characteristic on or off."""

    def as_new(self) -> Peripheral | None:
        """The same device as it left the factory, closed; None where it can't be made again."""
        return None

    def show_secret(self) -> Secret | None:
        """A fresh secret, out of band, for whoever sees or hears the device; None where it can't show one."""
        return None

    # --- life ------------------------------------------------------------------------------------------

    async def open(self, air: AirLink | str) -> None:
        """Join an air of this process, or one behind an HCI transport ("tcp-client:127.0.0.1:6402").

        Services are offered and advertising begins. Raises what `BumbleHost.open` raises.
        """
        self._host = await BumbleHost.open(air, address=self.address, name=self.name, interval=self.interval)
        device = self._host.device
        if self._host.controller is not None and self.rssi is not None:
            self._host.controller.rssi = self.rssi
        device.pairing_config_factory = lambda _: pairing_config(self.compare_numbers)
        self._server = DeviceServer(
            device,
            mtu=self.mtu,
            plan=lambda: self.fault,
            delay=lambda: self.delay,
            speech=lambda: self.speech,
        )
        device.gatt_server = self._server
        device.add_default_services()
        for service in self.services:
            self._server.offer(service, self._on_subscription)
        device.on("connection", self._on_connection)
        await self.start_advertising()

    async def close(self) -> None:
        """Leave the air at once; centrals lose their links. Never raises, may be called again."""
        self._wants_to_advertise = False
        chores = tuple(self._chores)
        for chore in chores:
            chore.cancel()
        await asyncio.gather(*chores, return_exceptions=True)
        host, self._host = self._host, None
        if host is not None:
            await host.close()

    @property
    def centrals(self) -> tuple[Central, ...]:
        """Who is connected."""
        return tuple(self._centrals.values())

    @property
    def _centrals(self) -> dict[Any, ConnectedCentral]:
        return self._server.centrals if self._server else {}

    @property
    def is_open(self) -> bool:
        return self._host is not None and not self._host.lost.done()

    async def wait_closed(self) -> None:
        """Wait until the transport to the air breaks. On an air of this process that never happens."""
        if self._host is not None:
            await asyncio.shield(self._host.lost)

    async def __aenter__(self) -> Peripheral:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.close()

    # --- what it does ----------------------------------------------------------------------------------

    async def start_advertising(self, advertising: Advertising | None = None) -> None:
        """Advertise, with new contents if given. With a central connected, from when it has gone."""
        if advertising is not None:
            self.advertising = advertising
        self._wants_to_advertise = True
        if not self._centrals or not self.advertising.connectable:
            await self._advertise()

    async def stop_advertising(self) -> None:
        """Be silent until `start_advertising`. Links stay."""
        self._wants_to_advertise = False
        if self._host is not None:
            await to_its_end(self._host.device.stop_advertising())

    def notify(self, uuid: str, value: bytes, central: Central | None = None) -> int:
        """Notify `central`, or everyone, if subscribed; how many were notified. Keeps the order of calls.

        Raises ValueError for a value longer than MTU - 3, which a notification can't carry.
        """
        if self._server is None:
            return 0
        return sum(
            self._server.notify(connection, uuid, value)
            for connection, known in tuple(self._centrals.items())
            if central is None or known is central
        )

    async def indicate(self, uuid: str, value: bytes, central: Central) -> None:
        """Indicate to `central`, until it confirms. Raises ConnectionError where that can't be done or the
        link is gone, ValueError for a value longer than MTU - 3."""
        for connection, known in tuple(self._centrals.items()):
            if known is central and self._server is not None:
                await self._server.indicate(connection, uuid, value)
                return
        raise ConnectionError("the link is gone")

    async def drop_links(self) -> None:
        """End the links of all centrals."""
        for connection in tuple(self._centrals):
            await end(connection)

    # --- inside ----------------------------------------------------------------------------------------

    async def _advertise(self) -> None:
        if self._host is None:
            return
        kind = (
            AdvertisingType.UNDIRECTED_CONNECTABLE_SCANNABLE
            if self.advertising.connectable
            else AdvertisingType.UNDIRECTED_SCANNABLE
        )
        await to_its_end(
            self._host.device.start_advertising(
                advertising_type=kind,
                advertising_data=self.advertising.data,
                scan_response_data=self.advertising.scan_response,
            )
        )

    def _on_connection(self, connection: Any) -> None:
        central = self._centrals[connection] = ConnectedCentral(connection)
        connection.on("disconnection", lambda _: self._on_disconnection(connection))
        connection.on("connection_att_mtu_update", lambda: self.on_mtu(central))
        self.on_connected(central)

    def _on_disconnection(self, connection: Any) -> None:
        central = self._centrals.pop(connection, None)
        if central is None:
            return
        self.on_disconnected(central)
        if self._wants_to_advertise and not self._centrals:
            chore = asyncio.ensure_future(self._advertise_again())
            self._chores.add(chore)
            chore.add_done_callback(self._chores.discard)

    async def _advertise_again(self) -> None:
        try:
            await self._advertise()
        except Exception as error:
            log.warning("%s can't advertise: %s", self.name, type(error).__name__)

    def _on_subscription(self, connection: Any, uuid: str, wanted: bool) -> None:
        if central := self._centrals.get(connection):
            self.on_subscribed(central, uuid, wanted)
