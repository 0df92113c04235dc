"""What devices are given to connect to, on the engine's side: profiles listed, chosen and imported."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from companion.errors import CompanionError
from companion.events import Event
from ui.engine.commands import Command

if TYPE_CHECKING:
    from companion.clouds.profile import CloudProfile
    from companion.services import Services


@dataclass(frozen=True)
class ListClouds(Command):
    """Which profiles are there? `CloudsListed`."""


@dataclass(frozen=True)
class UseCloud(Command):
    """Send new devices there (a profile's name); "": to this computer."""

    profile: str


@dataclass(frozen=True)
class ImportCloud(Command):
    """Keep the profile in a file."""

    file: Path


CloudCommand = ListClouds | UseCloud | ImportCloud


@dataclass(frozen=True)
class CloudsListed(Event):
    """profiles: by name; used: of the one where new devices are sent, "" for this computer"""

    profiles: tuple[CloudProfile, ...]
    used: str


@dataclass(frozen=True)
class CloudFailed(Event):
    """Nothing was changed."""

    error: CompanionError


def obey(command: CloudCommand, services: Services) -> CloudsListed | CloudFailed:
    """Blocks."""
    from companion.clouds.profile import MAX_PROFILE, read
    from companion.clouds.store import ProfileStore
    from companion.files import read_named

    try:
        store = ProfileStore(services.data_dir)
        match command:
            case UseCloud(name):
                store.use(name)
            case ImportCloud(file):
                store.keep(read(read_named(MAX_PROFILE, file).decode(errors="replace"), file.name))
        return CloudsListed(store.profiles(), store.used())
    except CompanionError as error:
        return CloudFailed(error)


def sent(services: Services, protocol: str | None) -> Services:
    """The services for a new device of this protocol (None: not known yet), sent where the user chose.

    The identity is open. Blocks. Raises CloudError leaves.
    """
    from companion.clouds.providers import open_endpoint
    from companion.clouds.store import ProfileStore
    from companion.protocols import installed

    store = ProfileStore(services.data_dir)
    used = store.used()
    if not used or (protocol is not None and not installed().protocols[protocol].clouds):
        return services
    return services.over(endpoint=open_endpoint(store.find(used), services.identity))
