"""A node's keys are added, refreshed in three phases, and deleted."""

from __future__ import annotations

from companion.protocols.mesh.models import refresh, requests
from companion.protocols.mesh.models.identifiers import ONOFF_SERVER
from companion.protocols.mesh.models.key_messages import (
    AppKeyDelete,
    KeyRefreshGet,
    KeyRefreshStatus,
    NetKeyAdd,
    NetKeyDelete,
    Transition,
)
from companion.protocols.mesh.models.model_messages import (
    Publication,
)
from companion.protocols.mesh.models.opcodes import Opcode
from companion.protocols.mesh.models.refresh import Stage
from companion.protocols.mesh.models.status import Status
from companion.protocols.mesh.network.beacon import SecureBeacon
from companion.protocols.mesh.network.keys import (
    ApplicationKey,
    NetworkKey,
    Phase,
    network_credentials,
)
from companion.protocols.mesh.network.proxy import (
    ProxyPduType,
)
from companion.protocols.mesh.node.configuration_server import MOST_KEYS
from companion.secret import Secret
from tests.protocols.mesh.network.peers import NETWORK, THERE
from tests.protocols.mesh.node.pair import (
    GROUP,
    KEY,
    LIGHT,
    OTHER_KEY,
    accept,
    configured,
    other,
    refuse,
)


def test_keys_are_added_up_to_its_room_and_deleted_with_what_depends_on_them() -> None:
    pair = configured()
    accept(pair, requests.add_application_key(THERE, KEY))
    accept(pair, requests.publish(THERE, Publication(LIGHT, GROUP, 0, ONOFF_SERVER)))
    for index in range(1, MOST_KEYS):
        accept(pair, other(NetKeyAdd(index, OTHER_KEY), Opcode.NETKEY_STATUS))
        accept(pair, requests.add_application_key(THERE, ApplicationKey(index, OTHER_KEY, index)))
    refuse(pair, other(NetKeyAdd(99, OTHER_KEY), Opcode.NETKEY_STATUS), Status.INSUFFICIENT_RESOURCES)
    refuse(pair, other(NetKeyAdd(1, NETWORK), Opcode.NETKEY_STATUS), Status.KEY_INDEX_STORED)
    accept(pair, other(NetKeyAdd(1, OTHER_KEY), Opcode.NETKEY_STATUS))
    refuse(
        pair,
        requests.add_application_key(THERE, ApplicationKey(99, OTHER_KEY)),
        Status.INSUFFICIENT_RESOURCES,
    )
    refuse(
        pair,
        requests.add_application_key(THERE, ApplicationKey(1, OTHER_KEY, 2)),
        Status.INVALID_NETKEY_INDEX,
    )
    refuse(pair, other(AppKeyDelete(1, 0), Opcode.APPKEY_STATUS), Status.INVALID_NETKEY_INDEX)
    refuse(pair, other(NetKeyDelete(0), Opcode.NETKEY_STATUS), Status.CANNOT_REMOVE)
    for _ in range(2):
        accept(pair, other(NetKeyDelete(1), Opcode.NETKEY_STATUS))
    assert 1 not in pair.node.state.applications
    accept(pair, other(AppKeyDelete(0, 0), Opcode.APPKEY_STATUS))
    assert pair.node.state.publications == {}
    assert pair.node.state.bound == {(LIGHT, ONOFF_SERVER): set(), (LIGHT + 1, ONOFF_SERVER): set()}


