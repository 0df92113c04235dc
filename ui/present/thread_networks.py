"""The Thread networks of the network page: those that are kept, that the device sees, or that are heard."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from companion.model import BorderRouter, ThreadNetwork
from companion.networks.thread import Dataset, read
from companion.networks.thread.document import pan_id
from companion.questions import ChooseNetwork
from companion.secret import Secret
from ui.engine.events import RadioReady
from ui.flow.core import Flow
from ui.pages.network.meshes import MeshChoice


def meshes(question: ChooseNetwork, flow: Flow) -> tuple[MeshChoice, ...]:
    """Those in the device's range first, by strength; of these the ones first whose dataset is kept."""
    origins = _origins(question, flow)
    kept = [read(dataset) for dataset in origins]
    known = {each.extended_pan_id for each in kept}
    seen = {each.extended_pan_id: each for each in question.meshes if each.extended_pan_id}
    choices = [_kept(each, seen.get(each.extended_pan_id or b""), origins[each.secret]) for each in kept]
    choices.sort(key=lambda choice: -127 if choice.rssi is None else choice.rssi, reverse=True)
    routers = question.border_routers if question.ask_router is not None else ()
    for each in question.meshes:
        if each.extended_pan_id not in known:
            choices.append(_seen(each, next((r for r in routers if _is_of(r, each)), None)))
    for router in routers:
        identity = _identity(router)
        if identity not in known and not any(_is_of(router, each) for each in question.meshes):
            choices.append(MeshChoice(identity, router.network, _heard(router), router=router.name))
    return tuple(choices)


def chosen_mesh(question: ChooseNetwork, flow: Flow) -> Secret | None:
    """The dataset that is filled in: given for this device before."""
    asked = question.previous if question.problem or flow.rescanning else flow.settings or question.previous
    return (asked.thread if asked is not None else None) or flow.suggestion.thread


def _origins(question: ChooseNetwork, flow: Flow) -> dict[Secret, str]:
    """Each dataset that is there, with the words for where it comes from."""
    found = {}
    if flow.suggestion.thread is not None:
        found[flow.suggestion.thread] = _("From the code you scanned")
    if isinstance(flow.radio, RadioReady) and flow.radio.spec == "virtual":
        from companion.virtual import thread_network

        found[thread_network.dataset().secret] = _("A virtual network, dataset filled in")
    if flow.rescanning and question.previous is not None and question.previous.thread is not None:
        found[question.previous.thread] = _("From the border router")
    for dataset in question.datasets:
        found.setdefault(dataset, _("From the key store"))
    return found


def _kept(dataset: Dataset, seen: ThreadNetwork | None, origin: str) -> MeshChoice:
    channel = dataset.channel.number if dataset.channel is not None else 0
    words = _("Near, channel {channel}") if seen is not None else _("Channel {channel}, PAN ID {pan}")
    return MeshChoice(
        dataset.extended_pan_id or b"",
        dataset.name or "",
        words.format(channel=channel, pan=pan_id(dataset)),
        seen.rssi if seen is not None else None,
        dataset.secret,
        origin,
    )


def _seen(network: ThreadNetwork, router: BorderRouter | None) -> MeshChoice:
    words = _("Near, channel {channel}, dataset needed") if network.channel else _("Near, dataset needed")
    return MeshChoice(
        network.extended_pan_id,
        network.name,
        words.format(channel=network.channel),
        network.rssi,
        router=router.name if router is not None else "",
    )


def _heard(router: BorderRouter) -> str:
    if router.maker:
        return _("Border router {name}, {product}").format(name=router.name, product=router.maker)
    return _("Border router {name}").format(name=router.name)


def _is_of(router: BorderRouter, network: ThreadNetwork) -> bool:
    identity = _identity(router)
    return identity == network.extended_pan_id if identity else router.network == network.name


def _identity(router: BorderRouter) -> bytes:
    return bytes.fromhex(router.extended_pan_id)


def _(words: str) -> str:
    return QCoreApplication.translate("thread_networks", words)
