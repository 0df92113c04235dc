"""Texts that two computers exchange by a file or by QR codes, such as what a witness is asked and answers.

A code holds "RPLW:" and base45: its alphabet is what QR codes pack best, and no reader changes it.
"""

from __future__ import annotations

from pathlib import Path

from companion.errors import CodeUnreadable
from companion.files import read_named, replace_named
from companion.setup_code.digits import base45

PREFIX = "RPLW:"
MOST = 65536
_PICTURES = (".png", ".jpg", ".jpeg", ".webp", ".bmp", ".gif", ".tif", ".tiff", ".heic", ".svg", ".pdf")


def write_text(text: str, file: Path) -> None:
    """As a QR code if the file ends in .png, else as it is. Raises ValueError for a code that is too large,
    FileUnwritable."""
    if file.suffix.lower() == ".png":
        from companion.label import qr_png

        content = qr_png(PREFIX + base45.encode(text.encode()), correction="L")
    else:
        content = text.encode()
    replace_named(file, content)


def read_text(file: Path) -> str:
    """The text in a file of `write_text`, or in a picture or photo of its code.

    Raises FileMissing, FileUnreadable, CodeUnreadable, and what the scanner raises.
    """
    try:
        text = None if file.suffix.lower() in _PICTURES else read_named(MOST, file).decode()
    except UnicodeDecodeError:
        text = None
    if text is not None:
        return text
    from companion.scanner.files.loader import texts_in_file

    for code in texts_in_file(file):
        if code.startswith(PREFIX):
            try:
                return base45.decode(code.removeprefix(PREFIX)).decode()
            except ValueError:
                continue
    raise CodeUnreadable(f"{file.name}: not a code from a log or witness")
