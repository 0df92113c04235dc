"""A node's stack among friends and among those who repeat, forge and confuse."""

from __future__ import annotations

import dataclasses

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from companion.protocols.mesh.network import pdu, proxy
from companion.protocols.mesh.network.beacon import SecureBeacon, read
from companion.protocols.mesh.network.effects import (
    BeaconHeard,
    Delivered,
    Ignored,
    IvChanged,
    ProxyTold,
    Undelivered,
)
from companion.protocols.mesh.network.iv_index import FURTHEST, IvState
from companion.protocols.mesh.network.keys import ApplicationKey, NetworkKey, Phase, network_credentials
from companion.protocols.mesh.network.lower_transport import Acknowledgement
from companion.protocols.mesh.network.pdu import NetworkPdu
from companion.protocols.mesh.network.proxy import (
    AddAddresses,
    FilterStatus,
    FilterType,
    ProxyMessage,
    ProxyPduType,
    RemoveAddresses,
    SetFilterType,
)
from companion.protocols.mesh.network.replay import ReplayList
from companion.secret import Secret
from tests.protocols.mesh.network import sample_data
from tests.protocols.mesh.network.peers import (
    APPLICATION,
    HERE,
    NETWORK,
    THERE,
    delivered,
    hear,
    sent,
    stack,
    to,
)

CREDENTIALS = network_credentials(NETWORK)


def test_a_short_message_goes_in_one_pdu_with_either_key() -> None:
    here, there = stack(HERE), stack(THERE)
    for application in (None, 0):
        (octets,) = sent(here.send(to(THERE, b"\x82\x01", application), 0.0))
        (heard,) = hear(there, [octets])
        assert isinstance(heard, Delivered)
        assert heard.message.octets == b"\x82\x01" and heard.message.application == application
        assert heard.message.source == HERE and heard.message.destination == THERE


def test_a_group_hears_it_and_other_elements_do_not() -> None:
    here, there, third = stack(HERE), stack(THERE, elements=3), stack(0x0020)
    (octets,) = sent(here.send(to(0xC001, b"\x82\x01", 0), 0.0))
    assert delivered(hear(there, [octets])) == delivered(hear(third, [octets])) == [b"\x82\x01"]
    (octets,) = sent(here.send(to(THERE + 2, b"\x82\x02", 0), 0.0))
    assert delivered(hear(there, [octets])) == [b"\x82\x02"] and hear(third, [octets]) == []
    assert third.ignored[Ignored.ELSEWHERE] == 1


def test_what_was_repeated_is_heard_once_even_after_a_restart() -> None:
    here = stack(HERE)
    kept: dict[int, tuple[int, int]] = {}

    def keep(source: int, iv_index: int, sequence: int) -> None:
        kept[source] = iv_index, sequence

    there = stack(THERE, replay=ReplayList(keep=keep))
    first, second = (sent(here.send(to(THERE, octets), 0.0))[0] for octets in (b"\x01", b"\x02"))
    assert delivered(hear(there, [second, second, first])) == [b"\x02"]
    assert there.ignored[Ignored.REPLAYED] == 2
    again = stack(THERE, replay=ReplayList(kept))
    assert hear(again, [first, second]) == []
    third = sent(here.send(to(THERE, b"\x03"), 0.0))
    assert delivered(hear(again, third)) == [b"\x03"]


def test_a_segmented_message_is_not_heard_again_either() -> None:
    here, there = stack(HERE), stack(THERE)
    segments = sent(here.send(to(THERE, bytes(40)), 0.0))
    assert delivered(hear(there, segments)) == [bytes(40)]
    there.advance(100.0)
    assert hear(there, segments, 100.0) == []
    assert there.ignored[Ignored.REPLAYED] == len(segments)


def test_a_short_message_between_segments_does_not_cost_the_long_one() -> None:
    here, there = stack(HERE), stack(THERE)
    first, *rest = sent(here.send(to(THERE, bytes(40)), 0.0))
    between = sent(here.send(to(THERE, b"\x01"), 0.0))
    assert delivered(hear(there, [first, *between, *rest])) == [b"\x01", bytes(40)]
    assert hear(there, between) == []


