"""What the problem page says about an error: what happened, and what to do, most likely help first.

An error that is not listed here is explained by its own title and advice, which every error has.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication

from companion.claims import Known, handed_over
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
    QT_TRANSLATE_NOOP("advice", "Bring the device within two metres"),
    QT_TRANSLATE_NOOP("advice", "Walls, metal and other radios swallow its signal."),
)
POWER: Action = (
    QT_TRANSLATE_NOOP("advice", "Check that it is on and in set-up mode"),
    QT_TRANSLATE_NOOP("advice", "Most devices leave set-up mode a few minutes after power-on."),
)
RESTART: Action = (
    QT_TRANSLATE_NOOP("advice", "Switch the device off and on"),
    QT_TRANSLATE_NOOP("advice", "It starts clean and keeps what it had before."),
)
OTHER_APPS: Action = (
    QT_TRANSLATE_NOOP("advice", "Close other apps that look for Bluetooth devices"),
    QT_TRANSLATE_NOOP("advice", "A phone nearby may hold the device's only connection."),
)
OWN_LABEL: Action = (
    QT_TRANSLATE_NOOP("advice", "Scan the label on the device itself"),
    QT_TRANSLATE_NOOP("advice", "The label of another device or another box has another secret."),
)
ALONE: Action = (
    QT_TRANSLATE_NOOP("advice", "Switch off other devices in set-up mode"),
    QT_TRANSLATE_NOOP("advice", "Then only this one can answer."),
)
ELSEWHERE: Action = (
    QT_TRANSLATE_NOOP("advice", "Try again in another place"),
    QT_TRANSLATE_NOOP("advice", "If somebody interferes nearby, distance is what helps."),
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
    QT_TRANSLATE_NOOP("advice", "Type the passphrase again"),
    QT_TRANSLATE_NOOP("advice", "Show it while you type. Capital and small letters are different."),
)
ENDPOINT: Action = (
    QT_TRANSLATE_NOOP("advice", "Check that the endpoint runs and is reachable"),
    QT_TRANSLATE_NOOP("advice", "A firewall or a guest network may keep the device away from it."),
)
CLOCK: Action = (
    QT_TRANSLATE_NOOP("advice", "Check the clock and the CA of the endpoint"),
    QT_TRANSLATE_NOOP("advice", "It must trust your CA, and agree about the date."),
)
CHECK: Action = (
    QT_TRANSLATE_NOOP("advice", "Check it now"),
    QT_TRANSLATE_NOOP("advice", "Companion asks the device what it kept, and finishes what is missing."),
)
ROUTER_LIST: Action = (
    QT_TRANSLATE_NOOP("advice", "Look for it in your router's list of devices"),
    QT_TRANSLATE_NOOP("advice", "Once it has joined, it may be gone from Bluetooth."),
)
SCAN_AGAIN: Action = (
    QT_TRANSLATE_NOOP("advice", "Scan its code"),
    QT_TRANSLATE_NOOP(
        "advice", "A device that was reset can be set up again; one that was not says whose it is."
    ),
)
KEEP_POWERED: Action = (
    QT_TRANSLATE_NOOP("advice", "Keep the device powered and near"),
    QT_TRANSLATE_NOOP("advice", "If it restarts meanwhile, nothing is lost."),
)
OPEN_DEVICE: Action = (
    QT_TRANSLATE_NOOP("advice", "Open it under Devices"),
    QT_TRANSLATE_NOOP("advice", "There it gets another network, name or owner, or is reset."),
)
FINISH: Action = (
    QT_TRANSLATE_NOOP("advice", "Finish that change now"),
    QT_TRANSLATE_NOOP("advice", "Companion asks the device and gives it the last word."),
)
WAIT: Action = (
    QT_TRANSLATE_NOOP("advice", "Or wait ten minutes"),
    QT_TRANSLATE_NOOP("advice", "Then it goes back by itself to what it had before."),
)
ASK: Action = (
    QT_TRANSLATE_NOOP("advice", "Ask it now, near it"),
    QT_TRANSLATE_NOOP("advice", "Then the token can be made, here or anywhere."),
)
REPORT: Action = (
    QT_TRANSLATE_NOOP("advice", "Copy the report and send it to us"),
    QT_TRANSLATE_NOOP("advice", "It names the step and the code. It holds no secret and no address."),
)

LISTED: dict[str, tuple[str, tuple[Action, ...]]] = {
    "R-101": (
        QT_TRANSLATE_NOOP("advice", "Nothing on the air answered to this code."),
        (POWER, CLOSER, OTHER_APPS),
    ),
    "R-102": (
        QT_TRANSLATE_NOOP("advice", "The device is on the air, but it took no connection."),
        (CLOSER, RESTART, OTHER_APPS),
    ),
    "R-103": (QT_TRANSLATE_NOOP("advice", "The radio link went away."), (CLOSER, RESTART, OTHER_APPS)),
    "R-104": (
        QT_TRANSLATE_NOOP("advice", "The link is up, but the device gave no answer."),
        (RESTART, CLOSER, OTHER_APPS),
    ),
    "A-101": (
        QT_TRANSLATE_NOOP("advice", "The device refused the secret."),
        (OWN_LABEL, ALONE, RESTART),
    ),
    "A-102": (
        QT_TRANSLATE_NOOP("advice", "Another device than the one on the label answered."),
        (OWN_LABEL, ALONE, ELSEWHERE),
    ),
    "A-103": (
        QT_TRANSLATE_NOOP(
            "advice",
            "The two numbers were not the same. Somebody may stand between this computer and the device, "
            "or the number of another device was read.",
        ),
        (READ_DISPLAY, ALONE, ELSEWHERE),
    ),
    "A-105": (
        QT_TRANSLATE_NOOP("advice", "The device offered less than its code promises, so Companion stopped."),
        (ELSEWHERE, OWN_LABEL, REPORT),
    ),
    "A-113": (
        QT_TRANSLATE_NOOP("advice", "Your records say that this device is yours already."),
        (OPEN_DEVICE,),
    ),
    "A-117": (
        QT_TRANSLATE_NOOP("advice", "The device reports a change that is not finished."),
        (FINISH, WAIT),
    ),
    "A-119": (
        QT_TRANSLATE_NOOP("advice", "A token must fit what the device counts, and nobody here heard that."),
        (ASK,),
    ),
    "D-101": (
        QT_TRANSLATE_NOOP("advice", "The device sent something that its protocol does not allow."),
        (RESTART, CLOSER, REPORT),
    ),
    "D-106": (
        QT_TRANSLATE_NOOP("advice", "The device reports that its endpoint refused the new certificate."),
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
    "N-105": (
        QT_TRANSLATE_NOOP("advice", "The device reports that its endpoint did not answer."),
        (ENDPOINT, ROUTER),
    ),
    "N-108": (
        QT_TRANSLATE_NOOP("advice", "The device has what it needs, but nobody saw it use it."),
        (ENDPOINT, ROUTER, KEEP_POWERED),
    ),
    "U-100": (
        QT_TRANSLATE_NOOP(
            "advice",
            "The device did not confirm that it works with what it was given.",
        ),
        (CHECK, KEEP_POWERED, CLOSER),
    ),
    "U-101": (
        QT_TRANSLATE_NOOP("advice", "The device did not confirm that it was reset."),
        (SCAN_AGAIN,),
    ),
}
FAMILIES: dict[type[CompanionError], str] = {
    SetupCodeError: QT_TRANSLATE_NOOP("advice", "The setup code can't lead to a device."),
    RadioError: QT_TRANSLATE_NOOP("advice", "Bluetooth between this computer and the device failed."),
    AuthenticationError: QT_TRANSLATE_NOOP(
        "advice", "The two sides could not prove themselves to each other, so Companion stopped."
    ),
    DeviceError: QT_TRANSLATE_NOOP("advice", "The device refused to go on."),
    NetworkError: QT_TRANSLATE_NOOP("advice", "The device could not use what it was given."),
    StorageError: QT_TRANSLATE_NOOP("advice", "This computer could not keep what it must keep."),
}
SURPRISE = QT_TRANSLATE_NOOP("advice", "Companion itself made a mistake. Your device did not cause it.")
STILL_UNKNOWN = QT_TRANSLATE_NOOP("advice", "Whether it kept what an earlier try sent is still unknown.")


@dataclass(frozen=True)
class Advice:
    """What happened, in sentences, and the actions: a short demand each, with one sentence why."""

    happened: str
    actions: tuple[Action, ...]


def advise(
    error: CompanionError, known: Known | None = None, *, reason: str = "", unsettled: bool = False
) -> Advice:
    """Explain an error.

    known: what the run knew at its end, None where none began; reason: why nothing was confirmed
    unsettled: an earlier try sent credentials, and nobody knows yet whether the device kept them.
    """
    listed = LISTED.get(error.code)
    if listed is not None:
        chosen = listed[1]
        if isinstance(error, OutcomeUnknown) and error.leaves_radio:
            chosen = (ROUTER_LIST, *chosen)
        happened, actions = (
            _translate(listed[0]),
            tuple((_translate(act), _translate(why)) for act, why in chosen),
        )
    else:
        kind = next((kind for kind in FAMILIES if isinstance(error, kind)), None)
        happened = _translate(FAMILIES[kind] if kind else SURPRISE)
        actions = _from_advice(advice_of(error))
    said_of_it = [f"{reason.rstrip('.')}."] if reason else [happened]
    if known is not None and not isinstance(error, SetupCodeError):
        said_of_it.append(translated(handed_over(known)))
    if unsettled and not isinstance(error, OutcomeUnknown):
        said_of_it.append(_translate(STILL_UNKNOWN))
    return Advice(" ".join(said_of_it), actions)


def _from_advice(text: str) -> tuple[Action, ...]:
    """The error's own advice: its first sentence is the act, the others say why."""
    first, *others = re.split(r"(?<=[.!?]) +", text, maxsplit=1)
    return ((first.rstrip("."), others[0] if others else ""),)


def _translate(words: str) -> str:
    return QCoreApplication.translate("advice", words)
