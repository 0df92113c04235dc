"""Onboarding payloads: what a Matter label says, in both of its forms (Matter Core 1.4, section 5.1).

`MT:` and base38 of 88 bits with optional TLV, or 11 or 21 decimal digits with a check digit.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from companion.errors import CodeMalformed
from companion.protocols.matter import tlv
from companion.secret import Secret
from companion.setup_code.digits import base38, verhoeff

PREFIX = "MT:"
WITHIN_TEXT = PREFIX + r"[0-9A-Z.\-*]{10,}"
STANDARD, USER_INTENT, CUSTOM = 0, 1, 2
"""Commissioning flows: it waits once it has power, was pressed somewhere, or its maker's app prepared it."""
OVER_BLUETOOTH, OVER_NETWORK, OVER_NFC = 2, 4, 16

Value: TypeAlias = int | float | bool | str | bytes | None

_FIXED_OCTETS = 11
_MAX_PASSCODE = 99_999_998
_SERIAL_NUMBER_TAG = 0
_LIMITS = tlv.Limits(size=4096, depth=8, elements=256)


@dataclass(frozen=True)
class MatterPayload:
    """One device's onboarding payload.

    discriminator: 12 bits from a QR code, the upper 4 bits only (`is_short`) from a manual code.
    passcode: eight decimal digits; None where the label has none, as some custom flows hand one out later.
    flow: 0 standard, 1 user intent, 2 custom. capabilities: bits of what it can be found over, None in a
    manual code. serial_number and vendor_data: from the optional TLV data.
    """

    discriminator: int
    is_short: bool
    passcode: Secret | None
    vendor_id: int | None = None
    product_id: int | None = None
    flow: int | None = None
    capabilities: int | None = None
    serial_number: str | None = None
    vendor_data: tuple[tuple[int, Value], ...] = ()

    @property
    def short_discriminator(self) -> int:
        """The upper 4 bits, which both forms have."""
        return self.discriminator if self.is_short else self.discriminator >> 8

    def fits(self, discriminator: int, vendor: int = 0, product: int = 0) -> bool:
        """True if a device that announces this may be the one; 0: it does not say."""
        own = discriminator >> 8 if self.is_short else discriminator
        said = ((vendor, self.vendor_id), (product, self.product_id))
        return own == self.discriminator and all(not one or not other or one == other for one, other in said)


def parse_qr(text: str) -> tuple[MatterPayload, ...]:
    """The payloads of `MT:` and base38, several joined by `*`. Raises CodeMalformed."""
    try:
        return tuple(_fixed(base38.decode(part)) for part in text.removeprefix(PREFIX).split("*"))
    except ValueError as error:
        raise CodeMalformed(str(error), kind="Matter") from None


def parse_manual(digits: str) -> MatterPayload:
    """The payload of 11 or 21 decimal digits, check digit last (5.1.4). Raises CodeMalformed."""
    if not verhoeff.is_valid(digits):
        raise CodeMalformed("the check digit does not fit", kind="Matter")
    first, low, high = int(digits[0]), int(digits[1:6]), int(digits[6:10])
    is_long = len(digits) == 21
    vendor_id, product_id = (int(digits[10:15]), int(digits[15:20])) if is_long else (None, None)
    if first > 7 or bool(first & 4) != is_long or low > 0xFFFF or high > 0x1FFF:
        raise CodeMalformed("digits out of range", kind="Matter")
    if max(vendor_id or 0, product_id or 0) > 0xFFFF:
        raise CodeMalformed("digits out of range", kind="Matter")
    try:
        passcode = _passcode(high << 14 | low & 0x3FFF, may_lack=is_long)
    except ValueError as error:
        raise CodeMalformed(str(error), kind="Matter") from None
    return MatterPayload((first & 3) << 2 | low >> 14, True, passcode, vendor_id, product_id)


def _fixed(data: bytes) -> MatterPayload:
    """The 88 bits of table 38, least significant first, and the TLV data behind them."""
    if len(data) < _FIXED_OCTETS:
        raise ValueError("the code is cut short")
    bits = int.from_bytes(data[:_FIXED_OCTETS], "little")

    def take(width: int) -> int:
        nonlocal bits
        value = bits & (1 << width) - 1
        bits >>= width
        return value

    version, vendor_id, product_id, flow, capabilities, discriminator, passcode = map(
        take, (3, 16, 16, 2, 8, 12, 27)
    )
    if version or bits:
        raise ValueError("a version or padding that this Companion does not know")
    optional = data[_FIXED_OCTETS:]
    values = _optional(optional) if any(optional) else {}
    serial_number = values.pop(_SERIAL_NUMBER_TAG, None)
    return MatterPayload(
        discriminator,
        False,
        _passcode(passcode, may_lack=flow == CUSTOM),
        vendor_id,
        product_id,
        flow,
        capabilities,
        None if serial_number is None else str(serial_number),
        tuple((tag, value) for tag, value in values.items() if tag >= 0x80),
    )


def _optional(data: bytes) -> dict[int, Value]:
    """The plain values with context tags of the structure behind the fixed part. Raises ValueError."""
    element, size = tlv.decode_first(data, _LIMITS)
    if element.kind is not tlv.Kind.STRUCTURE:
        raise ValueError("the optional data is not a structure")
    if any(data[size:]):
        raise ValueError("octets follow the optional data")
    return {
        member.tag: member.value
        for member in element
        if isinstance(member.tag, int) and not isinstance(member.value, tuple)
    }


def _passcode(number: int, *, may_lack: bool) -> Secret | None:
    """0 says that the label has none, where a custom flow may hand one out (5.7.3.1). Raises ValueError.

    Long digits don't say their flow: they are for those that are not standard (5.1.4.1).
    """
    if number == 0 and may_lack:
        return None
    if not 1 <= number <= _MAX_PASSCODE:
        raise ValueError("the passcode is out of range")
    return Secret(f"{number:08}")
