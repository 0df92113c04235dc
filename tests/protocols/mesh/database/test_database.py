"""Networks from and to files of other apps: nothing is lost on the way, and nothing hostile gets far."""

from __future__ import annotations

import json
from copy import deepcopy
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from companion.errors.mesh_network import MeshFileInvalid, MeshKeysDiffer
from companion.protocols.mesh.database import fields, writer
from companion.protocols.mesh.database.merge import WANTED, merge
from companion.protocols.mesh.database.reader import Imported, read
from companion.protocols.mesh.models import composition, refresh
from companion.protocols.mesh.models.composition import Feature
from companion.protocols.mesh.models.identifiers import ONOFF_SERVER, ModelId
from companion.protocols.mesh.models.model_messages import Publication
from companion.protocols.mesh.models.refresh import Stage
from companion.protocols.mesh.network.keys import ApplicationKey, NetworkKey, Phase
from companion.protocols.mesh.settings import (
    Group,
    ModelSettings,
    Range,
    settings_of,
    with_bound,
)
from companion.protocols.mesh.store import MeshNetwork, MeshNode, MeshStore, fresh_key, new_network
from companion.secret import Secret
from tests.protocols.mesh.database.samples import NODE, document, file
from tests.protocols.on_air import DictMemory

NOW = datetime(2026, 4, 23, 20, 9, 44, tzinfo=UTC)
PHONE = Range(0x0001, 0x199A)


def written(network: MeshNetwork) -> bytes:
    return json.dumps(writer.write(network, NOW)).encode()


def test_a_file_of_nrf_mesh_is_read() -> None:
    imported = read(file())
    network = imported.network
    assert imported.left_out == 0 and network.name == "Boathouse"
    assert network.network_keys[0].key == Secret(b"\x21" * 16)
    assert network.application_keys[0].name == "Lights"
    assert network.groups == (Group(0xC001, "All lights"),)
    (node,) = network.nodes
    assert (node.address, node.elements, node.name, node.keys) == (0x0011, 2, "Lamp", (0,))
    assert node.settings == (
        ModelSettings(
            0,
            ONOFF_SERVER,
            (0,),
            Publication(0x0011, 0xC002, 0, ONOFF_SERVER, 5, 0x43, 0x0A, low_power=True),
            (0xC001,),
        ),
        ModelSettings(0, ModelId(0x0001, 0x0059), (0,)),
    )
    told = composition.decode(node.composition)
    assert (told.company, told.product, told.version, told.replay) == (0x07D7, 1, 2, 0x14)
    assert told.features == Feature.RELAY | Feature.PROXY
    assert told.elements[0].location == 0x0100 and told.element_with(ModelId(1, 0x59)) == 0


def test_what_was_written_is_read_again_by_others_and_by_us() -> None:
    network = merge(read(file()), None)
    again = read(written(network)).network
    ours = [each for each in again.provisioners if each.uuid == network.own_uuid]
    assert ours[0].addresses == (Range(network.address, network.last_address),)
    own = [each for each in again.nodes if each.uuid == network.own_uuid]
    assert own[0].address == network.address and own[0].device_key == network.own_device_key
    back = merge(Imported(again, 0), network)
    assert back == network
    content = writer.write(network, NOW)
    assert content["nodes"][0]["elements"][0]["models"][1] == NODE["elements"][0]["models"][1]  # type: ignore[index]
    assert content["nodes"][0]["features"] == {"friend": 2, "lowPower": 2, "proxy": 1, "relay": 1}
    assert content["timestamp"] == "2026-04-23T20:09:44+00:00"


def test_a_network_of_our_own_is_written_for_others() -> None:
    node = MeshNode(2, 2, fresh_key(), bytes(16))
    network = replace(new_network(), nodes=(node,))
    again = read(written(network)).network
    assert again.network_keys == network.network_keys
    assert [each.key for each in again.application_keys] == [each.key for each in network.application_keys]
    assert again.nodes[0].elements == 2 and again.nodes[0].name == "Node 0002"
    assert again.nodes[0].composition == b""


def test_what_was_imported_is_kept_as_it_is() -> None:
    store = MeshStore(DictMemory())
    network = merge(read(file()), None)
    store.save(network)
    assert store.get(network.id) == network


