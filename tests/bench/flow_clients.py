"""Clients of others on the virtual air: their libraries as they are, on plain bleak."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import ExitStack, asynccontextmanager
from typing import Any
from unittest import mock

import bleak
from improv_ble_client import ImprovBLEClient, device_filter
from smpclient import SMPClient
from smpclient.generics import success
from smpclient.requests.image_management import ImageStatesRead, ImageStatesWrite
from smpclient.requests.os_management import ResetWrite
from smpclient.transport.ble import SMPBLETransport

from companion.model import WifiCredentials
from companion.protocols.matter.virtual.peripheral import VirtualMatter
from companion.radio.virtual.backend import client_class, scanner_class
from companion.radio.virtual.central import VirtualCentral
from companion.secret import Secret
from companion.virtual.air_link import AirLink
from companion.virtual.host import BumbleHost, random_static_address
from companion.virtual.peripheral import Peripheral
from tests.interop.matterjs import installation, stage

SECONDS = 60.0


@asynccontextmanager
async def air_with(device: Peripheral) -> AsyncIterator[AirLink]:
    """An air with this device, which plain bleak uses as this computer's Bluetooth."""
    air = AirLink()
    central = VirtualCentral(await BumbleHost.open(air, address=random_static_address()))
    try:
        with ExitStack() as patches:
            for name, made in (
                ("get_platform_scanner_backend_type", scanner_class(central)),
                ("get_platform_client_backend_type", client_class(central)),
            ):
                patches.enter_context(mock.patch.object(bleak, name, lambda made=made: (made, "virtual")))
            await device.open(air)
            yield air
    finally:
        await device.close()
        await central.host.close()


async def provision_improv(wifi: WifiCredentials) -> None:
    """What Companion asks too: who is it, let it blink, then the credentials."""
    async with bleak.BleakScanner() as scanner:
        heard = scanner.advertisement_data()
        found = await anext(each async for each in heard if device_filter(each[1]) and each[1].local_name)
    client = ImprovBLEClient(*found)
    await client.ensure_connected()
    await client.get_device_info()
    await client.identify()
    assert not await client.need_authorization()
    await client.provision(wifi.ssid.decode(), (wifi.passphrase or Secret("")).reveal_text(), None)


async def push_firmware(address: str, image: bytes, named: bytes) -> None:
    """smpclient's own upload over its own transport: test, restart, and confirm over a second link."""
    client = SMPClient(SMPBLETransport(), address, timeout_s=SECONDS)
    await client.connect()
    await _done(client, ImageStatesRead())
    async for _ in client.upload(image):
        pass
    await _done(client, ImageStatesWrite(hash=named))
    await _done(client, ResetWrite())
    await client.disconnect()
    client = SMPClient(SMPBLETransport(), address, timeout_s=SECONDS)
    await client.connect()
    states = await _done(client, ImageStatesRead())
    assert next(each for each in states.images if each.active).hash == named
    await _done(client, ImageStatesWrite(hash=named, confirm=True))
    await client.disconnect()


async def _done(client: SMPClient, request: Any) -> Any:
    answer = await client.request(request)
    assert success(answer), answer
    return answer


def matter_missing() -> str | None:
    """Why matter.js can't be run here, None where it can."""
    return installation.missing()


async def commission_matter(device: VirtualMatter, mtu: int) -> None:
    """matter.js's commissioner, sent with what the device's label says."""
    air = AirLink()
    try:
        await device.open(air)
        verdict = await stage.device_commissioned_by_matterjs(device, air, mtu=mtu)
        assert verdict.commissioned, verdict.causes
    finally:
        await device.close()
