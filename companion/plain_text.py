"""Text from outside made fit to be shown: names, networks, serials and whatever else others had a part in.

Anybody nearby can advertise a name. One table says which characters of it are never shown; `plain` takes them
out of a line for people, `json_text` writes them as escapes, so that programs get every value as it is.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from functools import cache
from typing import Any

REPLACEMENT = "\N{REPLACEMENT CHARACTER}"

# The two joiners (U+200C, U+200D) are not among them: scripts and emoji need them.
_RANGES = (
    ("\x00", "\x1f"),  # control characters steer a terminal, line ends among them
    ("\x7f", "\x9f"),  # and so do these, in one octet what ESC begins
    ("\xad", "\xad"),  # soft hyphen: seen at a line's end only
    ("\u061c", "\u061c"),  # Arabic letter mark: direction
    ("\u180e", "\u180e"),  # Mongolian vowel separator: no width
    ("\u200b", "\u200b"),  # space of no width
    ("\u200e", "\u200f"),  # marks of direction
    ("\u2028", "\u2029"),  # line and paragraph separator
    ("\u202a", "\u202e"),  # embeddings and overrides of direction
    ("\u2060", "\u206f"),  # word joiner, invisible operators, isolates of direction
    ("\ud800", "\udfff"),  # surrogates alone: no stream can encode them
    ("\ufeff", "\ufeff"),  # byte order mark: no width
    ("\ufff9", "\ufffb"),  # interlinear annotation
    ("\U0001bca0", "\U0001bca3"),  # shorthand format controls: never seen
    ("\U0001d173", "\U0001d17a"),  # musical beams and slurs: never seen
    ("\U000e0000", "\U000e007f"),  # tags: never seen
)


@cache
def _never_shown() -> re.Pattern[str]:
    return re.compile("[" + "".join(f"{first}-{last}" for first, last in _RANGES) + "]")


def plain(text: str) -> str:
    """One line of text with each character of the table replaced by U+FFFD."""
    if text.isascii() and text.isprintable():
        return text
    return _never_shown().sub(REPLACEMENT, text)


def plain_lines(text: str) -> str:
    """The same for our own text that has line ends where they belong."""
    return "\n".join(plain(line) for line in text.split("\n"))


def filled(template: str, facts: Mapping[str, str | int | float]) -> str:
    """A sentence of ours with its places filled, each fact as `plain`."""
    shown = {name: plain(fact) if isinstance(fact, str) else fact for name, fact in facts.items()}
    return template.format(**shown)


def json_text(content: Any, *, indent: int | None = None) -> str:
    """`content` as JSON. The table's characters are escapes: every value is kept, none steers a terminal."""
    written = json.dumps(content, ensure_ascii=False, indent=indent)
    if indent is not None:
        # Line ends between values are layout; within values the encoder has escaped them.
        return "\n".join(_escaped(line) for line in written.split("\n"))
    return _escaped(written)


def _escaped(written: str) -> str:
    return _never_shown().sub(lambda found: json.dumps(found.group())[1:-1], written)