def test_a_refresh_under_way_goes_with_the_file() -> None:
    changed = document()
    changed["netKeys"][0] |= {"phase": 1, "oldKey": "22" * 16}
    changed["appKeys"][0] |= {"oldKey": "23" * 16}
    changed["nodes"][0]["netKeys"] = [{"index": 0, "updated": True}]
    network = read(json.dumps(changed).encode()).network
    assert network.network_keys[0].phase is Phase.DISTRIBUTION
    assert network.network_keys[0].old == Secret(b"\x22" * 16)
    assert network.nodes[0].stage is Stage.HAS_KEYS
    assert read(written(network)).network.application_keys == network.application_keys


def test_an_address_is_taken_that_nobody_has() -> None:
    for _ in range(20):
        network = merge(read(file()), None)
        assert network.address > PHONE.high
        assert network.last_address - network.address == WANTED - 1
        assert network.next_address == network.address + 1
        assert not network.iv_known and network.sequence == 0


def provisioner(*ranges: tuple[str, str]) -> dict[str, Any]:
    made = dict(document()["provisioners"][0])
    made["allocatedUnicastRange"] = [{"lowAddress": low, "highAddress": high} for low, high in ranges]
    return made


def test_where_little_is_free_that_is_taken_and_where_nothing_is_it_is_said() -> None:
    little = file(provisioners=[provisioner(("0003", "7FF0"))])
    network = merge(read(little), None)
    assert (network.address, network.last_address) == (0x7FF1, 0x7FFF)
    start = file(provisioners=[provisioner(("0010", "FFFF"))])
    assert merge(read(start), None).address == 1
    with pytest.raises(MeshFileInvalid, match="no unicast address is free"):
        merge(read(file(provisioners=[provisioner(("0001", "7FFF"))])), None)


def test_a_newer_file_changes_what_it_says_and_keeps_what_is_ours() -> None:
    network = replace(merge(read(file()), None), sequence=512, iv_index=7, iv_known=True)
    mine = MeshNode(network.address + 1, 1, fresh_key(), b"\x01" * 16, "Ours")
    network = replace(network, nodes=(*network.nodes, mine), next_address=network.address + 2)
    node = deepcopy(NODE) | {"name": "Lamp by the door"}
    newer = merge(read(file(nodes=[node], meshName="Boathouse 2")), network)
    assert newer.name == "Boathouse 2" and newer.nodes[0].name == "Lamp by the door"
    assert newer.nodes[1] == mine
    assert (newer.sequence, newer.iv_index, newer.address) == (512, 7, network.address)
    for address in (network.address, network.address + 1):
        taken = [NODE, {**NODE, "UUID": "02" * 16, "unicastAddress": f"{address:04X}", "elements": []}]
        with pytest.raises(MeshFileInvalid, match="what this computer has"):
            merge(read(file(nodes=taken)), network)


def newer(known: MeshNetwork, **changed: Any) -> MeshNetwork:
    return merge(read(json.dumps(writer.write(known, NOW) | changed).encode()), known)


def test_an_address_that_others_gave_is_not_given_here() -> None:
    """Other apps add nodes, take ranges and exclude addresses of nodes that they removed; some go again."""
    store = MeshStore(DictMemory())
    known = store.usual()
    content = writer.write(known, NOW)
    lamp = {**NODE, "unicastAddress": "0003", "UUID": "02" * 16}
    keyless = {"UUID": "03" * 16, "unicastAddress": "0006"}
    store.save(
        newer(
            known,
            nodes=[*content["nodes"], lamp, keyless],
            provisioners=[*content["provisioners"], provisioner(("0008", "0009"))],
            networkExclusions=[{"ivIndex": 0, "addresses": ["000B"]}],
        )
    )
    store.remove_node(known.id, 3)
    assert newer(store.usual()) == store.usual()
    given = [store.reserve(known.id, elements) for elements in (1, 1, 2)]
    assert given == [2, 5, 0x000C]


def test_a_newcomer_takes_no_address_of_a_node_without_a_device_key() -> None:
    keyless = {"UUID": "03" * 16, "unicastAddress": "7FFE"}
    little = file(nodes=[keyless], provisioners=[provisioner(("0001", "7FFC"))])
    assert merge(read(little), None).address in (0x7FFD, 0x7FFF)


def test_where_a_node_was_is_nothing_else_once_it_has_another_address() -> None:
    store = MeshStore(DictMemory())
    known = store.usual()
    own = writer.write(known, NOW)["nodes"]
    for address in ("0002", "0004"):
        store.save(newer(store.usual(), nodes=[*own, {**NODE, "unicastAddress": address}]))
    assert [store.reserve(known.id, 1) for _ in range(2)] == [6, 7]


