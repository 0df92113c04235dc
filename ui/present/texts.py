"""Sentences for people: the engine's texts and the steps of a run in the user's language.

The engine speaks English templates with named places (`companion.model.Text`, the errors' titles and
advice). Their translations have the context "engine".
"""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from companion.errors import CompanionError
from companion.model import SetupCode, Step, Text, WifiSecurity
from companion.plain_text import filled
from ui.i18n import QT_TRANSLATE_NOOP

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
    Step.FIND: QT_TRANSLATE_NOOP("steps", "Find the matching device"),
    Step.CONNECT: QT_TRANSLATE_NOOP("steps", "Then connect"),
    Step.SECURE: QT_TRANSLATE_NOOP("steps", "Then secure the connection"),
    Step.CONFIRM: QT_TRANSLATE_NOOP("steps", "Then authenticate the device"),
    Step.HAND_OVER: QT_TRANSLATE_NOOP("steps", "Then send its credentials"),
    Step.CHECK: QT_TRANSLATE_NOOP("steps", "Then check that it works"),
}
# What to try when a step takes longer than ten seconds.
HINTS = {
    Step.FIND: QT_TRANSLATE_NOOP(
        "steps", "Check that it is on and in setup mode, and move within two metres of it."
    ),
    Step.CONNECT: QT_TRANSLATE_NOOP(
        "steps", "Move closer to the device. A phone nearby may be using its connection."
    ),
    Step.SECURE: QT_TRANSLATE_NOOP("steps", "Move closer to the device, and turn off other radios nearby."),
    Step.CONFIRM: QT_TRANSLATE_NOOP(
        "steps", "Check the device: it may be waiting for its button to be pressed."
    ),
    Step.HAND_OVER: QT_TRANSLATE_NOOP("steps", "Is the device close to the router? If not, move it closer."),
    Step.CHECK: QT_TRANSLATE_NOOP(
        "steps", "Joining a network can take half a minute. Keep the device near the router."
    ),
}
SECURITY = {
    WifiSecurity.OPEN: QT_TRANSLATE_NOOP("wifi", "open"),
    WifiSecurity.WPA2: QT_TRANSLATE_NOOP("wifi", "WPA2"),
    WifiSecurity.WPA3: QT_TRANSLATE_NOOP("wifi", "WPA3"),
    WifiSecurity.WPA2_WPA3: QT_TRANSLATE_NOOP("wifi", "WPA2 and WPA3"),
    WifiSecurity.WEP: QT_TRANSLATE_NOOP("wifi", "WEP, insecure"),
    WifiSecurity.WPA: QT_TRANSLATE_NOOP("wifi", "WPA, outdated"),
    WifiSecurity.ENTERPRISE: QT_TRANSLATE_NOOP("wifi", "company network"),
}


def translated(text: Text) -> str:
    """A sentence of the engine in the user's language, its places filled."""
    return filled(_engine(text.template), text.facts)


def translated_with(text: Text, **facts: str) -> str:
    """The same for a sentence whose places only the window can fill."""
    return filled(_engine(text.template), {**text.facts, **facts})


def kind_of(code: SetupCode) -> str:
    """What a code is, in a few words."""
    return _engine(code.title)


def title_of(error: CompanionError) -> str:
    """What happened, as a headline."""
    return filled(_engine(error.title), error.facts)


def advice_of(error: CompanionError) -> str:
    """What to do about it, in sentences."""
    return translated(error.advice_with_facts)


def step_name(step: Step) -> str:
    return QCoreApplication.translate("steps", STEPS[step])


def step_plan(step: Step) -> str:
    return QCoreApplication.translate("steps", PLANS[step])


def step_hint(step: Step) -> str:
    return QCoreApplication.translate("steps", HINTS[step])


def security_name(security: WifiSecurity) -> str:
    return QCoreApplication.translate("wifi", SECURITY[security])


def _engine(template: str) -> str:
    return QCoreApplication.translate("engine", template)
