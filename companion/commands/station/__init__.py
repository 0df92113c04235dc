"""`companion station`: set up devices without anybody at a screen, for an owner who need not be near."""

from __future__ import annotations

import argparse
import stat
import sys
from contextlib import AsyncExitStack
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from companion.commands.arguments.options import (
    add_passphrase_file,
    add_radio,
    add_same_serial,
    add_site,
    add_wifi_file,
    address,
    passphrase_source,
    port,
    positive,
    radios,
    seconds,
    thread_from_file,
    wifi,
)
from companion.commands.arguments.protocol_options import add_options, protocol_order
from companion.commands.grant.usage import WrongUsage, grants_of
from companion.commands.station.reports import Reporter
from companion.commands.terminal import interrupts, streams
from companion.protocols import Order, installed
from companion.runs.answers import Answers
from companion.services import Services

if TYPE_CHECKING:
    from companion.station.authority import Authority
    from companion.station.sources.source import Source
    from companion.station.station import Settings, Station
    from companion.station.status import Status

DESCRIPTION = """\
Set up devices without anybody at a screen: codes come in, devices are set up, and a journal keeps what became
of each code, also when the power goes.

actions:
  run     work until every source has ended and no code waits (default)
  unit    print a systemd unit for the options given, and end

Codes come from standard input, unless a source is named. What is typed, shown to the camera or put into the
folder again is tried again if it was put aside; a list is not.
"""
JOURNAL = "station.jsonl"
MOST_AT_ONCE = 16


def configure(parser: argparse.ArgumentParser) -> None:
    """`station [run | unit] [options]`."""
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.description = DESCRIPTION
    parser.add_argument("action", nargs="?", choices=("run", "unit"), default="run", metavar="ACTION")
    add_radio(parser)
    sources = parser.add_argument_group("codes, several of these if need be")
    sources.add_argument(
        "--codes",
        action="append",
        default=[],
        metavar="SOURCE",
        help="-, camera, a folder, a .csv file or a serial port: what the next five say one by one",
    )
    sources.add_argument("--stdin", action="store_true", help="each line of standard input (default)")
    sources.add_argument(
        "--serial", action="append", default=[], metavar="PORT", help="each line of a barcode scanner there"
    )
    sources.add_argument(
        "--csv",
        action="append",
        default=[],
        type=Path,
        metavar="FILE",
        help='a list with a column "text" or "code", perhaps with "name" and "room"',
    )
    sources.add_argument(
        "--watch",
        action="append",
        default=[],
        type=Path,
        metavar="DIR",
        help="pictures and texts in a folder; each is moved to done/ or failed/",
    )
    sources.add_argument("--camera", action="store_true", help="what is held in front of the camera")
    work = parser.add_argument_group("work")
    work.add_argument(
        "--grant",
        default="",
        metavar="GRANT",
        help="set up for the owner who gave you this grant (id, name or file); default: the only one that "
        "you hold and that allows it, and without one your own devices",
    )
    work.add_argument("--own", action="store_true", help="set up your own devices although you hold a grant")
    work.add_argument(
        "--at-once", type=positive, metavar="N", help="devices at a time; default: one for each radio"
    )
    work.add_argument("--again", action="store_true", help="try codes again that were put aside before")
    work.add_argument(
        "--journal", type=Path, metavar="FILE", help="default: station.jsonl in the data folder"
    )
    work.add_argument(
        "--status-port",
        type=port,
        metavar="N",
        help="of the status page on this computer; 0: any; default 7734",
    )
    work.add_argument("--json", action="store_true", help="print what happens as JSON, one document a line")
    parser.add_argument("--room", default="", help="room of the devices")
    add_site(parser)
    add_wifi_file(parser)
    parser.add_argument(
        "--thread-file", type=Path, metavar="F", help="Thread network: active dataset in hexadecimal"
    )
    add_same_serial(parser)
    parser.add_argument(
        "--timeout", type=seconds, default=30.0, metavar="S", help="seconds to search for a device"
    )
    parser.add_argument(
        "--endpoint", type=address, metavar="HOST:PORT", help="of your own devices: use an external endpoint"
    )
    parser.add_argument("--accept-risks", action="store_true", help="set up devices whose protection is weak")
    for protocol in installed().protocols.values():
        add_options(parser, protocol, protocol.options)
    add_passphrase_file(parser)


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
    for source in arguments.codes:
        path = Path(source)
        if source == "-":
            arguments.stdin = True
        elif source == "camera":
            arguments.camera = True
        elif path.is_dir():
            arguments.watch.append(path)
        elif path.suffix.lower() == ".csv":
            arguments.csv.append(path)
        elif (path.exists() and stat.S_ISCHR(path.stat().st_mode)) or source.upper().startswith("COM"):
            arguments.serial.append(source)
        else:
            raise WrongUsage(f"{source} is no source of codes: see `companion station --help`")
    arguments.codes = []
    named = arguments.serial or arguments.csv or arguments.watch or arguments.camera
    arguments.stdin = arguments.stdin or not named


