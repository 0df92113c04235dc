"""AdvertisementStream: merged, complete, and over at once when the radio goes."""

from __future__ import annotations

import asyncio

import pytest
from bleak.exc import BleakBluetoothNotAvailableError, BleakBluetoothNotAvailableReason

from companion.errors import AdapterOff, DeviceNotFound, NoAdapter, PermissionDenied
from companion.model import Advertisement
from companion.radio.scan import merge
from tests.radio.fakes import ADDRESS, FakeStack, failing, forever, sighting

SERVICE = "0000FFF0-0000-1000-8000-00805F9B34FB"
OTHER = "0000fff1-0000-1000-8000-00805f9b34fb"


async def soon(advertisements: object) -> Advertisement:
    async with asyncio.timeout(60):
        return await anext(advertisements)  # type: ignore[call-overload,no-any-return]  # an AsyncIterator


def test_a_scan_response_adds_to_what_the_advertisement_said() -> None:
    first = merge(None, *sighting(service_uuids=[SERVICE], service_data={SERVICE: b"\x01"}, rssi=-70))
    second = merge(first, *sighting(name="Lamp", service_uuids=[OTHER], manufacturer_data={76: b"x"}))
    assert second.name == "Lamp"
    assert second.service_uuids == (SERVICE.lower(), OTHER)
    assert second.service_data == {SERVICE.lower(): b"\x01"}
    assert second.manufacturer_data == {76: b"x"}
    assert second.rssi == -60
    third = merge(second, *sighting(service_data={SERVICE: b"\x02"}))
    assert third.service_data == {SERVICE.lower(): b"\x02"}
    assert third.name == "Lamp"


def test_a_hidden_rssi_is_none() -> None:
    assert merge(None, *sighting(rssi=-127)).rssi is None


async def test_each_change_is_reported_once() -> None:
    stack = FakeStack()
    async with stack.radio().scan() as advertisements:
        assert stack.scanner is not None
        see = stack.scanner.call_detection_callbacks
        see(*sighting(service_uuids=[OTHER]))
        assert (await soon(advertisements)).name is None
        see(*sighting(service_uuids=[OTHER]))
        see(*sighting(name="Lamp"))
        assert (await soon(advertisements)).name == "Lamp"
        with pytest.raises(TimeoutError):
            async with asyncio.timeout(0.02):
                await anext(advertisements)


async def test_a_slow_reader_gets_the_newest_of_each_device() -> None:
    stack = FakeStack()
    async with stack.radio().scan() as advertisements:
        assert stack.scanner is not None
        for rssi in range(-90, -50):
            stack.scanner.call_detection_callbacks(*sighting(rssi=rssi))
            stack.scanner.call_detection_callbacks(*sighting(address="C0:00:00:00:00:02", rssi=rssi))
        seen = [await soon(advertisements), await soon(advertisements)]
        assert [(each.address, each.rssi) for each in seen] == [(ADDRESS, -51), ("C0:00:00:00:00:02", -51)]


async def test_two_listeners_share_one_scan() -> None:
    stack = FakeStack()
    radio = stack.radio()
    async with radio.scan() as first:
        async with radio.scan() as second:
            assert stack.scanner is not None
            stack.scanner.call_detection_callbacks(*sighting(name="Lamp"))
            assert (await soon(first)).name == (await soon(second)).name == "Lamp"
        assert stack.log == ["scan on"]
    assert stack.log == ["scan on", "scan off"]


async def test_scanning_rests_while_a_link_is_made() -> None:
    stack = FakeStack()
    stack.packets = [sighting(name="Lamp")]
    radio = stack.radio()
    async with radio.scan() as advertisements:
        link = await radio.connect(await soon(advertisements))
        assert stack.log == ["scan on", "scan off", "connect", "scan on"]
        await link.close()


async def test_a_scan_that_can_not_go_on_after_a_connect_says_so() -> None:
    stack = FakeStack()
    stack.packets = [sighting(name="Lamp")]
    radio = stack.radio()
    async with radio.scan() as advertisements:
        found = await soon(advertisements)
        reason = BleakBluetoothNotAvailableReason.POWERED_OFF
        stack.on_scan = failing(BleakBluetoothNotAvailableError("off", reason))
        async with await radio.connect(found):
            with pytest.raises(AdapterOff):
                await soon(advertisements)


@pytest.mark.parametrize(
    ("reason", "expected"),
    [
        (BleakBluetoothNotAvailableReason.NO_BLUETOOTH, NoAdapter),
        (BleakBluetoothNotAvailableReason.NO_BLE_CENTRAL_ROLE, NoAdapter),
        (BleakBluetoothNotAvailableReason.POWERED_OFF, AdapterOff),
        (BleakBluetoothNotAvailableReason.DENIED_BY_USER, PermissionDenied),
        (BleakBluetoothNotAvailableReason.DENIED_BY_SYSTEM, PermissionDenied),
        (BleakBluetoothNotAvailableReason.DENIED_BY_UNKNOWN, PermissionDenied),
        (BleakBluetoothNotAvailableReason.UNKNOWN, NoAdapter),
    ],
)
async def test_check_tells_why_bluetooth_is_not_there(
    reason: BleakBluetoothNotAvailableReason, expected: type[Exception]
) -> None:
    stack = FakeStack()
    stack.on_scan = failing(BleakBluetoothNotAvailableError("not available", reason))
    with pytest.raises(expected):
        await stack.radio().check()


async def test_a_cancelled_start_of_a_scan_leaves_nothing_running() -> None:
    stack = FakeStack()
    stack.on_scan = forever
    checking = asyncio.create_task(stack.radio().check())
    await asyncio.sleep(0.01)
    checking.cancel()
    with pytest.raises(asyncio.CancelledError):
        await checking
    assert stack.scanner is None


async def test_an_advertisement_of_nowhere_is_not_connected_to() -> None:
    stack = FakeStack()
    with pytest.raises(DeviceNotFound):
        await stack.radio().connect(Advertisement(ADDRESS))
    assert stack.log == []
