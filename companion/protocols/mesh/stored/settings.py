"""Settings of models, and other provisioners, as JSON values of the registry. None of them is a secret."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from companion.protocols.mesh.models import identifiers
from companion.protocols.mesh.models.identifiers import ModelId
from companion.protocols.mesh.models.model_messages import Publication
from companion.protocols.mesh.settings import ModelSettings, Provisioner, Range


def of_model(settings: ModelSettings) -> dict[str, Any]:
    told = settings.publication
    publication = None if told is None else [
        told.address, told.application, told.ttl, told.period, told.retransmit, told.low_power
    ]  # fmt: skip
    return {
        "element": settings.element,
        "model": str(settings.model),
        "bound": list(settings.bound),
        "publication": publication,
        "groups": list(settings.groups),
    }


def model(kept: Mapping[str, Any], node: int) -> ModelSettings:
    """node: address of its first element"""
    element, which = kept["element"], identifiers.parse(kept["model"])
    return ModelSettings(
        element,
        which,
        tuple(kept["bound"]),
        _publication(kept["publication"], node + element, which),
        tuple(kept["groups"]),
    )


def _publication(kept: list[Any] | None, element: int, model: ModelId) -> Publication | None:
    if kept is None:
        return None
    address, application, *rest = kept
    return Publication(element, address, application, model, *rest)


def of_provisioner(each: Provisioner) -> dict[str, Any]:
    return {
        "uuid": each.uuid.hex(),
        "name": each.name,
        "addresses": [[one.low, one.high] for one in each.addresses],
        "groups": [[one.low, one.high] for one in each.groups],
        "scenes": [[one.low, one.high] for one in each.scenes],
    }


def provisioner(kept: Mapping[str, Any]) -> Provisioner:
    addresses, groups, scenes = (
        tuple(Range(*each) for each in kept[name]) for name in ("addresses", "groups", "scenes")
    )
    return Provisioner(bytes.fromhex(kept["uuid"]), kept["name"], addresses, groups, scenes)