def test_sources_beyond_the_room_for_them_are_not_heard() -> None:
    there = stack(THERE, replay=ReplayList(most=1))
    for source, heard in ((1, [b"\x01"]), (2, [])):
        message = dataclasses.replace(to(THERE, b"\x01"), source=source)
        assert delivered(hear(there, sent(stack(source).send(message, 0.0)))) == heard


def test_the_key_must_be_here() -> None:
    here = stack(HERE)
    with pytest.raises(ValueError, match="application key 7"):
        here.send(to(THERE, b"\x01", 7), 0.0)
    with pytest.raises(ValueError, match="network key 3"):
        here.send(dataclasses.replace(to(THERE, b"\x01"), network=3), 0.0)
    here.keys = dataclasses.replace(here.keys, device=lambda address: None)
    with pytest.raises(ValueError, match="no device key for 0010"):
        here.send(to(THERE, b"\x01"), 0.0)
    with pytest.raises(ValueError, match="to a group"):
        here.send(to(0xC000, bytes(40), 0), 0.0)


def test_of_another_application_or_without_the_device_key_it_is_unreadable() -> None:
    here, there = stack(HERE), stack(THERE)
    for message in (to(THERE, b"\x01"), to(THERE, b"\x01", 0)):
        there.keys = dataclasses.replace(there.keys, device=lambda address: None, applications={})
        assert hear(there, sent(here.send(message, 0.0))) == []
    there.keys = dataclasses.replace(there.keys, device=lambda address: Secret(bytes(16)))
    assert hear(there, sent(here.send(to(THERE, b"\x01"), 0.0))) == []
    there.keys.applications[0] = ApplicationKey(0, Secret(bytes(16)))
    assert hear(there, sent(here.send(to(THERE, b"\x01", 0), 0.0))) == []
    assert there.ignored[Ignored.UNREADABLE] == 4


@settings(max_examples=25)
@given(st.binary(max_size=40), st.sampled_from(ProxyPduType))
def test_noise_changes_nothing(octets: bytes, kind: ProxyPduType) -> None:
    here = stack(HERE)
    assert here.hear(kind, octets, 0.0) == []
    assert sum(here.ignored.values()) == 1 and here.deadline is None


@settings(max_examples=25)
@given(st.binary(min_size=1, max_size=12), st.booleans(), st.integers(0, 0xFFFF))
def test_insiders_who_break_the_rules_break_nothing(transport: bytes, control: bool, group: int) -> None:
    here = stack(HERE)
    made = NetworkPdu(control, 5, 9, THERE, group if group % 2 else HERE, transport)
    hear(here, [pdu.seal(made, CREDENTIALS, 5)])
    here.advance(100.0)
    assert here.deadline is None


def test_our_own_messages_come_back_and_are_not_heard() -> None:
    here = stack(HERE)
    octets = sent(here.send(to(0xFFFF, b"\x01", 0), 0.0))
    assert hear(here, octets) == [] and here.ignored[Ignored.ELSEWHERE] == 1


def test_segments_for_a_group_and_other_control_messages_are_left_out() -> None:
    here = stack(HERE)
    for control, destination, transport in (
        (False, 0xC000, bytes.fromhex("8000000000")),
        (True, HERE, bytes.fromhex("0a7f000000")),
        (True, HERE, Acknowledgement(5, 1).encode()),
    ):
        made = NetworkPdu(control, 5, 9 + here.ignored.total(), THERE, destination, transport)
        assert hear(here, [pdu.seal(made, CREDENTIALS, 5)]) == []
    assert here.ignored[Ignored.ELSEWHERE] == 3
    hear(here, [pdu.seal(NetworkPdu(True, 5, 99, THERE, HERE, bytes(3)), CREDENTIALS, 5)])
    assert here.ignored[Ignored.MALFORMED] == 1


def test_a_friend_acknowledges_for_a_node_that_sleeps_and_others_do_not() -> None:
    here = stack(HERE)
    here.send(to(THERE, bytes(40)), 0.0)
    zero = 0
    for sequence, told in enumerate((Acknowledgement(zero, 0xF), Acknowledgement(zero, 0xF, on_behalf=True))):
        made = NetworkPdu(True, 5, sequence + 1, 0x0033, HERE, told.encode())
        hear(here, [pdu.seal(made, CREDENTIALS, 5)])
        assert (here.deadline is None) == told.on_behalf


