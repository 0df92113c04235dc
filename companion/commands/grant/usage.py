"""What the actions of `companion grant` share: their complaint, their texts in files, and who acts."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from companion.commands.terminal import streams
from companion.errors import CodeUnreadable, SeveralCodes, StorageError
from companion.files import replace_durably
from companion.trust.grants.actions import Grants

if TYPE_CHECKING:
    from companion.services import Services

MAX_TEXT = 1 << 18


class WrongUsage(Exception):
    """What is wrong with the words behind an action."""


def grants_of(services: Services) -> Grants:
    """Who acts, with the keys opened."""
    return Grants(services.open_identity(), services.registry)


def read_text(file: Path, ending: str) -> str:
    """The text of a kind (its ecosystem ends so) in a text file or a picture, whatever other codes are there.

    Raises CodeUnreadable, CodeMalformed, ImageRefused, and SeveralCodes for more than one.
    """
    try:
        with file.open("rb") as opened:
            content = opened.read(MAX_TEXT + 1)
    except OSError as error:
        raise CodeUnreadable(f"{file.name}: {type(error).__name__}") from error
    if len(content) <= MAX_TEXT and content.isascii():
        # A space at the end may be part of the text.
        return content.decode().strip("\r\n")
    from companion.scanner import codes_in_file

    codes = codes_in_file(file).usable()
    fitting = [code for code in codes if code.ecosystem.endswith(ending)]
    if len(fitting) > 1:
        raise SeveralCodes(candidates="; ".join(code.title for code in fitting))
    return (fitting or codes)[0].text.reveal_text()


def write_text(text: str, file: Path) -> None:
    """As a QR code if the file ends in .png, else as text. Raises WrongUsage for a code that is too large."""
    from companion.label import qr_png

    try:
        content = qr_png(text, correction="L") if file.suffix.lower() == ".png" else f"{text}\n".encode()
    except ValueError as error:
        raise WrongUsage("it is too long for a QR code: give a file that does not end in .png") from error
    try:
        replace_durably(file, content)
    except OSError as error:
        raise StorageError(f"{file.name}: {type(error).__name__}") from error


def confirm(arguments: argparse.Namespace, question: str) -> None:
    """Raises WrongUsage where nobody says yes."""
    if arguments.yes:
        return
    if not sys.stdin.isatty():
        raise WrongUsage("nobody is here to say yes: read it above, then add --yes")
    streams.write(sys.stdout, f"{question} [yes/no] ", end="")
    if sys.stdin.readline().strip().lower() not in ("yes", "y"):
        raise WrongUsage("nothing was changed")
