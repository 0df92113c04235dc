"""A dataset as people have it: hexadecimal digits from an app, a console or a file."""

from __future__ import annotations

import re

from companion.errors import ThreadDatasetUnusable
from companion.model import Text
from companion.networks.thread.dataset import MOST_OCTETS, Dataset, read
from companion.secret import Secret

MOST_TEXT = 16 * MOST_OCTETS
"""Characters that are looked at: digits, and what is between them."""
_CONSOLE = re.compile(r"(?i)done|.*\bdataset (?:active|pending) -x")
"""Lines of OpenThread's console around the digits."""
_BEFORE = re.compile(r"(?i)^(?:hex:|0x)")
_BETWEEN = re.compile(r"[\s:\"',>-]")
_DIGITS = re.compile(r"[0-9A-Fa-f]+")


def read_text(text: str) -> Dataset:
    """The dataset of hexadecimal digits, in any case and on several lines. Quotes, colons, a leading "hex:"
    or "0x" and what OpenThread's console writes around them are passed over.

    Raises ThreadDatasetUnusable, whose words never hold the content.
    """
    if len(text) > MOST_TEXT:
        raise ThreadDatasetUnusable(missing=Text("The dataset has more than 254 bytes."))
    lines = (line.strip() for line in text.splitlines())
    digits = " ".join(line for line in lines if not _CONSOLE.fullmatch(line)).strip("\"' ")
    digits = _BETWEEN.sub("", _BEFORE.sub("", digits))
    if not digits:
        raise ThreadDatasetUnusable(missing=Text("The dataset is empty."))
    if _DIGITS.fullmatch(digits) is None:
        raise ThreadDatasetUnusable(
            missing=Text("A dataset has only the digits 0 to 9 and the letters A to F.")
        )
    if len(digits) % 2:
        sentence = Text(
            "It has {count} digits. A dataset has an even number of digits.", {"count": len(digits)}
        )
        raise ThreadDatasetUnusable(missing=sentence)
    return read(Secret(bytes.fromhex(digits)))


def as_text(dataset: Dataset) -> Secret:
    """Hexadecimal digits in one line, as border routers show it."""
    return Secret(dataset.secret.reveal().hex())
