"""What is done with a network's nodes: a light is switched, keys are renewed, a cut run is taken up."""

from __future__ import annotations

from dataclasses import replace

import pytest

from companion.errors import LinkLostError
from companion.errors.mesh_network import (
    KeyRefreshOpen,
    MeshNetworkMissing,
    ModelMissing,
    NodeSilent,
    NodeUnconfigured,
    ProxyForeign,
)
from companion.protocols.mesh.driver.session import MeshSession
from companion.protocols.mesh.models import composition
from companion.protocols.mesh.models.identifiers import ONOFF_SERVER
from companion.protocols.mesh.models.refresh import Stage
from companion.protocols.mesh.network.beacon import SecureBeacon
from companion.protocols.mesh.network.iv_index import IvState
from companion.protocols.mesh.network.keys import ApplicationKey, NetworkKey, Phase, network_credentials
from companion.protocols.mesh.network.proxy import ProxyPduType
from companion.protocols.mesh.network.sequence import BLOCK
from companion.protocols.mesh.settings import settings_of
from companion.protocols.mesh.store import MeshStore, fresh_key
from tests.protocols.mesh.driver.kills import Killed
from tests.protocols.mesh.driver.network import LAMP, SWITCH, Network

LIGHT = 0x0002


def ignore(node: int, stage: int) -> None:
    """Nobody is told how far a refresh is."""


async def test_a_light_is_configured_and_switched_and_what_it_is_is_kept() -> None:
    network = Network()
    actions = await network.actions()
    with pytest.raises(NodeUnconfigured, match="D-133"):
        await actions.switch(LIGHT, True)
    await actions.configure(LIGHT, 0xC001)
    node = network.kept.nodes[0]
    assert composition.decode(node.composition) == LAMP and node.keys == (0,)
    settings = settings_of(node.settings, 0, ONOFF_SERVER)
    assert settings.bound == (0,) and settings.publication is not None
    assert settings.publication.address == 0xC001
    assert [await actions.switch(LIGHT, on) for on in (True, None, None, False)] == [True, False, True, False]
    assert network.nodes[0].state.lit == {LIGHT: False}
    await actions.configure(LIGHT, 0)
    assert settings_of(network.kept.nodes[0].settings, 0, ONOFF_SERVER).publication is None
    assert network.nodes[0].state.publications == {}


async def test_what_has_no_light_is_configured_and_can_not_be_switched() -> None:
    network = Network(LAMP, SWITCH)
    actions = await network.actions()
    await actions.configure(3, None)
    with pytest.raises(ModelMissing):
        await actions.switch(3, True)
    with pytest.raises(ModelMissing):
        await actions.configure(3, 0xC001)


async def test_each_session_goes_on_with_numbers_that_no_other_one_used() -> None:
    """Killed at any message: the next process is heard, because nothing that it sends was sent before."""
    network = Network()
    for count in (0, 1, 3, 4, 6, 9):
        network.lost_after = None
        actions = await network.actions()
        network.lost_after = count
        with pytest.raises(LinkLostError):
            while True:
                await actions.configure(LIGHT, None)
                await actions.switch(LIGHT, None)
    assert network.kept.sequence == 6 * BLOCK
    assert len(set(network.sent)) == len(network.sent)
    network.lost_after = None
    assert await (await network.actions()).switch(LIGHT, True) is True


async def test_a_node_that_is_off_is_named_after_a_known_time() -> None:
    network = Network(LAMP, LAMP)
    network.silent = {3}
    actions = await network.actions()
    before = network.now
    with pytest.raises(NodeSilent) as silent:
        await actions.configure(3, None)
    assert silent.value.facts == {"node": "0003"} and network.now - before <= 13.0
    with pytest.raises(NodeSilent):
        await actions.configure(0x0099, None)


async def test_all_nodes_get_new_keys_and_the_old_ones_are_gone() -> None:
    network = Network(LAMP, LAMP)
    actions = await network.actions()
    await actions.configure(2, None)
    await actions.configure(3, None)
    before = network.kept
    told: list[tuple[int, int]] = []
    await actions.refresh(lambda node, stage: told.append((node, stage)))
    after = network.kept
    assert told == [(2, 1), (3, 1), (2, 2), (3, 2), (2, 3), (3, 3)]
    assert after.network_keys[0].key != before.network_keys[0].key
    assert after.application_keys[0].key != before.application_keys[0].key
    assert [node.stage for node in after.nodes] == [Stage.UNTOUCHED] * 2
    for node in network.nodes:
        assert node.state.networks[0] == after.network_keys[0]
        assert node.state.applications[0].key == after.application_keys[0].key
    assert await actions.switch(3, True) is True
    assert await (await network.actions()).switch(2, True) is True


