"""`companion voucher`: to whom a device of FIDO Device Onboard (FDO) is assigned, and handing it on."""

from __future__ import annotations

import argparse
from pathlib import Path

from companion.commands.arguments.options import add_json, add_passphrase_file, add_radio, positive
from companion.commands.grant.usage import WrongUsage
from companion.commands.terminal import streams
from companion.commands.voucher import examination, handover, saved, servers

DESCRIPTION = """Read, verify, hand on and announce ownership vouchers of FIDO Device Onboard (FDO): who made
a device, through whose hands it went, and whose it is.

actions:
  show WHAT...      say what a voucher contains
  verify WHAT...    run every check and print its result
  key [KIND]        write your public key to which others hand devices on: p256, p384, rsa2048 or rsa3072.
                    It is made on first use and kept with your keys. Without KIND: list your keys
  extend WHAT...    hand your devices on to the owner of --to, into the folder --out
  keep FILE...      save vouchers, so that a scanned GUID says whose the device is
  list              list saved vouchers, and until when each is announced; --due: those to announce again
  remove GUID...    delete saved vouchers
  note WHAT...      print delivery notes: a label for each device, with its GUID as QR code
  send WHAT...      upload vouchers to an owner service (--server, --kind)
  announce WHAT...  tell the rendezvous server where your owner service is (TO0); --renew: all that are due

WHAT is a file (PEM or CBOR), a folder of them, or the GUID of a saved voucher.
Exit status of verify: 0 if every check passed, 5 if one failed.
"""
ACTIONS = {
    "show": examination.show,
    "verify": examination.verify,
    "key": handover.key,
    "extend": handover.extend,
    "keep": saved.keep,
    "list": saved.list_saved,
    "remove": saved.remove,
    "note": saved.note,
    "send": servers.send,
    "announce": servers.announce,
}
_ONLY = {
    "manufacturer": ("verify",),
    "owner": ("verify",),
    "to": ("extend",),
    "report": ("extend",),
    "out": ("extend", "key", "note"),
    "certificate": ("key",),
    "due": ("list",),
    "server": ("send", "announce"),
    "ca": ("send", "announce"),
    "kind": ("send",),
    "user": ("send",),
    "password_file": ("send",),
    "token_file": ("send",),
    "address": ("announce",),
    "hours": ("announce",),
    "renew": ("announce",),
    "yes": ("remove",),
}
"""Which actions an option is for."""
_USAGE = 2


def configure(parser: argparse.ArgumentParser) -> None:
    """`voucher ACTION [WHAT ...]`."""
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.description = DESCRIPTION
    parser.add_argument("action", choices=ACTIONS, metavar="ACTION")
    parser.add_argument("what", nargs="*", metavar="WHAT")
    _add_examination(parser.add_argument_group("verify"))
    _add_handover(parser.add_argument_group("key, extend, list and note"))
    _add_servers(parser.add_argument_group("send and announce"))
    parser.add_argument("--yes", action="store_true", help="remove: do not ask for confirmation")
    add_radio(parser)
    add_json(parser)
    add_passphrase_file(parser)


def _add_examination(group: argparse._ArgumentGroup) -> None:
    group.add_argument(
        "--manufacturer",
        action="append",
        type=Path,
        default=[],
        metavar="PEM",
        help="public key or certificate of a manufacturer that you expect; may be repeated",
    )
    group.add_argument(
        "--owner", type=Path, metavar="PEM", help="public key or certificate of who should own it"
    )


def _add_handover(group: argparse._ArgumentGroup) -> None:
    group.add_argument(
        "--to", type=Path, metavar="PEM", help="extend: public key or certificate of the new owner"
    )
    group.add_argument(
        "--out",
        type=Path,
        metavar="PATH",
        help="extend: folder; key: file (PEM); note: sheet, .pdf or .svg",
    )
    group.add_argument(
        "--report", type=Path, metavar="CSV", help="extend: also write a table of what was done"
    )
    group.add_argument(
        "--certificate", action="store_true", help="key: as a certificate, which some manufacturers require"
    )
    group.add_argument("--due", action="store_true", help="list: only those to announce again")


def _add_servers(group: argparse._ArgumentGroup) -> None:
    group.add_argument(
        "--server",
        metavar="URL",
        help="https://HOST[:PORT]; announce: http also, and without it the servers that the voucher names",
    )
    group.add_argument(
        "--ca", type=Path, metavar="PEM", help="certificate of the server's CA, if not a public one"
    )
    group.add_argument("--kind", choices=servers.KINDS, help="send: what the server runs")
    group.add_argument("--user", metavar="NAME", help="send: log in as NAME, with --password-file")
    group.add_argument("--password-file", type=Path, metavar="F", help="send: file with the password")
    group.add_argument("--token-file", type=Path, metavar="F", help="send: file with a bearer token")
    group.add_argument(
        "--address",
        action="append",
        default=[],
        metavar="URL",
        help="announce: your owner service, such as https://owner.example:8043; may be repeated",
    )
    group.add_argument(
        "--hours", type=positive, metavar="N", help=f"announce: ask for N hours (default: {servers.HOURS})"
    )
    group.add_argument("--renew", action="store_true", help="announce: all saved vouchers that are due")


def run(arguments: argparse.Namespace) -> int:
    """Do one of them."""
    action = arguments.action
    for name, actions in _ONLY.items():
        if getattr(arguments, name) and action not in actions:
            option = f"--{name.replace('_', '-')}"
            return _refuse(f"{option} is for {' and '.join(actions)}")
    needs_none = action in ("list", "key") or (action == "announce" and arguments.renew)
    if not arguments.what and not needs_none:
        return _refuse(f"{action} needs a file, a folder or a GUID")
    if arguments.what and (action == "list" or (needs_none and action == "announce")):
        return _refuse("this takes no file and no GUID")
    try:
        return ACTIONS[action](arguments)
    except (ValueError, WrongUsage) as wrong:
        return _refuse(str(wrong))


def _refuse(reason: str) -> int:
    streams.print_error(f"companion: {reason}")
    return _USAGE
