"""A network as a Mesh Configuration Database (CDB 1.0.1), for nRF Mesh and others. It holds every key."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import Any

from companion.errors import ProtocolViolation
from companion.protocols.mesh.database.reader import RESOLUTIONS
from companion.protocols.mesh.models import composition
from companion.protocols.mesh.models.composition import Composition, Element, Feature
from companion.protocols.mesh.models.identifiers import ModelId
from companion.protocols.mesh.models.model_messages import Publication
from companion.protocols.mesh.models.refresh import Stage
from companion.protocols.mesh.network.keys import ApplicationKey, NetworkKey
from companion.protocols.mesh.settings import ModelSettings, Provisioner, Range, settings_of
from companion.protocols.mesh.store import MeshNetwork, MeshNode

SCHEMA = "http://json-schema.org/draft-04/schema#"
FORMAT = "https://www.bluetooth.com/specifications/specs/mesh-cdb-1-0-1-schema.json#"
VERSION = "1.0.1"
OWN_NAME = "Companion"
CLIENTS = (ModelId(0x0001), ModelId(0x1001))
"""What this commissioner is in its network: it configures, and switches lights."""
_OUR_GROUPS, _OUR_SCENES = Range(0xC000, 0xC0FF), Range(0x0001, 0x00FF)
_UNSUPPORTED, _ENABLED = 2, 1


def write(network: MeshNetwork, now: datetime) -> dict[str, Any]:
    """The file's content. now: with a time zone"""
    when = now.isoformat(timespec="seconds")
    ours = Provisioner(
        network.own_uuid,
        OWN_NAME,
        (Range(network.address, network.last_address),),
        (_OUR_GROUPS,),
        (_OUR_SCENES,),
    )
    return {
        "$schema": SCHEMA,
        "id": FORMAT,
        "version": VERSION,
        "meshUUID": str(uuid.UUID(network.id)).upper(),
        "meshName": network.name,
        "timestamp": when,
        "partial": False,
        "netKeys": [_network_key(each, when) for each in network.network_keys],
        "appKeys": [_application_key(each) for each in network.application_keys],
        "provisioners": [_provisioner(each) for each in (*network.provisioners, ours)],
        "nodes": [
            *(_node(network, each) for each in network.nodes),
            _node(network, _own_node(network), complete=True),
        ],
        "groups": [
            {"name": each.name, "address": _word(each.address), "parentAddress": _word(each.parent)}
            for each in network.groups
        ],
        "scenes": [],
        "networkExclusions": [],
    }


def _own_node(network: MeshNetwork) -> MeshNode:
    made = Composition(0xFFFF, 0, 0, 0, Feature(0), (Element(CLIENTS),))
    keys = tuple(each.index for each in network.application_keys)
    settings = ModelSettings(0, CLIENTS[1], keys)
    return MeshNode(
        network.address,
        1,
        network.own_device_key,
        network.own_uuid,
        OWN_NAME,
        made.encode(),
        keys,
        (settings,),
    )


def _network_key(key: NetworkKey, when: str) -> dict[str, Any]:
    old = {} if key.old is None else {"oldKey": _hex(key.old.reveal())}
    return {
        "name": f"Network Key {key.index + 1}",
        "index": key.index,
        "key": _hex(key.key.reveal()),
        **old,
        "phase": int(key.phase),
        "minSecurity": "insecure",
        "timestamp": when,
    }


def _application_key(key: ApplicationKey) -> dict[str, Any]:
    old = {} if key.old is None else {"oldKey": _hex(key.old.reveal())}
    return {
        "name": key.name or f"Application Key {key.index + 1}",
        "index": key.index,
        "boundNetKey": key.network,
        "key": _hex(key.key.reveal()),
        **old,
    }


def _provisioner(each: Provisioner) -> dict[str, Any]:
    def ranges(listed: tuple[Range, ...], low: str, high: str) -> list[dict[str, str]]:
        return [{low: _word(each.low), high: _word(each.high)} for each in listed]

    return {
        "provisionerName": each.name,
        "UUID": _uuid(each.uuid),
        "allocatedUnicastRange": ranges(each.addresses, "lowAddress", "highAddress"),
        "allocatedGroupRange": ranges(each.groups, "lowAddress", "highAddress"),
        "allocatedSceneRange": ranges(each.scenes, "firstScene", "lastScene"),
    }


def _node(network: MeshNetwork, node: MeshNode, *, complete: bool = False) -> dict[str, Any]:
    told = _composition(node)
    updated = node.stage is not Stage.UNTOUCHED
    made: dict[str, Any] = {
        "UUID": _uuid(node.uuid),
        "name": node.name or f"Node {_word(node.address)}",
        "deviceKey": _hex(node.device_key.reveal()),
        "unicastAddress": _word(node.address),
        "security": "insecure",
        "configComplete": complete or bool(node.settings),
        "features": _features(told),
        "defaultTTL": 7,
        "netKeys": [{"index": each.index, "updated": updated} for each in network.network_keys[:1]],
        "appKeys": [{"index": each, "updated": updated} for each in node.keys],
        "elements": _elements(node, told),
        "excluded": False,
    }
    if told is not None:
        words = {"cid": told.company, "pid": told.product, "vid": told.version, "crpl": told.replay}
        made |= {name: _word(value) for name, value in words.items()}
    return made


def _composition(node: MeshNode) -> Composition | None:
    try:
        return composition.decode(node.composition)
    except ProtocolViolation:
        return None


def _features(told: Composition | None) -> dict[str, int]:
    has = Feature(0) if told is None else told.features
    names = {
        "relay": Feature.RELAY,
        "proxy": Feature.PROXY,
        "friend": Feature.FRIEND,
        "lowPower": Feature.LOW_POWER,
    }
    return {name: _ENABLED if feature in has else _UNSUPPORTED for name, feature in names.items()}


def _elements(node: MeshNode, told: Composition | None) -> list[dict[str, Any]]:
    elements = told.elements if told is not None else (Element(()),) * node.elements
    return [
        {
            "name": f"Element {number + 1}",
            "index": number,
            "location": _word(element.location),
            "models": [_model(settings_of(node.settings, number, model)) for model in element.models],
        }
        for number, element in enumerate(elements)
    ]


def _model(settings: ModelSettings) -> dict[str, Any]:
    publish = {} if settings.publication is None else {"publish": _publication(settings.publication)}
    return {
        "modelId": str(settings.model).upper(),
        "subscribe": [_word(each) for each in settings.groups],
        "bind": list(settings.bound),
        **publish,
    }


def _publication(told: Publication) -> dict[str, Any]:
    return {
        "address": _word(told.address),
        "index": told.application,
        "ttl": told.ttl,
        "period": {"numberOfSteps": told.period & 0x3F, "resolution": RESOLUTIONS[told.period >> 6]},
        "credentials": int(told.low_power),
        "retransmit": {"count": told.retransmit & 7, "interval": ((told.retransmit >> 3) + 1) * 50},
    }


def _word(value: int) -> str:
    return f"{value:04X}"


def _hex(octets: bytes) -> str:
    return octets.hex().upper()


def _uuid(octets: bytes) -> str:
    return str(uuid.UUID(bytes=octets)).upper()
