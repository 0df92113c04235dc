"""`companion runs export [ID]`: a report of one run, or of those that the filters leave."""

from __future__ import annotations

import argparse
from collections.abc import Iterable
from pathlib import Path

from companion.commands.runs.filters import query
from companion.commands.terminal import streams
from companion.commands.terminal.numbers import counted
from companion.files import spare_keys, unwritable
from companion.registry import Registry
from companion.reports import KINDS
from companion.reports.formats import written
from companion.reports.selection import one_run, runs_of


def configure(parser: argparse.ArgumentParser) -> None:
    """The options."""
    group = parser.add_argument_group("export")
    group.add_argument(
        "--format", choices=KINDS, default="json", help="json (default), log, html, junit (XML) or csv"
    )
    group.add_argument("--out", type=Path, metavar="FILE", help="write to this file")


def run(arguments: argparse.Namespace, registry: Registry) -> int:
    """Write the report to standard output, or to a file."""
    if arguments.json and arguments.format != "json":
        streams.print_error("companion: --json is for --format json")
        return 2
    if arguments.id:
        selection = one_run(registry.run(arguments.id))
    else:
        wanted = query(arguments, registry)
        selection = runs_of(registry, wanted, **({"most": arguments.limit} if arguments.limit else {}))
    pieces = written(selection, arguments.format)
    if arguments.out is None:
        for piece in pieces:
            streams.print_piece(piece)
        return 0
    _write(arguments, pieces)
    streams.print_line(f"{counted(len(selection.runs), 'run', 'runs')} in {arguments.out}")
    return 0


def _write(arguments: argparse.Namespace, pieces: Iterable[str]) -> None:
    spare_keys(arguments.out)
    try:
        with arguments.out.open("w", encoding="utf-8", newline="") as file:
            file.writelines(pieces)
    except OSError as error:
        raise unwritable(arguments.out, error) from error
