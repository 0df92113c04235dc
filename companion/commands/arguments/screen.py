"""`--show qr | FILE`: a fresh secret for a device that has a camera or a light sensor and no display."""

from __future__ import annotations

import argparse
import asyncio
import secrets
import sys
import time
from pathlib import Path

from companion.commands.devices.sharing_code import print_code
from companion.commands.terminal import streams
from companion.commands.terminal.prompts import TerminalPrompts
from companion.errors import Cancelled
from companion.files import replace_durably
from companion.label import qr_png
from companion.protocols import installed
from companion.runs.answers import Answers
from companion.secret import Secret

SECONDS = 300.0
"""How long a secret may be shown (RP1 section 5)."""

_WARNING = "Anyone who sees it can impersonate the device: keep others away. It is valid for five minutes."


def add_show(parser: argparse.ArgumentParser) -> None:
    """`--show qr | FILE`."""
    parser.add_argument(
        "--show",
        metavar="qr|FILE",
        help="for a device with a camera and no display: show it a fresh secret as a QR code in this "
        "terminal, in a picture (FILE.png), or as a light in a video (FILE.avi); whoever else sees it can "
        "impersonate the device",
    )


async def show_secret(arguments: argparse.Namespace) -> Secret | None:
    """The secret, once the device has read it; None without `--show`. Raises Cancelled where it was not read
    in time, and OSError where the file can't be written."""
    if arguments.show is None:
        return None
    secret, began = Secret(secrets.token_bytes(16)), time.monotonic()
    if arguments.show == "qr":
        print_code(sys.stderr, _text_of(secret))
    else:
        file = Path(arguments.show)
        await asyncio.to_thread(_write, secret, file)
        streams.print_error(f"Show {file} to the device, then delete it: it contains the secret.")
    streams.print_error(_WARNING)
    read = await TerminalPrompts(sys.stderr, Answers()).yes("Has the device read it?")
    if not read or time.monotonic() - began > SECONDS:
        raise Cancelled("the secret was not read in time" if read else "the secret was not read")
    return secret


def _text_of(secret: Secret) -> str:
    """As the protocol writes it whose devices read screens."""
    (write,) = [each.screen_code for each in installed().protocols.values() if each.screen_code is not None]
    return write(secret)


def _write(secret: Secret, file: Path) -> None:
    if file.suffix.lower() == ".avi":
        from companion.light.frame import Beacon
        from companion.scanner import write_light_video

        write_light_video(Beacon(secret), file)
    else:
        replace_durably(file, qr_png(_text_of(secret)))
