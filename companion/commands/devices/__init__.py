"""`companion devices`: the devices in the registry, and what their owner does with them."""

from __future__ import annotations

import argparse
from collections.abc import Callable

from companion.commands.arguments.options import add_json, add_radio
from companion.commands.devices import (
    administration,
    filters,
    inventory,
    ownership,
    records,
    revocation,
    selection,
    tokens,
    transfer,
)

DESCRIPTION = """\
List and manage the devices you own.

actions:
  list                 list devices, the last changed first (default); --search and --limit
  tag DEVICE TAGS      put tags on a device ("line-2 fragile"), or take them off (--remove)
  note DEVICE TEXT     write a note about it; "" removes it
  label DEVICE         draw a label for it, without any secret (--out FILE.pdf or FILE.svg)
  export               write the listed devices as a table (--format csv or json, --out)
  import FILE          read names, rooms, tags and notes of known devices from such a table (--dry-run)
  renew-due            renew the certificates that are due, or end within --due DAYS, one after the other
  show DEVICE          show a device with its credentials, receipts and runs
  rename DEVICE        change its name and room here (--name, --room); works offline without --on-device
  reprovision DEVICE   change its network, name, room or endpoint, and renew its certificate
  rotate DEVICE        renew its certificate only
  query DEVICE         check its status, and complete a pending change
                       (these three also take --each instead of DEVICE: every device that --search, --tag and
                       --due select)
  reset DEVICE         reset it and remove its owner, regardless of its reset lock
  transfer DEVICE      create a transfer token for its next owner (--to or --bearer, --token); works offline
  tokens [DEVICE]      list issued transfer tokens and their state
  cancel DEVICE        cancel its transfer tokens (--id ID: only this one); takes effect with `query`
  revoke DEVICE        revoke the certificates of a lost or stolen device (--reason); works offline
  accept FILE          take over a device with the transfer token in FILE (text or image of its QR code)

actions over the network, for devices that are controlled there (Matter):
  status DEVICE        show its uptime, restarts, firmware, network and faults
  follow DEVICE        the same, and each change as the device reports it, until Ctrl-C (--seconds)
  share DEVICE         let another app join: shows a QR code and digits until one joins (--minutes)
  stop-sharing DEVICE  end sharing: its code stops working
  controllers DEVICE   list the apps that control it (same as fabrics)
  remove-controller DEVICE APP
                       remove another app, by its number or name
  identify DEVICE      make it blink or beep (--seconds)
  switch DEVICE [on|off]
                       switch it; without on or off, toggle it
  renew DEVICE         renew its certificate
  remove DEVICE        stop controlling it from here; other apps keep control
"""
ACTIONS: dict[str, Callable[[argparse.Namespace], int]] = {
    "list": records.run,
    "show": records.run,
    "rename": records.run,
    **dict.fromkeys(ownership.ACTIONS, ownership.run),
    "transfer": transfer.run,
    "revoke": revocation.run,
    "tokens": tokens.run,
    **dict.fromkeys(administration.ACTIONS, administration.run),
    "cancel": tokens.cancel,
    **dict.fromkeys(("tag", "note", "label", "export", "import"), inventory.run),
    "renew-due": selection.run,
}


def configure(parser: argparse.ArgumentParser) -> None:
    """`devices [ACTION [DEVICE [VALUE]]]`, `devices accept FILE`."""
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
    parser.add_argument(
        "value",
        nargs="?",
        metavar="APP | on | off | TAGS | TEXT",
        help="remove-controller: the app; switch: on or off; tag: words; note: the text",
    )
    filters.configure(parser)
    ownership.configure(parser)
    administration.configure(parser)
    transfer.configure(parser)
    group = parser.add_argument_group("revoke and cancel")
    revocation.configure(group)
    tokens.configure(group)
    inventory.configure(parser.add_argument_group("tag, label, export and import"))


def run(arguments: argparse.Namespace) -> int:
    """List the devices, show one, or do something with one."""
    return ACTIONS[arguments.action](arguments)