def test_a_node_without_room_ends_it_at_once() -> None:
    here = stack(HERE)
    here.send(to(THERE, bytes(40)), 0.0)
    made = NetworkPdu(True, 5, 1, THERE, HERE, Acknowledgement(0, 0).encode())
    assert hear(here, [pdu.seal(made, CREDENTIALS, 5)]) == [Undelivered(THERE, refused=True)]


def beacon(iv_index: int, *, update: bool = False, refresh: bool = False, key: Secret = NETWORK) -> bytes:
    return SecureBeacon(iv_index, refresh, update).encode(network_credentials(key))


def test_the_beacon_of_the_sample_data() -> None:
    credentials = network_credentials(sample_data.NETWORK_KEY)
    made = SecureBeacon(sample_data.IV_INDEX)
    assert made.encode(credentials).hex() == sample_data.BEACON
    assert read(bytes.fromhex(sample_data.BEACON), credentials) == made
    for at in range(22):
        changed = bytearray.fromhex(sample_data.BEACON)
        changed[at] ^= 1
        assert read(bytes(changed), credentials) is None


def test_beacons_move_the_iv_index_only_forwards() -> None:
    here = stack(HERE)
    for octets, state in (
        (beacon(4), IvState(5)),
        (beacon(5, update=True), IvState(5)),
        (beacon(5 + FURTHEST + 1), IvState(5)),
        (beacon(6, update=True), IvState(6, updating=True)),
        (beacon(6, update=True), IvState(6, updating=True)),
        (beacon(6), IvState(6)),
        (beacon(6 + FURTHEST), IvState(6 + FURTHEST)),
        (beacon(6), IvState(6 + FURTHEST)),
    ):
        before = here.iv
        heard = here.hear(ProxyPduType.BEACON, octets, 0.0)
        assert isinstance(heard[0], BeaconHeard)
        assert here.iv == state and heard[1:] == ([] if before == state else [IvChanged(state)])
    assert here.hear(ProxyPduType.BEACON, beacon(99, key=Secret(bytes(16))), 0.0) == []
    assert IvState(6, updating=True).sending == 5 and IvState(0, updating=True).sending == 0


def test_who_comes_into_a_network_believes_its_first_beacon() -> None:
    here = stack(HERE, iv=IvState(0, known=False))
    assert IvChanged(IvState(900, updating=True)) in here.hear(
        ProxyPduType.BEACON, beacon(900, update=True), 0.0
    )
    assert here.hear(ProxyPduType.BEACON, beacon(2000), 0.0)[1:] == []


def test_a_message_in_segments_ends_with_the_iv_index_it_began_with() -> None:
    here, there = stack(HERE), stack(THERE)
    segments = sent(here.send(to(THERE, bytes(40)), 0.0))
    assert len(here.hear(ProxyPduType.BEACON, beacon(6), 0.0)) == 1
    assert here.iv == IvState(5)
    acknowledged = sent(hear(there, segments))
    assert hear(here, acknowledged) == [IvChanged(IvState(6))]
    again = sent(here.send(to(THERE, b"\x01"), 0.0))
    assert hear(there, again) == []
    there.hear(ProxyPduType.BEACON, beacon(6), 0.0)
    assert delivered(hear(there, again)) == [b"\x01"]


def test_a_wrong_iv_index_is_not_heard() -> None:
    here, there = stack(HERE, iv=IvState(9)), stack(THERE)
    assert hear(there, sent(here.send(to(THERE, b"\x01"), 0.0))) == []
    assert there.ignored[Ignored.FOREIGN] == 1


PROXY_MESSAGES = st.one_of(
    st.builds(SetFilterType, st.sampled_from(FilterType)),
    st.builds(
        AddAddresses, st.lists(st.integers(0, 0xFFFF), min_size=1, max_size=proxy.MOST_ADDRESSES).map(tuple)
    ),
    st.builds(
        RemoveAddresses,
        st.lists(st.integers(0, 0xFFFF), min_size=1, max_size=proxy.MOST_ADDRESSES).map(tuple),
    ),
    st.builds(FilterStatus, st.sampled_from(FilterType), st.integers(0, 0xFFFF)),
)