FULL = replace(
    new_network(),
    nodes=(MeshNode(2, 1, fresh_key(), b"\x01" * 16, stage=Stage.HAS_KEYS),),
    next_address=3,
)
REFRESHED = replace(
    FULL,
    network_keys=(refresh.begin(FULL.network_keys[0], fresh_key()),),
    application_keys=(refresh.begin_application(FULL.application_keys[0], fresh_key()),),
)
SWITCHED = replace(REFRESHED, network_keys=(replace(REFRESHED.network_keys[0], phase=Phase.SWITCH),))
FINISHED = replace(
    FULL,
    network_keys=(NetworkKey(0, REFRESHED.network_keys[0].key),),
    application_keys=(ApplicationKey(0, REFRESHED.application_keys[0].key),),
)
TWICE = replace(
    FINISHED,
    network_keys=(refresh.begin(FINISHED.network_keys[0], fresh_key()),),
    application_keys=(refresh.begin_application(FINISHED.application_keys[0], fresh_key()),),
)
RESET = replace(FULL, nodes=(replace(FULL.nodes[0], device_key=fresh_key()),))
KEYS = "network key 0, application key 0"


@pytest.mark.parametrize(
    ("known", "theirs", "lost"),
    [
        (FINISHED, FULL, KEYS),
        (FINISHED, REFRESHED, KEYS),
        (REFRESHED, FULL, KEYS),
        (REFRESHED, FINISHED, KEYS),
        (REFRESHED, TWICE, KEYS),
        (SWITCHED, REFRESHED, "network key 0"),
        (RESET, FULL, "device key of 0002"),
    ],
)
def test_a_file_takes_no_key_that_nodes_may_have(known: MeshNetwork, theirs: MeshNetwork, lost: str) -> None:
    imported = read(written(theirs))
    with pytest.raises(MeshKeysDiffer) as refused:
        merge(imported, known)
    assert refused.value.detail == lost
    replaced = merge(imported, known, replace_keys=True)
    assert [each.key for each in replaced.network_keys] == [each.key for each in theirs.network_keys]
    assert replaced.nodes[0].device_key == theirs.nodes[0].device_key


def test_keys_that_a_file_lacks_stay_and_a_refresh_that_began_elsewhere_is_taken_over() -> None:
    more = replace(
        FULL,
        network_keys=(*FULL.network_keys, NetworkKey(4, fresh_key())),
        application_keys=(*FULL.application_keys, ApplicationKey(1, fresh_key())),
    )
    merged = merge(read(written(REFRESHED)), more)
    assert merged.network_keys == (*REFRESHED.network_keys, more.network_keys[1])
    assert [each.old for each in merged.application_keys] == [FULL.application_keys[0].key, None]
    assert merged.nodes[0].stage is Stage.HAS_KEYS
    behind = replace(REFRESHED, nodes=(replace(FULL.nodes[0], stage=Stage.UNTOUCHED),))
    assert merge(read(written(REFRESHED)), behind).nodes[0].stage is Stage.UNTOUCHED


def test_nodes_without_a_device_key_are_left_out_and_counted() -> None:
    """A partial export has none."""
    node = {name: value for name, value in NODE.items() if name != "deviceKey"}
    imported = read(file(nodes=[node]))
    assert imported.left_out == 1 and imported.network.nodes == ()


def test_what_was_never_asked_is_not_made_up() -> None:
    bare = {name: NODE[name] for name in ("UUID", "deviceKey", "unicastAddress")}
    (node,) = read(file(nodes=[bare])).network.nodes
    assert node.composition == b"" and node.elements == 1 and node.settings == ()
    virtual = document()
    virtual["nodes"][0]["elements"][0]["models"][1]["publish"]["address"] = "0" * 32
    virtual["groups"].append({"name": "Virtual", "address": "0" * 32})
    network = read(json.dumps(virtual).encode()).network
    assert network.nodes[0].settings[0].publication is None and len(network.groups) == 1


