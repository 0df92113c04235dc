"""A node is configured, switched and reset by a commissioner, over good air and bad."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable

import pytest

from companion.errors import ProtocolViolation
from companion.protocols.mesh.models import messages, requests
from companion.protocols.mesh.models.client import PAUSE, TRIES, Request, Unanswered
from companion.protocols.mesh.models.identifiers import CONFIGURATION_SERVER, ONOFF_SERVER, ModelId
from companion.protocols.mesh.models.key_messages import (
    AppKeyStatus,
    Transition,
)
from companion.protocols.mesh.models.messages import OtherMessage
from companion.protocols.mesh.models.model_messages import (
    Binding,
    CompositionStatus,
    ModelAppUnbind,
    NodeResetStatus,
    Publication,
    PublicationGet,
    PublicationStatus,
    Subscription,
    SubscriptionDelete,
)
from companion.protocols.mesh.models.onoff import (
    OnOffGet,
    OnOffSetUnacknowledged,
    OnOffStatus,
)
from companion.protocols.mesh.models.opcodes import Opcode
from companion.protocols.mesh.models.status import Status
from companion.protocols.mesh.network.beacon import SecureBeacon
from companion.protocols.mesh.network.effects import (
    AccessMessage,
    BeaconHeard,
    IvChanged,
    ProxyTold,
    Transmit,
)
from companion.protocols.mesh.network.iv_index import IvState
from companion.protocols.mesh.network.keys import (
    ApplicationKey,
    NetworkKey,
    network_credentials,
)
from companion.protocols.mesh.network.proxy import (
    AddAddresses,
    FilterStatus,
    FilterType,
    ProxyPduType,
    RemoveAddresses,
    SetFilterType,
)
from companion.protocols.mesh.node.device import NodeDevice, WasReset
from companion.protocols.mesh.node.onoff_server import SAME
from companion.protocols.mesh.node.proxy_server import MOST_ADDRESSES, ProxyFilter
from tests.protocols.mesh.network.peers import APPLICATION, HERE, NETWORK, THERE
from tests.protocols.mesh.node.pair import (
    COMPOSITION,
    GROUP,
    KEY,
    LIGHT,
    OTHER_KEY,
    Pair,
    accept,
    configured,
    node_state,
    other,
    refuse,
)


def test_a_light_is_configured_and_switched() -> None:
    told: list[tuple[int, bool]] = []
    pair = configured(NodeDevice(node_state(), switched=lambda element, on: told.append((element, on))))
    answer = accept(pair, requests.get_composition(THERE))
    assert requests.composition_in(answer) == COMPOSITION
    for number, on in enumerate((True, True, False)):
        assert requests.onoff_in(accept(pair, requests.set_onoff(LIGHT, 0, on, number))) is on
        assert requests.onoff_in(accept(pair, requests.get_onoff(LIGHT, 0))) is on
    assert told == [(LIGHT, True), (LIGHT, False)]
    assert pair.node.state.lit == {LIGHT: False}


def test_each_part_takes_few_messages() -> None:
    pair = Pair()
    accept(pair, requests.add_application_key(THERE, KEY))
    assert pair.sent == 2
    accept(pair, requests.bind(THERE, LIGHT, ONOFF_SERVER, 0))
    accept(pair, requests.set_onoff(LIGHT, 0, True, 1))
    assert pair.sent == 4


def test_it_works_over_air_that_loses_every_third_message() -> None:
    pair = Pair()
    count = iter(range(1, 10000))
    pair.lose = lambda: next(count) % 3 == 0
    accept(pair, requests.add_application_key(THERE, KEY))
    accept(pair, requests.bind(THERE, LIGHT, ONOFF_SERVER, 0))
    assert requests.composition_in(accept(pair, requests.get_composition(THERE))) == COMPOSITION
    for number in range(6):
        accept(pair, requests.set_onoff(LIGHT, 0, number % 2 == 0, number))
    assert pair.node.state.lit == {LIGHT: False}


@pytest.mark.parametrize(
    "request_of", [lambda: requests.get_composition(THERE), lambda: requests.add_application_key(THERE, KEY)]
)
def test_who_does_not_answer_is_given_up_after_a_known_time(request_of: Callable[[], Request]) -> None:
    pair = Pair()
    pair.lose = lambda: True
    assert pair.ask(request_of()) is None
    assert pair.told == [Unanswered()]
    assert pair.now <= TRIES * PAUSE
    assert pair.client.deadline is None and pair.client.advance(99.0) == []


def test_a_node_without_room_for_a_long_message_is_not_asked_again() -> None:
    from companion.protocols.mesh.network import pdu
    from companion.protocols.mesh.network.lower_transport import Acknowledgement
    from companion.protocols.mesh.network.pdu import NetworkPdu

    pair = Pair()
    pair.client.ask(requests.add_application_key(THERE, KEY), 0.0)
    made = NetworkPdu(True, 5, 1, THERE, HERE, Acknowledgement(0, 0).encode())
    octets = pdu.seal(made, network_credentials(NETWORK), 0)
    assert pair.client.hear(ProxyPduType.NETWORK, octets, 0.0) == [Unanswered(refused=True)]


def test_what_nobody_waits_for_any_more_is_forgotten() -> None:
    pair = Pair()
    pair.client.ask(requests.add_application_key(0x0077, KEY), 0.0)
    # It was for another node, whose segments are given up while this one is asked.
    pair.lose = lambda: False
    assert pair.ask(requests.get_composition(THERE)) is not None
    now = 0.0
    for _ in range(10):
        now += 1.0
        assert [each for each in pair.client.advance(now) if isinstance(each, Unanswered)] == []
    assert pair.client.deadline is None


def test_only_the_answer_that_is_waited_for_counts() -> None:
    pair = configured()
    # A light publishes to us while we wait for its composition, and says what it is.
    node = pair.node
    accept(pair, requests.publish(THERE, Publication(LIGHT, HERE, 0, ONOFF_SERVER)))
    pair.client.ask(requests.get_composition(THERE), pair.now)
    assert pair.to_client(node.switch(LIGHT, True, pair.now)) == []
    # Neither does what has no opcode, of a key that fits.
    for octets in (b"\x7f", messages.encode(OtherMessage(0x8299, b""))):
        sent = node.stack.send(AccessMessage(THERE, HERE, octets), pair.now)
        assert pair.to_client([each for each in sent if isinstance(each, Transmit)]) == []
    assert pair.settle(pair.client.ask(requests.get_composition(THERE), pair.now)) is not None


def test_an_answer_that_makes_no_sense_is_an_error() -> None:

    pair = Pair()
    pair.client.ask(requests.move_refresh(THERE, 0, Transition.TO_SWITCH), 0.0)
    sent = pair.node.stack.send(AccessMessage(THERE, HERE, bytes.fromhex("8017000000ff")), 0.0)
    with pytest.raises(ProtocolViolation):
        pair.to_client([each for each in sent if isinstance(each, Transmit)])
    with pytest.raises(ProtocolViolation):
        requests.composition_in(CompositionStatus(1, COMPOSITION.encode()))
    with pytest.raises(ProtocolViolation):
        requests.onoff_in(NodeResetStatus())
    assert requests.onoff_in(OnOffStatus(False, True, 5)) is True
    request = requests.add_application_key(THERE, KEY)
    with pytest.raises(ProtocolViolation, match="something else"):
        requests.check(request, AppKeyStatus(Status.SUCCESS, 0, 7))


def test_what_it_can_not_do_it_says() -> None:
    pair = configured()
    other = ApplicationKey(0, OTHER_KEY)
    refuse(pair, requests.add_application_key(THERE, other), Status.KEY_INDEX_STORED)
    refuse(
        pair,
        requests.add_application_key(THERE, ApplicationKey(1, APPLICATION, 5)),
        Status.INVALID_NETKEY_INDEX,
    )
    refuse(pair, requests.bind(THERE, 0x0077, ONOFF_SERVER, 0), Status.INVALID_ADDRESS)
    refuse(pair, requests.bind(THERE, LIGHT, ModelId(0x1300), 0), Status.INVALID_MODEL)
    refuse(pair, requests.bind(THERE, LIGHT, ONOFF_SERVER, 9), Status.INVALID_APPKEY_INDEX)
    refuse(pair, requests.bind(THERE, LIGHT, CONFIGURATION_SERVER, 0), Status.CANNOT_BIND)
    refuse(
        pair, requests.publish(THERE, Publication(LIGHT, GROUP, 9, ONOFF_SERVER)), Status.INVALID_APPKEY_INDEX
    )
    refuse(pair, requests.publish(THERE, Publication(0x77, GROUP, 0, ONOFF_SERVER)), Status.INVALID_ADDRESS)
    refuse(pair, requests.subscribe(THERE, Subscription(LIGHT, 0x0005, ONOFF_SERVER)), Status.INVALID_ADDRESS)
    refuse(pair, requests.subscribe(THERE, Subscription(0x77, GROUP, ONOFF_SERVER)), Status.INVALID_ADDRESS)
    refuse(pair, requests.move_refresh(THERE, 0, Transition.TO_SWITCH), Status.CANNOT_SET)
    refuse(pair, requests.move_refresh(THERE, 9, Transition.TO_SWITCH), Status.INVALID_NETKEY_INDEX)
    refuse(pair, requests.update_network_key(THERE, NetworkKey(9, OTHER_KEY)), Status.INVALID_NETKEY_INDEX)
    refuse(pair, requests.update_application_key(THERE, other), Status.CANNOT_UPDATE)


def test_a_switch_on_the_device_is_published_where_it_was_told() -> None:
    pair = configured()
    assert pair.node.switch(LIGHT, True, pair.now) == []
    accept(pair, requests.publish(THERE, Publication(LIGHT, HERE, 0, ONOFF_SERVER, ttl=5)))
    told = pair.ask(other(PublicationGet(LIGHT, ONOFF_SERVER), Opcode.PUBLICATION_STATUS))
    assert told == PublicationStatus(Status.SUCCESS, Publication(LIGHT, HERE, 0, ONOFF_SERVER, ttl=5))
    (published,) = pair.node.switch(LIGHT, False, pair.now)
    assert isinstance(published, Transmit)
    # A group that this client did not ask its proxy for does not reach it.
    accept(pair, requests.publish(THERE, Publication(LIGHT, GROUP, 0, ONOFF_SERVER)))
    assert pair.node.switch(LIGHT, True, pair.now) == []
    accept(pair, requests.publish(THERE, Publication(LIGHT, 0, 0, ONOFF_SERVER)))
    nothing = pair.ask(other(PublicationGet(LIGHT, ONOFF_SERVER), Opcode.PUBLICATION_STATUS))
    assert isinstance(nothing, PublicationStatus) and nothing.publication.address == 0
    missing = pair.ask(other(PublicationGet(LIGHT, ModelId(0x1300)), Opcode.PUBLICATION_STATUS))
    assert isinstance(missing, PublicationStatus) and missing.status is Status.INVALID_MODEL


def test_a_group_switches_whoever_subscribed() -> None:

    pair = configured()
    accept(pair, requests.subscribe(THERE, Subscription(LIGHT, GROUP, ONOFF_SERVER)))

    def to_group(on: bool, transaction: int) -> None:
        octets = messages.encode(OnOffSetUnacknowledged(on, transaction))
        for each in pair.stack.send(AccessMessage(HERE, GROUP, octets, 0), pair.now):
            assert isinstance(each, Transmit)
            assert pair.node.hear(each.type, each.octets, pair.now) == []

    to_group(True, 1)
    assert pair.node.state.lit == {LIGHT: True}
    gone = SubscriptionDelete(Subscription(LIGHT, GROUP, ONOFF_SERVER))
    accept(pair, other(gone, Opcode.SUBSCRIPTION_STATUS))
    to_group(False, 2)
    assert pair.node.state.lit == {LIGHT: True}


def test_a_repeated_wish_is_one_wish_for_some_seconds() -> None:
    pair = configured()
    for on, light in ((True, True), (False, True)):
        accept(pair, requests.set_onoff(LIGHT, 0, on, 7))
        assert pair.node.state.lit[LIGHT] is light
    pair.now += SAME
    accept(pair, requests.set_onoff(LIGHT, 0, False, 7))
    assert pair.node.state.lit[LIGHT] is False


def test_without_the_key_bound_or_with_the_wrong_key_nothing_happens() -> None:
    pair = configured()
    assert pair.send(messages.encode(OnOffStatus(True)), 0) == []
    gone = ModelAppUnbind(Binding(LIGHT, 0, ONOFF_SERVER))
    accept(pair, other(gone, Opcode.MODEL_APP_STATUS))
    assert pair.ask(requests.set_onoff(LIGHT, 0, True, 1)) is None
    assert pair.node.state.lit == {}
    # Configuration is for the first element and the device key alone; statuses are no requests.
    assert pair.ask(Request(LIGHT + 1, OnOffGet(), Opcode.ONOFF_STATUS)) is None
    assert pair.send(messages.encode(NodeResetStatus())) == []
    assert pair.send(b"\x7f") == []
    assert pair.send(messages.encode(OtherMessage(0x8299, b""))) == []


def test_a_reset_node_says_so_and_is_silent_from_then_on() -> None:
    pair = configured()
    assert accept(pair, requests.reset(THERE)) == NodeResetStatus()
    assert pair.node.was_reset and pair.node.deadline is None
    assert pair.ask(requests.get_composition(THERE)) is None
    pair = configured()
    *_, last = pair.send(messages.encode(requests.reset(THERE).message))
    assert last == WasReset()


def test_a_new_client_is_told_of_the_network_and_sets_its_filter() -> None:
    pair = Pair()
    told = pair.to_client(pair.node.connected())
    assert told == [BeaconHeard(SecureBeacon(0), 0, by_new_key=False)]
    for message, size in ((SetFilterType(FilterType.ACCEPT), 0), (AddAddresses((HERE, GROUP)), 2)):
        effects = pair.stack.configure_proxy(message)
        pair.settle([each for each in effects if isinstance(each, Transmit)])
        assert pair.told[-1] == ProxyTold(FilterStatus(FilterType.ACCEPT, size))
    # A proxy that answers its own kind is not answered.
    effects = pair.stack.configure_proxy(FilterStatus(FilterType.ACCEPT, 0))
    (only,) = (each for each in effects if isinstance(each, Transmit))
    assert pair.node.hear(only.type, only.octets, 0.0) == []


def test_a_node_follows_the_iv_index_and_goes_on() -> None:
    pair = configured()
    octets = SecureBeacon(1).encode(network_credentials(NETWORK))
    pair.node.hear(ProxyPduType.BEACON, octets, pair.now)
    assert pair.node.state.iv == IvState(1)
    heard = pair.to_client(pair.node.connected())
    assert IvChanged(IvState(1)) in heard
    accept(pair, requests.set_onoff(LIGHT, 0, True, 1))


def test_a_filter_takes_bounded_room_and_may_be_turned_round() -> None:
    filter = ProxyFilter()
    assert not filter.passes(HERE)
    filter.sent_from(HERE)
    assert filter.passes(HERE)
    status = filter.change(AddAddresses(tuple(range(1, 500))))
    assert status == FilterStatus(FilterType.ACCEPT, MOST_ADDRESSES)
    filter.change(RemoveAddresses((HERE,)))
    assert not filter.passes(HERE)
    filter.change(SetFilterType(FilterType.REJECT))
    assert filter.passes(HERE)
    filter.change(AddAddresses((HERE,)))
    assert not filter.passes(HERE)
    filter.sent_from(HERE)
    assert filter.passes(HERE)


def test_a_light_keeps_its_state() -> None:
    state = dataclasses.replace(node_state(), lit={LIGHT: True})
    pair = configured(NodeDevice(state))
    assert requests.onoff_in(accept(pair, requests.get_onoff(LIGHT, 0))) is True
