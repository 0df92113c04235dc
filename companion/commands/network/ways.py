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
    from companion.networks.company.ways.eapol_test import PORT, EapolTest, RadiusServer

    if not arguments.radius:
        return None
    if arguments.secret_file is None:
        raise CheckUnavailable("no secret", missing=Text("Add --secret-file."), ssid=arguments.radius)
    host, port = _address(arguments.radius, PORT)
    return EapolTest(RadiusServer(host, port, passphrase_in(arguments.secret_file)))


def _address(text: str, port: int) -> tuple[str, int]:
    """ "radius.example", "192.0.2.1:1812", "[2001:db8::1]:1812"."""
    host, _, digits = text.rpartition(":")
    if host and digits.isdecimal() and len(digits) <= 5 and (":" not in host or host.endswith("]")):
        return host.strip("[]"), int(digits)
    return text.strip("[]"), port
