"""`companion network`: company networks as files, proved from here, and what their RADIUS server needs."""

from __future__ import annotations

import argparse
from collections.abc import Callable

from companion.commands.arguments.options import add_json, add_passphrase_file, add_radio
from companion.commands.network import administrator, check, networks
from companion.commands.network.networks import WrongUsage
from companion.commands.terminal import streams

DESCRIPTION = """\
Manage company networks: Wi-Fi with a login (WPA2 or WPA3 Enterprise), each device by its own certificate.
Devices that support RP1 can join them; others can't.

actions:
  make FILE       write a company network to FILE, for `commission --wifi-file FILE`. It contains no secret
  show FILE       explain a company network
  check FILE      log in from this computer, with a certificate made for this check, and name the step that
                  fails. Nothing is handed over. Ways: the RADIUS server itself (--radius, --secret-file), a
                  Wi-Fi interface (--interface, as root), or NetworkManager, which interrupts this computer's
                  Wi-Fi
  radius DIR      write what the RADIUS server's administrator needs to a new folder: your root certificate,
                  the revocation list, settings for hostapd and FreeRADIUS, and the steps
"""
_ACTIONS: dict[str, Callable[[argparse.Namespace], int]] = {
    "make": networks.make,
    "show": networks.show,
    "check": check.run,
    "radius": administrator.run,
}


def configure(parser: argparse.ArgumentParser) -> None:
    """`network ACTION FILE|DIR`."""
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.description = DESCRIPTION
    parser.add_argument("action", choices=_ACTIONS, metavar="ACTION")
    parser.add_argument("place", metavar="FILE|DIR")
    networks.configure(parser.add_argument_group("make"))
    check.configure(parser.add_argument_group("check, and make --learn"))
    administrator.configure(parser.add_argument_group("radius"))
    add_radio(parser)
    add_json(parser)
    add_passphrase_file(parser)


def run(arguments: argparse.Namespace) -> int:
    """Do one of them."""
    try:
        return _ACTIONS[arguments.action](arguments)
    except WrongUsage as wrong:
        streams.print_error(f"companion: {wrong}")
        return 2
