"""How an RP1 code is typed from its label: groups of six base45 digits, among them the space."""

from __future__ import annotations

import re

from companion.errors import CodeMalformed
from companion.protocols.rp1.setup_code import label_code
from companion.setup_code.digits import base45
from companion.setup_code.manual_entry import (
    VISIBLE_SPACE,
    EntryFormat,
    first_undecodable,
    without_breaks,
)

_GROUP = 6
_PRINTED = re.compile(r"(?:\S{6} +)+\S{0,6} *")
_PREFIX = re.compile(r"RP1\s*:?")


def _announces(typed: str) -> bool:
    """By its prefix, or as much of it as there is."""
    upper = typed.upper()
    return upper.startswith("RP1") or bool(upper and label_code.PREFIX.startswith(upper))


def _characters(typed: str) -> str:
    """A space is a digit of the code's text, and parts the groups of its print: the code says which it is.

    Without a whole code to tell: it parts them if it stands behind every group, and is a digit elsewhere,
    as long as a code can begin like that.
    """
    spaced = _body(without_breaks(typed, " "))
    body = _body(without_breaks(typed))
    meant = body.replace(VISIBLE_SPACE, " ")
    parted = re.sub(r"\s", "", body).replace(VISIBLE_SPACE, " ")
    for reading in dict.fromkeys((meant, meant.rstrip(), parted)):
        if _is_whole(reading):
            return reading
    if _PRINTED.fullmatch(spaced) or _foreign(meant) or _wrong(meant) is not None:
        return parted
    return meant


def _body(typed: str) -> str:
    """Upper case, behind the prefix or as much of it as there is."""
    upper = typed.upper()
    if begun := _PREFIX.match(upper):
        return upper[begun.end() :].lstrip()
    return "" if label_code.PREFIX.startswith(upper.strip()) else upper


def _is_whole(characters: str) -> bool:
    """True if it is a code, and no white space too much is forgiven."""
    try:
        code = label_code.recognise(label_code.PREFIX + characters)
    except CodeMalformed:
        return False
    return code is not None and code.text.reveal_text() == label_code.PREFIX + characters


def _foreign(characters: str) -> bool:
    return any(character not in base45.ALPHABET for character in characters)


def _sizes(characters: str) -> tuple[int, ...]:
    """As many groups as typed and one more, until the code is whole: its shape tells its length."""
    whole, rest = divmod(len(characters), _GROUP)
    if _is_whole(characters):
        return (_GROUP,) * whole + ((rest,) if rest else ())
    return (_GROUP,) * max(whole + 1, label_code.MIN_CHARACTERS // _GROUP)


def _wrong(characters: str) -> int | None:
    place = first_undecodable(characters, 3, base45.decode)
    if place is not None:
        return place
    for end in range(3, len(characters) + 1, 3):
        if not label_code.is_start(base45.decode(characters[:end])):
            return end - 3
    return None


def groups_of(text: str) -> tuple[str, ...]:
    """The groups of a whole code as a label prints them, without the prefix."""
    characters = text.removeprefix(label_code.PREFIX).replace(" ", VISIBLE_SPACE)
    return tuple(characters[at : at + _GROUP] for at in range(0, len(characters), _GROUP))


FORMAT = EntryFormat(
    "rp1", label_code.PREFIX, base45.ALPHABET, _announces, _sizes, _wrong, characters=_characters
)
