"""What goes into a node's stack and what comes out of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias

from companion.protocols.mesh.network.beacon import SecureBeacon
from companion.protocols.mesh.network.iv_index import IvState
from companion.protocols.mesh.network.keys import ApplicationKey, NetworkKey
from companion.protocols.mesh.network.proxy import ProxyMessage, ProxyPduType
from companion.secret import Secret

DEFAULT_TTL = 7


class Ignored(StrEnum):
    """Why something was not heard, for reports."""

    FOREIGN = "not of this network, or not authentic"
    MALFORMED = "malformed"
    REPLAYED = "heard before"
    ELSEWHERE = "for others"
    UNREADABLE = "of a key that is not here"


@dataclass(frozen=True)
class Keys:
    """What a node can read and write with. networks, applications: by index

    device: the device key with which an element is talked to and talks; None: not known
    """

    networks: dict[int, NetworkKey]
    applications: dict[int, ApplicationKey]
    device: Callable[[int], Secret | None]


@dataclass(frozen=True)
class AccessMessage:
    """A message between elements. application: index of its key; None: the device key

    network: index of the key of the subnet that it is sent in; octets: opcode and parameters
    """

    source: int
    destination: int
    octets: bytes
    application: int | None = None
    network: int = 0
    ttl: int = DEFAULT_TTL


@dataclass(frozen=True)
class Transmit:
    """Octets for the bearer."""

    type: ProxyPduType
    octets: bytes


@dataclass(frozen=True)
class Delivered:
    """A message for one of this node's elements, or for a group."""

    message: AccessMessage


@dataclass(frozen=True)
class Undelivered:
    """Of a message in segments, not all were acknowledged. refused: the other side has no room for it"""

    destination: int
    refused: bool


@dataclass(frozen=True)
class ProxyTold:
    """A proxy's message about its filter."""

    message: ProxyMessage


@dataclass(frozen=True)
class BeaconHeard:
    """An authenticated beacon. index: of the network key; by_new_key: made with the newer of its two keys"""

    beacon: SecureBeacon
    index: int
    by_new_key: bool


@dataclass(frozen=True)
class IvChanged:
    """The network's IV index is another one: to be kept."""

    state: IvState


Effect: TypeAlias = Transmit | Delivered | Undelivered | ProxyTold | BeaconHeard | IvChanged
