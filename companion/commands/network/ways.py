"""By which way this computer logs in to a company network: options to `companion.networks.company`."""

from __future__ import annotations

import argparse
import shutil
from typing import TYPE_CHECKING

from companion.commands.arguments.options import passphrase_in
from companion.errors import CheckUnavailable
from companion.model import Text

if TYPE_CHECKING:
    from companion.networks.company.check import Way
    from companion.networks.company.ways.eapol_test import EapolTest

_NO_WAY = Text(
    "Ask the RADIUS server itself (--radius and --secret-file), use a Wi-Fi interface as root (--interface), "
    "or use a computer with NetworkManager."
)


def way_of(arguments: argparse.Namespace, ssid: str) -> Way:
    """What the options say, else what this computer has. Raises CheckUnavailable where there is nothing."""
    from companion.networks.company.ways import network_manager
    from companion.networks.company.ways.wpa_supplicant import WpaSupplicant

    asked = radius_server(arguments)
    if asked is not None:
        return asked
    if arguments.interface:
        return WpaSupplicant(arguments.interface)
    if shutil.which(network_manager.PROGRAM) is None:
        raise CheckUnavailable("no way", missing=_NO_WAY, ssid=ssid)
    return network_manager.NetworkManager()


def radius_server(arguments: argparse.Namespace) -> EapolTest | None:
    """The server of --radius. Raises CheckUnavailable without --secret-file, and what reading that raises."""
    from companion.networks.company.ways.eapol_test import EapolTest, RadiusServer

    if not arguments.radius:
        return None
    if arguments.secret_file is None:
        raise CheckUnavailable("no secret", missing=Text("Add --secret-file."), ssid=arguments.radius)
    return EapolTest(RadiusServer.at(arguments.radius, passphrase_in(arguments.secret_file)))
