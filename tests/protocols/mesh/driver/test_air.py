"""The same over the virtual air: a file of another app, a light behind its proxy, and a pretender."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime

import pytest

from companion.errors import ServiceMissing
from companion.errors.mesh_network import MeshNetworkMissing, NodeSilent
from companion.model import Advertisement
from companion.protocols.mesh import advertisement as announcements
from companion.protocols.mesh.bearer import PROXY_SERVICE
from companion.protocols.mesh.driver import Driver
from companion.protocols.mesh.provisioning.exchange import ProvisioningData
from companion.protocols.mesh.virtual.options import MeshOptions
from companion.protocols.mesh.virtual.peripheral import VirtualMesh
from companion.protocols.meshes import MeshActions
from companion.radio import Radio, open_radio
from companion.secret import Secret
from companion.virtual.gatt import AdStructures, Advertising
from companion.virtual.peripheral import Peripheral
from tests.protocols.mesh.database.samples import NODE, document
from tests.protocols.on_air import DictMemory, World
from tests.support.until import until

DEVICE_KEY, LIGHT = Secret(b"\xe5" * 16), 0x0011
KEY = Secret(b"\x21" * 16)
DATA = ProvisioningData(KEY, 0, 7, LIGHT)
BARE = {name: NODE[name] for name in ("UUID", "name", "deviceKey", "unicastAddress")}
FILE = json.dumps(document() | {"nodes": [BARE]}).encode()


async def seen(radio: Radio, hears: Callable[[Advertisement], bool]) -> Advertisement:
    async with radio.scan() as advertisements:
        async for each in advertisements:
            if hears(each):
                return each
    raise AssertionError


@asynccontextmanager
async def through(radio: Radio, memory: DictMemory, network: str) -> AsyncIterator[MeshActions]:
    driver = Driver()
    found = await seen(radio, driver.hears_mesh(memory, network))
    async with await radio.connect(found) as link:
        actions = driver.mesh_actions(memory, network, link)
        await actions.begin()
        yield actions


@pytest.mark.parametrize("mtu", [23, 247])
async def test_a_light_of_an_imported_network_is_switched_and_gets_new_keys(mtu: int) -> None:
    told: list[str] = []
    lamp = VirtualMesh(MeshOptions(name="Lamp"), say=told.append, mtu=mtu)
    memory, driver = DictMemory(), Driver()
    network = driver.import_mesh(memory, FILE).network
    assert network.iv_index is None
    async with await open_radio("virtual", world=World(lamp)) as radio:
        await lamp.join(DATA, DEVICE_KEY)
        async with through(radio, memory, network.id) as actions:
            await actions.configure(LIGHT, None)
            assert await actions.switch(LIGHT, True) is True
            await actions.refresh(lambda node, stage: None)
        async with through(radio, memory, network.id) as actions:
            assert await actions.switch(LIGHT, None) is False
            await actions.reset(LIGHT)
            with pytest.raises(NodeSilent):
                await actions.configure(LIGHT, None)
        await until(lambda: not lamp.is_node)
    assert told == ["Its light 0011 is on.", "Its light 0011 is off."]
    (facts,) = driver.mesh_networks(memory)
    assert facts.iv_index == 7 and facts.nodes == () and not facts.is_refreshing
    keys = driver.export_mesh(memory, network.id, datetime.now(UTC))["netKeys"]
    assert keys[0]["key"] != "21" * 16


async def test_what_only_repeats_the_advertisement_of_a_node_is_left() -> None:
    data = announcements.network_id(KEY.reveal())
    told = Advertising.of(AdStructures(service_data={PROXY_SERVICE: data}), AdStructures(name="Lamp"))
    memory, driver = DictMemory(), Driver()
    network = driver.import_mesh(memory, FILE).network
    async with await open_radio("virtual", world=World(Peripheral((), told))) as radio:
        with pytest.raises(ServiceMissing):
            async with through(radio, memory, network.id):
                raise AssertionError


def test_what_is_said_of_a_network_and_its_nodes() -> None:
    memory, driver = DictMemory(), Driver()
    network = driver.import_mesh(memory, json.dumps(document()).encode()).network
    (node,) = network.nodes
    assert [element.address for element in node.elements] == [0x0011, 0x0012]
    assert node.as_json()["publishes_to"] == ["c002"]
    assert network.as_json()["nodes"] == [node.as_json()]
    hears = driver.hears_mesh(memory, network.id)
    random = bytes(8)
    for data, heard in (
        (announcements.network_id(KEY.reveal()), True),
        (announcements.node_identity(KEY.reveal(), LIGHT, random), True),
        (announcements.node_identity(KEY.reveal(), 0x0044, random), False),
        (announcements.network_id(bytes(16)), False),
    ):
        assert hears(Advertisement("", "", None, service_data={PROXY_SERVICE: data})) is heard
    driver.forget_mesh_node(memory, network.id, LIGHT)
    assert driver.mesh_networks(memory)[0].nodes == ()
    with pytest.raises(MeshNetworkMissing):
        driver.export_mesh(memory, "00", datetime.now(UTC))
