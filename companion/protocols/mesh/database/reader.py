"""A Mesh Configuration Database (CDB 1.0 and 1.0.1, JSON) as a network.

What has no place here is left out: scenes, heartbeat settings, whatever has virtual addresses.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from companion.protocols.mesh import addresses
from companion.protocols.mesh.database import fields
from companion.protocols.mesh.database.fields import Fields, invalid
from companion.protocols.mesh.models import identifiers
from companion.protocols.mesh.models.composition import Composition, Element, Feature
from companion.protocols.mesh.models.identifiers import ModelId
from companion.protocols.mesh.models.model_messages import USE_DEFAULT_TTL, Publication
from companion.protocols.mesh.models.refresh import Stage
from companion.protocols.mesh.network.keys import LAST_INDEX, ApplicationKey, NetworkKey, Phase
from companion.protocols.mesh.settings import Group, ModelSettings, Provisioner, Range
from companion.protocols.mesh.store import MeshNetwork, MeshNode
from companion.secret import Secret

MOST_NODES, MOST_KEYS, MOST_GROUPS, MOST_PROVISIONERS, MOST_RANGES = 4096, 256, 4096, 64, 64
MOST_ELEMENTS, MOST_MODELS, MOST_EXCLUSIONS = 255, 255, 64
_VIRTUAL = 32
"""Hexadecimal digits of a virtual address's label."""
_ON = (0, 1)
"""A feature that is switched off or on is there; 2 says that it is not."""
RESOLUTIONS = (100, 1000, 10_000, 600_000)
"""Milliseconds of a publication period's steps."""


@dataclass(frozen=True)
class Imported:
    """left_out: nodes without a device key, which nobody can configure with this file"""

    network: MeshNetwork
    left_out: int


def read(content: bytes) -> Imported:
    """The network in a file. Its `address` and IV index are not ours yet. Raises MeshFileInvalid."""
    file = fields.read(content)
    network_keys = tuple(_network_key(each) for each in file.objects("netKeys", MOST_KEYS, required=True))
    if not network_keys:
        raise invalid("netKeys", "a list with a key")
    known = {each.index for each in network_keys}
    application_keys = tuple(_application_key(each, known) for each in file.objects("appKeys", MOST_KEYS))
    for name, listed in (("netKeys", network_keys), ("appKeys", application_keys)):
        if len({each.index for each in listed}) < len(listed):
            raise invalid(name, "a list of keys with an index each")
    told = list(file.objects("nodes", MOST_NODES, required=True))
    nodes = tuple(_node(each) for each in told if each.has("deviceKey"))
    left_out = [_addresses(each) for each in told if not each.has("deviceKey")]
    _require_apart(nodes)
    network = MeshNetwork(
        file.uuid("meshUUID").hex(),
        file.text("meshName", ""),
        network_keys,
        application_keys,
        nodes,
        provisioners=tuple(_provisioner(each) for each in file.objects("provisioners", MOST_PROVISIONERS)),
        groups=tuple(
            _group(each)
            for each in file.objects("groups", MOST_GROUPS)
            if len(each.text("address", "")) != _VIRTUAL
        ),
        spent=tuple(dict.fromkeys((*left_out, *_excluded(file)))),
    )
    return Imported(network, len(left_out))


def _network_key(told: Fields) -> NetworkKey:
    phase = Phase(told.number("phase", max(Phase), 0))
    old = told.key("oldKey") if phase is not Phase.NORMAL else None
    return NetworkKey(told.number("index", LAST_INDEX), told.key("key"), phase, old)


def _application_key(told: Fields, networks: set[int]) -> ApplicationKey:
    network = told.number("boundNetKey", LAST_INDEX, 0)
    if network not in networks:
        raise invalid(f"{told.place}.boundNetKey", "one of the network keys")
    old: Secret | None = told.key("oldKey") if told.has("oldKey") else None
    return ApplicationKey(
        told.number("index", LAST_INDEX), told.key("key"), network, told.text("name", ""), old
    )


def _node(told: Fields) -> MeshNode:
    has = _addresses(told)
    address, elements = has.low, list(told.objects("elements", MOST_ELEMENTS))
    models = [_models(each) for each in elements]
    keys = tuple(each.number("index", LAST_INDEX) for each in told.objects("appKeys", MOST_KEYS))
    updated = any(each.flag("updated") for each in told.objects("netKeys", MOST_KEYS))
    return MeshNode(
        address,
        has.high - has.low + 1,
        told.key("deviceKey"),
        told.uuid("UUID"),
        told.text("name", ""),
        _composition(told, elements, models),
        keys,
        tuple(
            settings
            for number, listed in enumerate(models)
            for model, each in listed
            if (settings := _settings(each, number, address + number, model)) is not None
        ),
        Stage.HAS_KEYS if updated else Stage.UNTOUCHED,
    )


