"""What a commissioner asks of a node, each with the answer that it has, and what that answer means."""

from __future__ import annotations

from companion.errors import ProtocolViolation
from companion.errors.mesh_network import NodeRefused
from companion.protocols.mesh.models import composition
from companion.protocols.mesh.models.client import Request
from companion.protocols.mesh.models.composition import Composition
from companion.protocols.mesh.models.identifiers import ModelId
from companion.protocols.mesh.models.key_messages import (
    AppKeyAdd,
    AppKeyStatus,
    AppKeyUpdate,
    KeyRefreshSet,
    KeyRefreshStatus,
    NetKeyStatus,
    NetKeyUpdate,
    Transition,
)
from companion.protocols.mesh.models.messages import Message
from companion.protocols.mesh.models.model_messages import (
    Binding,
    CompositionGet,
    CompositionStatus,
    ModelAppBind,
    ModelAppStatus,
    NodeReset,
    Publication,
    PublicationSet,
    PublicationStatus,
    Subscription,
    SubscriptionAdd,
    SubscriptionStatus,
)
from companion.protocols.mesh.models.onoff import OnOffGet, OnOffSet, OnOffStatus
from companion.protocols.mesh.models.opcodes import Opcode
from companion.protocols.mesh.models.status import WORDS, Status
from companion.protocols.mesh.network.keys import ApplicationKey, NetworkKey


def get_composition(node: int) -> Request:
    """Page 0. node: address of its first element, here and below"""
    return Request(node, CompositionGet(), Opcode.COMPOSITION_STATUS)


def add_application_key(node: int, key: ApplicationKey) -> Request:
    return Request(node, AppKeyAdd(key.network, key.index, key.key), Opcode.APPKEY_STATUS)


def bind(node: int, element: int, model: ModelId, application: int) -> Request:
    """An application key to a model of the element with an address."""
    return Request(node, ModelAppBind(Binding(element, application, model)), Opcode.MODEL_APP_STATUS)


def publish(node: int, publication: Publication) -> Request:
    return Request(node, PublicationSet(publication), Opcode.PUBLICATION_STATUS)


def subscribe(node: int, subscription: Subscription) -> Request:
    return Request(node, SubscriptionAdd(subscription), Opcode.SUBSCRIPTION_STATUS)


def reset(node: int) -> Request:
    return Request(node, NodeReset(), Opcode.NODE_RESET_STATUS)


def update_network_key(node: int, key: NetworkKey) -> Request:
    return Request(node, NetKeyUpdate(key.index, key.key), Opcode.NETKEY_STATUS)


def update_application_key(node: int, key: ApplicationKey) -> Request:
    return Request(node, AppKeyUpdate(key.network, key.index, key.key), Opcode.APPKEY_STATUS)


def move_refresh(node: int, network: int, transition: Transition) -> Request:
    return Request(node, KeyRefreshSet(network, transition), Opcode.KEY_REFRESH_STATUS)


def get_onoff(element: int, application: int) -> Request:
    return Request(element, OnOffGet(), Opcode.ONOFF_STATUS, application)


def set_onoff(element: int, application: int, on: bool, transaction: int) -> Request:
    """transaction: 8 bits, another one for each new wish"""
    return Request(element, OnOffSet(on, transaction), Opcode.ONOFF_STATUS, application)


def check(request: Request, answer: Message) -> None:
    """Raises NodeRefused for a status that is none of success, ProtocolViolation for another subject."""
    match answer:
        case NetKeyStatus() | AppKeyStatus() | ModelAppStatus() | SubscriptionStatus():
            subject = answer.parameters()[1:]
        case KeyRefreshStatus() | PublicationStatus():
            # Then comes what became of it.
            subject = answer.parameters()[1:3]
        case _:
            return
    if answer.status is not Status.SUCCESS:
        raise NodeRefused(node=f"{request.destination:04x}", reason=WORDS[answer.status])
    if not request.message.parameters().startswith(subject):
        raise ProtocolViolation("the answer is about something else")


def composition_in(answer: Message) -> Composition:
    """Raises ProtocolViolation."""
    if not isinstance(answer, CompositionStatus) or answer.page != 0:
        raise ProtocolViolation("not the composition that was asked for")
    return composition.decode(answer.data)


def onoff_in(answer: Message) -> bool:
    """Whether it is on, or on its way there. Raises ProtocolViolation."""
    if not isinstance(answer, OnOffStatus):
        raise ProtocolViolation("not the state that was asked for")
    return answer.on if answer.target is None else answer.target
