"""The owner's Matter fabrics on the engine's side: listed with their devices, founded, renamed, given up."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from companion.errors import CompanionError
from companion.events import Event
from companion.model import OwnedFabric
from ui.engine.commands import Command

if TYPE_CHECKING:
    from companion.runs.own_fabrics import FabricUse, OwnFabrics
    from companion.services import Services


@dataclass(frozen=True)
class ListFabrics(Command):
    """Which are there? `FabricsListed`. Whoever only looks is asked for no passphrase."""


class FabricCommand(Command):
    """Something about fabrics that needs the keys: `FabricsListed`, or `FabricFailed`."""


@dataclass(frozen=True)
class OpenFabrics(FabricCommand):
    """As `ListFabrics`, with the keys opened for it."""


@dataclass(frozen=True)
class AddFabric(FabricCommand):
    """Found another one of this name."""

    name: str


@dataclass(frozen=True)
class RenameFabric(FabricCommand):
    """Call one (its id) something else."""

    fabric: str
    name: str


@dataclass(frozen=True)
class UseFabric(FabricCommand):
    """Let devices join this one (its id) where nobody chooses."""

    fabric: str


@dataclass(frozen=True)
class RemoveFabric(FabricCommand):
    """Give up the keys of one (its id): the user was told which devices are lost."""

    fabric: str


@dataclass(frozen=True)
class FabricsListed(Event):
    """fabrics: by age, each with the names of its devices; None: nobody opened the keys yet"""

    fabrics: tuple[tuple[OwnedFabric, tuple[str, ...]], ...] | None


@dataclass(frozen=True)
class FabricFailed(Event):
    """Nothing was changed."""

    error: CompanionError


def obey(command: ListFabrics | FabricCommand, services: Services) -> FabricsListed | FabricFailed:
    """With open registry and, but for `ListFabrics`, open identity. Blocks."""
    from companion.identity.identity import has_keys
    from companion.runs.own_fabrics import OwnFabrics

    try:
        if not services.has_identity:
            nothing = not has_keys(services.data_dir, throwaway=services.is_virtual)
            return FabricsListed(() if nothing else None)
        own = OwnFabrics(services.identity, services.registry)
        match command:
            case AddFabric(name):
                own.add(name)
            case RenameFabric(fabric, name):
                own.rename(fabric, name)
            case UseFabric(fabric):
                own.use(fabric)
            case RemoveFabric(fabric):
                own.remove(fabric)
        return FabricsListed(tuple((each.fabric, _names(own, each)) for each in own.all()))
    except CompanionError as error:
        return FabricFailed(error)


def _names(own: OwnFabrics, use: FabricUse) -> tuple[str, ...]:
    """Of the devices in it."""
    return tuple(each.name for each in own.devices(use.fabric.id)) if use.devices else ()
