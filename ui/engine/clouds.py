"""What devices are given to connect to, on the engine's side: profiles listed, chosen and imported."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from companion.errors import CompanionError
from companion.events import Event
from companion.model import Check
from companion.secret import Secret
from ui.engine.commands import Command

if TYPE_CHECKING:
    from companion.clouds.profile import CloudProfile
    from companion.endpoint import Endpoint
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


@dataclass(frozen=True)
class MakeCloud(Command):
    """Keep a profile of these fields; those with certificates (`PEMS`) hold the path of a file."""

    values: Mapping[str, str]


@dataclass(frozen=True)
class CheckCloud(Command):
    """Which part is missing where this profile (its name) leads? `CloudChecked`. The keys are opened."""

    profile: str


@dataclass(frozen=True)
class KeepCloudLogin(Command):
    """Keep user name and password for a profile's server in the key store. `CloudLoginKept`."""

    profile: str
    user: str
    password: Secret


CloudCommand = ListClouds | UseCloud | ImportCloud | MakeCloud
CloudKeysCommand = CheckCloud | KeepCloudLogin
"""What needs the owner's keys."""


@dataclass(frozen=True)
class CloudsListed(Event):
    """profiles: by name; used: of the one where new devices are sent, "" for this computer"""

    profiles: tuple[CloudProfile, ...]
    used: str


@dataclass(frozen=True)
class CloudChecked(Event):
    """checks: none where nobody there can be asked"""

    profile: str
    checks: tuple[Check, ...]


@dataclass(frozen=True)
class CloudLoginKept(Event):
    """The login for this profile's server is in the key store."""

    profile: str


@dataclass(frozen=True)
class CloudFailed(Event):
    """Nothing was changed."""

    error: CompanionError


def obey(command: CloudCommand, services: Services) -> CloudsListed | CloudFailed:
    """Blocks."""
    from companion.clouds.profile import MAX_PROFILE, PEMS, made, read
    from companion.clouds.store import ProfileStore
    from companion.files import read_named

    try:
        store = ProfileStore(services.data_dir)
        match command:
            case UseCloud(name):
                store.use(name)
            case ImportCloud(file):
                store.keep(read(read_named(MAX_PROFILE, file).decode(errors="replace"), file.name))
            case MakeCloud(values):
                files = {name: Path(values[name]) for name in PEMS if values.get(name)}
                texts = {
                    name: read_named(MAX_PROFILE, file).decode(errors="replace")
                    for name, file in files.items()
                }
                store.keep(made({**values, **texts}))
        return CloudsListed(store.profiles(), store.used())
    except CompanionError as error:
        return CloudFailed(error)


def obey_with_keys(command: CloudKeysCommand, services: Services) -> object:
    """Blocks, for seconds where a cloud is asked. The identity is open."""
    from companion.clouds.company import login
    from companion.clouds.providers import open_service
    from companion.clouds.roots import anchors
    from companion.clouds.store import ProfileStore

    identity = services.identity
    try:
        profile = ProfileStore(services.data_dir).find(command.profile)
        match command:
            case KeepCloudLogin(user=user, password=password):
                login.keep(identity.vault, profile, login.by_password(user, password))
                return CloudLoginKept(profile.name)
            case CheckCloud():
                owner = identity.ca.anchors
                anchors(profile, owner)
                return CloudChecked(profile.name, open_service(profile, identity.vault).check(owner))
    except CompanionError as error:
        return CloudFailed(error)


def chosen(services: Services) -> Endpoint | None:
    """Where the user sends new devices; None: to this computer.

    The identity is open. Blocks. Raises CloudError leaves.
    """
    from companion.clouds.providers import open_endpoint
    from companion.clouds.store import ProfileStore

    store = ProfileStore(services.data_dir)
    used = store.used()
    return open_endpoint(store.find(used), services.identity) if used else None


def sent(services: Services, protocol: str | None) -> Services:
    """The services for a new device of this protocol (None: not known yet), sent where the user chose.

    As `chosen`.
    """
    from companion.protocols import installed

    takes_one = protocol is None or installed().protocols[protocol].clouds
    endpoint = chosen(services) if takes_one else None
    return services.over(endpoint=endpoint) if endpoint is not None else services
