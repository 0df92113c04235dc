"""What clients do on a virtual device's characteristics, counted at the device, whoever the client is."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from companion.virtual.gatt import Central, Characteristic
from companion.virtual.peripheral import Peripheral


@dataclass
class GattCounts:
    """Reads, writes, notifications and indications over all links, and the octets of their values.

    Discovery, descriptors and subscriptions are left out. connected: of the first link, on `perf_counter`
    """

    operations: int = 0
    octets: int = 0
    connected: float | None = None

    def note(self, value: bytes) -> None:
        self.operations += 1
        self.octets += len(value)


def count(device: Peripheral) -> GattCounts:
    """Count from now on. The device is not on the air yet."""
    counts = GattCounts()
    device.services = tuple(
        replace(service, characteristics=tuple(_counted(each, counts) for each in service.characteristics))
        for service in device.services
    )
    notify, indicate, connected = device.notify, device.indicate, device.on_connected

    def counted_notify(uuid: str, value: bytes, central: Central | None = None) -> int:
        heard = notify(uuid, value, central)
        for _ in range(heard):
            counts.note(value)
        return heard

    async def counted_indicate(uuid: str, value: bytes, central: Central) -> None:
        counts.note(value)
        await indicate(uuid, value, central)

    def note_connected(central: Central) -> None:
        if counts.connected is None:
            counts.connected = time.perf_counter()
        connected(central)

    device.notify = counted_notify  # type: ignore[method-assign]
    device.indicate = counted_indicate  # type: ignore[method-assign]
    device.on_connected = note_connected  # type: ignore[method-assign]
    return counts


def _counted(characteristic: Characteristic, counts: GattCounts) -> Characteristic:
    read, write = characteristic.read, characteristic.write
    return replace(
        characteristic,
        read=None if read is None else _counted_read(read, counts),
        write=None if write is None else _counted_write(write, counts),
    )


def _counted_read(read: Callable[[Central], Any], counts: GattCounts) -> Callable[[Central], Any]:
    async def counted(central: Central) -> bytes:
        value = read(central)
        said = bytes(value if isinstance(value, bytes | bytearray) else await value)
        counts.note(said)
        return said

    return counted


def _counted_write(write: Callable[[Central, bytes], Any], counts: GattCounts) -> Callable[..., Any]:
    def counted(central: Central, value: bytes) -> Any:
        # A plain function stays one: those keep the order of write commands.
        counts.note(value)
        return write(central, value)

    return counted
