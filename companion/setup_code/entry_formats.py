"""How the codes of ecosystems are typed: HomeKit's, Z-Wave's, and eight digits of HomeKit or Matter."""

from __future__ import annotations

import re

from companion.setup_code.ecosystems import zwave
from companion.setup_code.manual_entry import DIGITS, EntryFormat

_PASTED_QR = re.compile(f"{zwave.LEAD_IN}[0-9]{{50,}}", re.ASCII)  # nobody types the digits of SmartStart
_DSK = "zws2dsk:"


def by_digits(typed: str) -> str | None:
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
    return "matter" if count <= sum(matter_sizes(typed)) else "zwave"


def _is_zwave(typed: str) -> bool:
    return typed.upper().startswith(_DSK.upper()) or by_digits(typed) == "zwave"


def matter_sizes(characters: str) -> tuple[int, ...]:
    """The first digit says whether vendor and product follow."""
    return (4, 3, 4, 5, 5) if characters[:1] in ("4", "5", "6", "7") else (4, 3, 4)


def _zwave_wrong(digits: str) -> int | None:
    for start in range(0, len(digits) - 4, 5):
        if int(digits[start : start + 5]) > 0xFFFF:
            return start
    return None


# A new format is one line here; a protocol's stands in its declaration.
FORMATS = (
    EntryFormat(
        "homekit",
        "",
        DIGITS,
        lambda typed: by_digits(typed) == "homekit",
        lambda characters: (3, 2, 3),
        lambda characters: None,
        "-",
    ),
    EntryFormat(
        "digits",
        "",
        DIGITS,
        lambda typed: by_digits(typed) == "digits",
        lambda characters: (4, 4),
        lambda characters: None,
    ),
    EntryFormat("zwave", _DSK, DIGITS, _is_zwave, lambda characters: (5,) * 8, _zwave_wrong, "-"),
)