def _addresses(told: Fields) -> Range:
    """Of a node: one for each element."""
    low = told.word("unicastAddress")
    high = low + max(1, len(list(told.objects("elements", MOST_ELEMENTS)))) - 1
    if not addresses.is_unicast(low) or not addresses.is_unicast(high):
        raise invalid(f"{told.place}.unicastAddress", "a unicast address")
    return Range(low, high)


def _excluded(file: Fields) -> Iterator[Range]:
    """Addresses of nodes that were removed, which nobody is to be given soon."""
    for told in file.objects("networkExclusions", MOST_EXCLUSIONS):
        for each in told.words("addresses", MOST_NODES):
            address = Fields(f"{told.place}.addresses", {"": each}).word("")
            yield Range(address, address)


def _models(element: Fields) -> list[tuple[ModelId, Fields]]:
    return [(_model(each), each) for each in element.objects("models", MOST_MODELS)]


def _model(told: Fields) -> ModelId:
    try:
        return identifiers.parse(told.text("modelId"))
    except ValueError as error:
        raise invalid(f"{told.place}.modelId", "4 or 8 hexadecimal digits") from error


def _composition(told: Fields, elements: list[Fields], models: list[list[tuple[ModelId, Fields]]]) -> bytes:
    """As the node told it whoever wrote the file; nothing where nobody had asked it yet."""
    if not told.has("cid") or not elements:
        return b""
    features = told.object("features")
    names = {
        "relay": Feature.RELAY,
        "proxy": Feature.PROXY,
        "friend": Feature.FRIEND,
        "lowPower": Feature.LOW_POWER,
    }
    has = (feature for name, feature in names.items() if features.number(name, 2, 2) in _ON)
    return Composition(
        told.word("cid"),
        told.word("pid", "0000"),
        told.word("vid", "0000"),
        told.word("crpl", "0000"),
        Feature(sum(has)),
        tuple(
            Element(tuple(model for model, _ in listed), element.word("location", "0000"))
            for element, listed in zip(elements, models, strict=True)
        ),
    ).encode()


def _settings(told: Fields, number: int, element: int, model: ModelId) -> ModelSettings | None:
    groups = (each for each in told.words("subscribe", MOST_GROUPS) if len(each) != _VIRTUAL)
    settings = ModelSettings(
        number,
        model,
        told.numbers("bind", LAST_INDEX, MOST_KEYS),
        _publication(told.object("publish"), element, model),
        tuple(Fields(f"{told.place}.subscribe", {"": each}).word("") for each in groups),
    )
    return None if settings == ModelSettings(number, model) else settings


def _publication(told: Fields, element: int, model: ModelId) -> Publication | None:
    if not told.has("address") or len(told.text("address")) == _VIRTUAL:
        return None
    period, retransmit = told.object("period"), told.object("retransmit")
    resolution = period.number("resolution", RESOLUTIONS[-1], RESOLUTIONS[0])
    if resolution not in RESOLUTIONS:
        raise invalid(f"{period.place}.resolution", "100, 1000, 10000 or 600000")
    interval = max(1, retransmit.number("interval", 1600, 50) // 50)
    return Publication(
        element,
        told.word("address"),
        told.number("index", LAST_INDEX, 0),
        model,
        told.number("ttl", USE_DEFAULT_TTL, USE_DEFAULT_TTL),
        period.number("numberOfSteps", 0x3F, 0) | RESOLUTIONS.index(resolution) << 6,
        retransmit.number("count", 7, 0) | interval - 1 << 3,
        bool(told.number("credentials", 1, 0)),
    )


def _provisioner(told: Fields) -> Provisioner:
    return Provisioner(
        told.uuid("UUID"),
        told.text("provisionerName", ""),
        tuple(
            _range(each, "lowAddress", "highAddress")
            for each in told.objects("allocatedUnicastRange", MOST_RANGES)
        ),
        tuple(
            _range(each, "lowAddress", "highAddress")
            for each in told.objects("allocatedGroupRange", MOST_RANGES)
        ),
        tuple(
            _range(each, "firstScene", "lastScene")
            for each in told.objects("allocatedSceneRange", MOST_RANGES)
        ),
    )


def _range(told: Fields, low: str, high: str) -> Range:
    made = Range(told.word(low), told.word(high))
    if made.low > made.high:
        raise invalid(f"{told.place}.{high}", "the end of a range")
    return made


def _group(told: Fields) -> Group:
    return Group(told.word("address"), told.text("name", ""), told.word("parentAddress", "0000"))


def _require_apart(nodes: tuple[MeshNode, ...]) -> None:
    """Two nodes with one address would answer for each other."""
    ordered = sorted(nodes, key=lambda node: node.address)
    for one, next_one in pairwise(ordered):
        if one.address + one.elements > next_one.address:
            raise invalid("nodes", "a list of nodes with an address each")