async def test_a_refresh_waits_for_a_node_that_is_off_and_goes_on_later() -> None:
    network = Network(LAMP, LAMP)
    network.silent = {3}
    actions = await network.actions()
    for _ in range(2):
        with pytest.raises(KeyRefreshOpen) as waiting:
            await actions.refresh(ignore)
        assert waiting.value.facts == {"nodes": "0003"}
    key = network.kept.network_keys[0]
    assert key.phase is Phase.DISTRIBUTION and key.old is not None
    network.silent = set()
    await (await network.actions()).refresh(ignore)
    assert {node.state.networks[0].key for node in network.nodes} == {key.key}


async def test_without_a_node_that_was_removed_a_refresh_ends() -> None:
    network = Network(LAMP, LAMP)
    network.silent = {3}
    network.store.remove_node(network.id, 3)
    await (await network.actions()).refresh(ignore)
    assert network.kept.network_keys[0].phase is Phase.NORMAL
    assert network.nodes[1].state.networks[0].key != network.kept.network_keys[0].key


@pytest.mark.parametrize("messages", range(0, 26, 2))
async def test_a_refresh_that_was_cut_off_anywhere_is_taken_up(messages: int) -> None:
    network = Network(LAMP, LAMP)
    actions = await network.actions()
    await actions.configure(2, None)
    network.lost_after = messages
    with pytest.raises(LinkLostError):
        await actions.refresh(ignore)
        raise LinkLostError("it ended before")
    network.lost_after = None
    actions = await network.actions()
    await actions.refresh(ignore)
    key = network.kept.network_keys[0]
    assert key.phase is Phase.NORMAL and {node.state.networks[0] for node in network.nodes} == {key}
    assert await actions.switch(2, True) is True


@pytest.mark.parametrize("first", range(4))
async def test_who_is_killed_between_any_two_writes_of_a_refresh_can_finish_it(first: int) -> None:
    """first: of every fourth write"""
    network = Network(LAMP, LAMP)
    await (await network.actions()).configure(2, None)
    writes, is_killed = first, True
    while is_killed:
        actions = await network.actions()
        network.memory.left, is_killed = writes, False
        try:
            await actions.refresh(ignore)
        except Killed:
            is_killed = True
        network.memory.left = None
        kept = network.kept.network_keys[0]
        for node in network.nodes:
            assert node.state.networks[0].sending() in kept.receiving()
        actions = await network.actions()
        await actions.refresh(ignore)
        kept = network.kept.network_keys[0]
        assert kept.phase is Phase.NORMAL and {node.state.networks[0] for node in network.nodes} == {kept}
        assert await actions.switch(2, None) in (True, False)
        writes += 4


async def test_a_node_that_was_reset_is_forgotten() -> None:
    network = Network()
    await (await network.actions()).reset(LIGHT)
    assert network.nodes[0].was_reset and network.kept.nodes == ()


async def test_a_proxy_of_another_network_is_left_at_once() -> None:
    network = Network()
    network.nodes[0].state.networks[0] = NetworkKey(0, fresh_key())
    with pytest.raises(ProxyForeign, match="authentic"):
        await network.actions()
    assert network.sent == [] and network.now <= 6.0


async def test_the_iv_index_is_learned_and_kept_and_numbers_begin_anew_with_it() -> None:
    network = Network(iv_index=7)
    kept = replace(network.kept, iv_index=0, iv_known=False, address=0x0050)
    network.store.save(kept)
    await (await network.actions()).configure(LIGHT, None)
    assert (network.kept.iv_index, network.kept.iv_known, network.kept.sequence) == (7, True, BLOCK)
    credentials = network_credentials(kept.network_keys[0].key)
    # An update under way changes nothing about what is sent with; its end does.
    for updating, sequence in ((True, 2 * BLOCK), (False, BLOCK)):
        told = SecureBeacon(8, iv_update=updating).encode(credentials)
        network.nodes[0].hear(ProxyPduType.BEACON, told, network.now)
        assert await (await network.actions()).switch(LIGHT, True) is True
        assert (network.kept.iv_index, network.kept.updating) == (8, updating)
        assert network.kept.sequence == sequence
    assert network.nodes[0].state.iv == IvState(8)


async def test_a_network_without_an_application_key_gets_one() -> None:
    network = Network()
    other = ApplicationKey(1, fresh_key(), network=7)
    network.store.save(replace(network.kept, application_keys=(other,)))
    actions = await network.actions()
    await actions.configure(LIGHT, None)
    assert await actions.switch(LIGHT, True) is True
    assert [key.index for key in network.kept.application_keys] == [1, 0]
    assert network.kept.application_keys[0] == other


async def test_what_was_heard_is_not_heard_again_by_the_next_process() -> None:
    network = Network()
    await (await network.actions()).configure(LIGHT, None)
    assert LIGHT in network.store.heard(network.id)
    network.store.forget(network.id)
    assert network.store.heard(network.id) == {}
    with pytest.raises(MeshNetworkMissing):
        MeshSession(network, MeshStore(network.memory), network.id)
