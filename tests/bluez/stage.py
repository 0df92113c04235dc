"""Whole runs through the guest's BlueZ: the services of a real adapter, a virtual device on the air."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest

import companion.runs.commissioning
import companion.services
from companion.model import Advertisement
from companion.radio import Link, Radio
from companion.services import open_services
from companion.virtual.air import Air
from companion.virtual.peripheral import Peripheral
from tests.virtual.stage import Stage

PASSPHRASE = "correct horse battery staple"


@asynccontextmanager
async def on_bluez(
    air: Air, device: Any, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[Stage]:
    """The device on `air`, and the app's data in `folder`. To the app its radio is a real one.

    So it takes its real identity, locked by a passphrase, and an endpoint that the device reaches.
    """
    monkeypatch.setenv("COMPANION_PASSPHRASE", PASSPHRASE)
    monkeypatch.setattr(companion.services, "lan_address", lambda: "127.0.0.1")
    # The guest's processor is emulated, and shared with the rest of the suite.
    monkeypatch.setattr(companion.runs.commissioning, "NEARBY_SECONDS", 10.0)
    await device.open(air.link)
    try:
        async with open_services(["os"], data_dir=folder) as services:
            assert not services.radio.is_virtual and not services.identity.throwaway
            yield Stage(services, device)
            # The run has hung up, and BlueZ would think two seconds about it.
            await device.close()
    finally:
        await device.close()


@asynccontextmanager
async def linked(radio: Radio, device: Peripheral, **options: Any) -> AsyncIterator[Link]:
    """A link to the device, which ends it at the end: BlueZ would think two seconds about it.

    `options` are those of `Radio.connect`.
    """
    link = await radio.connect(await seen(radio, device), **options)
    try:
        yield link
    finally:
        await device.drop_links()
        await link.close()


async def seen(radio: Radio, device: Peripheral) -> Advertisement:
    """The device's advertisement."""
    async with asyncio.timeout(10), radio.scan() as advertisements:
        async for advertisement in advertisements:
            if advertisement.address == device.address:
                return advertisement
    raise AssertionError("unreachable")
