"""Networks are kept with their keys apart, and what was given away once is not given away again."""

from __future__ import annotations

import itertools
import json
import threading
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from companion.errors import RegistryBusy
from companion.errors.mesh import MeshNetworkFull
from companion.protocols.mesh.addresses import LAST_UNICAST
from companion.protocols.mesh.models import refresh
from companion.protocols.mesh.models.refresh import Stage
from companion.protocols.mesh.network.keys import ApplicationKey, NetworkKey, Phase
from companion.protocols.mesh.store import (
    MeshNetwork,
    MeshNode,
    MeshStore,
    fresh_key,
    new_network,
)
from companion.secret import Secret
from tests.protocols.on_air import DictMemory

KEYS = st.binary(min_size=16, max_size=16).map(Secret)
NODES = st.builds(
    MeshNode,
    st.integers(2, LAST_UNICAST),
    st.integers(1, 4),
    KEYS,
    st.binary(min_size=16, max_size=16),
    st.text(max_size=8),
    st.binary(max_size=12),
    st.lists(st.integers(0, 0xFFF), max_size=3).map(tuple),
)
NETWORKS = st.builds(
    MeshNetwork,
    st.uuids().map(lambda each: each.hex),
    st.text(max_size=8),
    st.lists(
        st.builds(NetworkKey, st.integers(0, 0xFFF), KEYS, st.sampled_from(Phase), st.none() | KEYS),
        max_size=2,
    ).map(tuple),
    st.lists(
        st.builds(
            ApplicationKey,
            st.integers(0, 0xFFF),
            KEYS,
            st.integers(0, 0xFFF),
            st.text(max_size=4),
            st.none() | KEYS,
        ),
        max_size=2,
    ).map(tuple),
    st.lists(NODES, max_size=3, unique_by=lambda node: node.address).map(tuple),
    st.integers(0, 0xFFFFFFFF),
    st.booleans(),
    own_device_key=KEYS,
)


@settings(max_examples=10)
@given(NETWORKS)
def test_what_was_kept_is_read_again_and_keys_are_nowhere_but_in_the_vault(network: MeshNetwork) -> None:
    memory = DictMemory()
    store = MeshStore(memory)
    store.save(network)
    assert store.get(network.id) == network
    assert store.networks() == (network,)
    everything = " ".join(memory.kept.values())
    keys = [network.own_device_key, *(each.device_key for each in network.nodes)]
    assert not any(key.reveal().hex() in everything for key in keys if len(set(key.reveal())) > 2)


def test_a_network_is_made_when_it_is_first_wanted() -> None:
    store = MeshStore(DictMemory())
    assert store.usual() == store.usual()
    other = new_network("Other")
    assert other.network_keys[0].key != store.usual().network_keys[0].key
    store.save(other)
    assert [each.name for each in store.networks()] == ["Mesh", "Other"]
    store.forget(store.usual().id)
    assert store.networks() == (other,)


def test_addresses_are_not_given_twice() -> None:
    store = MeshStore(DictMemory())
    network = store.usual().id
    assert [store.reserve(network, elements) for elements in (3, 1, 2)] == [2, 5, 6]
    kept = store.get(network)
    assert kept is not None
    store.save(replace(kept, next_address=LAST_UNICAST))
    assert store.reserve(network, 1) == LAST_UNICAST
    with pytest.raises(MeshNetworkFull):
        store.reserve(network, 1)


def test_sequence_numbers_are_kept_with_their_iv_index() -> None:
    store = MeshStore(DictMemory())
    network = store.usual().id

    def kept() -> tuple[int, bool, int, int]:
        now = store.usual()
        return now.iv_index, now.updating, now.sequence_iv, now.sequence

    store.keep_sequence(network, 0, 256)
    store.keep_iv(network, 1, updating=True)
    assert kept() == (1, True, 0, 256)
    # Numbers are taken with the next IV index before the network's word on it is kept, and stay used.
    store.keep_sequence(network, 1, 256)
    assert kept() == (1, False, 1, 256)
    store.keep_iv(network, 1, updating=False)
    store.keep_iv(network, 0, updating=False)
    assert kept() == (1, False, 1, 256)
    for behind in ((1, 256), (0, 512)):
        with pytest.raises(RegistryBusy):
            store.keep_sequence(network, *behind)


def test_numbers_of_an_older_data_folder_are_those_of_its_iv_index() -> None:
    memory = DictMemory()
    store = MeshStore(memory)
    network = replace(new_network(), iv_index=6, updating=True, sequence=512, sequence_iv=5)
    store.save(network)
    name = f"network/{network.id}"
    memory.put(name, {key: value for key, value in memory.get(name).items() if key != "sequence_iv"})
    assert store.get(network.id) == network


