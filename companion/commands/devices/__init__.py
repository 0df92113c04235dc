"""`companion devices`: the devices in the registry, and what their owner does with them."""

from __future__ import annotations

import argparse
from collections.abc import Callable

from companion.commands.arguments.options import add_json, add_radio
from companion.commands.devices import ownership, records, revocation, tokens, transfer

DESCRIPTION = """\
List and manage the devices you own.

actions:
  list                 list all devices (default)
  show DEVICE          show a device with its credentials, receipts and runs
  rename DEVICE        change its name and room here (--name, --room); works offline
  reprovision DEVICE   change its network, name, room or endpoint, and renew its certificate
  rotate DEVICE        renew its certificate only
  query DEVICE         check its status, and complete a pending change
  reset DEVICE         reset it and remove its owner, regardless of its reset lock
  transfer DEVICE      create a transfer token for its next owner (--to or --bearer, --token); works offline
  tokens [DEVICE]      list issued transfer tokens and their state
  cancel DEVICE        cancel its transfer tokens (--id ID: only this one); takes effect with `query`
  revoke DEVICE        revoke the certificates of a lost or stolen device (--reason); works offline
  accept FILE          take over a device with the transfer token in FILE (text or image of its QR code)
"""
ACTIONS: dict[str, Callable[[argparse.Namespace], int]] = {
    "list": records.run,
    "show": records.run,
    "rename": records.run,
    **dict.fromkeys(ownership.ACTIONS, ownership.run),
    "transfer": transfer.run,
    "revoke": revocation.run,
    "tokens": tokens.run,
    "cancel": tokens.cancel,
}


def configure(parser: argparse.ArgumentParser) -> None:
    """`devices [show | rename | reprovision | rotate | query | reset | transfer | tokens | cancel |
    revoke DEVICE]`, `devices accept FILE`.
    """
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.description = DESCRIPTION
    add_radio(parser)
    add_json(parser, lines=True)
    parser.add_argument("action", nargs="?", choices=ACTIONS, default="list", metavar="ACTION")
    parser.add_argument(
        "device",
        nargs="?",
        metavar="DEVICE",
        help="id (or its beginning), serial number or name; if several devices match, use id:ID; accept: "
        "FILE with the token",
    )
    ownership.configure(parser)
    transfer.configure(parser)
    group = parser.add_argument_group("revoke and cancel")
    revocation.configure(group)
    tokens.configure(group)


def run(arguments: argparse.Namespace) -> int:
    """List the devices, show one, or do something with one."""
    return ACTIONS[arguments.action](arguments)
