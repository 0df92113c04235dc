"""Transfer tokens: `companion devices transfer` makes one without the device, `accept` reads it."""

from __future__ import annotations

import argparse
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

from companion.api import issue_token, save_token
from companion.commands.arguments.services import offline_services
from companion.commands.devices.kind import wrong_kind
from companion.commands.terminal import streams
from companion.commands.terminal.step_printer import StepPrinter
from companion.errors import SeveralCodes, TrustUnusable
from companion.files import MAX_SMALL_FILE, read_named, unreadable, unwritable
from companion.identity.public import read_public
from companion.outcome import Outcome
from companion.protocols import TransferTerms
from companion.secret import Secret

DAY = 86_400
_MOST_TEXT = 4096


def configure(parser: argparse.ArgumentParser) -> None:
    """Their options."""
    group = parser.add_argument_group("transfer")
    to = group.add_mutually_exclusive_group()
    to.add_argument(
        "--to", type=Path, metavar="NEWOWNER.pub", help="new owner's public key (from `companion trust key`)"
    )
    to.add_argument("--bearer", action="store_true", help="anyone who has the token can take over the device")
    group.add_argument(
        "--token", type=Path, metavar="FILE", help="file for the token: QR code if .png, otherwise text"
    )
    group.add_argument("--days", type=int, default=30, metavar="N", help="validity in days")
    group.add_argument("--keep-data", action="store_true", help="keep network and certificate on the device")


def run(arguments: argparse.Namespace) -> int:
    """Make a token, and note in the registry that one is out."""
    if not arguments.device or arguments.token is None or not (arguments.to or arguments.bearer):
        streams.print_error("companion: devices transfer needs DEVICE, --token, and --to or --bearer")
        return 2
    terms = TransferTerms(
        to=_public(arguments.to) if arguments.to else None,
        expires=int(time.time()) + arguments.days * DAY,
        wipe=not arguments.keep_data,
    )
    with offline_services(arguments) as services:
        record = services.registry.device(arguments.device)
        if (wrong := wrong_kind(record, services.registry, virtual=services.is_virtual)) is not None:
            streams.print_error(f"companion: {wrong}")
            return 2
        services.open_identity()
        outcome = issue_token(services, record, terms, save=lambda token: _write(token, arguments.token))
    _print(outcome, terms, arguments)
    return outcome.exit_status


def read_token(file: Path) -> str:
    """The token in a text file or a picture, whatever other codes are in it.

    Raises FileMissing, FileUnreadable, CodeUnreadable, CodeMalformed, ImageRefused, and SeveralCodes for more
    than one token.
    """
    try:
        with file.open("rb") as opened:
            content = opened.read(_MOST_TEXT + 1)
    except OSError as error:
        raise unreadable(file, error) from error
    if len(content) <= _MOST_TEXT and content.isascii():
        # A space at the end may be part of the token.
        return content.decode().strip("\r\n")
    from companion.scanner import codes_in_file

    codes = codes_in_file(file).usable()
    tokens = [code for code in codes if code.ecosystem.endswith("-transfer")]
    if len(tokens) > 1:
        raise SeveralCodes(candidates="; ".join(code.title for code in tokens))
    return (tokens or codes)[0].text.reveal_text()


def _public(file: Path) -> bytes:
    try:
        return read_public(read_named(MAX_SMALL_FILE, file))
    except ValueError as error:
        raise TrustUnusable(f"{file.name}: {error}") from error


def _write(token: Secret, file: Path) -> None:
    """Raises FileUnwritable."""
    try:
        save_token(token, file)
    except OSError as error:
        raise unwritable(file, error) from error


def _print(outcome: Outcome, terms: TransferTerms, arguments: argparse.Namespace) -> None:
    until = datetime.fromtimestamp(terms.expires, UTC)
    if arguments.json or arguments.json_lines:
        token = {
            "file": str(arguments.token),
            "form": "bearer" if terms.to is None else "key",
            "expires": until.isoformat(),
            "wipe": terms.wipe,
        }
        streams.print_json({**outcome.as_json(), "token": token})
        return
    printer = StepPrinter(sys.stdout)
    device = outcome.commissioned.device if outcome.commissioned is not None else None
    printer.line(f"{device.name if device is not None else 'It'} can now be taken over with the token.")
    printer.line(f"Token: {arguments.token}, valid for one use until {until:%Y-%m-%d %H:%M} UTC.")
    if terms.to is None:
        printer.line("Anyone who has it can take over the device. Handle it like a key.")
    printer.line(
        "Check its state with `companion devices tokens`, cancel it with `companion devices cancel`."
    )
    printer.line("The new owner runs `companion devices accept FILE` in range of the device.")
