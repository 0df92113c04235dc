"""What a station and a batch take alike: how devices are set up, and where codes are read."""

from __future__ import annotations

import argparse
import stat
import sys
from collections.abc import Sequence
from contextlib import AsyncExitStack
from pathlib import Path
from typing import TYPE_CHECKING

from companion.commands.arguments.options import (
    add_cloud,
    add_fabric,
    add_passphrase_file,
    add_same_serial,
    add_site,
    add_wifi_file,
    address,
    check_fabric,
    cloud,
    passphrase_source,
    pin_source,
    place,
    positive,
    radios,
    seconds,
    thread_from_file,
    wifi,
)
from companion.commands.arguments.protocol_options import add_options, protocol_order
from companion.commands.grant.usage import WrongUsage, grants_of
from companion.protocols import Order, installed
from companion.runs.answers import Answers
from companion.services import Services

if TYPE_CHECKING:
    from companion.station.authority import Authority
    from companion.station.journal import Seal
    from companion.station.names import NamePattern
    from companion.station.sources.source import Source
    from companion.station.station import Settings

MOST_AT_ONCE = 16


def add_authority(group: argparse._ActionsContainer) -> None:
    """`--grant` and `--own`: for whom devices are set up."""
    group.add_argument(
        "--grant",
        default="",
        metavar="GRANT",
        help="set up for the owner who issued this grant to you (id, name or file); default: the only grant "
        "you hold that allows it, otherwise your own devices",
    )
    group.add_argument("--own", action="store_true", help="set up your own devices even if you hold a grant")


def add_at_once(group: argparse._ActionsContainer) -> None:
    """`--at-once`."""
    group.add_argument(
        "--at-once", type=positive, metavar="N", help="devices at a time; default: one per radio"
    )


def add_work(parser: argparse.ArgumentParser) -> None:
    """What is the same for all devices."""
    parser.add_argument("--name-pattern", metavar="P", help="names for devices without one: “Lamp {n:02}”")
    parser.add_argument(
        "--first-number", type=positive, default=1, metavar="N", help="of the pattern; default 1"
    )
    parser.add_argument("--room", default="", help="room of the devices")
    add_site(parser)
    add_fabric(parser, "Matter: your fabric that they join (name or id), implies --own")
    add_wifi_file(parser)
    parser.add_argument(
        "--thread-file", type=Path, metavar="F", help="Thread network: active dataset in hexadecimal"
    )
    add_same_serial(parser)
    parser.add_argument(
        "--timeout", type=seconds, default=30.0, metavar="S", help="seconds to search for a device"
    )
    parser.add_argument(
        "--endpoint", type=address, metavar="HOST:PORT", help="for your own devices: use an external endpoint"
    )
    add_cloud(parser)
    parser.add_argument("--accept-risks", action="store_true", help="set up devices whose protection is weak")
    for protocol in installed().protocols.values():
        add_options(parser, protocol, protocol.options)
    add_passphrase_file(parser)


def settings(arguments: argparse.Namespace) -> Settings:
    """Raises WrongUsage, and what reading the files raises."""
    from companion.station.station import Settings as Made

    network = wifi(arguments)
    at_once = arguments.at_once or len(radios(arguments))
    if at_once > MOST_AT_ONCE:
        raise WrongUsage(f"--at-once is at most {MOST_AT_ONCE}")
    if (wrong := check_fabric(arguments)) is not None:
        raise WrongUsage(wrong)
    if arguments.cloud and (arguments.endpoint or arguments.grant):
        raise WrongUsage("--cloud replaces --endpoint, and a grant says where its devices connect")
    try:
        extra = protocol_order(arguments)
        names = _names(arguments)
    except ValueError as error:
        raise WrongUsage(str(error)) from error
    order = Order(
        wifi=network,
        room=arguments.room,
        fabric=arguments.fabric,
        accept_risks=arguments.accept_risks,
        thread=thread_from_file(arguments.thread_file) if arguments.thread_file else None,
        same_serial=arguments.same_serial,
        extra=extra,
    )
    answers = Answers(network, room=arguments.room, same_serial=arguments.same_serial)
    return Made(order, answers, arguments.timeout, at_once, names)


def _names(arguments: argparse.Namespace) -> NamePattern | None:
    """Raises ValueError, whose text says what is wrong with it."""
    from companion.station.names import NamePattern

    if arguments.name_pattern is None:
        return None
    return NamePattern(arguments.name_pattern, arguments.first_number)


def authority(services: Services, arguments: argparse.Namespace) -> Authority:
    """A grant that is named by its file is imported first. Raises as `Authority.choose`."""
    from companion.station.authority import Authority
    from companion.trust.grants.texts import read_text

    grant = arguments.grant
    if grant and Path(grant).is_file():
        grant = f"id:{grants_of(services).take(read_text(Path(grant), '-grant')).id}"
    own = arguments.own or bool(arguments.fabric or arguments.cloud)
    return Authority.choose(services.identity, services.registry, grant, arguments.site, own=own)


async def open_work(stack: AsyncExitStack, arguments: argparse.Namespace) -> tuple[Services, Authority, Seal]:
    """Services with identity and registry, until `stack` closes; for whom devices are set up; what seals the
    codes in a journal. Raises as `authority`, and what opening them raises."""
    from companion.station.journal import Seal

    services = await stack.enter_async_context(
        Services(
            radios(arguments),
            **place(arguments),
            endpoint=arguments.endpoint,
            cloud=cloud(arguments),
            ask_passphrase=passphrase_source(arguments),
            ask_pin=pin_source(arguments),
        )
    )
    services.open_identity()
    services.open_registry()
    return services, authority(services, arguments), Seal.of(services.identity.vault)


async def open_devices(services: Services, works_for: Authority) -> None:
    """The radio, and the endpoint where our own devices report. Raises RadioError."""
    radio = await services.open_radio()
    if not radio.is_virtual:
        await radio.check()
    if works_for.grant is None:
        await services.open_endpoint()


def source_kind(word: str) -> str:
    """Which kind of source a word names: stdin, camera, folder, csv, serial or file; "" for none."""
    path = Path(word)
    if word in ("-", "camera"):
        return "stdin" if word == "-" else "camera"
    if path.is_dir():
        return "folder"
    if path.suffix.lower() == ".csv":
        return "csv"
    if (path.exists() and stat.S_ISCHR(path.stat().st_mode)) or word.upper().startswith("COM"):
        return "serial"
    return "file" if path.suffix else ""


def sources(
    *,
    csv: Sequence[Path] = (),
    watch: Sequence[Path] = (),
    serial: Sequence[str] = (),
    files: Sequence[Path] = (),
    camera: bool = False,
    stdin: bool = False,
) -> list[Source]:
    """Raises FileMissing, FileUnwritable."""
    from companion.station.sources.camera import Camera
    from companion.station.sources.csv_file import CsvFile
    from companion.station.sources.files import Files
    from companion.station.sources.line_sources import SerialPort, StandardInput
    from companion.station.sources.watched_folder import WatchedFolder

    made: list[Source] = [CsvFile(path) for path in csv]
    made += [Files(files)] if files else []
    made += [WatchedFolder(folder) for folder in watch]
    made += [SerialPort(name) for name in serial]
    if camera:
        made.append(Camera())
    if stdin:
        made.append(StandardInput(sys.stdin.fileno()))
    return made
