"""Commission fifty virtual devices, one after another: python fifty_devices.py [COUNT]"""

import asyncio
import sys
import tempfile
from pathlib import Path

import companion
from companion.protocols.rp1.virtual import factory
from companion.protocols.rp1.virtual.options import Rp1Options
from companion.protocols.rp1.virtual.peripheral import VirtualRp1
from companion.virtual.access_points import HAFEN
from companion.virtual.world import World


async def main(count: int, folder: Path) -> None:
    devices = [VirtualRp1(Rp1Options(product=factory.make())) for _ in range(count)]
    async with companion.open_services(["virtual"], data_dir=folder, world=World(devices)) as services:
        for number, device in enumerate(devices, 1):
            order = companion.Order(wifi=HAFEN, name=f"Sensor {number}", room="Hall")
            async with companion.commission(
                services, companion.recognise(device.setup_code), order=order
            ) as run:
                async for event in run:
                    if isinstance(event, companion.events.Proven):
                        print(f"{device.label.serial} opened TLS at {event.proof.endpoint}")
            outcome = await run
            print(f"{number}/{count} {outcome.result}", outcome.error or "")
        print(f"In the registry: {len(companion.devices(services))}")


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as temporary:
        asyncio.run(main(int(sys.argv[1]) if len(sys.argv) > 1 else 50, Path(temporary)))
