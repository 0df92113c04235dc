"""`companion firmware`: what a firmware file is, whether it is whole, who signed it. Nothing is run."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING, Any

from companion.commands.arguments.options import add_json
from companion.commands.terminal import streams
from companion.errors.firmware import FirmwareKeyUnusable
from companion.files import abbreviate_home, read_named
from companion.model import Verdict

if TYPE_CHECKING:
    from companion.firmware import Image, SignerKey

DESCRIPTION = """\
Explain firmware files: images of ESP-IDF (Secure Boot v2) and MCUboot, and SUIT manifests.

actions:
  explain FILE         show for what it is, which version, whether it is whole, and who signed it

No device is needed, and nothing of the file is run. Exit status 6 if something in it is wrong.
"""
MARKS = {Verdict.PASSED: "✓", Verdict.REMARK: "!", Verdict.FAILED: "✗", Verdict.NOT_KNOWN: "?"}
_MAX_KEY = 65_536


def configure(parser: argparse.ArgumentParser) -> None:
    """`firmware explain FILE [--key KEY.pem]...`."""
    parser.description = DESCRIPTION
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.add_argument("action", choices=["explain"], metavar="ACTION", help="explain")
    parser.add_argument("file", type=Path, metavar="FILE", help="firmware image or manifest")
    parser.add_argument(
        "--key",
        type=Path,
        action="append",
        default=[],
        metavar="KEY.pem",
        help="public key of who has to have signed it; repeat for several",
    )
    add_json(parser)


def run(arguments: argparse.Namespace) -> int:
    """Explain one file. Exit status 6 where a check failed."""
    from companion.firmware import MAX_SIZE, explain

    keys = [_key(path) for path in arguments.key]
    image = explain(read_named(MAX_SIZE, arguments.file), keys)
    if arguments.json:
        streams.print_json(_as_json(image))
    else:
        _print(image)
    return 0 if image.is_sound else FirmwareKeyUnusable.exit_status


def _key(path: Path) -> SignerKey:
    from companion.firmware.keys import read_pem

    try:
        return read_pem(read_named(_MAX_KEY, path))
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
