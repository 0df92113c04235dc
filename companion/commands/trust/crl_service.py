"""`companion trust crl --serve`: the revocation list over HTTP, kept fresh, and brokers told to reload."""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import os
import shlex
import signal
import subprocess
import sys
from pathlib import Path

from companion.commands.arguments.options import address
from companion.commands.terminal import streams
from companion.errors import CompanionError, StorageError
from companion.files import MAX_SMALL_FILE, read_at_most
from companion.identity import crl
from companion.services import Services

LOOK_SECONDS = 60.0
RELOAD_SECONDS = 30.0


def add_options(parser: argparse._ActionsContainer) -> None:
    """`--serve`, `--reload`, `--sighup`."""
    parser.add_argument(
        "--serve",
        type=address,
        metavar="HOST:PORT",
        help="crl: keep running, serve the list over HTTP here and renew it automatically",
    )
    parser.add_argument(
        "--reload", metavar="COMMAND", help="crl: run this after each new list (no shell), such as a reload"
    )
    parser.add_argument(
        "--sighup", type=Path, metavar="PIDFILE", help="crl: send SIGHUP to this process after each new list"
    )


def tell_broker(arguments: argparse.Namespace) -> None:
    """Let the broker read the list again. What fails is said, and nothing else depends on it."""
    if arguments.reload:
        try:
            subprocess.run(shlex.split(arguments.reload), check=True, timeout=RELOAD_SECONDS)
        except (OSError, ValueError, subprocess.SubprocessError) as error:
            streams.print_error(f"companion: --reload failed: {type(error).__name__}")
    if arguments.sighup is None:
        return
    if sys.platform == "win32":
        streams.print_error("companion: --sighup: Windows has no such signal; use --reload")
    else:
        try:
            os.kill(int(read_at_most(MAX_SMALL_FILE, arguments.sighup)), signal.SIGHUP)
        except (OSError, ValueError) as error:
            streams.print_error(f"companion: --sighup {arguments.sighup}: {type(error).__name__}")


async def serve(services: Services, arguments: argparse.Namespace, *, pause: float = LOOK_SECONDS) -> None:
    """Until it is cancelled. Raises StorageError where it can't listen."""
    from companion.endpoint.crl_server import CrlServer

    host, _, port = arguments.serve.rpartition(":")
    try:
        server = await CrlServer.start(lambda: _listed(services), host=host.strip("[]"), port=int(port))
    except OSError as error:
        raise StorageError(f"{arguments.serve}: {type(error).__name__}") from error
    streams.print_line(f"Serving the revocation list at {server.url}", flush=True)
    streams.print_line(
        f"To add this address to new certificates, run `companion trust crl-url {server.url}`.", flush=True
    )
    told = _number(services)
    try:
        while True:
            await asyncio.sleep(pause)
            await asyncio.to_thread(renew_if_due, services)
            # Whoever revokes writes a new list, too: the window, or a command beside this one.
            if (number := await asyncio.to_thread(_number, services)) != told:
                await asyncio.to_thread(tell_broker, arguments)
                told = number
    finally:
        await server.close()


def _number(services: Services) -> int:
    """Of the list that was written last; 0 if none was."""
    last = crl.published(services.data_dir)
    return last.number if last is not None else 0


def renew_if_due(services: Services) -> bool:
    """Write the list again if it ages, lacks a certificate, is gone or has ended. True if it is a new one.

    What fails is said, and tried again later: the list is good for days more.
    """
    try:
        return services.renew_crl_if_due()
    except CompanionError as error:
        streams.print_error(
            f"companion: the revocation list was not renewed: {error.title_text} ({error.code})"
        )
        return False


def _listed(services: Services) -> bytes | None:
    """The list that was written last (DER)."""
    from cryptography import x509
    from cryptography.hazmat.primitives.serialization import Encoding

    last = crl.published(services.data_dir)
    with contextlib.suppress(OSError, ValueError):
        if last is not None:
            return x509.load_pem_x509_crl(last.file.read_bytes()).public_bytes(Encoding.DER)
    return None
