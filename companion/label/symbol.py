"""A text as the modules of a QR code (ISO/IEC 18004)."""

from __future__ import annotations

from dataclasses import dataclass

from companion.errors import LabelTooSmall

# Light modules that a reader needs around the code.
QUIET_ZONE = 4

# Printed at 300 dpi and read by a webcam at arm's length, smaller modules fail.
MIN_MODULE_MM = 0.4

_ROUNDING = 1e-6
_CORRECTIONS = ("H", "Q", "M", "L")


@dataclass(frozen=True)
class Symbol:
    """modules: rows of a square, True is dark, without quiet zone. correction: "L", "M", "Q" or "H"."""

    modules: tuple[tuple[bool, ...], ...]
    correction: str

    @property
    def width(self) -> int:
        """Modules a side, with the quiet zone."""
        return len(self.modules) + 2 * QUIET_ZONE


def symbol(text: str, correction: str = "M") -> Symbol:
    """The symbol of a text at one level of error correction. Raises ValueError if the text is too long."""
    import qrcode
    from qrcode.exceptions import DataOverflowError

    levels = {
        "L": qrcode.ERROR_CORRECT_L,
        "M": qrcode.ERROR_CORRECT_M,
        "Q": qrcode.ERROR_CORRECT_Q,
        "H": qrcode.ERROR_CORRECT_H,
    }
    code = qrcode.QRCode(border=0, error_correction=levels[correction])
    code.add_data(text)
    try:
        code.make()
    except (DataOverflowError, ValueError):
        raise ValueError("the text is too long for a QR code") from None
    return Symbol(tuple(tuple(bool(module) for module in row) for row in code.get_matrix()), correction)


def symbol_for(text: str, size: float) -> Symbol:
    """The symbol with the most error correction whose modules are large enough on `size` mm a side.

    Raises LabelTooSmall if not even the least fits.
    """
    needed = 0.0
    for correction in _CORRECTIONS:
        try:
            made = symbol(text, correction)
        except ValueError:
            continue
        needed = made.width * MIN_MODULE_MM
        if needed <= size + _ROUNDING:
            return made
    if not needed:
        raise ValueError("the text is too long for a QR code")
    raise LabelTooSmall(size=round(size, 1), needed=round(needed + 0.05, 1))
