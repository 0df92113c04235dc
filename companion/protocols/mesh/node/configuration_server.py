"""The Configuration Server: a node's keys, bindings and publications (Mesh Protocol 1.1, 4.4.1)."""

from __future__ import annotations

from dataclasses import replace

from companion.protocols.mesh import addresses
from companion.protocols.mesh.models.identifiers import ModelId
from companion.protocols.mesh.models.key_messages import (
    AppKeyAdd,
    AppKeyDelete,
    AppKeyStatus,
    AppKeyUpdate,
    KeyRefreshGet,
    KeyRefreshSet,
    KeyRefreshStatus,
    NetKeyAdd,
    NetKeyDelete,
    NetKeyStatus,
    NetKeyUpdate,
    Transition,
)
from companion.protocols.mesh.models.messages import Message
from companion.protocols.mesh.models.model_messages import (
    CompositionGet,
    CompositionStatus,
    ModelAppBind,
    ModelAppStatus,
    ModelAppUnbind,
    NodeReset,
    NodeResetStatus,
    Publication,
    PublicationGet,
    PublicationSet,
    PublicationStatus,
    SubscriptionAdd,
    SubscriptionDelete,
    SubscriptionStatus,
)
from companion.protocols.mesh.models.status import Status
from companion.protocols.mesh.network.keys import ApplicationKey, NetworkKey, Phase
from companion.protocols.mesh.node.state import NodeState

MOST_KEYS = 8
"""Of each kind; such is the room of small nodes."""


def answer(state: NodeState, message: Message, network: int) -> Message | None:
    """What a request with the device key is answered; None for what is no request.

    network: index of the key of the subnet in which it came. The state is changed; a reset changes nothing
    yet.
    """
    match message:
        case CompositionGet():
            return CompositionStatus(0, state.composition.encode())
        case NodeReset() if not isinstance(message, NodeResetStatus):
            return NodeResetStatus()
        case NetKeyUpdate():
            return NetKeyStatus(_update_network(state, message), message.network)
        case NetKeyAdd():
            return NetKeyStatus(_add_network(state, message), message.network)
        case NetKeyDelete():
            return NetKeyStatus(_delete_network(state, message, network), message.network)
        case AppKeyUpdate():
            return AppKeyStatus(_update_application(state, message), message.network, message.application)
        case AppKeyAdd():
            return AppKeyStatus(_add_application(state, message), message.network, message.application)
        case AppKeyDelete():
            return AppKeyStatus(_delete_application(state, message), message.network, message.application)
        case KeyRefreshGet() | KeyRefreshSet():
            return _refresh(state, message)
        case ModelAppUnbind():
            return ModelAppStatus(_bind(state, message, wanted=False), message.binding)
        case ModelAppBind():
            return ModelAppStatus(_bind(state, message, wanted=True), message.binding)
        case PublicationGet(element, model):
            return _publication(state, element, model)
        case PublicationSet(publication):
            return PublicationStatus(_publish(state, publication), publication)
        case SubscriptionDelete():
            return SubscriptionStatus(_subscribe(state, message, wanted=False), message.subscription)
        case SubscriptionAdd():
            return SubscriptionStatus(_subscribe(state, message, wanted=True), message.subscription)
        case _:
            return None


def follow_beacon(state: NodeState, index: int, *, key_refresh: bool) -> None:
    """A beacon that was made with the newer of two keys moves their refresh on (3.11.4.2, 3.11.4.3)."""
    key = state.networks[index]
    if key_refresh and key.phase is Phase.DISTRIBUTION:
        state.networks[index] = replace(key, phase=Phase.SWITCH)
    elif not key_refresh and key.phase is not Phase.NORMAL:
        _finish(state, key)


def _add_network(state: NodeState, message: NetKeyAdd) -> Status:
    known = state.networks.get(message.network)
    if known is not None:
        return Status.SUCCESS if known.key == message.key else Status.KEY_INDEX_STORED
    if len(state.networks) >= MOST_KEYS:
        return Status.INSUFFICIENT_RESOURCES
    state.networks[message.network] = NetworkKey(message.network, message.key)
    return Status.SUCCESS


def _update_network(state: NodeState, message: NetKeyUpdate) -> Status:
    key = state.networks.get(message.network)
    if key is None:
        return Status.INVALID_NETKEY_INDEX
    if key.phase is Phase.NORMAL:
        state.networks[key.index] = NetworkKey(key.index, message.key, Phase.DISTRIBUTION, key.key)
        return Status.SUCCESS
    same = key.phase is Phase.DISTRIBUTION and key.key == message.key
    return Status.SUCCESS if same else Status.CANNOT_UPDATE


def _delete_network(state: NodeState, message: NetKeyDelete, came_in: int) -> Status:
    if message.network == came_in:
        return Status.CANNOT_REMOVE
    if state.networks.pop(message.network, None) is not None:
        gone = [each.index for each in state.applications.values() if each.network == message.network]
        for index in gone:
            _forget_application(state, index)
    return Status.SUCCESS


