"""`companion station`: set up devices without anybody at a screen, for an owner who need not be near."""

from __future__ import annotations

import argparse
import sys
from contextlib import AsyncExitStack
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from companion.commands.arguments.options import add_radio, port
from companion.commands.arguments.work import (
    add_at_once,
    add_authority,
    add_work,
    open_devices,
    open_work,
    settings,
    source_kind,
)
from companion.commands.arguments.work import sources as sources_of
from companion.commands.grant.usage import WrongUsage
from companion.commands.station.reports import Reporter
from companion.commands.terminal import interrupts, streams

if TYPE_CHECKING:
    from companion.station.station import Station
    from companion.station.status import Status

DESCRIPTION = """\
Set up devices unattended: codes come in, devices are set up, and a journal records the result of each code,
even if power fails.

actions:
  run     work until every source has ended and no code is waiting (default)
  unit    print a systemd unit for these options, and exit

Codes come from standard input unless another source is given. A code that was put aside is tried again when
it is entered, shown to the camera or put into the folder again, but not when it comes from a list again.
"""
JOURNAL = "station.jsonl"


def configure(parser: argparse.ArgumentParser) -> None:
    """`station [run | unit] [options]`."""
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.description = DESCRIPTION
    parser.add_argument("action", nargs="?", choices=("run", "unit"), default="run", metavar="ACTION")
    add_radio(parser)
    sources = parser.add_argument_group("sources of codes, repeatable")
    sources.add_argument(
        "--codes",
        action="append",
        default=[],
        metavar="SOURCE",
        help="-, camera, a folder, a .csv file or a serial port: the following five options in one",
    )
    sources.add_argument("--stdin", action="store_true", help="each line of standard input (default)")
    sources.add_argument(
        "--serial",
        action="append",
        default=[],
        metavar="PORT",
        help="each line of a barcode scanner on this port",
    )
    sources.add_argument(
        "--csv",
        action="append",
        default=[],
        type=Path,
        metavar="FILE",
        help='a list with a column "text" or "code", optionally "name", "room" and "serial"',
    )
    sources.add_argument(
        "--watch",
        action="append",
        default=[],
        type=Path,
        metavar="DIR",
        help="image and text files in a folder; each is moved to done/ or failed/",
    )
    sources.add_argument("--camera", action="store_true", help="codes held in front of the camera")
    work = parser.add_argument_group("work")
    add_authority(work)
    add_at_once(work)
    work.add_argument("--again", action="store_true", help="try codes again that were put aside earlier")
    work.add_argument(
        "--journal", type=Path, metavar="FILE", help="default: station.jsonl in the data folder"
    )
    work.add_argument(
        "--status-port",
        type=port,
        metavar="N",
        help="port of the status page on this computer; 0: any free one; default 7734",
    )
    work.add_argument("--json", action="store_true", help="print events as JSON, one per line")
    add_work(parser)


def run(arguments: argparse.Namespace) -> int:
    """Work, or print the unit."""
    try:
        _sort_sources(arguments)
        if arguments.action == "unit":
            from companion.commands.station.unit import unit

            streams.write(sys.stdout, "", before=unit(arguments), end="")
            return 0
        return interrupts.run(_run(arguments))
    except WrongUsage as wrong:
        streams.print_error(f"companion: {wrong}")
        return 2


def _sort_sources(arguments: argparse.Namespace) -> None:
    """`--codes` by what each names. Raises WrongUsage."""
    lists = {"folder": arguments.watch, "csv": arguments.csv}
    for source in arguments.codes:
        match source_kind(source):
            case "stdin":
                arguments.stdin = True
            case "camera":
                arguments.camera = True
            case "folder" | "csv" as kind:
                lists[kind].append(Path(source))
            case "serial":
                arguments.serial.append(source)
            case _:
                raise WrongUsage(f"{source} is not a source of codes: see `companion station --help`")
    arguments.codes = []
    named = arguments.serial or arguments.csv or arguments.watch or arguments.camera
    arguments.stdin = arguments.stdin or not named


async def _run(arguments: argparse.Namespace) -> int:
    from companion.station.journal import journal
    from companion.station.station import Station
    from companion.station.status import StatusServer

    work = settings(arguments)
    sources = sources_of(
        csv=arguments.csv,
        watch=arguments.watch,
        serial=arguments.serial,
        camera=arguments.camera,
        stdin=arguments.stdin,
    )
    reporter = Reporter(as_json=arguments.json)
    async with AsyncExitStack() as stack:
        services, works_for, seal = await open_work(stack, arguments)
        kept = stack.enter_context(journal(arguments.journal or services.data_dir / JOURNAL, seal))
        station = Station(services, works_for, kept, seal, work, reporter.tell)
        await open_devices(services, works_for)
        names = [source.name for source in sources]
        status = partial(_status, station, reporter.works_for(works_for), names, datetime.now(UTC))
        try:
            server = await StatusServer.start(status, arguments.status_port)
        except OSError as problem:
            raise WrongUsage(f"--status-port {arguments.status_port}: {problem.strerror}") from problem
        stack.push_async_callback(server.close)
        reporter.started(works_for, server.url, station.queue.counts(), services.listens_at)
        if arguments.again:
            station.put_aside_again()
        try:
            await station.run(sources)
        finally:
            reporter.ended(station.queue.counts())
    return reporter.exit_status


def _status(station: Station, works_for: str, sources: list[str], started: datetime) -> Status:
    from companion.station.status import Status as Shown

    queue, reason = station.queue, str(station.reason or "")
    return Shown(works_for, reason, started, queue.counts(), queue.jobs, sources)
