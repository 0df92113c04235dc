"""`companion firmware explain`: what a file is, whether it is whole, who signed it. Nothing is run."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING, Any

from companion.commands.terminal import streams
from companion.errors.firmware import FirmwareKeyUnusable
from companion.files import abbreviate_home, read_named
from companion.model import Verdict

if TYPE_CHECKING:
    from companion.firmware import Image, SignerKey

MARKS = {Verdict.PASSED: "✓", Verdict.REMARK: "!", Verdict.FAILED: "✗", Verdict.NOT_KNOWN: "?"}
_MAX_KEY = 65_536


def add_options(parser: argparse.ArgumentParser) -> None:
    """`--key KEY.pem`, repeatable."""
    parser.add_argument(
        "--key",
        type=Path,
        action="append",
        default=[],
        metavar="KEY.pem",
        help="public key of who has to have signed it; explain: repeat for several",
    )


def run(arguments: argparse.Namespace, file: str) -> int:
    """Explain one file. Exit status 6 where a check failed."""
    from companion.firmware import MAX_SIZE, explain

    keys = [read_key(path)[1] for path in arguments.key]
    image = explain(read_named(MAX_SIZE, Path(file)), keys)
    if arguments.json:
        streams.print_json(_as_json(image))
    else:
        _print(image)
    return 0 if image.is_sound else FirmwareKeyUnusable.exit_status


def read_key(path: Path) -> tuple[str, SignerKey]:
    """A public key in PEM, as text and as a key. Raises FirmwareKeyUnusable, and as `read_named`."""
    from companion.firmware.keys import read_pem

    content = read_named(_MAX_KEY, path)
    try:
        return content.decode("ascii"), read_pem(content)
    except ValueError as error:
        raise FirmwareKeyUnusable(f"{abbreviate_home(str(path))}: {error}") from error


def _print(image: Image) -> None:
    streams.print_line(image.title)
    for fact in image.facts:
        streams.print_line(f"  {fact.label + ':':<20} {fact.value}")
    for check in image.checks:
        streams.print_line(f"{MARKS[check.verdict]} {check.claim}: {check.reason}")


def _as_json(image: Image) -> dict[str, Any]:
    return {
        "format": image.kind.value,
        "title": image.title,
        "facts": [vars(fact) for fact in image.facts],
        "checks": [
            {
                "name": check.name,
                "claim": str(check.claim),
                "reason": str(check.reason),
                "verdict": check.verdict.value,
            }
            for check in image.checks
        ],
        "sound": image.is_sound,
    }
