"""Services for commands that need neither a radio nor an endpoint."""

from __future__ import annotations

import argparse
import os
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from companion.commands.arguments.options import passphrase_source, pin_source, place, radios
from companion.files import check_folder, data_path
from companion.services import Services


def services_for(arguments: argparse.Namespace) -> Services:
    """Services of the radio and data folder asked for, none of them open. Raises RadioSpecError, and as
    `passphrase_source`."""
    return Services(
        radios(arguments),
        **place(arguments),
        ask_passphrase=passphrase_source(arguments),
        ask_pin=pin_source(arguments),
    )


@contextmanager
def identity_services(arguments: argparse.Namespace) -> Iterator[Services]:
    """Services for what needs the owner's keys and no records; whoever needs them opens the identity. Raises
    as `services_for`."""
    services = services_for(arguments)
    try:
        yield services
    finally:
        services.close_identity()


@contextmanager
def offline_services(arguments: argparse.Namespace, *, reads: bool = False) -> Iterator[Services]:
    """Services with an open registry, in the data folder of the radio asked for.

    reads: nothing is going to be written. Where nothing was yet, the folder then stays as it is, or missing,
    and the services are those of an empty one.

    Whoever needs the owner's keys opens the identity. Raises RadioSpecError and StorageError leaves.
    """
    services = services_for(arguments)
    with ExitStack() as stack:
        if reads and _is_unused(data_path(arguments.data_dir, virtual=services.is_virtual), arguments):
            elsewhere = stack.enter_context(TemporaryDirectory(prefix="companion-empty-"))
            services = Services(services.radios, data_dir=Path(elsewhere), registry="local")
        services.open_registry()
        stack.callback(services.close_identity)
        stack.callback(services.close_registry)
        yield services


def _is_unused(folder: Path, arguments: argparse.Namespace) -> bool:
    """True where no records and no keys are, and no server has them. Raises as `check_folder`, of a folder
    that is there."""
    from companion.identity.identity import FILES
    from companion.registry.database.connection import DATABASE
    from companion.registry.team.setting import chosen

    if chosen(folder, arguments.registry, arguments.operator).address is not None:
        return False
    if not os.path.lexists(folder):
        return True
    check_folder(folder)
    # A link that leads nowhere is somebody's too; whoever opens what it stands for says so.
    return not any(os.path.lexists(folder / name) for name in (DATABASE, *FILES.values()))
