"""What every virtual device does: it is heard, it answers, it fails as told."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from companion.errors import AttributeFailure, ConnectFailed
from companion.radio import Radio, open_radio
from companion.virtual.gatt import AdStructures, Advertising, Fault, Operation, OperationKind, drop_at
from companion.virtual.host import random_static_address
from tests.radio.echo import RX, SERVICE, TX, VALUE, Echo, World, find


@pytest.fixture
async def device() -> Echo:
    return Echo()


@pytest.fixture
async def radio(device: Echo) -> AsyncIterator[Radio]:
    async with await open_radio("virtual", world=World(device)) as radio:
        yield radio


async def test_name_and_data_may_be_in_different_packets(device: Echo, radio: Radio) -> None:
    found = await find(radio, device.address)
    assert (found.name, found.service_uuids) == ("Echo", (SERVICE,))


async def test_new_advertising_is_heard_while_scanning(device: Echo, radio: Radio) -> None:
    async with asyncio.timeout(60), radio.scan() as advertisements:
        await anext(advertisements)
        data = AdStructures(service_data={SERVICE: b"owned"}, name="a name")
        with pytest.raises(ValueError, match="at most 31"):
            Advertising.of(data)
        await device.start_advertising(Advertising.of(AdStructures(service_data={SERVICE: b"owned"})))
        async for found in advertisements:
            if found.service_data:
                assert found.service_data == {SERVICE: b"owned"}
                break


async def test_how_loud_a_device_is_heard() -> None:
    near, far = Echo(rssi=-40), Echo(rssi=-90)
    async with await open_radio("virtual", world=World(near, far)) as radio:
        assert [(await find(radio, each.address)).rssi for each in (near, far)] == [-40, -90]


async def test_silent_while_connected_and_heard_again_afterwards(device: Echo, radio: Radio) -> None:
    link = await radio.connect(await find(radio, device.address))
    assert [central.mtu for central in device.centrals] == [517]
    with pytest.raises(TimeoutError):
        async with asyncio.timeout(0.15):
            await find(radio, device.address)
    await link.close()
    await find(radio, device.address)
    assert device.events == ["connected", "mtu 517", "disconnected"]


async def test_told_to_be_silent_it_stays_so_after_a_link(device: Echo, radio: Radio) -> None:
    advertisement = await find(radio, device.address)
    link = await radio.connect(advertisement)
    await device.stop_advertising()
    await link.close()
    with pytest.raises(ConnectFailed):
        await radio.connect(advertisement, timeout=0.15, attempts=1)
    await device.start_advertising()
    await (await radio.connect(advertisement)).close()


async def test_advertising_that_invites_nobody() -> None:
    device = Echo()
    device.advertising = Advertising(
        device.advertising.data, device.advertising.scan_response, connectable=False
    )
    async with await open_radio("virtual", world=World(device)) as radio:
        advertisement = await find(radio, device.address)
        with pytest.raises(ConnectFailed):
            await radio.connect(advertisement, timeout=0.15, attempts=1)


async def test_notifies_only_who_subscribed_and_only_what_fits() -> None:
    device = Echo(mtu=23)
    async with await open_radio("virtual", world=World(device)) as radio:
        link = await radio.connect(await find(radio, device.address))
        assert device.notify(TX, b"to nobody") == 0
        inbox = await link.subscribe(TX)
        (central,) = device.centrals
        assert device.notify(TX, bytes(20), central) == 1
        with pytest.raises(ValueError, match="MTU 23"):
            device.notify(TX, bytes(21))
        assert await inbox.get(timeout=60) == bytes(20)
        assert device.events[-1] == f"subscribed {TX[:8]} True"


async def test_serves_only_what_its_properties_offer(device: Echo, radio: Radio) -> None:
    link = await radio.connect(await find(radio, device.address))
    await link.write(VALUE, b"ignored", response=False)
    with pytest.raises(AttributeFailure) as refused:
        await link.read(RX)
    assert refused.value.att_code == 0x02
    with pytest.raises(AttributeFailure) as refused:
        await link.write(TX, b"")
    assert refused.value.att_code == 0x03
    assert device.value == b""


async def test_a_failing_callback_is_an_att_error_not_silence(device: Echo, radio: Radio) -> None:
    link = await radio.connect(await find(radio, device.address))
    device.value = "no bytes"  # type: ignore[assignment]  # a bug in the device
    with pytest.raises(AttributeFailure) as refused:
        await link.read(VALUE)
    assert refused.value.att_code == 0x0E


def test_a_plan_drops_once() -> None:
    plan = drop_at(2)
    operations = [Operation(number, OperationKind.READ, VALUE) for number in (1, 2, 3, 1, 2)]
    assert [plan(operation) for operation in operations] == [None, Fault.DROP_LINK, None, None, None]


def test_structures_are_encoded_as_the_air_wants_them() -> None:
    improv = Advertising.of(
        AdStructures(
            service_uuids=("00467768-6228-2272-4663-277478268000",),
            service_data={"00004677-0000-1000-8000-00805f9b34fb": bytes((2, 1, 0, 0, 0, 0))},
        )
    )
    uuids, state = "1107" + "00802678742763467222286268774600", "0916" + "7746" + "020100000000"
    assert improv.data.hex() == "020106" + uuids + state
    assert AdStructures(name="Ä").encode() == b"\x03\x09\xc3\x84"
    assert AdStructures(manufacturer_data={0x02E5: b"x"}).encode() == b"\x04\xff\xe5\x02x"


@given(st.binary(max_size=24), st.text(max_size=7))
def test_no_advertisement_is_longer_than_a_packet(data: bytes, name: str) -> None:
    structures = AdStructures(name=name, manufacturer_data={1: data})
    if len(structures.encode()) + 3 > 31:
        with pytest.raises(ValueError, match="octets"):
            Advertising.of(structures)
    else:
        assert len(Advertising.of(structures).data) == len(structures.encode()) + 3


def test_random_addresses_are_static_and_differ() -> None:
    addresses = {random_static_address() for _ in range(20)}
    assert len(addresses) == 20
    assert all(int(address[:2], 16) >= 0xC0 for address in addresses)
