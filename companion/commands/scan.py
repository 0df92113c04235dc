"""`companion scan`: every setup code in pictures, a video or on a tag, each recognised."""

from __future__ import annotations

import argparse
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from companion.commands.arguments.code_source import next_tag
from companion.commands.arguments.options import add_json
from companion.commands.explain import code_as_json, print_code
from companion.commands.terminal import interrupts, streams
from companion.errors import CodeMalformed, CompanionError
from companion.model import SetupCode
from companion.plain_text import plain


def configure(parser: argparse.ArgumentParser) -> None:
    """`scan FILE... | --nfc`."""
    parser.add_argument(
        "files", nargs="*", type=Path, metavar="FILE", help="pictures, PDFs, videos, text files"
    )
    parser.add_argument("--nfc", action="store_true", help="read a tag that is held to an NFC reader")
    parser.add_argument("--show-secrets", action="store_true", help="show secrets")
    add_json(parser)


@dataclass(frozen=True)
class Scanned:
    """What one file held, what in it is damaged, and why it held nothing that can be used."""

    path: Path
    codes: tuple[SetupCode, ...] = ()
    damaged: tuple[CodeMalformed, ...] = ()
    error: CompanionError | None = None


def run(arguments: argparse.Namespace) -> int:
    """Scan every file. The exit status is that of the first file in which no code could be used."""
    if arguments.nfc == bool(arguments.files):
        streams.print_error("companion: give files, or --nfc")
        return 2
    if arguments.nfc:
        return interrupts.run(_scan_tag(arguments))
    results = [_scan(path) for path in arguments.files]
    if arguments.json:
        files = [_as_json(scanned, show_secrets=arguments.show_secrets) for scanned in results]
        streams.print_json({"files": files})
    else:
        for scanned in results:
            _print(scanned, show_secrets=arguments.show_secrets)
    return next((scanned.error.exit_status for scanned in results if scanned.error), 0)


def _scan(path: Path) -> Scanned:
    from companion.scanner import Codes, codes_in_file

    found = Codes()
    try:
        found = codes_in_file(path)
        found.usable()
    except CompanionError as error:
        return Scanned(path, found.codes, found.damaged, error)
    return Scanned(path, found.codes, found.damaged)


async def _scan_tag(arguments: argparse.Namespace) -> int:
    """Everything on the next tag: its codes, the Bluetooth device that it names, and its network."""
    content = await next_tag()
    content.check()
    device, network = content.device, content.network
    if arguments.json:
        codes = [code_as_json(code, show_secrets=arguments.show_secrets) for code in content.found.codes]
        damaged = [problem.as_json() for problem in content.found.damaged]
        named = {"address": device.address, "name": device.name} if device else None
        joins = {"ssid": network.name, "security": network.security.value} if network else None
        streams.print_json({"codes": codes, "damaged": damaged, "device": named, "network": joins})
        return 0
    for code in content.found.codes:
        print_code(code, show_secrets=arguments.show_secrets)
    for error in content.found.damaged:
        streams.print_line(f"✗ {error.title_text}. {error.advice_text} ({error.code})")
    if device is not None:
        streams.print_line(f"Bluetooth device: {plain(device.name or '')} {device.address}")
    if network is not None:
        streams.print_line(f"Wi-Fi network: {plain(network.name)} ({network.security.value})")
    return 0


def _as_json(scanned: Scanned, *, show_secrets: bool) -> dict[str, Any]:
    return {
        "file": str(scanned.path),
        "codes": [code_as_json(code, show_secrets=show_secrets) for code in scanned.codes],
        "damaged": [problem.as_json() for problem in scanned.damaged],
        "error": scanned.error.as_json() if scanned.error else None,
    }


def _print(scanned: Scanned, *, show_secrets: bool) -> None:
    streams.print_line(f"{scanned.path}:")
    for code in scanned.codes:
        print_code(code, show_secrets=show_secrets)
    for error in scanned.damaged or ([scanned.error] if scanned.error else ()):
        streams.print_line(f"✗ {error.title_text}. {error.advice_text} ({error.code})")
