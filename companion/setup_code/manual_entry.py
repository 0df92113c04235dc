"""Codes that people type: cut into groups and checked while they are typed.

A kind of code that is typed is an `EntryFormat`: those of ecosystems stand in `entry_formats.py`, a protocol
declares its own. `companion.protocols.group_entry` knows all of them.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from enum import Enum

from companion.errors import CodeMalformed
from companion.model import Text
from companion.setup_code import Recogniser, recognise

# A space is a digit of base45, but paper does not show it and people do not type it: labels print this.
VISIBLE_SPACE = "_"

DIGITS = "0123456789"
_MAX_LENGTH = 256
_BREAKS = "\r\n\t\v\f\0\x85\u2028\u2029"
_OPENING = " \"'`‘'‚“”„«»‹›()[]<>"
_CLOSING = _OPENING + ".,;:!?…"
_FOREIGN = Text("This code can't contain that character.")
_IMPOSSIBLE = Text("This group is wrong. Compare it with the label.")
_CHECK = Text("The check digit does not match: a character is wrong, or two are swapped.")
_TOO_LONG = Text("The code is too long.")


class GroupState(Enum):
    """What is known of one group so far. RIGHT: full, and nothing speaks against it."""

    EMPTY = "empty"
    PART = "part"
    RIGHT = "right"
    WRONG = "wrong"


@dataclass(frozen=True)
class Group:
    """One group of a typed code: what was typed of it, and how many characters it takes."""

    text: str
    size: int
    state: GroupState


@dataclass(frozen=True)
class GroupedEntry:
    """A text so far. kind: the format's name, None for a text that is not cut into groups.

    canonical: what to give to `companion.protocols.recognise`. complete: it can be given now. problem: what
    is wrong, as a sentence, or None.
    """

    kind: str | None
    groups: tuple[Group, ...]
    canonical: str
    complete: bool
    problem: Text | None = None

    @property
    def display(self) -> str:
        """The groups that hold something, with a space between them; else the text as it is."""
        return " ".join(group.text for group in self.groups if group.text) or self.canonical


@dataclass(frozen=True)
class EntryFormat:
    """How one kind of code is typed.

    name:       stable and unique, as `GroupedEntry.kind`; prefix: of the text, which nobody has to type
    announces:  whether a text of one line is of this kind, as far as its beginning tells
    sizes:      of the groups, from the characters so far
    wrong:      the place of the first character that can't be, or None; the alphabet is checked before
    separator:  between the groups of the text
    characters: what was typed behind the prefix, without what only parts groups; None for the usual way
    """

    name: str
    prefix: str
    alphabet: str
    announces: Callable[[str], bool]
    sizes: Callable[[str], tuple[int, ...]]
    wrong: Callable[[str], int | None]
    separator: str = ""
    characters: Callable[[str], str] | None = None


def group(
    text: str, formats: Sequence[EntryFormat], protocols: Iterable[Recogniser], kind: str | None = None
) -> GroupedEntry:
    """Group and check a text so far. `kind`, the name of a format, overrides what the text looks like.

    formats: the first that a text announces has it; protocols: as for `recognise`
    What a code was copied out of a sentence with (quotes, brackets, a full stop) does not count.
    """
    recognisers = tuple(protocols)
    typed = unicodedata.normalize("NFKC", text[:_MAX_LENGTH]).strip(_BREAKS).lstrip()
    entry = _entry(text, typed, _format(typed, formats, kind), recognisers)
    if entry.kind is None or not entry.complete:
        bare = typed.lstrip(_OPENING).rstrip(_CLOSING)
        other = _entry(text, bare, _format(bare, formats, kind), recognisers)
        if bare and other.kind is not None and (entry.kind is None or other.complete):
            return other
    return entry


def _format(typed: str, formats: Sequence[EntryFormat], kind: str | None) -> EntryFormat | None:
    line = without_breaks(typed)
    if kind is not None:
        return next(each for each in formats if each.name == kind)
    return next((each for each in formats if each.announces(line)), None)


def _entry(
    text: str, typed: str, form: EntryFormat | None, recognisers: tuple[Recogniser, ...]
) -> GroupedEntry:
    if form is None:
        return GroupedEntry(None, (), text.strip(), complete=bool(text.strip()))
    characters = _characters(typed, form)
    groups, problem = _groups(characters, form)
    canonical = form.prefix + form.separator.join(_cut(characters, form.sizes(characters)))
    full = problem is None and all(group.state is GroupState.RIGHT for group in groups)
    if full:
        problem = _refusal(canonical, recognisers)
    if problem is _CHECK:
        groups = (*groups[:-1], Group(groups[-1].text, groups[-1].size, GroupState.WRONG))
    return GroupedEntry(form.name, groups, canonical, full and problem is None, problem)


def without_breaks(typed: str, instead: str = "") -> str:
    """One line: where a code was broken into lines, nothing is meant by it."""
    return re.sub(f"[{_BREAKS}]+", instead, typed)


def _characters(typed: str, form: EntryFormat) -> str:
    """What was typed behind the prefix, without what only parts groups."""
    if form.characters is not None:
        return form.characters(typed)
    body = typed[len(form.prefix) :] if typed.upper().startswith(form.prefix.upper()) else typed
    return re.sub(r"[\s-]" if form.alphabet == DIGITS else r"\s", "", body).upper()


def _groups(characters: str, form: EntryFormat) -> tuple[tuple[Group, ...], Text | None]:
    sizes = form.sizes(characters)
    place, problem = _first_wrong(characters, form)
    groups = []
    start = 0
    for size, part in zip(sizes, _cut(characters, sizes, pad=True), strict=False):
        is_wrong = place is not None and start <= place < start + size
        groups.append(Group(part.replace(" ", VISIBLE_SPACE), size, _state(part, size, is_wrong)))
        start += size
    rest = characters[sum(sizes) :]
    if rest:
        groups.append(Group(rest, 0, GroupState.WRONG))
        problem = problem or _TOO_LONG
    return tuple(groups), problem


def _state(part: str, size: int, is_wrong: bool) -> GroupState:
    if is_wrong:
        return GroupState.WRONG
    if not part:
        return GroupState.EMPTY
    return GroupState.RIGHT if len(part) == size else GroupState.PART


def _first_wrong(characters: str, form: EntryFormat) -> tuple[int | None, Text | None]:
    for place, character in enumerate(characters):
        if character not in form.alphabet:
            return place, _FOREIGN
    place_of_wrong = form.wrong(characters)
    return place_of_wrong, None if place_of_wrong is None else _IMPOSSIBLE


def _cut(characters: str, sizes: tuple[int, ...], *, pad: bool = False) -> list[str]:
    """The characters in groups; what is too much makes one more, and `pad` keeps empty groups."""
    parts, start = [], 0
    for size in sizes:
        parts.append(characters[start : start + size])
        start += size
    parts.append(characters[start:])
    return parts if pad else [part for part in parts if part]


def _refusal(canonical: str, recognisers: tuple[Recogniser, ...]) -> Text | None:
    """Why a full code is not accepted: only a check over all of it is left."""
    try:
        return None if recognise(canonical, recognisers).ecosystem != "unknown" else _IMPOSSIBLE
    except CodeMalformed:
        return _CHECK


def first_undecodable(characters: str, size: int, decode: Callable[[str], bytes]) -> int | None:
    """The place of the first full group that a codec refuses."""
    for start in range(0, len(characters) - size + 1, size):
        try:
            decode(characters[start : start + size])
        except ValueError:
            return start
    return None
