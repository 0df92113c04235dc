"""Two stacks that talk through a list, for tests."""

from __future__ import annotations

from collections.abc import Callable

from companion.protocols.mesh.network.effects import AccessMessage, Delivered, Effect, Keys, Transmit
from companion.protocols.mesh.network.iv_index import IvState
from companion.protocols.mesh.network.keys import ApplicationKey, NetworkKey
from companion.protocols.mesh.network.proxy import ProxyPduType
from companion.protocols.mesh.network.replay import ReplayList
from companion.protocols.mesh.network.sequence import SequenceNumbers
from companion.protocols.mesh.network.stack import Stack
from companion.secret import Secret

NETWORK = Secret(b"network key 0000")
APPLICATION = Secret(b"application key ")
DEVICE = Secret(b"the device's key")
HERE, THERE = 0x0001, 0x0010


def keys() -> Keys:
    return Keys({0: NetworkKey(0, NETWORK)}, {0: ApplicationKey(0, APPLICATION)}, lambda address: DEVICE)


def stack(
    address: int,
    *,
    elements: int = 1,
    iv: IvState = IvState(5),
    used: int = 0,
    keep: Callable[[int, int], None] = lambda iv_index, used: None,
    replay: ReplayList | None = None,
) -> Stack:
    numbers = SequenceNumbers(iv.sending, used, keep)
    return Stack(address, elements, keys(), iv, numbers, replay or ReplayList())


def to(destination: int, octets: bytes, application: int | None = None) -> AccessMessage:
    return AccessMessage(HERE, destination, octets, application)


def sent(effects: list[Effect], type: ProxyPduType = ProxyPduType.NETWORK) -> list[bytes]:
    return [each.octets for each in effects if isinstance(each, Transmit) and each.type is type]


def delivered(effects: list[Effect]) -> list[bytes]:
    return [each.message.octets for each in effects if isinstance(each, Delivered)]


def hear(stack: Stack, octets: list[bytes], now: float = 0.0) -> list[Effect]:
    return [effect for each in octets for effect in stack.hear(ProxyPduType.NETWORK, each, now)]
