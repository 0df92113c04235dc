"""The flow of an ownership operation, from the devices page and back to it.

It knows its device, and what the user gave stays until it is over. What leads where is in `ownership_table`.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from companion.errors import Cancelled, ChangePending, CompanionError, QueryFirst, TrustUnusable
from companion.events import Event, RevocationReason
from companion.model import DeviceSettings, Possession, WifiCredentials
from companion.outcome import Outcome, Result
from companion.protocols import Order, OwnershipOperation
from companion.questions import ConfirmDevice, Question
from companion.secret import Secret
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
from ui.flow.core import Commands, Flow
from ui.flow.ownership_table import OWNERSHIP
from ui.flow.state import WIFI_IN_DOUBT, FlowState, Input
from ui.flow.tasks import Task

# What a query puts right, so that the task can be tried again.
QUERY_FIRST = (QueryFirst, ChangePending)


@dataclass(frozen=True)
class Owned:
    """The device of an operation, as the registry knows it.

    key: its id; network: the one it is in, "" if unknown; token: by which it is taken over
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

    table = OWNERSHIP

    def __init__(self, task: Task, owned: Owned, beside: Flow) -> None:
        """beside: the commissioning flow, which waits meanwhile."""
        super().__init__(beside.clock)
        self.task = task
        self.owned = owned
        self.radio, self.checks, self.signal = beside.radio, beside.checks, beside.signal
        # What its device shall be and get; this flow is about no other one.
        self.wanted = DeviceSettings(owned.name, owned.room)
        self.networks: tuple[WifiCredentials, ...] = ()
        self.terms = Terms()
        self.token: TokenMade | None = None
        self.saved: TokenSaved | TokenUnsaved | None = None
        # What was done without the device.
        self.done: TokensCancelled | DeviceRevoked | ListRenewed | None = None
        # The device is queried first; the task follows.
        self.querying = False
        # Why the network that was given last did not do, until another one is given.
        self.doubt: CompanionError | None = None

    def open(self) -> Commands:
        """Begin with the task's form, or at once where there is nothing to decide first."""
        if self.task.form is not None:
            self._move(self.task.form)
            return ()
        match self.task:
            case Task.REPROVISION:
                return self._start(RecallNetworks(), Input.CALL)
            case Task.CANCEL:
                return self._start(CancelTokens(self.owned.key), Input.CALL)
            case Task.RENEW:
                return self._start(RenewList(), Input.CALL)
            case _:
                return self.operate()

    # --- what the pages ask ------------------------------------------------------------------------

    @property
    def subject(self) -> object:
        return self.question or self.outcome or self.error or self.token

    @property
    def settings(self) -> DeviceSettings | None:
        return self.wanted

    @property
    def must_query(self) -> bool:
        """The device has to be queried before the task can go on."""
        return isinstance(self.error, QUERY_FIRST)

    @property
    def must_choose_file(self) -> bool:
        """The file that was given for the token can't be used: it is asked for again."""
        return isinstance(self.error, TrustUnusable)

    @property
    def over(self) -> bool:
        """The devices page has the floor again."""
        return self.state is FlowState.DEVICE

    @property
    def has_news(self) -> bool:
        """Something was done, or may have been."""
        return bool(self.outcome or self.done or self.token or self.cancelled)

    # --- the user's gestures -----------------------------------------------------------------------

    def operate(self) -> Commands:
        """Do it, with everything that was given."""
        order = Order()
        if self.task is Task.REPROVISION:
            order = Order(wifi=self.wanted.wifi, name=self.wanted.name, room=self.wanted.room)
        assert self.task.operation is not None, f"{self.task} needs no device"
        return self._operate(self.task.operation, order)

    def give(self, terms: Terms) -> Commands:
        """Make the token."""
        commands = self._start(MakeToken(self.owned.key, terms), Input.MAKE_TOKEN)
        if commands:
            self.terms, self.token, self.saved = terms, None, None
        return commands

    def revoke(self, reason: RevocationReason) -> Commands:
        """Believe the device's certificates no more."""
        return self._start(RevokeDevice(self.owned.key, reason), Input.REVOKE)

    def save(self, path: Path) -> Commands:
        """Write the token to a file."""
        return (SaveToken(self.token.token, path),) if self.token is not None else ()

    def answer(self, question: Question[Any] | None, answer: object) -> Commands:
        """The answer to an open question, or without one what shall change."""
        if question is None and self.state is FlowState.REPROVISION and isinstance(answer, DeviceSettings):
            self.wanted, self.doubt = answer, None
            return self.operate()
        commands = self._answer(question, answer)
        if commands and isinstance(answer, DeviceSettings):
            self.wanted = answer
        return commands

    def try_again(self) -> Commands:
        """The same once more; after a network in doubt, its page; after "query it first", the query."""
        if self.state is not FlowState.PROBLEM:
            return ()
        if self.must_query:
            self.querying = True
            return self._operate(OwnershipOperation.QUERY, Order())
        if self.must_choose_file:
            self._move(Input.SHOW_TRANSFER)
            self._reset_run()
            return ()
        if self.task is Task.TRANSFER:
            return self.give(self.terms)
        if self.task.operation is None:
            return self.open()
        if self.task is Task.REPROVISION and (isinstance(self.error, WIFI_IN_DOUBT) or self.outcome is None):
            self.doubt = self.error if isinstance(self.error, WIFI_IN_DOUBT) else None
            return self._start(RecallNetworks(), Input.START)
        return self.operate()

    def leave(self) -> Commands:
        return self.cancel()

    def _go_back(self) -> Commands:
        """To the devices page."""
        if self._move(Input.BACK):
            self._reset_run()
        return ()

    # --- how it begins and ends --------------------------------------------------------------------

    def _operate(self, operation: OwnershipOperation, order: Order) -> Commands:
        return self._start(StartOperation(operation, self.owned.key, order, self.owned.token), Input.START)

    def _take_aside(self, event: Event) -> Commands:
        # Another token's file says nothing about this one.
        if isinstance(event, TokenSaved | TokenUnsaved) and self.token and event.token == self.token.token:
            self.saved = event
        return ()

    def _follow(self, event: Event) -> Commands:
        """What is told of work without the device; all else is told of a run."""
        match event:
            case NetworksRecalled():
                if self._move(Input.NETWORKS):
                    self.networks = event.networks
            case TokensCancelled() | DeviceRevoked() | ListRenewed():
                if self._move(Input.CALLED):
                    self.done = event
            case TokenMade():
                if self._move(Input.TOKEN_MADE):
                    self.token = event
            case _:
                return self._follow_run(event)
        return ()

    def _known_answer(self, question: Question[Any]) -> bool | DeviceSettings | None:
        """The device proves its key, and its owner named it: nobody has to confirm that it is this one."""
        return True if isinstance(question, ConfirmDevice) else None

    def _finish(self, outcome: Outcome) -> Commands:
        querying, self.querying = self.querying, False
        if _is_settled(outcome):
            self._move(Input.SETTLED)
            self.outcome, self.error = outcome, None
            return self.open() if querying else ()
        if isinstance(outcome.error, Cancelled):
            self._note_cancelled(self.owned.name)
            return self._end_cancelled()
        self._move(Input.FAILED)
        self._note_outcome(outcome)
        return ()

    def _refuse(self, error: CompanionError) -> Commands:
        self.querying = False
        if isinstance(error, Cancelled):
            return self._end_cancelled()
        self._fail(error)
        return ()

    def _failure(self, error: CompanionError | None) -> Input:
        return Input.FAILED

    def _end_cancelled(self) -> Commands:
        self._move(Input.CANCELLED)
        self._reset_run()
        return ()


def _is_settled(outcome: Outcome) -> bool:
    """It is done; or the device shows that nobody owns it, though its own word got lost."""
    done = outcome.commissioned
    released = done is not None and done.possession is Possession.RELEASED
    return outcome.result is Result.DONE or released
