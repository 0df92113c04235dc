"""The words of the flows: pages, states, what moves a flow from state to state, and the lines of the steps.

A state says which page is shown and whether the engine has a run of ours (`Activity`). Which input leads from
which state to which is in the tables: `commissioning_table` and `ownership_table`.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, StrEnum, auto
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
    ReviewAttestation,
    SerialKnown,
    TryAgain,
)
from ui.engine.events import PassphraseNeeded


class Page(Enum):
    """The pages of both flows."""

    WELCOME = "welcome"
    RESTORE = "restore"
    REAL_DEVICE = "real_device"
    SCAN = "scan"
    WAYS = "ways"
    DEVICE_CHOICE = "device_choice"
    CONFIRMATION = "confirmation"
    RISK = "risk"
    ATTESTATION = "attestation"
    SAME_SERIAL = "same_serial"
    SECRET = "secret"
    COMPARISON = "comparison"
    NETWORK = "network"
    OBSTACLE = "obstacle"
    PASSPHRASE = "passphrase"
    PROGRESS = "progress"
    SUCCESS = "success"
    PROBLEM = "problem"
    LESSON = "lesson"
    REQUIREMENTS = "requirements"
    YOURS = "yours"
    RESET = "reset"
    TRANSFER = "transfer"
    REVOCATION = "revocation"
    REMOVAL = "removal"
    CHECKS = "checks"
    SHARE = "share"
    DEVICE = "device"
    """The devices page, which belongs to no flow: an ownership operation begins and ends there."""


class Activity(Enum):
    """What the engine does for the flow."""

    IDLE = auto()
    RUNNING = auto()
    STOPPING = auto()
    """It was told to cancel; only its own word says what the device kept."""


class FlowState(Enum):
    """Where a flow is: the page in front, and what the engine does meanwhile."""

    WELCOME = "welcome", Page.WELCOME, Activity.IDLE
    RESTORE = "restore", Page.RESTORE, Activity.IDLE
    REAL_DEVICE = "real_device", Page.REAL_DEVICE, Activity.IDLE
    """After a virtual device: what this computer lacks for a real one."""
    SCAN = "scan", Page.SCAN, Activity.IDLE
    WAYS = "ways", Page.WAYS, Activity.IDLE
    """Before a run: the ways to set devices up, side by side."""
    SEARCHING = "searching", Page.SCAN, Activity.RUNNING
    DEVICE_CHOICE = "device_choice", Page.DEVICE_CHOICE, Activity.RUNNING
    CONFIRMATION = "confirmation", Page.CONFIRMATION, Activity.RUNNING
    RISK = "risk", Page.RISK, Activity.RUNNING
    ATTESTATION = "attestation", Page.ATTESTATION, Activity.RUNNING
    SAME_SERIAL = "same_serial", Page.SAME_SERIAL, Activity.RUNNING
    SECRET = "secret", Page.SECRET, Activity.RUNNING
    COMPARISON = "comparison", Page.COMPARISON, Activity.RUNNING
    NETWORK = "network", Page.NETWORK, Activity.RUNNING
    RESCANNING = "rescanning", Page.NETWORK, Activity.RUNNING
    """The device looks for networks again; what was filled in stays on the page."""
    OBSTACLE = "obstacle", Page.OBSTACLE, Activity.RUNNING
    """Something outside of the device is in the way, which its user can put right."""
    PASSPHRASE = "passphrase", Page.PASSPHRASE, Activity.RUNNING
    WORKING = "working", Page.PROGRESS, Activity.RUNNING
    STOPPING_SEARCH = "stopping_search", Page.SCAN, Activity.STOPPING
    STOPPING = "stopping", Page.PROGRESS, Activity.STOPPING
    RESTARTING = "restarting", Page.SCAN, Activity.STOPPING
    """The next run begins as soon as the cancelled one has ended."""
    SUCCESS = "success", Page.SUCCESS, Activity.IDLE
    PROBLEM = "problem", Page.PROBLEM, Activity.IDLE
    LESSON = "lesson", Page.LESSON, Activity.IDLE
    """A wrong number was shown on request: what the user's answer would have meant."""
    REQUIREMENTS = "requirements", Page.REQUIREMENTS, Activity.IDLE
    YOURS = "yours", Page.YOURS, Activity.IDLE

    DEVICE = "device", Page.DEVICE, Activity.IDLE
    CALLING = "calling", Page.DEVICE, Activity.RUNNING
    """Something is done that needs no device, and no page of its own."""
    RESET = "reset", Page.RESET, Activity.IDLE
    REPROVISION = "reprovision", Page.NETWORK, Activity.IDLE
    TRANSFER = "transfer", Page.TRANSFER, Activity.IDLE
    MAKING_TOKEN = "making_token", Page.TRANSFER, Activity.RUNNING
    TOKEN = "token", Page.TRANSFER, Activity.IDLE
    REVOCATION = "revocation", Page.REVOCATION, Activity.IDLE
    REVOKING = "revoking", Page.REVOCATION, Activity.RUNNING
    REMOVAL = "removal", Page.REMOVAL, Activity.IDLE
    CHECKS = "checks", Page.CHECKS, Activity.IDLE
    SHARING = "sharing", Page.SHARE, Activity.RUNNING
    """The device is asked to let others join, or does."""
    LISTING = "listing", Page.SHARE, Activity.RUNNING
    """It is asked who controls it, or to change that."""
    CLOSING = "closing", Page.SHARE, Activity.STOPPING
    SHARED = "shared", Page.SHARE, Activity.IDLE
    """Who controls it is known, and nobody can join."""

    def __init__(self, label: str, page: Page, activity: Activity) -> None:
        self.label = label
        self.page = page
        self.activity = activity


