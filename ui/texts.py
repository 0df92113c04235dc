"""Sentences for people: the engine's texts in the user's language, and numbers with their units.

The engine speaks English templates with named places (`companion.model.Text`, the errors' titles and
advice). Their translations have the context "engine".
"""

from __future__ import annotations

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

from companion.errors import CompanionError
from companion.events import Step
from companion.model import Text, WifiSecurity

STEPS = {
    Step.FIND: QT_TRANSLATE_NOOP("steps", "Find"),
    Step.CONNECT: QT_TRANSLATE_NOOP("steps", "Connect"),
    Step.SECURE: QT_TRANSLATE_NOOP("steps", "Secure"),
    Step.CONFIRM: QT_TRANSLATE_NOOP("steps", "Confirm"),
    Step.HAND_OVER: QT_TRANSLATE_NOOP("steps", "Hand over"),
    Step.CHECK: QT_TRANSLATE_NOOP("steps", "Check"),
}
# What a step that has not begun will do.
PLANS = {
    Step.FIND: QT_TRANSLATE_NOOP("steps", "Look for the device of the code"),
    Step.CONNECT: QT_TRANSLATE_NOOP("steps", "Then open the radio link"),
    Step.SECURE: QT_TRANSLATE_NOOP("steps", "Then agree on keys"),
    Step.CONFIRM: QT_TRANSLATE_NOOP("steps", "Then make sure it is this device and no other"),
    Step.HAND_OVER: QT_TRANSLATE_NOOP("steps", "Then give it its network and certificate"),
    Step.CHECK: QT_TRANSLATE_NOOP("steps", "Then it must answer over the network"),
}
# What to try when a step takes longer than ten seconds.
HINTS = {
    Step.FIND: QT_TRANSLATE_NOOP(
        "steps", "Is it switched on and in set-up mode? Bring it within two metres."
    ),
    Step.CONNECT: QT_TRANSLATE_NOOP(
        "steps", "Bring the device closer. A phone nearby may hold its connection."
    ),
    Step.SECURE: QT_TRANSLATE_NOOP(
        "steps", "Bring the device closer. Each message is repeated until it arrives."
    ),
    Step.CONFIRM: QT_TRANSLATE_NOOP("steps", "Look at the device: it may wait for its button to be pressed."),
    Step.HAND_OVER: QT_TRANSLATE_NOOP(
        "steps", "Is the router near the device? Moving it closer helps right now."
    ),
    Step.CHECK: QT_TRANSLATE_NOOP(
        "steps", "Joining a network can take half a minute. Keep the device near the router."
    ),
}
SECURITY = {
    WifiSecurity.OPEN: QT_TRANSLATE_NOOP("wifi", "open"),
    WifiSecurity.WPA2: QT_TRANSLATE_NOOP("wifi", "WPA2"),
    WifiSecurity.WPA3: QT_TRANSLATE_NOOP("wifi", "WPA3"),
    WifiSecurity.WPA2_WPA3: QT_TRANSLATE_NOOP("wifi", "WPA2 and WPA3"),
    WifiSecurity.WEP: QT_TRANSLATE_NOOP("wifi", "WEP, easily broken"),
    WifiSecurity.WPA: QT_TRANSLATE_NOOP("wifi", "WPA, outdated"),
    WifiSecurity.ENTERPRISE: QT_TRANSLATE_NOOP("wifi", "Enterprise"),
}
SIGNAL = (
    (-60, QT_TRANSLATE_NOOP("signal", "strong")),
    (-75, QT_TRANSLATE_NOOP("signal", "good")),
    (-85, QT_TRANSLATE_NOOP("signal", "weak")),
    (-999, QT_TRANSLATE_NOOP("signal", "very weak")),
)


def said(text: Text) -> str:
    """A sentence of the engine in the user's language, its places filled."""
    return _engine(text.template).format(**text.facts)


def title_of(error: CompanionError) -> str:
    """What happened, as a headline."""
    return _engine(error.title).format(**error.facts)


def advice_of(error: CompanionError) -> str:
    """What to do about it, in sentences."""
    return _engine(error.advice).format(**error.facts)


def step_name(step: Step) -> str:
    return QCoreApplication.translate("steps", STEPS[step])


def step_plan(step: Step) -> str:
    return QCoreApplication.translate("steps", PLANS[step])


def step_hint(step: Step) -> str:
    return QCoreApplication.translate("steps", HINTS[step])


def security_name(security: WifiSecurity) -> str:
    return QCoreApplication.translate("wifi", SECURITY[security])


def seconds(value: float) -> str:
    """A duration: tenths below ten seconds, whole seconds from there."""
    shown = f"{value:.1f}" if value < 9.95 else f"{value:.0f}"
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


def _engine(template: str) -> str:
    return QCoreApplication.translate("engine", template)
