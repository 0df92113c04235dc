"""Numbers with their units, in the user's language. Knows nothing of the engine: the first page needs it."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QLocale

from ui.i18n import QT_TRANSLATE_NOOP

SIGNAL = (
    (-60, QT_TRANSLATE_NOOP("signal", "strong")),
    (-75, QT_TRANSLATE_NOOP("signal", "good")),
    (-85, QT_TRANSLATE_NOOP("signal", "weak")),
    (-999, QT_TRANSLATE_NOOP("signal", "very weak")),
)


def seconds(value: float) -> str:
    """A duration: milliseconds below a tenth, tenths below ten seconds, whole seconds from there."""
    if 0 < value < 0.095:
        milliseconds = max(1, round(value * 1000))
        return QCoreApplication.translate("units", "{milliseconds} ms").format(milliseconds=milliseconds)
    shown = QLocale().toString(value, "f", 1 if value < 9.95 else 0)
    return QCoreApplication.translate("units", "{seconds} s").format(seconds=shown)


def dbm(value: int) -> str:
    """A signal strength with a real minus and a word: "−48 dBm, strong"."""
    word = next(word for least, word in SIGNAL if value >= least)
    return f"\N{MINUS SIGN}{abs(value)} dBm, {QCoreApplication.translate('signal', word)}"


def signal_bars(rssi: int | None) -> int:
    """Bars of four that a signal strength lights; None (hidden by the platform) lights none."""
    if rssi is None:
        return 0
    return sum(rssi >= least for least in (-90, -80, -70, -58))


def grouped_hex(octets: bytes, ends: int = 4) -> str:
    """The first groups of two octets and the last one: "b41f 7c02 9ae5 61d8 … 0c3e"."""
    pairs = octets.hex(" ", 2).split(" ") if octets else []
    if len(pairs) <= ends + 1:
        return " ".join(pairs)
    return f"{' '.join(pairs[:ends])} … {pairs[-1]}"
