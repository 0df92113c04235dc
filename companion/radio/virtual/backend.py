"""A bleak backend on Bumble: what bleak does with an operating system, here with an HCI controller.

`scanner_class` and `client_class` bind it to one central, because bleak wants classes, not objects
(`BleakScanner(backend=...)`, `BleakClient(..., backend=...)`).
"""

from __future__ import annotations

import asyncio
import logging
import uuid
from collections.abc import Awaitable, Callable
from typing import Any, ClassVar, TypeVar

from bleak.args import SizedBuffer
from bleak.assigned_numbers import CharacteristicPropertyName
from bleak.backends.characteristic import BleakGATTCharacteristic, GattCharacteristicsFlags
from bleak.backends.client import BaseBleakClient, NotifyCallback
from bleak.backends.descriptor import BleakGATTDescriptor
from bleak.backends.device import BLEDevice
from bleak.backends.scanner import AdvertisementData, BaseBleakScanner
from bleak.backends.service import BleakGATTService, BleakGATTServiceCollection
from bleak.exc import (
    BleakDeviceNotFoundError,
    BleakError,
    BleakGATTProtocolError,
    BleakGATTProtocolErrorCode,
)
from bumble.core import UUID
from bumble.device import Peer

from companion.radio.guard import bounded
from companion.radio.virtual.central import VirtualCentral, in_bleak_terms

log = logging.getLogger(__name__)
T = TypeVar("T")

SMALLEST_MTU, LARGEST_MTU = 23, 517
WRITE_HEADER = 3
DISCONNECT_SECONDS = 4.0

# AD types (Assigned Numbers, 2.3) and the octets of the UUID that they hold or begin with.
_UUID_LISTS = {0x02: 2, 0x03: 2, 0x04: 4, 0x05: 4, 0x06: 16, 0x07: 16}
_SERVICE_DATA = {0x16: 2, 0x20: 4, 0x21: 16}
_NAMES, _TX_POWER, _MAKER = (0x08, 0x09), 0x0A, 0xFF

_PAIRING_WANTED = (
    BleakGATTProtocolErrorCode.INSUFFICIENT_AUTHENTICATION,
    BleakGATTProtocolErrorCode.INSUFFICIENT_ENCRYPTION,
)


def scanner_class(central: VirtualCentral) -> type[BaseBleakScanner]:
    """A scanner class for bleak on this central."""
    return type("BumbleScanner", (BumbleScanner,), {"central": central})


def client_class(central: VirtualCentral) -> type[BaseBleakClient]:
    """A client class for bleak on this central."""
    return type("BumbleClient", (BumbleClient,), {"central": central})


def uuid_text(octets: bytes) -> str:
    """The lower-case 128-bit text of a UUID of 2, 4 or 16 octets in the order of the air."""
    return str(uuid.UUID(bytes=bytes(reversed(UUID.from_bytes(octets).to_bytes(force_128=True)))))


def advertisement_data(advertisement: Any) -> AdvertisementData:
    """What bleak calls the contents of one of Bumble's advertisements."""
    name: str | None = None
    tx_power: int | None = None
    service_uuids: list[str] = []
    service_data: dict[str, bytes] = {}
    manufacturer_data: dict[int, bytes] = {}
    for ad_type, value in advertisement.data.ad_structures:
        if ad_type in _NAMES:
            name = value.decode(errors="replace")
        elif size := _UUID_LISTS.get(ad_type):
            whole = len(value) - len(value) % size
            service_uuids += [uuid_text(value[at : at + size]) for at in range(0, whole, size)]
        elif (size := _SERVICE_DATA.get(ad_type)) and len(value) >= size:
            service_data[uuid_text(value[:size])] = value[size:]
        elif ad_type == _MAKER and len(value) >= 2:
            manufacturer_data[int.from_bytes(value[:2], "little")] = value[2:]
        elif ad_type == _TX_POWER and value:
            tx_power = int.from_bytes(value[:1], "little", signed=True)
    return AdvertisementData(
        local_name=name,
        manufacturer_data=manufacturer_data,
        service_data=service_data,
        service_uuids=list(dict.fromkeys(service_uuids)),
        tx_power=tx_power,
        rssi=advertisement.rssi,
        platform_data=(advertisement,),
    )


