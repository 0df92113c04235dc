"""`companion registry`: one registry for several computers."""

from __future__ import annotations

import argparse
import logging
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from companion.commands.arguments.options import add_json, add_radio, is_virtual
from companion.commands.arguments.services import offline_services
from companion.commands.terminal import numbers, streams
from companion.errors.registry import RegistryAddressInvalid
from companion.files import data_folder

if TYPE_CHECKING:
    from companion.registry.status import RegistryStatus
    from companion.registry.team.address import Address
    from companion.registry.team.examination import Found

log = logging.getLogger(__name__)

DESCRIPTION = """Use one registry on several computers: a database of PostgreSQL instead of the data folder's.

  show         where the registry is, what you may do there, and what waits for it (default)
  check [URL]  look at a server without using it
  move URL     copy all records into an empty database, compare both, and use it from then on
  use URL      use a registry that is there already; `use local` goes back to the data folder
  roles        print the SQL that makes reader, operator and owner; --apply does it
  deliver      deliver the runs that wait for the server

URL is postgresql://name@server/database, without a password: keep it in ~/.pgpass, a service file or
PGPASSWORD. Add ?sslmode=verify-full for a server that is not on this computer. Keys stay on the computer that
has them.
"""
ACTIONS = {
    "show": (0, 0),
    "check": (0, 1),
    "move": (1, 1),
    "use": (1, 1),
    "roles": (0, 0),
    "deliver": (0, 0),
}
DELIVERING_SECONDS = 30.0


def configure(parser: argparse.ArgumentParser) -> None:
    """`registry [ACTION] [URL]`."""
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.description = DESCRIPTION
    parser.add_argument("action", nargs="?", choices=ACTIONS, default="show", metavar="ACTION")
    parser.add_argument("words", nargs="*", metavar="URL")
    parser.add_argument("--apply", action="store_true", help="roles: make them")
    add_radio(parser)
    add_json(parser)


def run(arguments: argparse.Namespace) -> int:
    """Do one of them."""
    least, most = ACTIONS[arguments.action]
    if not least <= len(arguments.words) <= most:
        streams.print_error(
            f"companion: see `companion registry --help` for the arguments of {arguments.action}"
        )
        return 2
    done: Callable[[argparse.Namespace], int] = {
        "show": _show,
        "check": _check,
        "move": _move,
        "use": _use,
        "roles": _roles,
        "deliver": _deliver,
    }[arguments.action]
    return done(arguments)


def _show(arguments: argparse.Namespace) -> int:
    from companion.errors import StorageError

    with offline_services(arguments, reads=True) as services:
        registry = services.registry
        try:
            assert registry.lists is not None
        except StorageError as problem:
            log.debug("the server does not answer: %s", problem.code)
        status = registry.status
    if arguments.json:
        streams.print_json(status.as_json())
    else:
        for line in _lines(status):
            streams.print_line(line)
    return 0 if status.problem is None else status.problem.exit_status


def _lines(status: RegistryStatus) -> list[str]:
    lines = [f"Registry   {status.place or 'in the data folder of this computer'}"]
    if status.operator:
        lines.append(f"Operator   {status.operator}")
    if status.is_shared:
        lines.append(f"Role       {status.role.value}")
    if status.protected is False:
        lines.append("! The connection is not encrypted. Add ?sslmode=verify-full to the address.")
    if status.problem is not None:
        lines.append(f"✗ {status.problem.title_text}. {status.problem.advice_text} ({status.problem.code})")
    if status.waiting:
        lines.append(f"! {numbers.counted(status.waiting, 'run waits', 'runs wait')} for the server.")
    return lines


def _check(arguments: argparse.Namespace) -> int:
    from companion.registry.team.examination import examine

    found = examine(_address(arguments), schema=_schema(arguments))
    if arguments.json:
        streams.print_json(found.as_json())
    else:
        for line in _findings(found):
            streams.print_line(line)
    return 0


