"""What the problem page says about an error: what happened, and what to do, most likely help first.

An error that is not listed here is explained by its own title and advice, which every error has.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication

from companion.claims import RunFacts, delivery
from companion.errors import (
    AuthenticationError,
    CompanionError,
    DeviceError,
    NetworkError,
    OutcomeUnknown,
    RadioError,
    SetupCodeError,
    StorageError,
)
from ui.i18n import QT_TRANSLATE_NOOP
from ui.present.texts import advice_of, translated

Action = tuple[str, str]

CLOSER: Action = (
    QT_TRANSLATE_NOOP("advice", "Move within two metres of the device"),
    QT_TRANSLATE_NOOP("advice", "Walls, metal and other radios weaken its signal."),
)
POWER: Action = (
    QT_TRANSLATE_NOOP("advice", "Check that it is on and in setup mode"),
    QT_TRANSLATE_NOOP("advice", "Most devices leave setup mode a few minutes after power-on."),
)
RESTART: Action = (
    QT_TRANSLATE_NOOP("advice", "Restart the device"),
    QT_TRANSLATE_NOOP("advice", "A restart keeps its settings."),
)
OTHER_APPS: Action = (
    QT_TRANSLATE_NOOP("advice", "Close other apps that look for Bluetooth devices"),
    QT_TRANSLATE_NOOP("advice", "A phone nearby may be using the device's only connection."),
)
OWN_LABEL: Action = (
    QT_TRANSLATE_NOOP("advice", "Scan the label on the device itself"),
    QT_TRANSLATE_NOOP("advice", "The label of another device or another box has another secret."),
)
ALONE: Action = (
    QT_TRANSLATE_NOOP("advice", "Turn off other devices in setup mode"),
    QT_TRANSLATE_NOOP("advice", "Then only this device can respond."),
)
ELSEWHERE: Action = (
    QT_TRANSLATE_NOOP("advice", "Try again in another place"),
    QT_TRANSLATE_NOOP("advice", "If someone nearby is interfering, moving away helps."),
)
READ_DISPLAY: Action = (
    QT_TRANSLATE_NOOP("advice", "Try again and read this device's own display"),
    QT_TRANSLATE_NOOP("advice", "Two devices being set up at once show two numbers."),
)
ROUTER: Action = (
    QT_TRANSLATE_NOOP("advice", "Move the device closer to the router"),
    QT_TRANSLATE_NOOP("advice", "Many devices use 2.4 GHz only and have a small antenna."),
)
PASSPHRASE: Action = (
    QT_TRANSLATE_NOOP("advice", "Enter the password again"),
    QT_TRANSLATE_NOOP("advice", "Show it while typing. Passwords are case-sensitive."),
)
ENDPOINT: Action = (
    QT_TRANSLATE_NOOP("advice", "Check that the endpoint runs and is reachable"),
    QT_TRANSLATE_NOOP("advice", "A firewall or guest network may be blocking the device."),
)
CLOCK: Action = (
    QT_TRANSLATE_NOOP("advice", "Check the clock and the CA of the endpoint"),
    QT_TRANSLATE_NOOP("advice", "It must trust your CA and have the correct date."),
)
CHECK: Action = (
    QT_TRANSLATE_NOOP("advice", "Check it now"),
    QT_TRANSLATE_NOOP("advice", "Companion checks what the device stored and completes the rest."),
)
ROUTER_LIST: Action = (
    QT_TRANSLATE_NOOP("advice", "Look for it in your router's list of devices"),
    QT_TRANSLATE_NOOP("advice", "After joining, it may no longer be visible over Bluetooth."),
)
RIGHT_PASSWORD: Action = (
    QT_TRANSLATE_NOOP("advice", "If it is not listed, reset it and enter the password again"),
    QT_TRANSLATE_NOOP("advice", "A device with a wrong password may keep trying without an end."),
)
SCAN_AGAIN: Action = (
    QT_TRANSLATE_NOOP("advice", "Scan its code"),
    QT_TRANSLATE_NOOP(
        "advice", "After a reset it can be set up again; otherwise it still reports its owner."
    ),
)
KEEP_POWERED: Action = (
    QT_TRANSLATE_NOOP("advice", "Keep the device powered and near"),
    QT_TRANSLATE_NOOP("advice", "If it restarts meanwhile, nothing is lost."),
)
FINISH: Action = (
    QT_TRANSLATE_NOOP("advice", "Complete the pending change now"),
    QT_TRANSLATE_NOOP("advice", "Companion queries the device and completes the pending change."),
)
WAIT: Action = (
    QT_TRANSLATE_NOOP("advice", "Or wait ten minutes"),
    QT_TRANSLATE_NOOP("advice", "The device then reverts the change."),
)
ASK: Action = (
    QT_TRANSLATE_NOOP("advice", "Query it now, while in range"),
    QT_TRANSLATE_NOOP("advice", "You can then create the token, here or elsewhere."),
)
REPORT: Action = (
    QT_TRANSLATE_NOOP("advice", "Copy the report and send it to us"),
    QT_TRANSLATE_NOOP("advice", "It contains the step and the error code, but no secrets and no addresses."),
)

# What happened, by code, and what helps; without an action it is the error's own advice, which may know more.
LISTED: dict[str, tuple[str, tuple[Action, ...]]] = {
    "R-101": (
        QT_TRANSLATE_NOOP("advice", "No device in range matches this code."),
        (POWER, CLOSER, OTHER_APPS),
    ),
    "R-102": (
        QT_TRANSLATE_NOOP("advice", "The device is advertising, but did not accept a connection."),
        (CLOSER, RESTART, OTHER_APPS),
    ),
    "R-103": (QT_TRANSLATE_NOOP("advice", "The connection was lost."), (CLOSER, RESTART, OTHER_APPS)),
    "R-104": (
        QT_TRANSLATE_NOOP("advice", "The device is connected, but did not respond."),
        (RESTART, CLOSER, OTHER_APPS),
    ),
    "C-111": (
        QT_TRANSLATE_NOOP("advice", "The label says which device it is for, but has no passcode."),
        (),
    ),
    "A-101": (
        QT_TRANSLATE_NOOP("advice", "The secret in the code is not the one that the device has."),
        (OWN_LABEL, ALONE, RESTART),
    ),
    "A-102": (
        QT_TRANSLATE_NOOP("advice", "A device other than the one on the label responded."),
        (OWN_LABEL, ALONE, ELSEWHERE),
    ),
    "A-103": (
        QT_TRANSLATE_NOOP(
            "advice",
            "The two numbers did not match. Someone may be intercepting the connection, or you read "
            "another device's number.",
        ),
        (READ_DISPLAY, ALONE, ELSEWHERE),
    ),
    "A-105": (
        QT_TRANSLATE_NOOP(
            "advice", "The device offers less protection than its code requires, so Companion stopped."
        ),
        (ELSEWHERE, OWN_LABEL, REPORT),
    ),
    "A-117": (
        QT_TRANSLATE_NOOP("advice", "The device reports a change that is not finished."),
        (FINISH, WAIT),
    ),
    "A-119": (
        QT_TRANSLATE_NOOP("advice", "Query the device first to learn its ownership counter."),
        (ASK,),
    ),
    "D-101": (
        QT_TRANSLATE_NOOP("advice", "The device sent something that its protocol does not allow."),
        (RESTART, CLOSER, REPORT),
    ),
    "D-106": (
        QT_TRANSLATE_NOOP("advice", "The device reports that its endpoint rejected the new certificate."),
        (CLOCK, ENDPOINT, REPORT),
    ),
    "N-101": (
        QT_TRANSLATE_NOOP("advice", "The device reports that it could not join."),
        (PASSPHRASE, ROUTER),
    ),
    "N-102": (
        QT_TRANSLATE_NOOP("advice", "The device reports that it does not see this network."),
        (ROUTER, PASSPHRASE),
    ),
    "N-103": (
        QT_TRANSLATE_NOOP("advice", "The device joined the network, but got no IP address there."),
        (),
    ),
    "N-104": (
        QT_TRANSLATE_NOOP("advice", "The device joined the network, but did not find its endpoint by name."),
        (),
    ),
    "N-105": (
        QT_TRANSLATE_NOOP("advice", "The device reports that its endpoint did not answer."),
        (ENDPOINT, ROUTER),
    ),
    "N-108": (
        QT_TRANSLATE_NOOP("advice", "The device has its credentials, but has not been seen using them."),
        (ENDPOINT, ROUTER, KEEP_POWERED),
    ),
    "N-113": (
        QT_TRANSLATE_NOOP("advice", "The device did not answer this computer on the network."),
        (),
    ),
    "U-100": (
        QT_TRANSLATE_NOOP(
            "advice",
            "The device did not confirm that its credentials work.",
        ),
        (CHECK, KEEP_POWERED, CLOSER),
    ),
    "U-101": (
        QT_TRANSLATE_NOOP("advice", "The device did not confirm that it was reset."),
        (SCAN_AGAIN,),
    ),
}
FAMILIES: dict[type[CompanionError], str] = {
    SetupCodeError: QT_TRANSLATE_NOOP("advice", "This code can't be used to find a device."),
    RadioError: QT_TRANSLATE_NOOP("advice", "Bluetooth between this computer and the device failed."),
    AuthenticationError: QT_TRANSLATE_NOOP("advice", "Authentication failed, so Companion stopped."),
    DeviceError: QT_TRANSLATE_NOOP("advice", "The device rejected the request."),
    NetworkError: QT_TRANSLATE_NOOP("advice", "The device did not join the network."),
    StorageError: QT_TRANSLATE_NOOP("advice", "Companion couldn't save its records."),
}
SURPRISE = QT_TRANSLATE_NOOP("advice", "This is an error in Companion, not in your device.")
STILL_UNKNOWN = QT_TRANSLATE_NOOP(
    "advice", "It is unknown whether it stored credentials from an earlier attempt."
)


@dataclass(frozen=True)
class Advice:
    """What happened, in sentences, and the actions: a short demand each, with one sentence why."""

    happened: str
    actions: tuple[Action, ...]


def advise(
    error: CompanionError,
    known: RunFacts | None = None,
    *,
    reason: str = "",
    unsettled: bool = False,
    prepared: bool = False,
) -> Advice:
    """Explain an error.

    known: what the run knew at its end, None where none began; reason: why nothing was confirmed
    prepared: what its user has to do first is said apart from this, and leaves room for little else
    unsettled: an earlier try sent credentials, and nobody knows yet whether the device kept them.
    """
    listed = LISTED.get(error.code)
    if listed is not None:
        chosen = listed[1]
        if isinstance(error, OutcomeUnknown) and error.still_joining:
            chosen = (ROUTER_LIST, RIGHT_PASSWORD)
        elif isinstance(error, OutcomeUnknown) and error.leaves_radio:
            chosen = (ROUTER_LIST, *chosen)
        happened = _translate(listed[0])
        actions = tuple((_translate(what), _translate(why)) for what, why in chosen)
        if prepared:
            actions = actions[:1]
        elif error.missing is not None:
            actions = (*_from_advice(advice_of(error)), *actions)
    else:
        kind = next((kind for kind in FAMILIES if isinstance(error, kind)), None)
        happened = _translate(FAMILIES[kind] if kind else SURPRISE)
        actions = ()
    if not (actions or prepared):
        actions = _from_advice(advice_of(error))
    said_of_it = [f"{reason.rstrip('.')}."] if reason else [happened]
    if known is not None and not isinstance(error, SetupCodeError):
        said_of_it.append(translated(delivery(known)))
    if unsettled and not isinstance(error, OutcomeUnknown):
        said_of_it.append(_translate(STILL_UNKNOWN))
    return Advice(" ".join(said_of_it), actions)


def _from_advice(text: str) -> tuple[Action, ...]:
    """The error's own advice: its first sentence is what to do, the others say why."""
    first, *others = re.split(r"(?<=[.!?]) +", text, maxsplit=1)
    return ((first.rstrip("."), others[0] if others else ""),)


def _translate(words: str) -> str:
    return QCoreApplication.translate("advice", words)