def split(memory: DictMemory, network: MeshNetwork, *, phase: Phase) -> None:
    """As older data folders have it: bare keys in the vault, their indexes and phases in the registry."""
    name, keys = f"network/{network.id}", network.network_keys
    kept, sealed = memory.get(name), json.loads(memory.get_secret(name) or b"")
    kept["network_keys"] = [{"index": each.index, "phase": phase} for each in keys]
    kept["application_keys"] = [
        {"index": each["index"], "network": each["network"], "name": each["name"]}
        for each in sealed["application_keys"]
    ]
    for each in kept["nodes"]:
        each["stage"] = sealed["nodes"][str(each["address"])][1]
    memory.put(name, kept)
    old = {
        name: [[each["key"], each["old"]] for each in sealed[name]]
        for name in ("network_keys", "application_keys")
    }
    nodes = {address: key for address, (key, _) in sealed["nodes"].items()}
    memory.put_secret(name, json.dumps({"own": sealed["own"], "nodes": nodes, **old}).encode())


@pytest.mark.parametrize("phase", [Phase.DISTRIBUTION, Phase.NORMAL])
def test_a_refresh_in_an_older_data_folder_goes_on(phase: Phase) -> None:
    """Also one that was cut off between the keys and the word that they are being refreshed."""
    memory = DictMemory()
    store = MeshStore(memory)
    made = new_network()
    network = replace(
        made,
        network_keys=(refresh.begin(made.network_keys[0], fresh_key()),),
        application_keys=(refresh.begin_application(made.application_keys[0], fresh_key()),),
        nodes=(MeshNode(2, 1, fresh_key(), bytes(16), stage=Stage.HAS_KEYS),),
    )
    store.save(network)
    split(memory, network, phase=phase)
    assert store.get(network.id) == network
    store.keep_sequence(network.id, 0, 256)
    assert store.get(network.id) == replace(network, sequence=256)


def test_a_refresh_is_not_begun_within_another_one() -> None:
    key = refresh.begin(new_network().network_keys[0], fresh_key())
    with pytest.raises(ValueError, match="is being refreshed"):
        refresh.begin(key, fresh_key())


def test_a_node_has_as_many_addresses_as_elements() -> None:
    store = MeshStore(DictMemory())
    network = store.usual().id
    node = MeshNode(5, 2, Secret(bytes(16)), bytes(16), "Lamp")
    store.put_node(network, replace(node, name=""))
    store.put_node(network, node)
    kept = store.get(network)
    assert kept is not None and [kept.node(at) for at in (4, 5, 6, 7)] == [None, node, node, None]
    store.remove_node(network, 5)
    assert store.usual().nodes == ()


def test_a_network_that_is_not_there_is_not_invented() -> None:
    store = MeshStore(DictMemory())
    assert store.get("0" * 32) is None
    with pytest.raises(KeyError):
        store.reserve("0" * 32, 1)


class Interrupted(DictMemory):
    """Something else is done in another thread, as by another process, right after the first read."""

    def __init__(self) -> None:
        super().__init__()
        self.meanwhile: Callable[[], object] | None = None
        self.other: threading.Thread | None = None

    def get(self, key: str) -> Any | None:
        value = super().get(key)
        if (meanwhile := self.meanwhile) is not None:
            self.meanwhile, self.other = None, threading.Thread(target=meanwhile)
            self.other.start()
            # Without a lock it is done by now; with one it waits.
            self.other.join(0.03)
        return value


def test_two_processes_give_no_address_or_number_twice_and_lose_no_node() -> None:
    memory = Interrupted()
    ours, theirs = MeshStore(memory), MeshStore(memory)
    network = ours.usual().id
    given: list[int] = []
    memory.meanwhile = lambda: given.append(theirs.reserve(network, 2))
    given.append(ours.reserve(network, 2))
    assert memory.other is not None
    memory.other.join()
    assert abs(given[0] - given[1]) == 2
    refused: list[RegistryBusy] = []

    def take() -> None:
        try:
            theirs.keep_sequence(network, 0, 256)
        except RegistryBusy as busy:
            refused.append(busy)

    memory.meanwhile = take
    ours.keep_sequence(network, 0, 256)
    memory.other.join()
    assert len(refused) == 1, "one of two sessions has the numbers"
    key = Secret(bytes(16))
    memory.meanwhile = lambda: theirs.put_node(network, MeshNode(4, 1, key, bytes(16)))
    ours.put_node(network, MeshNode(2, 1, key, bytes(16)))
    assert memory.other is not None
    memory.other.join()
    assert {each.address for each in ours.usual().nodes} == {2, 4}


def test_a_store_that_stays_held_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("companion.protocols.mesh.store._BUSY_SECONDS", 0.0)
    memory = DictMemory()
    with MeshStore(memory).changing(), pytest.raises(RegistryBusy):
        MeshStore(memory).usual()
    assert MeshStore(memory).usual()


def test_no_wish_has_the_number_of_the_one_before() -> None:
    """Not in another session either: a node would take it for a repetition, and do nothing."""
    memory = DictMemory()
    network = MeshStore(memory).usual().id
    numbers = [MeshStore(memory).next_transaction(network) for _ in range(300)]
    assert all(one != other for one, other in itertools.pairwise(numbers))
    assert set(numbers) <= set(range(256))
    MeshStore(memory).forget(network)
    assert not any("wishes" in each for each in memory.kept)
