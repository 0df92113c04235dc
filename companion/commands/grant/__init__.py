"""`companion grant`: rights that owners give away, and that others hold."""

from __future__ import annotations

import argparse
from collections.abc import Callable

from companion.commands.arguments.options import add_json, add_passphrase_file, add_radio
from companion.commands.arguments.services import offline_services
from companion.commands.grant import holder, issuer, records, reports, terms
from companion.commands.grant.usage import WrongUsage
from companion.commands.terminal import streams
from companion.services import Services

DESCRIPTION = """\
Let others act for you within limits that your devices enforce, and act for others.

actions:
  list                 list the grants that you issued and that you hold (default)
  show GRANT           show what a grant allows, what it does not, and who enforces each limit
  request FILE         write a request for a grant, for an owner to answer (QR code if .png, otherwise text)
  issue REQUEST        answer a request: sign a grant for its holder (--right, a place, --days, --out)
  import FILE          import a grant that was issued to you
  export GRANT         write an issued grant again (--out), with today's devices, revocation list and CA
                       certificate, which lasts 30 days
  report GRANT         write what you did under a grant that you hold (--out), for its owner
  bring-home FILE      import a delegate's report; your endpoint then accepts the new devices
  revoke GRANT         revoke an issued grant; each device receives the revocation in its next run

All of it works offline. A grant and a request hold no secrets. GRANT is an id (or its beginning) or a name.
"""
_Action = Callable[[Services, argparse.Namespace], int | None]
ACTIONS: dict[str, _Action] = {
    "list": records.list_all,
    "show": records.show,
    "request": holder.request,
    "issue": issuer.issue,
    "import": holder.take,
    "export": issuer.export,
    "revoke": issuer.revoke,
    "report": reports.report,
    "bring-home": reports.bring_home,
}
_TAKES_NOTHING = ("list",)


def configure(parser: argparse.ArgumentParser) -> None:
    """`grant [ACTION [GRANT | FILE]] [options]`."""
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.description = DESCRIPTION
    add_radio(parser)
    add_json(parser)
    parser.add_argument("action", nargs="?", choices=ACTIONS, default="list", metavar="ACTION")
    parser.add_argument("subject", nargs="?", metavar="GRANT | FILE", help="grant or file for the action")
    holder.configure(parser)
    terms.configure(parser)
    issuer.configure(parser)
    reports.configure(parser)
    add_passphrase_file(parser)


def run(arguments: argparse.Namespace) -> int:
    """Do it, in the data folder of the radio asked for."""
    if (arguments.subject is None) is not (arguments.action in _TAKES_NOTHING):
        wanted = "takes no argument" if arguments.subject else "needs a GRANT or FILE"
        streams.print_error(f"companion: grant {arguments.action} {wanted}")
        return 2
    if arguments.name is not None and arguments.action != "request":
        streams.print_error(
            "companion: --name belongs to: grant request. The request holds its writer's name"
        )
        return 2
    with offline_services(arguments, reads=arguments.action in ("list", "show")) as services:
        try:
            return ACTIONS[arguments.action](services, arguments) or 0
        except WrongUsage as wrong:
            streams.print_error(f"companion: {wrong}")
            return 2
