"""How the codes of ecosystems are typed: Matter's two, HomeKit's, Z-Wave's, and eight digits of either."""

from __future__ import annotations

import re

from companion.setup_code import matter
from companion.setup_code.digits import base38
from companion.setup_code.ecosystems import zwave
from companion.setup_code.manual_entry import DIGITS, EntryFormat, first_undecodable

_PASTED_QR = re.compile(f"{zwave.LEAD_IN}[0-9]{{50,}}", re.ASCII)  # nobody types the digits of SmartStart
_DSK = "zws2dsk:"


def _by_digits(typed: str) -> str | None:
    """The format that digits alone tell: by where they are parted, or by how many there are."""
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


def _is_matter_qr(typed: str) -> bool:
    upper = typed.upper()
    return upper.startswith(matter.PREFIX) and not {"*", "["} & set(upper)


def _is_zwave(typed: str) -> bool:
    return typed.upper().startswith(_DSK.upper()) or _by_digits(typed) == "zwave"


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
    return first_undecodable(characters, 5, base38.decode)


def _zwave_wrong(digits: str) -> int | None:
    for start in range(0, len(digits) - 4, 5):
        if int(digits[start : start + 5]) > 0xFFFF:
            return start
    return None


# A new format is one line here; a protocol's stands in its declaration.
FORMATS = (
    EntryFormat(
        "matter-qr", matter.PREFIX, base38.ALPHABET, _is_matter_qr, _matter_qr_sizes, _matter_qr_wrong
    ),
    EntryFormat(
        "matter", "", DIGITS, lambda typed: _by_digits(typed) == "matter", _matter_sizes, _matter_wrong
    ),
    EntryFormat(
        "homekit",
        "",
        DIGITS,
        lambda typed: _by_digits(typed) == "homekit",
        lambda characters: (3, 2, 3),
        lambda characters: None,
        "-",
    ),
    EntryFormat(
        "digits",
        "",
        DIGITS,
        lambda typed: _by_digits(typed) == "digits",
        lambda characters: (4, 4),
        lambda characters: None,
    ),
    EntryFormat("zwave", _DSK, DIGITS, _is_zwave, lambda characters: (5,) * 8, _zwave_wrong, "-"),
)
