"""`companion cloud`: what devices are given to connect to, as profiles without secrets."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path

from companion.clouds.kinds import KINDS
from companion.commands.arguments.options import add_json, add_passphrase_file, add_radio
from companion.commands.cloud import broker, inspection, login, profiles, setup
from companion.commands.terminal import streams

DESCRIPTION = """\
Manage cloud profiles: what devices are given to connect to (`companion commission --cloud NAME`).

actions:
  list                list your profiles (default)
  kinds               list the kinds of clouds and brokers, and what a profile of each needs
  show NAME           show a profile
  new NAME            make or replace a profile (--kind, --endpoint and what its kind needs)
  import FILE         add a profile from a file
  export NAME FILE    write a profile to a new file, or to standard output (-)
  remove NAME         delete a profile; devices that have it keep their credentials
  login NAME          keep the login for your company's certificate server (EST) in your key store:
                      --user NAME (the password is asked for), --certificate FILE or both; --forget deletes it
  setup NAME          do once what the cloud needs: policy, template, role, your CA or group; or print it
                      for an administrator (--print)
  broker KIND DIR     write the settings of mosquitto, emqx or hivemq into a new folder, with your root and
                      revocation list
  check NAME          ask the cloud which parts are missing; with --device also about one device

A profile holds no secrets. Credentials for AWS and Azure come from their own tools (`aws sso login`,
`az login`) and are never stored.
"""
STANDARD = "-"
_Action = Callable[[argparse.Namespace], int]
_ACTIONS: dict[str, tuple[int, _Action]] = {
    "list": (0, profiles.list_all),
    "kinds": (0, profiles.list_kinds),
    "show": (1, profiles.show),
    "new": (1, profiles.new),
    "import": (1, profiles.take),
    "export": (2, profiles.export),
    "remove": (1, profiles.remove),
    "login": (1, login.login),
    "setup": (1, setup.setup),
    "broker": (2, broker.broker),
    "check": (1, inspection.check),
}
"""How many words each takes, and what does it."""


def configure(parser: argparse.ArgumentParser) -> None:
    """`cloud [ACTION [NAME | FILE]] [options]`."""
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.description = DESCRIPTION
    parser.add_argument("action", nargs="?", choices=_ACTIONS, default="list", metavar="ACTION")
    parser.add_argument("words", nargs="*", metavar="...")
    group = parser.add_argument_group("new")
    group.add_argument("--kind", choices=[str(kind) for kind in KINDS], help="see `companion cloud kinds`")
    group.add_argument("--endpoint", default="", metavar="HOST:PORT", help="where devices connect")
    group.add_argument(
        "--id",
        default="",
        metavar="RULE",
        help="name of a device there, with {serial} or {hash} in it (default: {serial})",
    )
    group.add_argument("--policy", default="", metavar="NAME", help="AWS: policy that devices get")
    group.add_argument("--template", default="", metavar="NAME", help="AWS: provisioning template")
    group.add_argument(
        "--region", default="", metavar="NAME", help="AWS: region, if the endpoint does not say it"
    )
    group.add_argument(
        "--id-scope", default="", metavar="SCOPE", help="Azure: id scope of the provisioning service"
    )
    group.add_argument("--group", default="", metavar="ID", help="Azure: enrollment group")
    group.add_argument(
        "--service", default="", metavar="HOST", help="Azure: host of the provisioning service's own API"
    )
    group.add_argument("--est", default="", metavar="URL", help="EST: your company's certificate server")
    group.add_argument(
        "--est-roots",
        type=Path,
        metavar="FILE",
        help="EST: certificates (PEM) by which this computer knows the server, if not those of --roots",
    )
    group.add_argument(
        "--roots", type=Path, metavar="FILE", help="certificates (PEM) that devices trust there"
    )
    check = parser.add_argument_group("check")
    check.add_argument("--device", metavar="DEVICE", help="also ask about this device of yours")
    login.configure(parser)
    setup.configure(parser)
    broker.configure(parser)
    add_radio(parser)
    add_json(parser)
    add_passphrase_file(parser)


def run(arguments: argparse.Namespace) -> int:
    """Do one of them."""
    takes, action = _ACTIONS[arguments.action]
    if len(arguments.words) != takes:
        streams.print_error(
            f"companion: see `companion cloud --help` for the arguments of {arguments.action}"
        )
        return 2
    return action(arguments)