@settings(max_examples=25)
@given(PROXY_MESSAGES)
def test_what_is_told_to_a_proxy_is_heard_once_and_not_as_a_message(message: ProxyMessage) -> None:
    here, there = stack(HERE), stack(THERE)
    (octets,) = sent(here.configure_proxy(message), ProxyPduType.CONFIGURATION)
    assert there.hear(ProxyPduType.NETWORK, octets, 0.0) == []
    assert there.hear(ProxyPduType.CONFIGURATION, octets, 0.0) == [ProxyTold(message)]
    assert there.hear(ProxyPduType.CONFIGURATION, octets, 0.0) == []


def test_each_proxy_message_is_heard_once_and_nothing_of_provisioning() -> None:
    here, there = stack(HERE), stack(THERE)
    for message in (
        SetFilterType(FilterType.REJECT),
        AddAddresses((HERE, 0xC001)),
        RemoveAddresses((0xC001,)),
        FilterStatus(FilterType.REJECT, 1),
    ):
        (octets,) = sent(here.configure_proxy(message), ProxyPduType.CONFIGURATION)
        assert there.hear(ProxyPduType.CONFIGURATION, octets, 0.0) == [ProxyTold(message)]
        assert there.hear(ProxyPduType.CONFIGURATION, octets, 0.0) == []
        assert there.hear(ProxyPduType.CONFIGURATION, octets[:-1], 0.0) == []
        assert there.hear(ProxyPduType.PROVISIONING, octets, 0.0) == []
    assert there.ignored == {Ignored.REPLAYED: 4, Ignored.FOREIGN: 4, Ignored.ELSEWHERE: 4}


def test_two_messages_in_segments_are_acknowledged_each_by_its_own() -> None:
    here, there = stack(HERE), stack(0x0020)
    here.send(to(THERE, bytes(40)), 0.0)
    answers = sent(hear(there, sent(here.send(to(0x0020, bytes(40)), 0.0))))
    assert hear(here, answers) == [] and here.deadline is not None


@pytest.mark.parametrize("transport", ["00", "0007", "0102", "01", "02", "0300", "030900ff", "04"])
def test_a_malformed_proxy_message_is_left_out(transport: str) -> None:
    here = stack(HERE)
    made = NetworkPdu(True, 0, 1, THERE, 0, bytes.fromhex(transport))
    assert here.hear(ProxyPduType.CONFIGURATION, pdu.seal(made, CREDENTIALS, 5, proxy=True), 0.0) == []
    made = NetworkPdu(True, 0, 2, THERE, HERE, b"\x00\x00")
    assert here.hear(ProxyPduType.CONFIGURATION, pdu.seal(made, CREDENTIALS, 5, proxy=True), 0.0) == []
    assert here.ignored[Ignored.MALFORMED] == 2


def test_both_keys_of_a_refresh_are_understood_and_the_beacon_says_which() -> None:
    new = Secret(b"the next network")
    here, there = stack(HERE), stack(THERE)
    for phase, sent_with in ((Phase.DISTRIBUTION, NETWORK), (Phase.SWITCH, new)):
        here.keys.networks[0] = NetworkKey(0, new, phase, NETWORK)
        (octets,) = sent(here.send(to(THERE, b"\x01", 0), 0.0))
        assert octets[0] & 0x7F == network_credentials(sent_with).nid
        (told,) = sent(here.beacon(), ProxyPduType.BEACON)
        there.keys.networks[0] = NetworkKey(0, new, Phase.DISTRIBUTION, NETWORK)
        there.keys.applications[0] = ApplicationKey(0, new, old=APPLICATION)
        heard = there.hear(ProxyPduType.BEACON, told, 0.0)
        assert heard == [BeaconHeard(SecureBeacon(5, phase is Phase.SWITCH), 0, sent_with == new)]
        assert delivered(hear(there, [octets])) == [b"\x01"]
