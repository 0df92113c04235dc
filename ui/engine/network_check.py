"""A company network checked on the engine's side, and the folder for its administrator."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from companion.errors import CompanionError
from companion.events import Event
from companion.model import WifiCredentials
from companion.secret import Secret
from ui.engine.commands import Command

if TYPE_CHECKING:
    from companion.networks.company.report import CheckReport
    from companion.networks.company.server_look import SeenServer
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
class LearnServer(NetworkCommand):
    """Which CA does the RADIUS server send? `ServerSeen`. address: host, or host:port"""

    ssid: bytes
    address: str
    secret: Secret


@dataclass(frozen=True)
class ServerSeen(Event):
    """ssid: of the network; seen: nothing of it is proved; error: nobody could be asked, or it sends no CA"""

    ssid: bytes
    seen: SeenServer | None
    error: CompanionError | None = None


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


NetworkAnswer = NetworkChecked | RadiusFolderSaved | ServerSeen
"""What the network page is told."""


async def obey(command: NetworkCommand, services: Services) -> NetworkAnswer:
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
    if isinstance(command, LearnServer):
        return await _learn(command)
    assert isinstance(command, CheckNetwork)
    try:
        return NetworkChecked(command.wifi, await check(command.wifi, services.identity.ca, NetworkManager()))
    except CompanionError as error:
        return NetworkChecked(command.wifi, None, error)


async def _learn(command: LearnServer) -> ServerSeen:
    from companion.networks.company.server_look import IDENTITY, look
    from companion.networks.company.ways.eapol_test import EapolTest, RadiusServer

    way = EapolTest(RadiusServer.at(command.address, command.secret))
    try:
        return ServerSeen(command.ssid, await look(way, ssid=command.ssid, identity=IDENTITY))
    except CompanionError as error:
        return ServerSeen(command.ssid, None, error)
