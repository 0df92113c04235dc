"""Codes that people type: cut into groups and checked while they are typed."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from enum import Enum

from companion.errors import CodeMalformed
from companion.model import Text
from companion.setup_code import base38, base45, matter, recognise, rp1, zwave

# A space is a digit of base45, but paper does not show it and people do not type it: labels print this.
VISIBLE_SPACE = "_"

_MAX_LENGTH = 256
_RP1_GROUP = 6
_PRINTED = re.compile(r"(?:\S{6} +)+\S{0,6} *")
_PASTED_QR = re.compile(f"{zwave.LEAD_IN}[0-9]{{50,}}", re.ASCII)  # nobody types the digits of SmartStart
_RP1_PREFIX = re.compile(r"RP1\s*:?")
_BREAKS = "\r\n\t\v\f\0\x85\u2028\u2029"
_OPENING = " \"'`‘’‚“”„«»‹›()[]<>"
_CLOSING = _OPENING + ".,;:!?…"
_DIGITS = "0123456789"
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
    """A text so far. kind: of `KINDS`, None for a text that is not cut into groups.

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
class _Kind:
    """How one kind of code is typed.

    sizes: of the groups, from the characters so far. wrong: the place of the first character that can't
    be, or None; the alphabet is checked before.
    """

    prefix: str
    alphabet: str
    sizes: Callable[[str], tuple[int, ...]]
    wrong: Callable[[str], int | None]
    separator: str = ""


def grouped(text: str, kind: str | None = None) -> GroupedEntry:
    """Group and check a text so far. `kind`, of `KINDS`, overrides what the text looks like.

    What a code was copied out of a sentence with (quotes, brackets, a full stop) does not count.
    """
    typed = unicodedata.normalize("NFKC", text[:_MAX_LENGTH]).strip(_BREAKS).lstrip()
    entry = _entry(text, typed, kind)
    if entry.kind is None or not entry.complete:
        bare = typed.lstrip(_OPENING).rstrip(_CLOSING)
        other = _entry(text, bare, kind)
        if bare and other.kind is not None and (entry.kind is None or other.complete):
            return other
    return entry


def _entry(text: str, typed: str, kind: str | None) -> GroupedEntry:
    name = kind or _looks_like(_without_breaks(typed))
    if name is None:
        return GroupedEntry(None, (), text.strip(), complete=bool(text.strip()))
    form = KINDS[name]
    characters = _characters(typed, form)
    groups, problem = _groups(characters, form)
    canonical = form.prefix + form.separator.join(_cut(characters, form.sizes(characters)))
    full = problem is None and all(group.state is GroupState.RIGHT for group in groups)
    if full:
        problem = _refusal(canonical)
    if problem is _CHECK:
        groups = (*groups[:-1], Group(groups[-1].text, groups[-1].size, GroupState.WRONG))
    return GroupedEntry(name, groups, canonical, full and problem is None, problem)


def _without_breaks(typed: str, instead: str = "") -> str:
    """One line: where a code was broken into lines, nothing is meant by it."""
    return re.sub(f"[{_BREAKS}]+", instead, typed)


def _looks_like(typed: str) -> str | None:
    """The kind that a text announces: by its prefix, by where it is parted, or by its length."""
    upper = typed.upper()
    if upper.startswith("RP1") or (upper and rp1.PREFIX.startswith(upper)):
        return "rp1"
    if upper.startswith(matter.PREFIX) and not {"*", "["} & set(upper):
        return "matter-qr"
    if upper.startswith(KINDS["zwave"].prefix.upper()):
        return "zwave"
    if _PASTED_QR.fullmatch(typed):
        return None
    first = re.match(r"([0-9]+)([ -]?)", typed)
    if first is None or not re.fullmatch("[0-9 -]+", typed):
        return None
    by_first_group = {3: "homekit", 4: "matter", 5: "zwave"}
    if re.fullmatch("[0-9]{8}", typed):
        return "digits"
    if re.fullmatch("[0-9]{4}[ -][0-9]{4}", typed):
        return "homekit"
    if first[2] and len(first[1]) in by_first_group:
        return by_first_group[len(first[1])]
    count = sum(character.isdigit() for character in typed)
    return "matter" if count <= sum(_matter_sizes(typed)) else "zwave"


def _characters(typed: str, form: _Kind) -> str:
    """What was typed behind the prefix, without what only parts groups."""
    if form is KINDS["rp1"]:
        return _rp1_characters(typed)
    body = typed[len(form.prefix) :] if typed.upper().startswith(form.prefix.upper()) else typed
    return re.sub(r"[\s-]" if form.alphabet == _DIGITS else r"\s", "", body).upper()


