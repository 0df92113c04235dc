"""`companion support`: one redacted file for whoever helps."""

from __future__ import annotations

import argparse
from pathlib import Path

from companion.commands.arguments.options import add_json, add_radio, positive
from companion.commands.arguments.services import offline_services
from companion.commands.grant.usage import WrongUsage, confirm
from companion.commands.terminal import streams
from companion.doctor import check
from companion.files import replace_named
from companion.reports.bundle import MOST_RUNS, NAME, parts, zipped

DESCRIPTION = """Write a support bundle: one file with what helps to find a fault.

actions:
  bundle           list what the file holds, then write it (default); asks first (--yes)

It holds versions, what `companion doctor` found, and the last runs, redacted as in `companion runs export`:
no names, networks, addresses, serial numbers, keys or secrets.
"""


def configure(parser: argparse.ArgumentParser) -> None:
    """`support [bundle] [--out FILE] [--runs N] [--yes]`."""
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.description = DESCRIPTION
    add_radio(parser)
    add_json(parser)
    parser.add_argument("action", nargs="?", choices=("bundle",), default="bundle", metavar="ACTION")
    parser.add_argument("--out", type=Path, metavar="FILE", help=f"write to this file (default: {NAME})")
    parser.add_argument(
        "--runs", type=positive, default=20, metavar="N", help=f"how many runs: 20, at most {MOST_RUNS}"
    )
    parser.add_argument("--yes", action="store_true", help="do not ask for confirmation")


def run(arguments: argparse.Namespace) -> int:
    """List the parts, ask, and write. Returns the exit status."""
    with offline_services(arguments, reads=True) as services:
        held = parts(services.registry, check(arguments.data_dir), runs=arguments.runs)
    file = arguments.out or Path(NAME)
    if not arguments.json:
        for part in held:
            streams.print_line(f"{part.name:<16}{len(part.text.encode()):>10,} bytes  {part.purpose}")
    try:
        confirm(arguments, f"Write {file}?")
    except WrongUsage as problem:
        streams.print_error(f"companion: {problem}")
        return 2
    replace_named(file, zipped(held))
    if arguments.json:
        listed = [
            {"name": part.name, "holds": part.purpose, "bytes": len(part.text.encode())} for part in held
        ]
        streams.print_json({"file": str(file), "parts": listed})
    else:
        streams.print_line(f"Written to {file}.")
    return 0
