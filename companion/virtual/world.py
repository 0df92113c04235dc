"""Which virtual devices there are: the world of `--radio virtual`, or one device in its own process."""

from __future__ import annotations

import asyncio
import contextlib
import errno
import logging
from collections.abc import Callable
from typing import Any

from companion.protocols.discovery import installed
from companion.virtual.button import PressScript
from companion.virtual.devices import DeviceOptions, VirtualDevices
from companion.virtual.peripheral import Peripheral

log = logging.getLogger(__name__)


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
    """The sample devices of each protocol. press: who compares numbers at them."""
    return World([device for name in protocols() for device in _samples(name, press)])


def protocols() -> tuple[str, ...]:
    """The protocols that have virtual devices."""
    return tuple(name for name, each in installed().protocols.items() if each.virtual is not None)


def devices_of(protocol: str) -> VirtualDevices:
    """What makes a protocol's virtual devices. Raises KeyError where there are none."""
    virtual = installed().protocols[protocol].virtual
    if virtual is None:
        raise KeyError(protocol)
    return virtual.load()


async def run_device(protocol: str, transport: str, options: DeviceOptions) -> None:
    """Run one device on the controller behind a Bumble transport until cancelled.

    Raises KeyError for an unknown protocol, ValueError and OSError for options that do not work, what
    `Peripheral.open` raises, and ConnectionResetError once the transport ends.
    """
    await keep_on_air(devices_of(protocol).make(options), transport, options.say)


async def keep_on_air(device: Peripheral, transport: str, say: Callable[[str], None]) -> None:
    """The same for a device that was made."""
    try:
        await device.open(transport)
        say(f"{device.name} is on the air as {device.address}. Press Ctrl-C to stop.")
        with contextlib.suppress(Exception):  # Bumble's, or the system's: the transport is gone
            await device.wait_closed()
    finally:
        await asyncio.shield(device.close())
    raise ConnectionResetError(errno.ECONNRESET, f"{transport} is no longer there. Start it again")


def _samples(protocol: str, press: PressScript | None) -> list[Peripheral]:
    """The sample devices of a protocol; none where a plug-in can't make them."""
    try:
        return list(devices_of(protocol).samples(press))
    except Exception:
        if protocol not in installed().foreign:
            raise
        log.warning("%s has no virtual devices: its plug-in failed", protocol, exc_info=True)
        return []