def _rp1_characters(typed: str) -> str:
    """A space is a digit of the code's text, and parts the groups of its print: the code says which it is.

    Without a whole code to tell: it parts them if it stands behind every group, and is a digit elsewhere,
    as long as a code can begin like that.
    """
    spaced = _rp1_body(_without_breaks(typed, " "))
    body = _rp1_body(_without_breaks(typed))
    meant = body.replace(VISIBLE_SPACE, " ")
    parted = re.sub(r"\s", "", body).replace(VISIBLE_SPACE, " ")
    for reading in dict.fromkeys((meant, meant.rstrip(), parted)):
        if _is_whole_rp1(reading):
            return reading
    if _PRINTED.fullmatch(spaced) or _rp1_foreign(meant) or _rp1_wrong(meant) is not None:
        return parted
    return meant


def _rp1_body(typed: str) -> str:
    """Upper case, behind the prefix or as much of it as there is."""
    upper = typed.upper()
    if begun := _RP1_PREFIX.match(upper):
        return upper[begun.end() :].lstrip()
    return "" if rp1.PREFIX.startswith(upper.strip()) else upper


def _is_whole_rp1(characters: str) -> bool:
    """True if it is a code, and no white space too much is forgiven."""
    try:
        code = rp1.recognise(rp1.PREFIX + characters)
    except CodeMalformed:
        return False
    return code is not None and code.text.reveal_text() == rp1.PREFIX + characters


def _rp1_foreign(characters: str) -> bool:
    return any(character not in base45.ALPHABET for character in characters)


def _groups(characters: str, form: _Kind) -> tuple[tuple[Group, ...], Text | None]:
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


def _first_wrong(characters: str, form: _Kind) -> tuple[int | None, Text | None]:
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


def _refusal(canonical: str) -> Text | None:
    """Why a full code is not accepted: only a check over all of it is left."""
    try:
        return None if recognise(canonical, (rp1.recognise,)).ecosystem != "unknown" else _IMPOSSIBLE
    except CodeMalformed:
        return _CHECK


# --- the kinds


def _matter_sizes(characters: str) -> tuple[int, ...]:
    """The first digit says whether vendor and product follow."""
    return (4, 3, 4, 5, 5) if characters[:1] in ("4", "5", "6", "7") else (4, 3, 4)


def _matter_wrong(digits: str) -> int | None:
    if digits[:1] in ("8", "9"):
        return 0
    fields = [(1, 6, 0xFFFF), (6, 10, 0x1FFF)]
    if len(_matter_sizes(digits)) > 3:
        fields += [(10, 15, 0xFFFF), (15, 20, 0xFFFF)]
    for start, end, limit in fields:
        if len(digits) >= end and int(digits[start:end]) > limit:
            return end - 1
    return None


def _matter_qr_sizes(characters: str) -> tuple[int, ...]:
    if len(characters) <= 19:
        return (5, 5, 5, 4)
    whole, rest = divmod(len(characters), 5)
    return (5,) * whole + ((rest,) if rest else ())


def _matter_qr_wrong(characters: str) -> int | None:
    return _first_undecodable(characters, 5, base38.decode)


def _zwave_wrong(digits: str) -> int | None:
    for start in range(0, len(digits) - 4, 5):
        if int(digits[start : start + 5]) > 0xFFFF:
            return start
    return None


def _rp1_sizes(characters: str) -> tuple[int, ...]:
    """As many groups as typed and one more, until the code is whole: its shape tells its length."""
    whole, rest = divmod(len(characters), _RP1_GROUP)
    if _is_whole_rp1(characters):
        return (_RP1_GROUP,) * whole + ((rest,) if rest else ())
    return (_RP1_GROUP,) * max(whole + 1, rp1.MIN_CHARACTERS // _RP1_GROUP)


def _rp1_wrong(characters: str) -> int | None:
    place = _first_undecodable(characters, 3, base45.decode)
    if place is not None:
        return place
    for end in range(3, len(characters) + 1, 3):
        if not rp1.is_start(base45.decode(characters[:end])):
            return end - 3
    return None


def _first_undecodable(characters: str, size: int, decode: Callable[[str], bytes]) -> int | None:
    """The place of the first full group that a codec refuses."""
    for start, group in _full_groups(characters, size):
        try:
            decode(group)
        except ValueError:
            return start
    return None


def _full_groups(characters: str, size: int) -> Iterator[tuple[int, str]]:
    for start in range(0, len(characters) - size + 1, size):
        yield start, characters[start : start + size]


# A new kind of typed code is one line here, and one in `_looks_like` if its text announces it.
KINDS: Mapping[str, _Kind] = {
    "rp1": _Kind(rp1.PREFIX, base45.ALPHABET, _rp1_sizes, _rp1_wrong),
    "matter": _Kind("", _DIGITS, _matter_sizes, _matter_wrong),
    "matter-qr": _Kind(matter.PREFIX, base38.ALPHABET, _matter_qr_sizes, _matter_qr_wrong),
    "homekit": _Kind("", _DIGITS, lambda characters: (3, 2, 3), lambda characters: None, "-"),
    "digits": _Kind("", _DIGITS, lambda characters: (4, 4), lambda characters: None),
    "zwave": _Kind("zws2dsk:", _DIGITS, lambda characters: (5,) * 8, _zwave_wrong, "-"),
}
