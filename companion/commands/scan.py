"""`companion scan`: every setup code in pictures or a video, each recognised."""

from __future__ import annotations

import argparse
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from companion.commands.arguments.options import add_json
from companion.commands.explain import code_as_json, print_code
from companion.commands.terminal import streams
from companion.errors import CodeMalformed, CompanionError
from companion.model import SetupCode


def configure(parser: argparse.ArgumentParser) -> None:
    """`scan FILE...`."""
    parser.add_argument(
        "files", nargs="+", type=Path, metavar="FILE", help="pictures, PDFs, videos, text files"
    )
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
