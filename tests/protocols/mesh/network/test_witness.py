"""What another implementation sends is what this one sends, and is heard."""

from __future__ import annotations

from companion.protocols.mesh.network.effects import AccessMessage, Keys, ProxyTold
from companion.protocols.mesh.network.iv_index import IvState
from companion.protocols.mesh.network.keys import ApplicationKey, NetworkKey
from companion.protocols.mesh.network.proxy import (
    AddAddresses,
    FilterType,
    ProxyMessage,
    ProxyPduType,
    SetFilterType,
)
from companion.protocols.mesh.network.replay import ReplayList
from companion.protocols.mesh.network.sequence import SequenceNumbers
from companion.protocols.mesh.network.stack import Stack
from tests.protocols.mesh.network import sample_data, witness
from tests.protocols.mesh.network.peers import delivered, hear, sent
from tests.protocols.mesh.network.sample_data import IV_INDEX


def stack(address: int, used: int) -> Stack:
    keys = Keys(
        {0: NetworkKey(0, sample_data.NETWORK_KEY)},
        {0: ApplicationKey(0, sample_data.APPLICATION_KEY)},
        lambda address: sample_data.DEVICE_KEY,
    )
    numbers = SequenceNumbers(IV_INDEX, used, lambda iv_index, used: None)
    return Stack(address, 1, keys, IvState(IV_INDEX), numbers, ReplayList())


def test_messages_are_the_same_octets_and_are_read() -> None:
    for message, octets in (
        (AccessMessage(0x0003, 0x1201, bytes.fromhex("82020122"), 0), (witness.SHORT,)),
        (AccessMessage(0x0003, 0x1201, bytes(range(100)), ttl=4), witness.LONG),
    ):
        made = sent(stack(0x0003, 0x3129AB).send(message, 0.0))
        assert [each.hex() for each in made] == list(octets)
        assert delivered(hear(stack(0x1201, 0), [bytes.fromhex(each) for each in octets])) == [message.octets]


def test_a_proxy_is_configured_in_the_same_octets() -> None:
    accept: ProxyMessage = SetFilterType(FilterType.ACCEPT)
    for used, message, octets in (
        (5, accept, witness.FILTER_TYPE),
        (6, AddAddresses((0x0001, 0x0002, 0xC001)), witness.FILTER_ADD),
    ):
        (made,) = sent(stack(0x0001, used).configure_proxy(message), ProxyPduType.CONFIGURATION)
        assert made.hex() == octets
        heard = stack(0x1201, 0).hear(ProxyPduType.CONFIGURATION, made, 0.0)
        assert heard == [ProxyTold(message)]
