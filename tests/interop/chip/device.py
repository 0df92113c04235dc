"""`python -m tests.interop.chip.device ADDRESS...`: our light on Ethernet, at these addresses.

The first line on standard output is its passcode and its discriminator; then "on" or "off" when
it is switched.
"""

from __future__ import annotations

import asyncio
import sys

from companion.lan import Lan
from companion.protocols.matter.virtual.factory.options import MatterOptions
from companion.protocols.matter.virtual.factory.product import Kind, Medium, make
from companion.protocols.matter.virtual.peripheral import VirtualMatter
from companion.protocols.matter.virtual.state.effects import Effect, Light
from companion.virtual.air_link import AirLink


async def main(addresses: list[str]) -> None:
    product = make(Kind.LIGHT, Medium.ETHERNET)
    device = VirtualMatter(MatterOptions(product=product), lan=Lan(addresses), watch=tell)
    await device.open(AirLink())
    print(product.passcode.reveal_text(), product.discriminator, flush=True)
    await asyncio.Event().wait()


def tell(effect: Effect) -> None:
    if isinstance(effect, Light):
        print("on" if effect.on else "off", flush=True)


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1:]))
