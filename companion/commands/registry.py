"""`companion registry`: one registry for several computers."""

from __future__ import annotations

import argparse
import logging
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from companion.commands.arguments.options import add_json, add_radio, is_virtual, passphrase_in
from companion.commands.arguments.services import offline_services
from companion.commands.terminal import numbers, streams
from companion.errors import KeyStoreUnavailable
from companion.errors.registry import RegistryAddressInvalid, RegistryLoginRejected
from companion.files import data_folder
from companion.secret import Secret

if TYPE_CHECKING:
    from companion.registry.status import RegistryStatus
    from companion.registry.team.address import Address
    from companion.registry.team.examination import Found

log = logging.getLogger(__name__)
T = TypeVar("T")

DESCRIPTION = """Use one registry on several computers: a database of PostgreSQL instead of the data folder's.

  show         where the registry is, what you may do there, and what waits for it (default)
  check [URL]  look at a server without using it
  move URL     copy all records into an empty database, compare both, and use it from then on
  use URL      use a registry that is there already; `use local` goes back to the data folder
  roles        print the SQL that makes reader, operator and owner; --apply does it
  deliver      deliver the runs that wait for the server
  password [URL]  keep the password for a server in this computer's key store; --forget removes it

URL is postgresql://name@server/database, without a password: that is asked for where it is needed and kept in
the key store, or found in ~/.pgpass, a service file or PGPASSWORD. Add ?sslmode=verify-full for a server that
is not on this computer. Keys stay on the computer that has them.
"""
ACTIONS = {
    "show": (0, 0),
    "check": (0, 1),
    "move": (1, 1),
    "use": (1, 1),
    "roles": (0, 0),
    "deliver": (0, 0),
    "password": (0, 1),
}
DELIVERING_SECONDS = 30.0


def configure(parser: argparse.ArgumentParser) -> None:
    """`registry [ACTION] [URL]`."""
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.description = DESCRIPTION
    parser.add_argument("action", nargs="?", choices=ACTIONS, default="show", metavar="ACTION")
    parser.add_argument("words", nargs="*", metavar="URL")
    parser.add_argument("--apply", action="store_true", help="roles: make them")
    parser.add_argument("--password-file", type=Path, metavar="FILE", help="password: it is in a file")
    parser.add_argument("--forget", action="store_true", help="password: keep none")
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
        "password": _password,
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

    address = _address(arguments)
    found = _logged_in(address, lambda: examine(address, schema=_schema(arguments)))
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
    moved = _logged_in(address, lambda: move(folder, address, schema=_schema(arguments)))
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
    address = _address(arguments)
    _logged_in(address, lambda: roles.apply(address, schema=_schema(arguments)))
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


def _password(arguments: argparse.Namespace) -> int:
    from companion.registry.team import password

    address = _address(arguments)
    given: Secret | None = None
    if not arguments.forget:
        file: Path | None = arguments.password_file
        if file is None and not sys.stdin.isatty():
            streams.print_error("companion: give the password by --password-file, or run this in a terminal")
            return 2
        given = passphrase_in(file) if file is not None else _ask(address)
    if not password.keep(address, given):
        raise KeyStoreUnavailable("this computer has no key store: keep the password in ~/.pgpass")
    if arguments.json:
        streams.print_json({"registry": str(address), "kept": given is not None})
    else:
        done = "No password is kept" if given is None else "The password is kept in the key store"
        streams.print_line(f"✓ {done} for {address}")
    return 0


def _logged_in(address: Address, do: Callable[[], T]) -> T:
    """What is done at a server; on a terminal, the password that it wants is asked for and kept."""
    from companion.registry.team import password

    try:
        return do()
    except RegistryLoginRejected:
        if not sys.stdin.isatty():
            raise
    password.use(address, given := _ask(address))
    try:
        done = do()
    except RegistryLoginRejected:
        password.use(address, None)
        raise
    is_kept = password.keep(address, given)
    where = "is kept in the key store" if is_kept else "is not kept: this computer has no key store"
    streams.print_error(f"The password {where}.")
    return done


def _ask(address: Address) -> Secret:
    return Secret(streams.ask_hidden(sys.stderr, f"Password for {address}: "))


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
