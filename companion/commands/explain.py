"""`companion explain`: what a setup code is, what it says, and what can be done with it."""

from __future__ import annotations

import argparse
import sys
from typing import TYPE_CHECKING, Any

from companion.commands.arguments.code_source import typed_code
from companion.commands.arguments.options import add_json, add_radio
from companion.commands.arguments.services import offline_services
from companion.commands.terminal import streams
from companion.commands.terminal.step_printer import guides_lines
from companion.commands.voucher.sources import kept_vouchers
from companion.commands.voucher.words import document as as_document
from companion.commands.voucher.words import named
from companion.errors import SetupCodeError, StorageError
from companion.errors.voucher import OwnershipVoucherUnknown
from companion.model import MakerGuide, SetupCode
from companion.protocols import recognise
from companion.runs.discovery.guidance import guided
from companion.secret import Secret
from companion.setup_code import MAX_LENGTH
from companion.setup_code.ecosystems.non_devices import GUID

if TYPE_CHECKING:
    from companion.vouchers.voucher import Voucher


def configure(parser: argparse.ArgumentParser) -> None:
    """`explain TEXT`."""
    parser.add_argument(
        "text",
        metavar="TEXT",
        help="the setup code; - reads standard input. Exit status 3 if Companion does not recognise it",
    )
    parser.add_argument("--show-secrets", action="store_true", help="show secrets")
    add_radio(parser)
    add_json(parser)


def run(arguments: argparse.Namespace) -> int:
    """Explain one code. Exit status 3 for a damaged code and for a text that is none; 0 for a foreign one."""
    code = _with_guide(recognise(_text(arguments.text)), arguments)
    voucher = _voucher(code, arguments)
    if arguments.json:
        document = code_as_json(code, show_secrets=arguments.show_secrets)
        streams.print_json(document if voucher is None else {**document, "voucher": as_document("", voucher)})
    else:
        print_code(code, show_secrets=arguments.show_secrets)
        if voucher is not None:
            streams.print_line(f"A voucher is saved: {voucher.device}, assigned to {named(voucher.owner)}.")
    return SetupCodeError.exit_status if code.ecosystem == "unknown" else 0


def _voucher(code: SetupCode, arguments: argparse.Namespace) -> Voucher | None:
    """The ownership voucher that is saved under a GUID; None for any other code."""
    if code.ecosystem != GUID:
        return None
    from companion.vouchers.exchange.store import read_guid

    guid = read_guid(code.text.reveal_text())
    try:
        return None if guid is None else kept_vouchers(arguments).get(guid)
    except OwnershipVoucherUnknown:
        return None


def _with_guide(code: SetupCode, arguments: argparse.Namespace) -> SetupCode:
    """With what imported lists say. Records that can't be read keep nobody from what the code itself says."""
    if not code.commissionable:
        return code
    try:
        with offline_services(arguments, reads=True) as services:
            return guided(services.registry, code)
    except StorageError as error:
        streams.print_error(f"companion: imported lists can't be read. {error.title_text} ({error.code})")
        return code


def _text(argument: str) -> str:
    """The argument, or all of what is piped in: lines of a log are looked through for their code."""
    if argument == "-" and not sys.stdin.isatty():
        return sys.stdin.read(MAX_LENGTH + 1).strip()
    return typed_code(argument)


def code_as_json(code: SetupCode, *, show_secrets: bool = False) -> dict[str, Any]:
    """A code's facts; secret values are null unless they are to be shown."""
    return {
        "ecosystem": code.ecosystem,
        "title": code.title,
        "commissionable": code.commissionable and not code.lacks_secret,
        "protocol": code.protocol,
        "verdict": str(code.verdict),
        "preparation": [guide_as_json(each, show_secrets=show_secrets) for each in code.guides],
        "fields": {field.name: _shown(field.value, show_secrets, None) for field in code.fields},
        "security": [
            {"finding": str(f.claim), "sentence": str(f.sentence), "severity": f.severity.value}
            for f in code.findings
        ],
    }


def guide_as_json(maker: MakerGuide, *, show_secrets: bool = False) -> dict[str, Any]:
    """What a manufacturer says of how its device is made ready."""
    filled = maker.link_with_code
    return {
        "product": maker.product or None,
        "steps": str(maker.steps),
        "instruction": maker.instruction or None,
        "link": maker.link or None,
        "link_with_code": filled.reveal_text() if show_secrets and filled is not None else None,
    }


def print_code(code: SetupCode, *, show_secrets: bool = False) -> None:
    """A code for people."""
    streams.print_line(code.title)
    for field in code.fields:
        streams.print_line(f"  {field.label + ':':<20} {_shown(field.value, show_secrets, '(hidden)')}")
    for finding in code.findings:
        streams.print_line(f"! {finding.claim}. {finding.sentence}")
    streams.print_line(str(code.verdict))
    for line in guides_lines(code.guides):
        streams.print_line(line)
    for link in [each.link_with_code for each in code.guides if each.link_with_code is not None]:
        if show_secrets:
            streams.print_line("The manufacturer's page with this setup code, which its owner then has:")
            streams.print_line(link.reveal_text())


def _shown(value: str | Secret, show_secrets: bool, hidden: str | None) -> str | None:
    if not isinstance(value, Secret):
        return value
    if not show_secrets:
        return hidden
    content = value.reveal()
    return content.decode() if content.isascii() and content.decode().isprintable() else content.hex()
