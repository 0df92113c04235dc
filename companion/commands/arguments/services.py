"""Services for commands that need neither a radio nor an endpoint."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from contextlib import contextmanager

from companion.commands.arguments.options import passphrase_source, radios
from companion.services import Services


@contextmanager
def offline_services(arguments: argparse.Namespace) -> Iterator[Services]:
    """Services with an open registry, in the data folder of the radio asked for.

    Whoever needs the owner's keys opens the identity. Raises RadioSpecError and StorageError leaves.
    """
    services = Services(
        radios(arguments), data_dir=arguments.data_dir, ask_passphrase=passphrase_source(arguments)
    )
    services.open_registry()
    try:
        yield services
    finally:
        services.close_registry()
