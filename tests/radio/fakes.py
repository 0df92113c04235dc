"""A bleak backend without any Bluetooth, for what neither Bumble nor a quiet desk can show."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from typing import Any, ClassVar

from bleak.backends.characteristic import BleakGATTCharacteristic
from bleak.backends.client import BaseBleakClient
from bleak.backends.device import BLEDevice
from bleak.backends.scanner import AdvertisementData, BaseBleakScanner
from bleak.backends.service import BleakGATTService, BleakGATTServiceCollection

from companion.radio.radio import Backend, Radio

ADDRESS = "C0:00:00:00:00:01"
SERVICE = "0000fff0-0000-1000-8000-00805f9b34fb"
VALUE = "0000fff1-0000-1000-8000-00805f9b34fb"

Answer = Callable[[], Awaitable[Any]]


def sighting(
    *, name: str | None = None, address: str = ADDRESS, rssi: int = -60, **contents: Any
) -> tuple[BLEDevice, AdvertisementData]:
    """A device and one packet of it, as a backend reports them."""
    data = AdvertisementData(
        local_name=name,
        manufacturer_data=contents.get("manufacturer_data", {}),
        service_data=contents.get("service_data", {}),
        service_uuids=contents.get("service_uuids", []),
        tx_power=None,
        rssi=rssi,
        platform_data=(),
    )
    return BLEDevice(address, name, None), data


async def nothing() -> None:
    """Succeed at once."""


async def forever() -> None:
    await asyncio.Event().wait()


async def deaf() -> None:
    """Hang, and ignore being cancelled once, as a stuck driver call does."""
    try:
        await forever()
    except asyncio.CancelledError:
        await asyncio.sleep(5)


def failing(error: Exception) -> Answer:
    async def fail() -> None:
        raise error

    return fail


class FakeStack:
    """What an operating system would do; the two backend classes below ask it and write to `log`."""

    def __init__(self, properties: Sequence[str] = ("read", "notify")) -> None:
        self.properties = list(properties)
        self.log: list[str] = []
        self.on_scan: Answer = nothing
        self.on_connect: list[Answer] = []
        self.on_disconnect: Answer = nothing
        self.on_read: Answer = nothing
        self.packets: list[tuple[BLEDevice, AdvertisementData]] = []
        self.mtu_size = 23
        self.room = 244
        self.client: FakeClient | None = None
        self.scanner: FakeScanner | None = None

    def radio(self) -> Radio:
        scanner = type("Scanner", (FakeScanner,), {"stack": self})
        client = type("Client", (FakeClient,), {"stack": self})
        return Radio("fake", backend=Backend(scanner, client))


class FakeScanner(BaseBleakScanner):
    stack: ClassVar[FakeStack]

    def __init__(self, callback: Any, service_uuids: Any, scanning_mode: str, **_: Any) -> None:
        super().__init__(callback, service_uuids)

    async def start(self) -> None:
        await self.stack.on_scan()
        self.seen_devices = {}
        self.stack.scanner = self
        self.stack.log.append("scan on")
        for device, data in self.stack.packets:
            self.call_detection_callbacks(device, data)

    async def stop(self) -> None:
        if self.stack.scanner is self:
            self.stack.scanner = None
            self.stack.log.append("scan off")


class FakeClient(BaseBleakClient):
    stack: ClassVar[FakeStack]

    def __init__(self, device: BLEDevice, **options: Any) -> None:
        super().__init__(device, **options)
        self.up = False

    @property
    def mtu_size(self) -> int:
        return self.stack.mtu_size

    @property
    def is_connected(self) -> bool:
        return self.up

    async def connect(self, pair: bool, **_: Any) -> None:
        self.stack.log.append("connect")
        if self.stack.on_connect:
            await self.stack.on_connect.pop(0)()
        self.stack.client = self
        self.services = BleakGATTServiceCollection()
        service = BleakGATTService(None, 1, SERVICE)
        self.services.add_service(service)
        self.services.add_characteristic(
            BleakGATTCharacteristic(None, 2, VALUE, self.stack.properties, lambda: self.stack.room, service)
        )
        self.up = True

    async def disconnect(self) -> None:
        self.stack.log.append("disconnect")
        await self.stack.on_disconnect()
        self.go_down()

    def go_down(self) -> None:
        if self.up:
            self.up = False
            self.services = None
            assert self._disconnected_callback is not None
            self._disconnected_callback()

    async def pair(self, *_: Any, **__: Any) -> None:
        raise NotImplementedError

    async def unpair(self) -> None: ...

    async def read_gatt_char(self, characteristic: Any, **_: Any) -> bytearray:
        return bytearray(await self.stack.on_read() or b"")

    async def read_gatt_descriptor(self, descriptor: Any, **_: Any) -> bytearray:
        return bytearray()

    async def write_gatt_char(self, characteristic: Any, data: Any, response: bool) -> None: ...

    async def write_gatt_descriptor(self, descriptor: Any, data: Any) -> None: ...

    async def start_notify(self, characteristic: Any, callback: Any, **_: Any) -> None: ...

    async def stop_notify(self, characteristic: Any) -> None: ...
