"""Configuration messages about a node's models: keys bound to them, publication, subscription; and its reset.

Mesh Protocol 1.1, 4.3.2.4, 4.3.2.15 to 4.3.2.24, 4.3.2.46 to 4.3.2.54.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from companion.errors import ProtocolViolation
from companion.protocols.mesh.models import identifiers
from companion.protocols.mesh.models.identifiers import ModelId
from companion.protocols.mesh.models.opcodes import Opcode
from companion.protocols.mesh.models.status import Status
from companion.protocols.mesh.models.status import decode as status_in
from companion.protocols.mesh.network.keys import LAST_INDEX

USE_DEFAULT_TTL = 0xFF
_LOW_POWER_CREDENTIALS = 1 << 12


@dataclass(frozen=True)
class CompositionGet:
    page: int = 0
    OPCODE: ClassVar[Opcode] = Opcode.COMPOSITION_GET

    def parameters(self) -> bytes:
        return bytes([self.page])


@dataclass(frozen=True)
class CompositionStatus:
    """data: as `composition.decode` reads page 0"""

    page: int
    data: bytes
    OPCODE: ClassVar[Opcode] = Opcode.COMPOSITION_STATUS

    def parameters(self) -> bytes:
        return bytes([self.page]) + self.data


@dataclass(frozen=True)
class Binding:
    """An application key to a model of an element."""

    element: int
    application: int
    model: ModelId

    def encode(self) -> bytes:
        addresses = self.element.to_bytes(2, "little") + self.application.to_bytes(2, "little")
        return addresses + self.model.encode()


@dataclass(frozen=True)
class ModelAppBind:
    binding: Binding
    OPCODE: ClassVar[Opcode] = Opcode.MODEL_APP_BIND

    def parameters(self) -> bytes:
        return self.binding.encode()


@dataclass(frozen=True)
class ModelAppUnbind(ModelAppBind):
    OPCODE = Opcode.MODEL_APP_UNBIND


@dataclass(frozen=True)
class ModelAppStatus:
    status: Status
    binding: Binding
    OPCODE: ClassVar[Opcode] = Opcode.MODEL_APP_STATUS

    def parameters(self) -> bytes:
        return bytes([self.status]) + self.binding.encode()


@dataclass(frozen=True)
class Publication:
    """What a model of an element tells by itself, and to whom. address 0: to nobody

    period: steps (6 bits) and their resolution (2 bits: 0.1, 1, 10 s, 10 min), 0 for only on a change
    retransmit: how often more (3 bits) and after how many times 50 ms, less one (5 bits)
    """

    element: int
    address: int
    application: int
    model: ModelId
    ttl: int = USE_DEFAULT_TTL
    period: int = 0
    retransmit: int = 0
    low_power: bool = False

    def encode(self) -> bytes:
        key = self.application | _LOW_POWER_CREDENTIALS * self.low_power
        head = b"".join(each.to_bytes(2, "little") for each in (self.element, self.address, key))
        return head + bytes([self.ttl, self.period, self.retransmit]) + self.model.encode()


@dataclass(frozen=True)
class PublicationGet:
    element: int
    model: ModelId
    OPCODE: ClassVar[Opcode] = Opcode.PUBLICATION_GET

    def parameters(self) -> bytes:
        return self.element.to_bytes(2, "little") + self.model.encode()


@dataclass(frozen=True)
class PublicationSet:
    publication: Publication
    OPCODE: ClassVar[Opcode] = Opcode.PUBLICATION_SET

    def parameters(self) -> bytes:
        return self.publication.encode()


@dataclass(frozen=True)
class PublicationStatus:
    status: Status
    publication: Publication
    OPCODE: ClassVar[Opcode] = Opcode.PUBLICATION_STATUS

    def parameters(self) -> bytes:
        return bytes([self.status]) + self.publication.encode()


@dataclass(frozen=True)
class Subscription:
    """A group that a model of an element listens to."""

    element: int
    address: int
    model: ModelId

    def encode(self) -> bytes:
        addresses = self.element.to_bytes(2, "little") + self.address.to_bytes(2, "little")
        return addresses + self.model.encode()


@dataclass(frozen=True)
class SubscriptionAdd:
    subscription: Subscription
    OPCODE: ClassVar[Opcode] = Opcode.SUBSCRIPTION_ADD

    def parameters(self) -> bytes:
        return self.subscription.encode()


@dataclass(frozen=True)
class SubscriptionDelete(SubscriptionAdd):
    OPCODE = Opcode.SUBSCRIPTION_DELETE


@dataclass(frozen=True)
class SubscriptionStatus:
    status: Status
    subscription: Subscription
    OPCODE: ClassVar[Opcode] = Opcode.SUBSCRIPTION_STATUS

    def parameters(self) -> bytes:
        return bytes([self.status]) + self.subscription.encode()


@dataclass(frozen=True)
class NodeReset:
    """The node forgets its networks."""

    OPCODE: ClassVar[Opcode] = Opcode.NODE_RESET

    def parameters(self) -> bytes:
        return b""


@dataclass(frozen=True)
class NodeResetStatus(NodeReset):
    OPCODE = Opcode.NODE_RESET_STATUS


ModelMessage = (
    CompositionGet
    | CompositionStatus
    | ModelAppBind
    | ModelAppUnbind
    | ModelAppStatus
    | PublicationGet
    | PublicationSet
    | PublicationStatus
    | SubscriptionAdd
    | SubscriptionDelete
    | SubscriptionStatus
    | NodeReset
    | NodeResetStatus
)


def decode(opcode: int, octets: bytes) -> ModelMessage | None:
    """The message, None for another opcode. Raises ProtocolViolation."""
    match opcode:
        case Opcode.COMPOSITION_GET:
            return CompositionGet(*_exactly(octets, 1))
        case Opcode.COMPOSITION_STATUS:
            return CompositionStatus(_at_least(octets, 1)[0], octets[1:])
        case Opcode.MODEL_APP_BIND:
            return ModelAppBind(_binding(octets))
        case Opcode.MODEL_APP_UNBIND:
            return ModelAppUnbind(_binding(octets))
        case Opcode.MODEL_APP_STATUS:
            return ModelAppStatus(status_in(_at_least(octets, 1)[0]), _binding(octets[1:]))
        case Opcode.PUBLICATION_GET:
            return PublicationGet(_word(_at_least(octets, 2), 0), identifiers.decode(octets[2:]))
        case Opcode.PUBLICATION_SET:
            return PublicationSet(_publication(octets))
        case Opcode.PUBLICATION_STATUS:
            return PublicationStatus(status_in(_at_least(octets, 1)[0]), _publication(octets[1:]))
        case Opcode.SUBSCRIPTION_ADD:
            return SubscriptionAdd(_subscription(octets))
        case Opcode.SUBSCRIPTION_DELETE:
            return SubscriptionDelete(_subscription(octets))
        case Opcode.SUBSCRIPTION_STATUS:
            return SubscriptionStatus(status_in(_at_least(octets, 1)[0]), _subscription(octets[1:]))
        case Opcode.NODE_RESET:
            _exactly(octets, 0)
            return NodeReset()
        case Opcode.NODE_RESET_STATUS:
            _exactly(octets, 0)
            return NodeResetStatus()
        case _:
            return None


def _binding(octets: bytes) -> Binding:
    _at_least(octets, 4)
    return Binding(_word(octets, 0), _word(octets, 2) & LAST_INDEX, identifiers.decode(octets[4:]))


def _publication(octets: bytes) -> Publication:
    _at_least(octets, 9)
    key = _word(octets, 4)
    return Publication(
        _word(octets, 0),
        _word(octets, 2),
        key & LAST_INDEX,
        identifiers.decode(octets[9:]),
        octets[6],
        octets[7],
        octets[8],
        bool(key & _LOW_POWER_CREDENTIALS),
    )


def _subscription(octets: bytes) -> Subscription:
    _at_least(octets, 4)
    return Subscription(_word(octets, 0), _word(octets, 2), identifiers.decode(octets[4:]))


def _word(octets: bytes, at: int) -> int:
    return int.from_bytes(octets[at : at + 2], "little")


def _at_least(octets: bytes, size: int) -> bytes:
    if len(octets) < size:
        raise ProtocolViolation(f"a configuration message of {len(octets)} octets")
    return octets


def _exactly(octets: bytes, size: int) -> bytes:
    if len(octets) != size:
        raise ProtocolViolation(f"a configuration message of {len(octets)} octets")
    return octets
