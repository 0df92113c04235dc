"""How Matter's codes are typed: the text of a QR code in fives, the digits as they are printed."""

from __future__ import annotations

from companion.protocols.matter.setup_code.payload import PREFIX
from companion.setup_code.digits import base38
from companion.setup_code.entry_formats import by_digits, matter_sizes
from companion.setup_code.manual_entry import DIGITS, EntryFormat, first_undecodable


def _is_qr(typed: str) -> bool:
    upper = typed.upper()
    return upper.startswith(PREFIX) and not {"*", "["} & set(upper)


def _wrong(digits: str) -> int | None:
    if digits[:1] in ("8", "9"):
        return 0
    fields = [(1, 6, 0xFFFF), (6, 10, 0x1FFF)]
    if len(matter_sizes(digits)) > 3:
        fields += [(10, 15, 0xFFFF), (15, 20, 0xFFFF)]
    for start, end, limit in fields:
        if len(digits) >= end and int(digits[start:end]) > limit:
            return end - 1
    return None


def _qr_sizes(characters: str) -> tuple[int, ...]:
    if len(characters) <= 19:
        return (5, 5, 5, 4)
    whole, rest = divmod(len(characters), 5)
    return (5,) * whole + ((rest,) if rest else ())


def _qr_wrong(characters: str) -> int | None:
    return first_undecodable(characters, 5, base38.decode)


FORMATS = (
    EntryFormat("matter-qr", PREFIX, base38.ALPHABET, _is_qr, _qr_sizes, _qr_wrong),
    EntryFormat("matter", "", DIGITS, lambda typed: by_digits(typed) == "matter", matter_sizes, _wrong),
)
