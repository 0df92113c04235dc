"""The words of the flow: its pages, the state of a step, and which question belongs to which page."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import Any

from companion.errors import CredentialsUnusable, NetworkNotFound, NoAddress, WrongPassphrase
from companion.model import Step, Text
from companion.questions import (
    AcceptRisk,
    ChooseDevice,
    ChooseNetwork,
    CompareNumbers,
    ConfirmDevice,
    EnterSecret,
    Question,
    SerialKnown,
)
from ui.engine.messages import PassphraseNeeded


class Page(Enum):
    """The pages of the walk."""

    SCAN = "scan"
    CHOOSE = "choose"
    FOUND = "found"
    RISK = "risk"
    SAME_SERIAL = "same_serial"
    SECRET = "secret"
    COMPARE = "compare"
    NETWORK = "network"
    PASSPHRASE = "passphrase"
    WORKING = "working"
    DONE = "done"
    PROBLEM = "problem"
    MISSING = "missing"
    # The owner's acts: their own pages, and the devices page, where each begins and ends.
    RESET = "reset"
    GIVE = "give"
    REVOKE = "revoke"
    DEVICE = "device"


class StepState(Enum):
    NEXT = "next"
    CURRENT = "current"
    DONE = "done"
    FAILED = "failed"


@dataclass(frozen=True)
class StepLine:
    """One step of the walk as the pages show it. `began` is on the flow's clock, in seconds."""

    step: Step
    state: StepState = StepState.NEXT
    began: float | None = None
    seconds: float | None = None
    text: Text | None = None


PAGES_OF_QUESTIONS: dict[type[Question[Any]], Page] = {
    ConfirmDevice: Page.FOUND,
    ChooseDevice: Page.CHOOSE,
    AcceptRisk: Page.RISK,
    SerialKnown: Page.SAME_SERIAL,
    EnterSecret: Page.SECRET,
    CompareNumbers: Page.COMPARE,
    ChooseNetwork: Page.NETWORK,
    PassphraseNeeded: Page.PASSPHRASE,
}
# After these, the Wi-Fi answer itself is in doubt: it is shown again instead of being sent again.
WIFI_IN_DOUBT = (WrongPassphrase, NetworkNotFound, NoAddress, CredentialsUnusable)
