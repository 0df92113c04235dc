"""A virtual device that answers each write with a notification, here or in a process of its own.

As a program: `python -m tests.radio.echo TRANSPORT` runs it until the transport breaks.
"""

from __future__ import annotations

import asyncio
import sys
from typing import Any

from companion.model import Advertisement
from companion.radio import Radio
from companion.virtual.air_link import AirLink
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

SERVICE = "6e400001-b5a3-f393-e0a9-e50e24dcca9e"
RX = "6e400002-b5a3-f393-e0a9-e50e24dcca9e"
TX = "6e400003-b5a3-f393-e0a9-e50e24dcca9e"
VALUE = "6e400004-b5a3-f393-e0a9-e50e24dcca9e"
SEALED = "6e400005-b5a3-f393-e0a9-e50e24dcca9e"
REFUSED = "6e400006-b5a3-f393-e0a9-e50e24dcca9e"
SLOW = "6e400007-b5a3-f393-e0a9-e50e24dcca9e"
USER_DESCRIPTION = "00002901-0000-1000-8000-00805f9b34fb"

STORM = b"storm"
STORM_SIZE = 300


class Echo(Peripheral):
    """RX echoes to TX; VALUE keeps what is written; SEALED wants pairing; SLOW never answers in time."""

    def __init__(self, **options: Any) -> None:
        self.received: list[bytes] = []
        self.value = b""
        self.reads_of_value = 0
        self.events: list[str] = []
        read, write, command = Properties.READ, Properties.WRITE, Properties.WRITE_WITHOUT_RESPONSE
        service = Service(
            SERVICE,
            (
                Characteristic(RX, write | command, write=self._echo, description="rx"),
                Characteristic(TX, Properties.NOTIFY),
                Characteristic(VALUE, read | write, read=self._read_value, write=self._keep),
                Characteristic(SEALED, read, read=lambda _: b"sealed", encrypted=True),
                Characteristic(REFUSED, read | write, read=self._refuse),
                Characteristic(SLOW, read | write, read=self._dawdle),
            ),
        )
        advertising = Advertising.of(AdStructures(service_uuids=(SERVICE,)), AdStructures(name="Echo"))
        super().__init__((service,), advertising, **{"interval": 20.0, **options})

    def on_connected(self, central: Central) -> None:
        self.events.append("connected")

    def on_disconnected(self, central: Central) -> None:
        self.events.append("disconnected")

    def on_mtu(self, central: Central) -> None:
        self.events.append(f"mtu {central.mtu}")

    def on_subscribed(self, central: Central, uuid: str, wanted: bool) -> None:
        self.events.append(f"subscribed {uuid[:8]} {wanted}")

    def _echo(self, _: Central, value: bytes) -> None:
        self.received.append(value)
        if value == STORM:
            for number in range(STORM_SIZE):
                self.notify(TX, number.to_bytes(2, "big"))
        else:
            self.notify(TX, value)

    def _read_value(self, _: Central) -> bytes:
        self.reads_of_value += 1
        return self.value

    def _keep(self, _: Central, value: bytes) -> None:
        self.value = value

    def _refuse(self, _: Central) -> bytes:
        raise AttError(0x81)

    async def _dawdle(self, _: Central) -> bytes:
        await asyncio.sleep(30)
        return b"too late"


class World:
    """A world of given devices."""

    def __init__(self, *devices: Peripheral) -> None:
        self.devices = devices

    async def populate(self, link: AirLink) -> None:
        for device in self.devices:
            await device.open(link)

    async def close(self) -> None:
        for device in self.devices:
            await device.close()


async def find(radio: Radio, address: str) -> Advertisement:
    """The device's advertisement with its name, which comes in the scan response."""
    async with asyncio.timeout(60), radio.scan() as advertisements:
        async for advertisement in advertisements:
            if advertisement.address == address and advertisement.name:
                return advertisement
    raise AssertionError("unreachable")


async def serve(transport: str) -> None:
    device = Echo()
    await device.open(transport)
    print(device.address, flush=True)
    await device.wait_closed()
    await device.close()


if __name__ == "__main__":
    asyncio.run(serve(sys.argv[1]))
