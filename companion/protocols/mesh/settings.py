"""What a network and its nodes were configured with, besides keys, as others who manage it need it too."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from companion.protocols.mesh.models.identifiers import ModelId
from companion.protocols.mesh.models.model_messages import Publication


@dataclass(frozen=True)
class ModelSettings:
    """Of one model of a node. element: its number, from 0; bound: indexes of application keys

    publication: as the node confirmed it; groups: addresses that it subscribed to
    """

    element: int
    model: ModelId
    bound: tuple[int, ...] = ()
    publication: Publication | None = None
    groups: tuple[int, ...] = ()


@dataclass(frozen=True)
class Range:
    """Of addresses or scenes, both ends included."""

    low: int
    high: int


def gaps(taken: Iterable[Range], within: Range) -> list[Range]:
    """What is left of a range, in order."""
    left: list[Range] = []
    free = within.low
    for each in sorted(taken, key=lambda each: each.low):
        left.append(Range(free, min(each.low - 1, within.high)))
        free = max(free, each.high + 1)
    return [each for each in (*left, Range(free, within.high)) if each.low <= each.high]


@dataclass(frozen=True)
class Provisioner:
    """Somebody else who manages the network. uuid: 16 octets"""

    uuid: bytes
    name: str
    addresses: tuple[Range, ...] = ()
    groups: tuple[Range, ...] = ()
    scenes: tuple[Range, ...] = ()


@dataclass(frozen=True)
class Group:
    """A group with a name. parent: the group that it is part of, 0 for none"""

    address: int
    name: str
    parent: int = 0


def with_settings(known: Iterable[ModelSettings], changed: ModelSettings) -> tuple[ModelSettings, ...]:
    """The settings with one model's in place of what they were."""
    others = [each for each in known if (each.element, each.model) != (changed.element, changed.model)]
    return (*others, changed)


def settings_of(known: Iterable[ModelSettings], element: int, model: ModelId) -> ModelSettings:
    """One model's; without any where it was not configured."""
    found = (each for each in known if (each.element, each.model) == (element, model))
    return next(found, ModelSettings(element, model))


def with_bound(
    known: Iterable[ModelSettings], element: int, model: ModelId, key: int
) -> tuple[ModelSettings, ...]:
    """The settings after an application key was bound to a model."""
    known = tuple(known)
    old = settings_of(known, element, model)
    return with_settings(known, replace(old, bound=tuple(sorted({*old.bound, key}))))
