"""Which page an owner's act shows, from the devices page and back to it.

A flow like the walk's, with the same steps, questions and problems, but for a device that is known. Pure
logic: no Qt, no texts. What the user gave stays until the act is over.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

from companion.errors import ChangePending, CompanionError, QueryFirst, TrustUnusable
from companion.events import Event, RevocationReason
from companion.model import FoundDevice, Possession, SetupCode, WifiCredentials
from companion.outcome import Outcome, Result
from companion.protocols import Order, OwnershipOperation
from companion.questions import ConfirmDevice, DeviceSettings, Question
from companion.secret import Secret
from ui.engine.messages import Answer
from ui.engine.ownership_messages import (
    CancelTokens,
    DeviceRevoked,
    ListRenewed,
    MakeToken,
    NetworksRecalled,
    RecallNetworks,
    RenewList,
    RevokeDevice,
    SaveToken,
    StartOperation,
    Terms,
    TokenMade,
    TokenSaved,
    TokensCancelled,
    TokenUnsaved,
)
from ui.flow.commissioning import Commands, Flow
from ui.flow.state import WIFI_IN_DOUBT, Page


class Task(StrEnum):
    """What an owner may want of his device; the values are the devices page's actions."""

    ROTATE = "rotate"
    CHANGE = "change"
    GIVE = "give"
    RESET = "reset"
    ASK = "ask"
    ACCEPT = "accept"
    CANCEL = "cancel"
    REVOKE = "revoke"
    RENEW = "renew"
    """Of no device: the list of revoked certificates for brokers."""


ACTS = {
    Task.ROTATE: OwnershipOperation.ROTATE,
    Task.CHANGE: OwnershipOperation.REPROVISION,
    Task.RESET: OwnershipOperation.RESET,
    Task.ASK: OwnershipOperation.QUERY,
    Task.ACCEPT: OwnershipOperation.ACCEPT,
}
# What a question to the device puts right, so that the task can be tried again.
ASK_FIRST = (QueryFirst, ChangePending)


@dataclass(frozen=True)
class Owned:
    """The device of an act, as the registry knows it. key: its id; network: the one it is in, "" if unknown.

    token: by which it is taken over
    """

    key: str
    name: str
    room: str = ""
    kind: str = "box"
    protocol: str = ""
    network: str = ""
    token: Secret | None = None