BROKEN: list[tuple[tuple[str | int, ...], Any, str]] = [
    (("netKeys",), None, "netKeys: not a list"),
    (("netKeys",), [], "netKeys: not a list with a key"),
    (("netKeys", 0), 7, r"netKeys\[0\]: not an object"),
    (("netKeys", 0, "key"), "21", r"netKeys\[0\].key: not 32 hexadecimal digits"),
    (("netKeys", 0, "key"), "zz" * 16, "32 hexadecimal digits"),
    (("netKeys", 0, "key"), 12, "32 hexadecimal digits"),
    (("netKeys", 0, "phase"), 2, "oldKey"),
    (("netKeys", 0, "index"), 4096, "a number from 0 to 4095"),
    (("netKeys", 0, "index"), True, "a number"),
    (("netKeys", 0, "index"), 1.0, "a number"),
    (("netKeys",), document()["netKeys"] * 2, "an index each"),
    (("appKeys", 0, "boundNetKey"), 5, "one of the network keys"),
    (("meshUUID",), "7BBC", "a UUID"),
    (("meshUUID",), 7, "a UUID"),
    (("meshName",), "x" * 300, "a short text"),
    (("nodes", 0, "unicastAddress"), "8000", "a unicast address"),
    (("nodes", 0, "unicastAddress"), "7FFF", "a unicast address"),
    (("nodes", 0, "unicastAddress"), "0000", "a unicast address"),
    (("nodes", 0, "elements"), [{}] * 256, "a list of at most 255"),
    (("nodes", 0, "elements", 0, "models", 0, "modelId"), "100", "4 or 8 hexadecimal digits"),
    (("nodes", 0, "elements", 0, "models", 1, "subscribe"), ["C"], "4 hexadecimal digits"),
    (("nodes", 0, "elements", 0, "models", 1, "subscribe"), [5], "a short text"),
    (("nodes", 0, "elements", 0, "models", 1, "bind"), ["0"], "a number"),
    (("nodes", 0, "elements", 0, "models", 1, "publish", "period", "resolution"), 7, "100, 1000"),
    (("nodes", 0, "netKeys", 0, "updated"), "yes", "true or false"),
    (("nodes", 0, "features"), [], "an object"),
    (("provisioners", 0, "allocatedUnicastRange", 0, "highAddress"), "0000", "the end of a range"),
]  # fmt: skip


@pytest.mark.parametrize(("place", "value", "said"), BROKEN)
def test_a_broken_file_is_refused_with_the_place(place: tuple[str | int, ...], value: Any, said: str) -> None:
    changed: Any = document()
    inner = changed
    for each in place[:-1]:
        inner = inner[each]
    inner[place[-1]] = value
    with pytest.raises(MeshFileInvalid, match=said) as refused:
        read(json.dumps(changed).encode())
    assert refused.value.code == "D-139" and "{" not in refused.value.advice_text
    for key in ("2121", "E5E5", "E6E6"):
        assert key not in str(refused.value) + refused.value.advice_text


@pytest.mark.parametrize(
    "content",
    [b"", b"null", b"[]", b"\xff\xfe", b'{"netKeys": ', b"[" * 100_000, b'{"a":' * 50_000, b"9" * 5000],
)
def test_what_is_no_json_object_is_refused(content: bytes) -> None:
    with pytest.raises(MeshFileInvalid):
        read(content)


def test_a_file_of_any_size_is_refused_before_it_is_read() -> None:
    with pytest.raises(MeshFileInvalid, match="too large"):
        read(b" " * (fields.MOST_OCTETS + 1))


def test_two_nodes_with_one_address_are_refused() -> None:
    with pytest.raises(MeshFileInvalid, match="with an address each"):
        read(file(nodes=[NODE, {**NODE, "UUID": "01" * 16, "unicastAddress": "0012"}]))


def test_names_from_a_file_steer_no_terminal() -> None:
    assert "\x1b" not in read(file(meshName="Boat\x1b[2Jhouse")).network.name


JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-1, 70_000)
    | st.text(max_size=6)
    | st.sampled_from(["C001", "00" * 16]),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(sorted({*NODE, "models", "publish", "index", "key"})), inner, max_size=4
        )
    ),
    max_leaves=12,
)


@settings(max_examples=25)
@given(st.sampled_from(sorted(document())), JSON)
def test_any_value_in_any_place_is_read_or_refused(name: str, value: Any) -> None:
    try:
        network = merge(read(json.dumps(document() | {name: value}).encode()), None)
    except MeshFileInvalid:
        return
    assert read(written(network)).network.network_keys == network.network_keys


def test_settings_of_a_model_change_alone() -> None:
    known = with_bound((), 0, ONOFF_SERVER, 3)
    known = with_bound(known, 1, ONOFF_SERVER, 5)
    known = with_bound(known, 0, ONOFF_SERVER, 1)
    assert settings_of(known, 0, ONOFF_SERVER).bound == (1, 3)
    assert settings_of(known, 1, ONOFF_SERVER).bound == (5,)
    assert settings_of(known, 2, ONOFF_SERVER) == ModelSettings(2, ONOFF_SERVER)