def _findings(found: Found) -> list[str]:
    from companion.registry.team.examination import Tables

    lines = [f"✓ PostgreSQL {found.server}, database {found.database}, as {found.user}"]
    match found.tables:
        case Tables.ABSENT:
            lines.append("! No registry yet. Its owner makes one with `roles --apply` or `move`.")
        case Tables.OLDER:
            lines.append("! The registry is of an older version. It is updated when an owner uses it.")
        case Tables.NEWER:
            lines.append("✗ The registry is of a newer version. Update Companion on this computer.")
        case Tables.CURRENT:
            lines.append(f"✓ A registry with {found.devices:,} devices and {found.runs:,} runs")
    if found.role is not None:
        lines.append(f"✓ Your role: {found.role.value}")
    if found.protected is False:
        lines.append("! The connection is not encrypted. Add ?sslmode=verify-full to the address.")
    elif found.verified:
        lines.append("✓ The connection is encrypted, and the server's certificate was checked.")
    elif found.protected:
        lines.append("✓ The connection is encrypted. Only sslmode=verify-full also checks who answers.")
    return lines


def _move(arguments: argparse.Namespace) -> int:
    from companion.registry.team import setting
    from companion.registry.team.move import move

    address = _address(arguments)
    folder = data_folder(arguments.data_dir, virtual=is_virtual(arguments))
    moved = move(folder, address, schema=_schema(arguments))
    kept = setting.read(folder)
    setting.keep(folder, setting.Setting(address, _operator(arguments, kept.operator)))
    if arguments.json:
        streams.print_json({"registry": str(address), **moved.as_json()})
        return 0
    counts = moved.counts
    streams.print_line(
        f"✓ Moved {counts['devices']:,} devices, {counts['runs']:,} runs and {counts['log']:,} log entries."
    )
    streams.print_line(
        "  Counts and log are the same on both sides. This folder uses the server from now on;"
    )
    streams.print_line("  its own file stays as it is and takes no more records.")
    return 0


def _use(arguments: argparse.Namespace) -> int:
    from companion.registry.team import setting
    from companion.registry.team.address import parse

    folder = data_folder(arguments.data_dir, virtual=is_virtual(arguments))
    address = parse(arguments.words[0])
    kept = setting.read(folder)
    setting.keep(folder, setting.Setting(address, _operator(arguments, kept.operator)))
    if arguments.json:
        streams.print_json({"registry": str(address or "local")})
    else:
        streams.print_line(f"✓ Registry from now on: {address or 'in the data folder of this computer'}")
    return 0


def _roles(arguments: argparse.Namespace) -> int:
    from companion.registry.team import roles

    if not arguments.apply:
        text = roles.printed(_schema(arguments))
        if arguments.json:
            streams.print_json({"sql": text.splitlines()})
        else:
            streams.print_line(text)
        return 0
    roles.apply(_address(arguments), schema=_schema(arguments))
    document: dict[str, Any] = {"applied": True}
    if arguments.json:
        streams.print_json(document)
    else:
        streams.print_line("✓ Roles are made. For each person: GRANT companion_operator TO name;")
    return 0


def _deliver(arguments: argparse.Namespace) -> int:
    from companion.registry.team.registry import TeamRegistry

    with offline_services(arguments) as services:
        registry = services.registry
        left = registry.deliver(DELIVERING_SECONDS) if isinstance(registry, TeamRegistry) else 0
        problem = registry.status.problem
    if arguments.json:
        streams.print_json({"waiting": left})
    elif left == 0:
        streams.print_line("✓ Nothing waits for the server.")
    if left and problem is not None:
        raise problem
    return 0


def _address(arguments: argparse.Namespace) -> Address:
    """The one that was named, else the one in use. Raises RegistryAddressInvalid for this computer's."""
    from companion.files import data_path
    from companion.registry.team.address import parse
    from companion.registry.team.setting import chosen

    if arguments.words:
        address = parse(arguments.words[0])
    else:
        folder = data_path(arguments.data_dir, virtual=is_virtual(arguments))
        address = chosen(folder, arguments.registry, arguments.operator).address
    if address is None:
        raise RegistryAddressInvalid("the registry of this computer is a file")
    return address


def _schema(arguments: argparse.Namespace) -> str:
    from companion.registry.database.postgresql import SCHEMA, VIRTUAL_SCHEMA

    return VIRTUAL_SCHEMA if is_virtual(arguments) else SCHEMA


def _operator(arguments: argparse.Namespace, kept: str) -> str:
    said: str | None = arguments.operator
    return kept if said is None else said