async def _run(arguments: argparse.Namespace) -> int:
    from companion.station.journal import Seal, journal
    from companion.station.station import Station
    from companion.station.status import StatusServer

    settings, sources = _settings(arguments), _sources(arguments)
    reporter = Reporter(as_json=arguments.json)
    async with AsyncExitStack() as stack:
        services = await stack.enter_async_context(
            Services(
                radios(arguments),
                data_dir=arguments.data_dir,
                endpoint=arguments.endpoint,
                ask_passphrase=passphrase_source(arguments),
            )
        )
        services.open_identity()
        services.open_registry()
        authority = _authority(services, arguments)
        seal = Seal.of(services.identity.vault)
        kept = stack.enter_context(journal(arguments.journal or services.data_dir / JOURNAL, seal))
        station = Station(services, authority, kept, seal, settings, reporter.tell)
        radio = await services.open_radio()
        if not radio.is_virtual:
            await radio.check()
        if authority.grant is None:
            await services.open_endpoint()
        names = [source.name for source in sources]
        status = partial(_status, station, reporter.works_for(authority), names, datetime.now(UTC))
        try:
            server = await StatusServer.start(status, arguments.status_port)
        except OSError as problem:
            raise WrongUsage(f"--status-port {arguments.status_port}: {problem.strerror}") from problem
        stack.push_async_callback(server.close)
        reporter.started(authority, server.url, station.queue.counts(), services.listens_at)
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


def _settings(arguments: argparse.Namespace) -> Settings:
    """Raises WrongUsage, and what reading the files raises."""
    from companion.station.station import Settings as Made

    network = wifi(arguments)
    at_once = arguments.at_once or len(radios(arguments))
    if at_once > MOST_AT_ONCE:
        raise WrongUsage(f"--at-once is at most {MOST_AT_ONCE}")
    try:
        extra = protocol_order(arguments)
    except ValueError as error:
        raise WrongUsage(str(error)) from error
    order = Order(
        wifi=network,
        room=arguments.room,
        accept_risks=arguments.accept_risks,
        thread=thread_from_file(arguments.thread_file) if arguments.thread_file else None,
        same_serial=arguments.same_serial,
        extra=extra,
    )
    answers = Answers(network, room=arguments.room, same_serial=arguments.same_serial)
    return Made(order, answers, arguments.timeout, at_once)


def _sources(arguments: argparse.Namespace) -> list[Source]:
    """Raises FileMissing, FileUnwritable."""
    from companion.station.sources.camera import Camera
    from companion.station.sources.csv_file import CsvFile
    from companion.station.sources.typed import SerialPort, StandardInput
    from companion.station.sources.watched_folder import WatchedFolder

    sources: list[Source] = [CsvFile(path) for path in arguments.csv]
    sources += [WatchedFolder(folder) for folder in arguments.watch]
    sources += [SerialPort(name) for name in arguments.serial]
    if arguments.camera:
        sources.append(Camera())
    if arguments.stdin:
        sources.append(StandardInput(sys.stdin.fileno()))
    return sources


def _authority(services: Services, arguments: argparse.Namespace) -> Authority:
    """A grant that is named by its file is imported first."""
    from companion.station.authority import Authority
    from companion.trust.grants.texts import read_text

    grant = arguments.grant
    if grant and Path(grant).is_file():
        grant = f"id:{grants_of(services).take(read_text(Path(grant), '-grant')).id}"
    return Authority.choose(services.identity, services.registry, grant, arguments.site, own=arguments.own)