class BumbleScanner(BaseBleakScanner):
    """bleak's scanner interface over a central."""

    central: ClassVar[VirtualCentral]

    def __init__(
        self, detection_callback: Any, service_uuids: list[str] | None, scanning_mode: str, **_: Any
    ) -> None:
        super().__init__(detection_callback, service_uuids)

    async def start(self) -> None:
        self.seen_devices = {}
        await self.central.listen(self._on_advertisement)

    async def stop(self) -> None:
        await self.central.ignore(self._on_advertisement)

    def _on_advertisement(self, advertisement: Any) -> None:
        address = str(advertisement.address).partition("/")[0]
        data = advertisement_data(advertisement)
        device = self.create_or_update_device(address, address, data.local_name, advertisement.address, data)
        if self.is_allowed_uuid(data.service_uuids):
            self.call_detection_callbacks(device, data)


class BumbleClient(BaseBleakClient):
    """bleak's client interface over a central. Connecting takes a BLEDevice from its scanner."""

    central: ClassVar[VirtualCentral]

    def __init__(self, address_or_ble_device: BLEDevice | str, **kwargs: Any) -> None:
        super().__init__(address_or_ble_device, **kwargs)
        self._device = address_or_ble_device if isinstance(address_or_ble_device, BLEDevice) else None
        self._connection: Any = None
        self._peer: Any = None
        self._subscribers: dict[int, Callable[[bytes], None]] = {}

    @property
    def name(self) -> str:
        return (self._device and self._device.name) or self.address.replace(":", "-")

    @property
    def mtu_size(self) -> int:
        return int(self._connection.att_mtu) if self._connection else SMALLEST_MTU

    @property
    def is_connected(self) -> bool:
        return self._connection is not None

    async def connect(self, pair: bool, **_: Any) -> None:
        if self.is_connected:
            raise BleakError("already connected")
        if self._device is None:
            raise BleakDeviceNotFoundError(self.address, "connect with a device of this radio's scan")
        try:
            async with asyncio.timeout(self._timeout):
                self._adopt(await self.central.dial(self._device.details))
                await self._prepare(pair)
        except BaseException:
            await self.disconnect()
            raise

    async def disconnect(self) -> None:
        if self._connection is None:
            return
        try:
            await bounded(self._hang_up(), DISCONNECT_SECONDS)
        except (BleakError, TimeoutError) as error:
            log.debug("disconnecting: %s", error)
        finally:
            self._on_disconnection()

    async def pair(self, *_: Any, **__: Any) -> None:
        with in_bleak_terms():
            await self._require_connection().pair()

    async def unpair(self) -> None:
        if self._device is not None and self.central.device.keystore is not None:
            await self.central.device.keystore.delete(str(self._device.details))
        await self.disconnect()

    async def read_gatt_char(
        self, characteristic: BleakGATTCharacteristic, *, use_cached: bool = False, **_: Any
    ) -> bytearray:
        return await self._read(characteristic.handle)

    async def read_gatt_descriptor(
        self, descriptor: BleakGATTDescriptor, *, use_cached: bool = False, **_: Any
    ) -> bytearray:
        return await self._read(descriptor.handle)

    async def write_gatt_char(
        self, characteristic: BleakGATTCharacteristic, data: SizedBuffer, response: bool
    ) -> None:
        await self._write(characteristic.handle, bytes(data), response)

    async def write_gatt_descriptor(self, descriptor: BleakGATTDescriptor, data: SizedBuffer) -> None:
        await self._write(descriptor.handle, bytes(data), True)

    async def start_notify(
        self, characteristic: BleakGATTCharacteristic, callback: NotifyCallback, **_: Any
    ) -> None:
        if characteristic.handle in self._subscribers:
            raise BleakError("notifications are on already")

        def deliver(value: bytes) -> None:
            callback(bytearray(value))

        client = self._require_peer().gatt_client
        self._subscribers[characteristic.handle] = deliver
        try:
            await self._ask(lambda: client.subscribe(characteristic.obj, deliver, prefer_notify=True))
        except BaseException:
            self._subscribers.pop(characteristic.handle, None)
            raise

    async def stop_notify(self, characteristic: BleakGATTCharacteristic) -> None:
        client = self._require_peer().gatt_client
        if deliver := self._subscribers.pop(characteristic.handle, None):
            await self._ask(lambda: client.unsubscribe(characteristic.obj, deliver))

    # --- inside ------------------------------------------------------------------------------------

    def _adopt(self, connection: Any) -> None:
        self._connection, self._peer = connection, Peer(connection)
        connection.once("disconnection", lambda _: self._on_disconnection())
        if self.central.device.connections.get(connection.handle) is not connection:
            raise BleakError("the connection ended at once")

    async def _prepare(self, pair: bool) -> None:
        """Everything between a bare connection and one that bleak calls connected."""
        keystore = self.central.device.keystore
        with in_bleak_terms():
            if keystore and await keystore.get(str(self._connection.peer_address)):
                await self._connection.encrypt()
            if pair:
                await self._connection.pair()
            await self._require_peer().request_mtu(LARGEST_MTU)
            self.services = await self._discover()

    async def _discover(self) -> BleakGATTServiceCollection:
        found = BleakGATTServiceCollection()
        for service in await self._require_peer().discover_services():
            known = BleakGATTService(service, service.handle, uuid_text(bytes(service.uuid)))
            found.add_service(known)
            for characteristic in await service.discover_characteristics():
                added = BleakGATTCharacteristic(
                    characteristic,
                    characteristic.handle,
                    uuid_text(bytes(characteristic.uuid)),
                    _property_names(int(characteristic.properties)),
                    lambda: self.mtu_size - WRITE_HEADER,
                    known,
                )
                found.add_characteristic(added)
                for descriptor in await characteristic.discover_descriptors():
                    text = uuid_text(bytes(descriptor.type))
                    found.add_descriptor(BleakGATTDescriptor(descriptor, descriptor.handle, text, added))
        return found

    async def _read(self, handle: int) -> bytearray:
        client = self._require_peer().gatt_client
        return bytearray(await self._ask(lambda: client.read_value(handle)))

    async def _write(self, handle: int, value: bytes, response: bool) -> None:
        client = self._require_peer().gatt_client
        await self._ask(lambda: client.write_value(handle, value, with_response=response))

    async def _ask(self, operation: Callable[[], Awaitable[T]]) -> T:
        """One ATT operation; if the device wants a paired link, pair and ask once more, as BlueZ does."""
        try:
            with in_bleak_terms():
                return await operation()
        except BleakGATTProtocolError as error:
            if error.code not in _PAIRING_WANTED or self._connection is None:
                raise
        await self.pair()
        with in_bleak_terms():
            return await operation()

    async def _hang_up(self) -> None:
        if self._connection is not None:
            with in_bleak_terms():
                await self._connection.disconnect()

    def _on_disconnection(self) -> None:
        if self._connection is None:
            return
        self._connection = self._peer = self.services = None
        self._subscribers.clear()
        if self._disconnected_callback:
            self._disconnected_callback()

    def _require_connection(self) -> Any:
        if self._connection is None:
            raise BleakError("not connected")
        return self._connection

    def _require_peer(self) -> Any:
        if self._peer is None:
            raise BleakError("not connected")
        return self._peer


def _property_names(bits: int) -> list[CharacteristicPropertyName]:
    names: list[Any] = [flag.name.replace("_", "-") for flag in GattCharacteristicsFlags if bits & flag.value]
    return names