class Input(StrEnum):
    """What moves a flow: the user's gestures, then what the engine tells."""

    BEGIN = "begin"
    PROCEED = "search takes long"
    ANSWER = "answer"
    RESCAN = "scan again"
    CANCEL = "cancel"
    BACK = "back"
    RETRY = "retry"
    SHOW_REQUIREMENTS = "requirements"
    SHOW_WELCOME = "first page"
    SHOW_RESTORE = "restore form"
    SHOW_REAL_DEVICE = "real device"
    SHOW_WAYS = "ways"
    SHOW_RESET = "reset form"
    SHOW_TRANSFER = "transfer form"
    SHOW_REVOCATION = "revocation form"
    SHOW_REMOVAL = "removal form"
    SHOW_CHECKS = "checks"
    START = "start"
    CALL = "call"
    MAKE_TOKEN = "make token"
    REVOKE = "revoke"
    SHARE = "share"
    LIST = "list controllers"

    ASKS_DEVICE = "asks: choose device"
    ASKS_CONFIRMATION = "asks: confirm device"
    ASKS_RISK = "asks: accept risk"
    ASKS_ATTESTATION = "asks: review attestation"
    ASKS_SERIAL = "asks: serial known"
    ASKS_SECRET = "asks: secret"
    ASKS_NUMBERS = "asks: compare numbers"
    ASKS_NETWORK = "asks: network"
    ASKS_AGAIN = "asks: try again"
    ASKS_PASSPHRASE = "asks: passphrase"
    REPEAT = "asks what was answered before"
    STEP = "step begins"
    COMMISSIONED = "commissioned"
    SETTLED = "settled"
    NETWORKS = "networks"
    TOKEN_MADE = "token made"
    CALLED = "called"
    OPENED = "sharing opened"
    LISTED = "controllers known"
    CANCELLED = "cancelled"
    FAILED = "failed"
    RADIO_MISSING = "radio missing"
    ALREADY_YOURS = "already yours"
    LEARNED = "a wrong number was answered"
    ENDED = "ended"


class StepState(Enum):
    NEXT = "next"
    CURRENT = "current"
    DONE = "done"
    FAILED = "failed"


@dataclass(frozen=True)
class StepLine:
    """One step of a run as the pages show it. `began` is on the flow's clock, in seconds."""

    step: Step
    state: StepState = StepState.NEXT
    began: float | None = None
    seconds: float | None = None
    text: Text | None = None


QUESTIONS: dict[type[Question[Any]], Input] = {
    ChooseDevice: Input.ASKS_DEVICE,
    ConfirmDevice: Input.ASKS_CONFIRMATION,
    AcceptRisk: Input.ASKS_RISK,
    ReviewAttestation: Input.ASKS_ATTESTATION,
    SerialKnown: Input.ASKS_SERIAL,
    EnterSecret: Input.ASKS_SECRET,
    CompareNumbers: Input.ASKS_NUMBERS,
    ChooseNetwork: Input.ASKS_NETWORK,
    TryAgain: Input.ASKS_AGAIN,
    PassphraseNeeded: Input.ASKS_PASSPHRASE,
}
# After these, the Wi-Fi answer itself is in doubt: it is shown again instead of being sent again.
WIFI_IN_DOUBT = (WrongPassphrase, NetworkNotFound, NoAddress, CredentialsUnusable)