def test_the_keys_are_refreshed_in_three_phases() -> None:
    """And a run that is cut off anywhere is taken up: each step may be asked for again."""
    pair = configured()
    state, keys = pair.node.state, pair.keys
    network = refresh.begin(keys.networks[0], OTHER_KEY)
    application = refresh.begin_application(keys.applications[0], Secret(b"the next app key"))
    keys.networks[0], keys.applications[0] = network, application
    stage = Stage.UNTOUCHED
    assert refresh.wanted(network, (stage,)) is Stage.HAS_KEYS and refresh.moved(network, (stage,)) == network
    seen = []
    while network.phase is not Phase.NORMAL:
        for request in refresh.steps(THERE, stage, network, (application,)):
            for _ in range(2):
                accept(pair, request)
        stage = Stage(stage + 1)
        network = refresh.moved(network, (stage,))
        keys.networks[0] = network
        seen.append((stage, network.phase, state.networks[0].phase))
        accept(pair, requests.set_onoff(LIGHT, 0, stage % 2 == 1, stage))
    assert seen == [
        (Stage.HAS_KEYS, Phase.SWITCH, Phase.DISTRIBUTION),
        (Stage.SWITCHED, Phase.SWITCH, Phase.SWITCH),
        (Stage.FINISHED, Phase.NORMAL, Phase.NORMAL),
    ]
    assert state.networks[0] == network == NetworkKey(0, OTHER_KEY)
    assert state.applications[0].old is None and state.applications[0].key == application.key
    assert refresh.steps(THERE, Stage.FINISHED, network, ()) == ()
    assert refresh.wanted(network, ()) is Stage.UNTOUCHED
    assert refresh.moved(network, (Stage.FINISHED,)) == network


def test_nobody_finishes_before_everybody_has_switched() -> None:
    switching = NetworkKey(0, OTHER_KEY, Phase.SWITCH, NETWORK)
    assert refresh.wanted(switching, (Stage.SWITCHED, Stage.HAS_KEYS)) is Stage.SWITCHED
    assert refresh.wanted(switching, (Stage.SWITCHED, Stage.FINISHED)) is Stage.FINISHED
    assert refresh.moved(switching, (Stage.SWITCHED, Stage.FINISHED)) == switching


def test_a_refresh_can_not_be_begun_twice_with_different_keys() -> None:
    pair = configured()
    accept(pair, requests.update_network_key(THERE, NetworkKey(0, OTHER_KEY)))
    pair.keys.networks[0] = NetworkKey(0, OTHER_KEY, Phase.DISTRIBUTION, NETWORK)
    refuse(pair, requests.update_network_key(THERE, NetworkKey(0, Secret(bytes(16)))), Status.CANNOT_UPDATE)
    accept(pair, requests.update_application_key(THERE, ApplicationKey(0, OTHER_KEY)))
    refuse(pair, requests.update_application_key(THERE, ApplicationKey(0, NETWORK)), Status.CANNOT_UPDATE)
    refuse(
        pair, requests.update_application_key(THERE, ApplicationKey(5, NETWORK)), Status.INVALID_APPKEY_INDEX
    )
    refuse(
        pair,
        requests.update_application_key(THERE, ApplicationKey(0, NETWORK, 5)),
        Status.INVALID_NETKEY_INDEX,
    )
    accept(pair, other(NetKeyAdd(1, OTHER_KEY), Opcode.NETKEY_STATUS))
    refuse(
        pair, requests.update_application_key(THERE, ApplicationKey(0, NETWORK, 1)), Status.INVALID_BINDING
    )
    told = pair.ask(other(KeyRefreshGet(0), Opcode.KEY_REFRESH_STATUS))
    assert told == KeyRefreshStatus(Status.SUCCESS, 0, Phase.DISTRIBUTION)
    # While one subnet is finished, the keys of others stay.
    accept(pair, requests.add_application_key(THERE, ApplicationKey(1, NETWORK, 1)))
    accept(pair, requests.move_refresh(THERE, 0, Transition.TO_NORMAL))
    assert pair.node.state.networks[0] == NetworkKey(0, OTHER_KEY)
    assert pair.node.state.applications[1].key == NETWORK


def test_beacons_of_the_new_key_move_a_node_on() -> None:
    pair = configured()
    accept(pair, requests.update_network_key(THERE, NetworkKey(0, OTHER_KEY)))
    state = pair.node.state
    for key, refreshing, phase in (
        (NETWORK, True, Phase.DISTRIBUTION),
        (OTHER_KEY, True, Phase.SWITCH),
        (OTHER_KEY, True, Phase.SWITCH),
        (OTHER_KEY, False, Phase.NORMAL),
    ):
        octets = SecureBeacon(0, refreshing).encode(network_credentials(key))
        pair.node.hear(ProxyPduType.BEACON, octets, pair.now)
        assert state.networks[0].phase is phase
    assert state.networks[0] == NetworkKey(0, OTHER_KEY)
