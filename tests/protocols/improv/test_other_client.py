"""An independent client, the one of Home Assistant, provisions our virtual device."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import bleak
import pytest
from bleak.backends.device import BLEDevice
from bleak.backends.scanner import AdvertisementData
from improv_ble_client import ImprovBLEClient, device_filter
from improv_ble_client.errors import ProvisioningFailed
from improv_ble_client.protocol import Error, State, WiFiSettingsCmd

from companion.model import WifiCredentials
from companion.protocols.improv import codec
from companion.protocols.improv.virtual.device import ImprovOptions
from companion.protocols.improv.virtual.peripheral import VirtualImprov
from companion.radio.virtual.backend import client_class, scanner_class
from companion.radio.virtual.central import VirtualCentral
from companion.secret import Secret
from companion.virtual.air_link import AirLink
from companion.virtual.gatt import Central
from companion.virtual.host import BumbleHost, random_static_address


class Lamp(VirtualImprov):
    """Our device, with a word for when its client left."""

    def __init__(self, options: ImprovOptions) -> None:
        super().__init__(options)
        self.left = asyncio.Event()

    def on_disconnected(self, central: Central) -> None:
        self.left.set()


@pytest.fixture
async def air(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[AirLink]:
    """A virtual air that plain bleak uses as this computer's Bluetooth."""
    link = AirLink()
    central = VirtualCentral(await BumbleHost.open(link, address=random_static_address()))
    for name, made in (
        ("get_platform_scanner_backend_type", scanner_class(central)),
        ("get_platform_client_backend_type", client_class(central)),
    ):
        monkeypatch.setattr(bleak, name, lambda made=made: (made, "virtual"))
    yield link
    await central.host.close()


@asynccontextmanager
async def client_of(air: AirLink, options: ImprovOptions) -> AsyncIterator[tuple[ImprovBLEClient, Lamp]]:
    lamp = Lamp(options)
    await lamp.open(air)
    try:
        seen: asyncio.Future[tuple[BLEDevice, AdvertisementData]] = asyncio.get_running_loop().create_future()

        def notice(device: BLEDevice, advertisement: AdvertisementData) -> None:
            if device_filter(advertisement) and advertisement.local_name and not seen.done():
                seen.set_result((device, advertisement))

        async with bleak.BleakScanner(notice):
            device, advertisement = await asyncio.wait_for(seen, 60)
        client = ImprovBLEClient(device, advertisement)
        await client.ensure_connected()
        yield client, lamp
    finally:
        await lamp.close()


async def test_it_provisions_our_device_and_gets_the_link(air: AirLink) -> None:
    states: list[State] = []
    async with client_of(air, ImprovOptions()) as (client, lamp):
        assert client.can_identify and client.can_get_device_info and client.can_scan_wifi
        await client.identify()
        info = await client.get_device_info()
        assert (info.firmware_name, info.device_name) == (b"ESPHome", b"Improv lamp")
        networks = (await client.scan_wifi()).networks
        assert networks[0] == (b"Workshop", b"-48", b"WPA2")
        assert not await client.need_authorization()
        assert await client.set_hostname("new-name") == "new-name"
        link = await client.provision("Workshop", "correct horse", states.append)
        assert link == "http://192.168.4.42/"
        assert (lamp.device.identified, lamp.device.hostname) == (1, "new-name")
    assert states == [State.PROVISIONING, State.PROVISIONED]


async def test_it_meets_our_authorization_and_our_error_and_can_retry(air: AirLink) -> None:
    async with client_of(air, ImprovOptions(authorization=True, pressed_after=None)) as (client, lamp):
        assert await client.need_authorization()
        await lamp.press_button()
        assert not await client.need_authorization()
        with pytest.raises(ProvisioningFailed) as failed:
            await client.provision("Workshop", "wrong horse", None)
        assert failed.value.args == (Error.UNABLE_TO_CONNECT.name,)
        # It hangs up after an error, in the background, and trips if it is asked again before that.
        await asyncio.wait_for(lamp.left.wait(), 60)
        assert await client.provision("Workshop", "correct horse", None) == "http://192.168.4.42/"


def test_its_octets_are_ours() -> None:
    ours: Any = codec.frame(codec.send_wifi(WifiCredentials("café".encode(), Secret("crème brûlée"))))
    assert ours == WiFiSettingsCmd("café".encode(), "crème brûlée".encode()).as_bytes()
