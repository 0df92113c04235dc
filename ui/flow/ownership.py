"""The flow of an ownership operation, from the devices page and back to it.

It knows its device, and what the user gave stays until it is over. What leads where is in `ownership_table`.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from companion.administration import (
    AdministrationOperation,
    Controller,
    Controllers,
    Request,
    Sharing,
    SharingEnd,
)
from companion.errors import (
    Cancelled,
    ChangePending,
    CompanionError,
    ControllersFull,
    FabricUnknown,
    NetworkError,
    OperationTimeout,
    QueryFirst,
    RemovalUnknown,
    TrustUnusable,
)
from companion.events import (
    ControllerJoined,
    ControllersReported,
    Event,
    Progress,
    RevocationReason,
    SharingEnded,
    SharingOpened,
)
from companion.model import DeviceSettings, Possession, Text, WifiCredentials
from companion.outcome import Outcome, Result
from companion.protocols import Order, OwnershipOperation
from companion.questions import ConfirmDevice, Question
from ui.engine.ownership_messages import (
    Administer,
    CancelTokens,
    DeviceRevoked,
    LeaveSharing,
    ListRenewed,
    MakeToken,
    NetworksRecalled,
    RecallNetworks,
    RemoveController,
    RenewList,
    RevokeDevice,
    SaveToken,
    StartOperation,
    StopSharing,
    Terms,
    TokenMade,
    TokenSaved,
    TokensCancelled,
    TokenUnsaved,
)
from ui.flow.core import Commands, Flow
from ui.flow.owned_device import Owned
from ui.flow.ownership_table import OWNERSHIP
from ui.flow.state import WIFI_IN_DOUBT, FlowState, Input
from ui.flow.tasks import Task

# What a query puts right, so that the task can be tried again.
QUERY_FIRST = (QueryFirst, ChangePending)
FOLLOW_SECONDS = 300
"""So long a device's status is followed: meanwhile no other device is reached."""
# Where nothing proves whether a device that was to be removed forgot this computer.
_UNHEARD = (NetworkError, OperationTimeout, FabricUnknown, RemovalUnknown)


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
        # It is removed without being told, which needs no network.
        self.offline = False
        # The device is queried first; the task follows.
        self.querying = False
        # Who controls it, and how others join; what was said meanwhile, and who joined.
        self.controllers: Controllers | None = None
        self.sharing: Sharing | None = None
        self.sharing_end: SharingEnd | None = None
        self.joined: Controller | None = None
        self.said: Text | None = None
        # The user closes it, and is done with the page.
        self.closing = False
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
            case Task.SHARE:
                return self.share()
            case Task.UNFOLLOW:
                return ()
            case Task.CONTROLLERS:
                return self._administer(Request(AdministrationOperation.CONTROLLERS), Input.LIST)
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
    def can_forget(self) -> bool:
        """It was to be removed and was not told: it can be removed here alone."""
        ended = self.state is FlowState.PROBLEM and self.task is Task.REMOVE and not self.offline
        return ended and isinstance(self.error, _UNHEARD)

    @property
    def is_open(self) -> bool:
        """Another app can join the device now, by the code that the page shows."""
        return self.state is FlowState.SHARING and self.sharing is not None

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
        if self.task.administration is not None:
            # What has a form of its own has a page for its progress too.
            given = Input.CALL if self.task.form is None else Input.START
            named = self.owned.name if self.task is Task.RENAME else ""
            lasts = FOLLOW_SECONDS if self.task is Task.FOLLOW else 0
            request = Request(self.task.administration, name=named, seconds=lasts, offline=self.offline)
            return self._administer(request, given)
        order = Order()
        if self.task is Task.REPROVISION:
            order = Order(wifi=self.wanted.wifi, name=self.wanted.name, room=self.wanted.room)
        assert self.task.operation is not None, f"{self.task} needs no device"
        return self._operate(self.task.operation, order)

    def forget(self) -> Commands:
        """Ask whether to remove it here alone, without telling it."""
        if self.can_forget and self._move(Input.SHOW_REMOVAL):
            self._reset_run()
            self.offline = True
        return ()

    def give(self, terms: Terms) -> Commands:
        """Make the token."""
        commands = self._start(MakeToken(self.owned.key, terms), Input.MAKE_TOKEN)
        if commands:
            self.terms, self.token, self.saved = terms, None, None
        return commands

    def revoke(self, reason: RevocationReason) -> Commands:
        """Believe the device's certificates no more."""
        return self._start(RevokeDevice(self.owned.key, reason), Input.REVOKE)

    def share(self) -> Commands:
        """Let another app join; again, if nobody did."""
        commands = self._administer(Request(AdministrationOperation.SHARE), Input.SHARE)
        if commands:
            self.task, self.sharing, self.sharing_end, self.joined = Task.SHARE, None, None, None
        return commands

    def remove_controller(self, key: str) -> Commands:
        """Take the device away from another controller, while it is shared or not."""
        if self.state is FlowState.SHARING:
            self.said = None
            return (RemoveController(key),)
        request = Request(AdministrationOperation.REMOVE_CONTROLLER, controller=key)
        commands = self._administer(request, Input.LIST)
        if commands:
            self.task, self.sharing_end, self.joined = Task.CONTROLLERS, None, None
        return commands

    def stop_sharing(self) -> Commands:
        """Let nobody join any more, and leave."""
        if self.state is not FlowState.SHARING or self.closing:
            return ()
        if self.sharing is None:
            return self.cancel()
        self.closing = True
        return (StopSharing(),)

    def leave_sharing(self) -> Commands:
        """Leave, and let others go on joining until the time is over."""
        if not self.is_open or self.closing:
            return ()
        self.closing = True
        return (LeaveSharing(),)

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
        if self.task is Task.REMOVE:
            return self.operate()
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

    def _administer(self, request: Request, given: Input) -> Commands:
        return self._start(Administer(self.owned.key, request), given)

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
                self._follow_sharing(event)
                return self._follow_run(event)
        return ()

    def _follow_sharing(self, event: Event) -> None:
        """Who controls the device, and how others join."""
        match event:
            case ControllersReported():
                self.controllers = event.controllers
            case SharingOpened():
                self._move(Input.OPENED)
                self.sharing, self.said = event.sharing, None
            case ControllerJoined():
                self.joined = event.controller
            case SharingEnded():
                self.sharing_end = event.end
            case Progress() if self.state is FlowState.SHARING:
                self.said = event.text

    def _known_answer(self, question: Question[Any]) -> bool | DeviceSettings | None:
        """The device proves its key, and its owner named it: nobody has to confirm that it is this one."""
        return True if isinstance(question, ConfirmDevice) else None

    def _finish(self, outcome: Outcome) -> Commands:
        querying, self.querying = self.querying, False
        if self.task in (Task.SHARE, Task.CONTROLLERS) and self._finish_sharing(outcome):
            return ()
        if _is_settled(outcome):
            self._move(Input.SETTLED)
            self.outcome, self.error = outcome, None
            return self.open() if querying else ()
        if isinstance(outcome.error, Cancelled):
            self._note_cancelled(self.owned.name)
            return self._end_cancelled()
        # A name that the device was not told is changed here all the same: that is news, and no problem.
        self._move(Input.SETTLED if self.task is Task.RENAME else Input.FAILED)
        self._note_outcome(outcome)
        return ()

    def _finish_sharing(self, outcome: Outcome) -> bool:
        """Its page stays, with who controls the device now. False for what has another page."""
        full = isinstance(outcome.error, ControllersFull)
        if not full and not _is_settled(outcome):
            return False
        closed = self.closing and not full
        self._move(Input.SETTLED if closed else Input.LISTED)
        self.sharing, self.closing = None, False
        self.outcome, self.error = outcome, outcome.error
        return True

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
