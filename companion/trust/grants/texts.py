"""Grants and requests in files: as text, or as the picture of a QR code."""

from __future__ import annotations

from pathlib import Path

from companion.errors import (
    CodeUnreadable,
    GrantInvalid,
    GrantTooLong,
    ImageRefused,
    SeveralCodes,
    StorageError,
)
from companion.files import replace_durably, spare_keys, unreadable

MAX_TEXT = 1 << 18


def read_text(file: Path, ending: str) -> str:
    """The text of a kind (its ecosystem ends so) in a text file or a picture, whatever other codes are there.

    Raises as `unreadable`, GrantInvalid for a file of another kind, CodeMalformed, and SeveralCodes for more
    than one.
    """
    try:
        with file.open("rb") as opened:
            content = opened.read(MAX_TEXT + 1)
    except OSError as error:
        raise unreadable(file, error) from error
    if len(content) <= MAX_TEXT and (text := _as_text(content)) is not None:
        # A space at the end may be part of the text.
        return text.strip("\r\n")
    from companion.scanner import codes_in_file

    try:
        codes = codes_in_file(file).usable()
    except ImageRefused as error:
        raise GrantInvalid("neither a text nor a picture that can be opened") from error
    except CodeUnreadable as error:
        raise GrantInvalid("the picture holds no code") from error
    fitting = [code for code in codes if code.ecosystem.endswith(ending)]
    if len(fitting) > 1:
        raise SeveralCodes(candidates="; ".join(code.title for code in fitting))
    return (fitting or codes)[0].text.reveal_text()


def _as_text(content: bytes) -> str | None:
    """A text that somebody damaged is one still; None for what no editor wrote."""
    try:
        return None if b"\0" in content else content.decode()
    except UnicodeDecodeError:
        return None


def write_text(text: str, file: Path) -> None:
    """As a QR code if the file ends in .png, else as text. Raises GrantTooLong, StorageError."""
    from companion.label import qr_png

    spare_keys(file)
    try:
        content = qr_png(text, correction="L") if file.suffix.lower() == ".png" else f"{text}\n".encode()
    except ValueError as error:
        raise GrantTooLong from error
    try:
        replace_durably(file, content)
    except OSError as error:
        raise StorageError(f"{file.name}: {type(error).__name__}") from error
