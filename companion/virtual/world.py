"""Which virtual devices there are: the world of `--radio virtual`, or one device in its own process."""

from __future__ import annotations

import asyncio
import importlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

from companion.secret import Secret
from companion.virtual.button import PressScript
from companion.virtual.peripheral import Peripheral

# A new kind of virtual device is one line here: its name and the module that has `samples` and `make`.
KINDS: Mapping[str, str] = {
    "rp1": "companion.protocols.rp1.virtual.builder",
    "espressif": "companion.protocols.espressif.virtual.builder",
    "improv": "companion.protocols.improv.virtual.builder",
}


@dataclass(frozen=True)
class DeviceOptions:
    """What the command line says about a device; each kind takes what it understands.

    label:    PNG file to write its code to
    faults:   "NAME" or "NAME=NUMBER"
    state:    folder in which it survives its process
    wifi_air: JSON file with the networks around it
    button:   "match", "differ", "ask" (on the terminal) or "nobody"
    say:      takes the sentences for whoever watches the terminal

    Of RP1 devices:
    suites:      what it offers, such as (1, 2); empty: what is usual
    maker:       folder of a made-up maker under whose root it has an IDevID, and whose vouchers it takes
    voucher_for: public key (point) of the owner for whom the maker writes a voucher into his folder
    factory_key: a pre-shared key, id and secret
    shows_code:  it shows a code with a fresh secret
    """

    label: Path | None = None
    faults: tuple[str, ...] = ()
    state: Path | None = None
    wifi_air: Path | None = None
    button: str = "match"
    suites: tuple[int, ...] = ()
    maker: Path | None = None
    voucher_for: bytes | None = None
    factory_key: tuple[bytes, Secret] | None = field(default=None, repr=False)
    shows_code: bool = False
    say: Callable[[str], None] = print


class Kind(Protocol):
    """A module that makes devices of one kind."""

    def samples(self, press: PressScript | None = None) -> list[Peripheral]:
        """Its devices in the default world, closed. press: who compares numbers at them."""

    def make(self, options: DeviceOptions) -> Peripheral:
        """One device. Raises ValueError, whose text says what is wrong with the options, and OSError."""


class World:
    """Virtual devices on one air of this process."""

    def __init__(self, devices: list[Any]) -> None:
        self.devices = devices

    async def populate(self, link: Any) -> None:
        """Switch all devices on."""
        for device in self.devices:
            await device.open(link)

    async def close(self) -> None:
        """Switch them off."""
        for device in self.devices:
            await device.close()


def default_world(press: PressScript | None = None) -> World:
    """One device of each kind, as the shipped sample labels describe them. press: who compares numbers."""
    return World([device for name in KINDS for device in kind(name).samples(press)])


def kind(name: str) -> Kind:
    """The maker of a kind of device. Raises KeyError for a name that is not registered."""
    module: Any = importlib.import_module(KINDS[name])
    made: Kind = module
    return made


async def run_device(protocol: str, transport: str, options: DeviceOptions) -> None:
    """Run one device on the controller behind a Bumble transport until cancelled or the transport ends.

    Raises KeyError for an unknown protocol, ValueError and OSError for options that do not work, and what
    `Peripheral.open` raises.
    """
    device = kind(protocol).make(options)
    try:
        await device.open(transport)
        options.say(f"{device.name} is on the air as {device.address}. Ctrl-C switches it off.")
        await device.wait_closed()
    finally:
        await asyncio.shield(device.close())
