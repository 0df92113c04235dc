"""A company network checked on the engine's side, and the folder for its administrator."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from companion.errors import CompanionError
from companion.events import Event
from companion.model import WifiCredentials
from ui.engine.commands import Command

if TYPE_CHECKING:
    from companion.networks.company.report import CheckReport
    from companion.services import Services


class NetworkCommand(Command):
    """Something about a company network that needs the owner's CA."""


@dataclass(frozen=True)
class CheckNetwork(NetworkCommand):
    """Does it admit our devices? `NetworkChecked`."""

    wifi: WifiCredentials


@dataclass(frozen=True)
class SaveRadiusFolder(NetworkCommand):
    """Write what its administrator needs to this new folder: `RadiusFolderSaved`."""

    folder: Path


@dataclass(frozen=True)
class NetworkChecked(Event):
    """error: the check itself was not possible"""

    wifi: WifiCredentials
    report: CheckReport | None
    error: CompanionError | None = None


@dataclass(frozen=True)
class RadiusFolderSaved(Event):
    """error: why there is none"""

    folder: Path
    error: CompanionError | None = None


async def obey(command: NetworkCommand, services: Services) -> NetworkChecked | RadiusFolderSaved:
    """With open identity and registry."""
    from companion.networks.company import radius_folder
    from companion.networks.company.check import check
    from companion.networks.company.ways.network_manager import NetworkManager

    if isinstance(command, SaveRadiusFolder):
        try:
            await asyncio.to_thread(radius_folder.write, command.folder, services)
        except CompanionError as error:
            return RadiusFolderSaved(command.folder, error)
        return RadiusFolderSaved(command.folder)
    assert isinstance(command, CheckNetwork)
    try:
        return NetworkChecked(command.wifi, await check(command.wifi, services.identity.ca, NetworkManager()))
    except CompanionError as error:
        return NetworkChecked(command.wifi, None, error)
