"""`companion grant request` and `import`: what a delegate does."""

from __future__ import annotations

import argparse
import platform
from pathlib import Path

from companion.commands.grant.records import document, print_summary
from companion.commands.grant.usage import WrongUsage, grants_of
from companion.commands.terminal import streams
from companion.plain_text import plain
from companion.services import Services
from companion.trust.grants.actions import driver_of, read_grant
from companion.trust.grants.names import key_ending
from companion.trust.grants.texts import read_text, write_text
from companion.trust.grants.words import summary

MOST_OCTETS = 64
"""Of a name in UTF-8, as requests hold it."""
MATTER = "matter"


def configure(parser: argparse.ArgumentParser) -> None:
    """`--name`, `--matter`."""
    parser.add_argument(
        "--name",
        metavar="NAME",
        help="request: your name, as the owner sees it; default: this computer's name",
    )
    parser.add_argument(
        "--matter",
        action="store_true",
        help="request, issue: also set up Matter devices, as nodes of the owner's fabric",
    )


def request(services: Services, arguments: argparse.Namespace) -> None:
    """Write a request for an owner to answer."""
    wanted = arguments.name or platform.node() or "delegate"
    name = wanted.encode(errors="replace")[:MOST_OCTETS].decode(errors="ignore")
    if name != plain(name):
        raise WrongUsage("--name has characters that can't be seen: no owner could read the request")
    grants, file = grants_of(services), Path(arguments.subject)
    write_text(grants.ask(name, fabrics=[MATTER] if arguments.matter else []), file)
    key = grants.identity.owner.public
    if arguments.json:
        streams.print_json({"file": str(file), "name": name, "key": key.hex()})
        return
    streams.print_line(f"Request of {name} written to {file}. Send it to the owner of the devices.")
    streams.print_line(f"Your key ends in {key_ending(key)}: the owner sees the same.")


def take(services: Services, arguments: argparse.Namespace) -> None:
    """Import a grant, and show what one may do."""
    text = read_text(Path(arguments.subject), "-grant")
    grants = grants_of(services)
    record = grants.take(text)
    driver, read = driver_of(record.protocol), read_grant(text)
    if arguments.json:
        streams.print_json({**document(record, driver), "devices": [each.serial for each in read.devices]})
        return
    streams.print_line(
        f"Grant {record.id} from {record.owner_name}, owner key ending in {key_ending(record.owner)}."
    )
    print_summary(summary(record.terms, record.holder_name, driver.enforcement))
    if read.devices:
        streams.print_line(f"Devices that came with it: {len(read.devices)}. See `companion devices list`.")
    if read.certifies_until is not None:
        streams.print_line(
            f"You can certify devices until {read.certifies_until:%Y-%m-%d}. Then ask for the grant again."
        )
    if MATTER in read.parts:
        streams.print_line("You can set up Matter devices for the owner until the grant expires.")