def _add_application(state: NodeState, message: AppKeyAdd) -> Status:
    if message.network not in state.networks:
        return Status.INVALID_NETKEY_INDEX
    known = state.applications.get(message.application)
    if known is not None:
        if known.network != message.network:
            return Status.INVALID_NETKEY_INDEX
        return Status.SUCCESS if known.key == message.key else Status.KEY_INDEX_STORED
    if len(state.applications) >= MOST_KEYS:
        return Status.INSUFFICIENT_RESOURCES
    state.applications[message.application] = ApplicationKey(
        message.application, message.key, message.network
    )
    return Status.SUCCESS


def _update_application(state: NodeState, message: AppKeyUpdate) -> Status:
    key, network = state.applications.get(message.application), state.networks.get(message.network)
    if network is None:
        return Status.INVALID_NETKEY_INDEX
    if key is None:
        return Status.INVALID_APPKEY_INDEX
    if key.network != message.network:
        return Status.INVALID_BINDING
    if network.phase is not Phase.DISTRIBUTION or (key.old is not None and key.key != message.key):
        return Status.CANNOT_UPDATE
    if key.old is None:
        state.applications[key.index] = replace(key, key=message.key, old=key.key)
    return Status.SUCCESS


def _delete_application(state: NodeState, message: AppKeyDelete) -> Status:
    key = state.applications.get(message.application)
    if key is not None and key.network != message.network:
        return Status.INVALID_NETKEY_INDEX
    _forget_application(state, message.application)
    return Status.SUCCESS


def _forget_application(state: NodeState, index: int) -> None:
    state.applications.pop(index, None)
    for bound in state.bound.values():
        bound.discard(index)
    for place in [place for place, each in state.publications.items() if each.application == index]:
        del state.publications[place]


def _refresh(state: NodeState, message: KeyRefreshGet | KeyRefreshSet) -> KeyRefreshStatus:
    key = state.networks.get(message.network)
    if key is None:
        return KeyRefreshStatus(Status.INVALID_NETKEY_INDEX, message.network, Phase.NORMAL)
    status = _move(state, key, message.transition) if isinstance(message, KeyRefreshSet) else Status.SUCCESS
    return KeyRefreshStatus(status, key.index, state.networks[key.index].phase)


def _move(state: NodeState, key: NetworkKey, transition: Transition) -> Status:
    if transition is Transition.TO_NORMAL:
        _finish(state, key)
    elif key.phase is Phase.NORMAL:
        return Status.CANNOT_SET
    else:
        state.networks[key.index] = replace(key, phase=Phase.SWITCH)
    return Status.SUCCESS


def _finish(state: NodeState, key: NetworkKey) -> None:
    state.networks[key.index] = replace(key, phase=Phase.NORMAL, old=None)
    for each in list(state.applications.values()):
        if each.network == key.index:
            state.applications[each.index] = replace(each, old=None)


def _bind(state: NodeState, message: ModelAppBind, *, wanted: bool) -> Status:
    binding = message.binding
    if (flaw := _place(state, binding.element, binding.model)) is not None:
        return flaw
    if binding.application not in state.applications:
        return Status.INVALID_APPKEY_INDEX
    if binding.model.is_foundation:
        return Status.CANNOT_BIND
    bound = state.bound.setdefault((binding.element, binding.model), set())
    if wanted:
        bound.add(binding.application)
    else:
        bound.discard(binding.application)
    return Status.SUCCESS


def _publication(state: NodeState, element: int, model: ModelId) -> PublicationStatus:
    nothing = Publication(element, addresses.UNASSIGNED, 0, model, ttl=0)
    if (flaw := _place(state, element, model)) is not None:
        return PublicationStatus(flaw, nothing)
    return PublicationStatus(Status.SUCCESS, state.publications.get((element, model), nothing))


def _publish(state: NodeState, publication: Publication) -> Status:
    place = publication.element, publication.model
    if (flaw := _place(state, *place)) is not None:
        return flaw
    if publication.address == addresses.UNASSIGNED:
        state.publications.pop(place, None)
        return Status.SUCCESS
    if publication.application not in state.applications:
        return Status.INVALID_APPKEY_INDEX
    state.publications[place] = publication
    return Status.SUCCESS


def _subscribe(state: NodeState, message: SubscriptionAdd, *, wanted: bool) -> Status:
    subscription = message.subscription
    if (flaw := _place(state, subscription.element, subscription.model)) is not None:
        return flaw
    if not addresses.is_group(subscription.address):
        return Status.INVALID_ADDRESS
    groups = state.subscriptions.setdefault((subscription.element, subscription.model), set())
    if wanted:
        groups.add(subscription.address)
    else:
        groups.discard(subscription.address)
    return Status.SUCCESS


def _place(state: NodeState, element: int, model: ModelId) -> Status | None:
    if not state.is_element(element):
        return Status.INVALID_ADDRESS
    return None if state.has(element, model) else Status.INVALID_MODEL
