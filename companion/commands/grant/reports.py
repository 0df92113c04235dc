"""`companion grant report` and `bring-home`: what a delegate did, on its way to the owner's records."""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from companion.commands.grant.usage import WrongUsage, grants_of
from companion.commands.terminal import streams
from companion.errors import AccountInvalid
from companion.files import read_named, replace_named
from companion.protocols import FabricStatement, InvalidEntry
from companion.services import Services
from companion.trust.grants import accounts
from companion.trust.grants.accounts import BroughtHome
from companion.trust.grants.order import Place
from companion.trust.grants.words import invalid_entry

MOST_OCTETS = 64 << 20
_REFUSED = {
    "right": "the grant does not allow it",
    "place": "another site or device than the grant is for",
    "since": "before the grant started",
    "until": "after the grant expired",
    "devices": "more devices than the grant allows",
    "revoked": "the grant was revoked",
    "anchors": "the device trusts another owner's services",
    "endpoint": "the device was given another endpoint",
    "grant": "unknown grant",
    "known": "rejected before",
    "older": "its record already has something newer, which stays. This is kept as evidence",
    "order": "nothing that this device signed says which certificate is newer. The one that you have stays",
    "ours": "you have this device already, set up in another way. Remove it first if that is over",
}
_CONFIDENTIAL = "Keep the file confidential: anyone who has it can guess the Wi-Fi password offline."
_REJECTED = (
    "Your endpoint rejects the certificates that came with these. Certify the devices with "
    "`companion devices rotate`."
)
_NETWORKS_ALONE = "Where only the network was changed, the device keeps its certificate."
_STILL_NODES = (
    "Matter devices among these are in your fabric all the same: keep them, or remove them with "
    "`companion devices remove`."
)
_RENEW = (
    "The certificates of new Matter devices expire with the grant. Before that, renew them with "
    "`companion devices renew`."
)


def configure(parser: argparse.ArgumentParser) -> None:
    """`--late`."""
    parser.add_argument(
        "--late",
        action="store_true",
        help="bring-home: accept devices without a clock although the grant has expired",
    )


def report(services: Services, arguments: argparse.Namespace) -> None:
    """Write what was done under a held grant."""
    if arguments.out is None:
        raise WrongUsage("grant report needs --out FILE")
    record = services.registry.grants.one(arguments.subject)
    if not record.held:
        raise WrongUsage("only the holder of a grant can report on it")
    content = accounts.report(grants_of(services), record)
    replace_named(arguments.out, content)
    if arguments.json:
        streams.print_json({"grant": record.id, "file": str(arguments.out)})
        return
    streams.print_line(
        f"Report on grant {record.id} written to {arguments.out}. Send it to {record.owner_name}."
    )
    streams.print_line(_CONFIDENTIAL)


def bring_home(services: Services, arguments: argparse.Namespace) -> int:
    """Record what a delegate did, and say what of it no grant covers, and what is not valid.

    Returns the exit status: that of AccountInvalid if an entry is not valid. Raises as
    `read_named`.
    """
    content = read_named(MOST_OCTETS, Path(arguments.subject))
    told = accounts.bring_home(grants_of(services), content, late=arguments.late)
    brought = [each for each in told if isinstance(each, BroughtHome)]
    invalid = [each for each in told if isinstance(each, InvalidEntry)]
    if arguments.json:
        streams.print_json(
            {
                "brought_home": [each.as_json() for each in brought],
                "invalid": [{**each.as_json(), "sentence": invalid_entry(each)} for each in invalid],
            }
        )
    else:
        _print(brought, invalid)
    return AccountInvalid.exit_status if invalid else 0


def _print(brought: Sequence[BroughtHome], invalid: Sequence[InvalidEntry]) -> None:
    counts = Counter("known" if each.known else "new" for each in brought)
    streams.print_line(f"New entries: {counts['new']}, already known: {counts['known']}.")
    new = [each for each in brought if not each.known]
    devices = [(each.account.device, each.refused) for each in new if each.refused is not None]
    for line in dict.fromkeys(f"! {of.name} ({of.serial}): {_REFUSED.get(why, why)}." for of, why in devices):
        streams.print_line(line)
    outside = [each for each in new if each.refused not in (None, Place.OLDER) and not _is_node(each)]
    if any(each.account.certificate for each in outside):
        streams.print_line(_REJECTED)
    if any(not each.account.certificate and not each.onboards for each in outside):
        streams.print_line(_NETWORKS_ALONE)
    if any(each.refused is not None and _is_node(each) for each in new):
        streams.print_line(_STILL_NODES)
    if any(_is_node(each) and each.refused is None for each in new):
        streams.print_line(_RENEW)
    if invalid:
        streams.print_line(f"Not valid, and nothing of these was recorded: {len(invalid)}.")
        for entry in invalid:
            streams.print_line(f"! {invalid_entry(entry)}")
        streams.print_line(f"{AccountInvalid.advice} ({AccountInvalid.code})")


def _is_node(told: BroughtHome) -> bool:
    """A device of a fabric: services let nobody in by its certificate."""
    return isinstance(told.account, FabricStatement)