class OwnershipFlow(Flow):
    """One task with one device. It is over when it is back on `Page.DEVICE` and nothing runs."""

    def __init__(self, task: Task, owned: Owned, beside: Flow) -> None:
        """beside: the walk's flow, which waits meanwhile."""
        super().__init__(beside.clock)
        self.task = task
        self.owned = owned
        self.radio, self.checks, self.signal = beside.radio, beside.checks, beside.signal
        self.page = Page.DEVICE
        # What its device shall be and get; this flow is about no other one.
        self.wanted = DeviceSettings(owned.name, owned.room)
        self.networks: tuple[WifiCredentials, ...] = ()
        self.terms = Terms()
        self.token: TokenMade | None = None
        self.saved: TokenSaved | TokenUnsaved | None = None
        self.told: TokensCancelled | DeviceRevoked | ListRenewed | None = None
        self.asking = False
        # Why the network that was given last did not do, until another one is given.
        self.doubt: CompanionError | None = None

    def open(self) -> Commands:
        """Begin with the task's own page, or at once where there is nothing to say first."""
        match self.task:
            case Task.RESET:
                self.page = Page.RESET
            case Task.GIVE:
                self.page = Page.GIVE
            case Task.REVOKE:
                self.page = Page.REVOKE
            case Task.CHANGE:
                return self._start(RecallNetworks(), Page.DEVICE)
            case Task.CANCEL:
                return self._start(CancelTokens(self.owned.key), Page.DEVICE)
            case Task.RENEW:
                return self._start(RenewList(), Page.DEVICE)
            case _:
                return self.act()
        return ()

    # --- what the pages ask ------------------------------------------------------------------------

    @property
    def subject(self) -> object:
        return super().subject or self.token

    @property
    def handover(self) -> DeviceSettings | None:
        return self.wanted

    @property
    def radio_is_missing(self) -> bool:
        """An act has no other radio to offer: what is missing is told as a problem, and tried again."""
        return False

    @property
    def must_ask(self) -> bool:
        """The device has to be asked before the task can go on."""
        return isinstance(self.error, ASK_FIRST)

    @property
    def must_mend(self) -> bool:
        """What was given for the token can't be used: it is asked for again."""
        return isinstance(self.error, TrustUnusable)

    @property
    def over(self) -> bool:
        """The devices page has the floor again."""
        return self.page is Page.DEVICE and not self.running

    # --- what the user wants -----------------------------------------------------------------------

    def begin(self, code: SetupCode | None, chosen: FoundDevice | None = None) -> Commands:
        """An act is about its own device: no other one is set up meanwhile."""
        return ()

    def act(self) -> Commands:
        """Do it, with everything that was given."""
        if self.running:
            return ()
        order = Order()
        if self.task is Task.CHANGE:
            order = Order(wifi=self.wanted.wifi, name=self.wanted.name, room=self.wanted.room)
        return self._begin(ACTS[self.task], order)

    def give(self, terms: Terms) -> Commands:
        """Make the token."""
        if self.running:
            return ()
        self.terms, self.token, self.saved = terms, None, None
        return self._start(MakeToken(self.owned.key, terms), Page.GIVE)

    def revoke(self, reason: RevocationReason) -> Commands:
        """Believe the device's certificates no more."""
        return () if self.running else self._start(RevokeDevice(self.owned.key, reason), Page.REVOKE)

    def save(self, path: Path) -> Commands:
        """Write the token to a file."""
        return (SaveToken(self.token.token, path),) if self.token is not None else ()

    def answer(self, question: Question[Any] | None, answer: Any) -> Commands:
        """The answer to an open question, or without one what shall change."""
        if question is None and self.page is Page.NETWORK and isinstance(answer, DeviceSettings):
            if self.running:
                return ()
            self.wanted, self.doubt = answer, None
            return self.act()
        commands = super().answer(question, answer)
        if commands and isinstance(answer, DeviceSettings):
            self.wanted = answer
        return commands

    def try_again(self) -> Commands:
        """The same once more; after a network in doubt, its page; after "ask it first", the question."""
        if self.running:
            return ()
        if self.must_ask:
            self.asking = True
            return self._begin(OwnershipOperation.QUERY, Order())
        if self.must_mend:
            self._forget_run()
            self.page = Page.GIVE
            return ()
        if self.task is Task.GIVE:
            return self.give(self.terms)
        if self.task not in ACTS:
            return self.open()
        if self.task is Task.CHANGE and (isinstance(self.error, WIFI_IN_DOUBT) or self.outcome is None):
            self.doubt = self.error if isinstance(self.error, WIFI_IN_DOUBT) else None
            return self._start(RecallNetworks(), Page.WORKING)
        return self.act()

    def open_scan(self) -> Commands:
        """Back to the devices page. A run that goes on is cancelled first."""
        if self.running:
            return self.cancel()
        self._forget_run()
        self.page = Page.DEVICE
        return ()

    # --- what the engine tells ---------------------------------------------------------------------

    def take(self, event: Event) -> Commands:
        if isinstance(event, TokenSaved | TokenUnsaved):
            # Another token's file says nothing about this one.
            if self.token is not None and event.token == self.token.token:
                self.saved = event
            return ()
        return super().take(event)

    def _follow(self, event: Event) -> Commands:
        match event:
            case NetworksRecalled():
                self.running, self.networks, self.page = False, event.networks, Page.NETWORK
            case TokensCancelled() | DeviceRevoked() | ListRenewed():
                self.running, self.told, self.page = False, event, Page.DEVICE
            case TokenMade():
                self.running, self.token, self.page = False, event, Page.GIVE
            case _:
                return super()._follow(event)
        return ()

    def _ask(self, question: Question[Any]) -> Commands:
        """The device proves its key, and its owner named it: nobody has to confirm that it is this one."""
        if isinstance(question, ConfirmDevice) and not self.cancelling:
            self.found, self.findings = question.device, question.findings
            return (Answer(question, True),)
        return super()._ask(question)

    def _finish(self, outcome: Outcome) -> Commands:
        if not _is_settled(outcome):
            self.asking = False
            return super()._finish(outcome)
        self.running, self.cancelling, self.question = False, False, None
        self.outcome, self.error = outcome, None
        if self.asking:
            self.asking = False
            return self.open()
        self.page = Page.DEVICE
        return ()

    def _fail(self, error: CompanionError) -> None:
        self.asking = False
        super()._fail(error)

    def _cancel(self) -> Commands:
        commands = super()._cancel()
        self.page = Page.WORKING
        return commands

    def _begin(self, act: OwnershipOperation, order: Order) -> Commands:
        return self._start(StartOperation(act, self.owned.key, order, self.owned.token), Page.WORKING)


def _is_settled(outcome: Outcome) -> bool:
    """It is done; or the device shows that nobody owns it, though its own word got lost."""
    done = outcome.commissioned
    released = done is not None and done.possession is Possession.RELEASED
    return outcome.result is Result.DONE or released
