"""From a link to a secure session: INFO, the handshake, and the comparison where there is one."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from companion.claims import RunFacts, SessionFacts, identity
from companion.errors import (
    CompanionError,
    GrantRefused,
    LinkLostError,
    OperationTimeout,
    ServiceMissing,
    TooManyAttempts,
    WrongFactoryKey,
    WrongOwnerKey,
)
from companion.events import ActionNeeded, Secured
from companion.model import Handshake, Step, Text
from companion.protocols.rp1.aborts import GRANT_BOUNDS, Abort, PeerAbort, SessionAborted, user_error
from companion.protocols.rp1.driver.session.connection import Connection
from companion.protocols.rp1.driver.session.facts import session_of
from companion.protocols.rp1.driver.session.tasks import cancel_tasks
from companion.protocols.rp1.handshake import Agreed
from companion.protocols.rp1.methods import Method, method_name
from companion.protocols.rp1.ownership.carried_list import AnyDelivery
from companion.protocols.rp1.session.commissioner import (
    Answered,
    Commissioner,
    NumberShown,
    PeerConfirmed,
    Secure,
)
from companion.protocols.rp1.session.plan import SessionKind, SessionPlan
from companion.protocols.rp1.store.commissioner_store import CommissionerStore
from companion.protocols.rp1.transaction.events import Session
from companion.protocols.rp1.wire import info as infos
from companion.protocols.rp1.wire.info import INFO_UUID, Info
from companion.questions import CompareNumbers

if TYPE_CHECKING:
    from companion.protocols import Context
    from companion.radio import Link

LOSSES = (LinkLostError, OperationTimeout)
"""What a new link may fix."""

MESSAGES = 4

Chooser = Callable[[bytes, Info], SessionPlan]


class ResumptionRefused(Exception):
    """The device knows nothing of the resumption secret any more."""


@dataclass(frozen=True)
class Opened:
    """A secure session over a live link."""

    channel: Connection
    plan: SessionPlan
    agreed: Agreed
    info: Info

    def session(self, identity_key: bytes | None, delivery: AnyDelivery, *, onboards: bool) -> Session:
        """What the transaction needs. `identity_key`: from an earlier session, where this one proves none.

        onboards: its transaction makes the owner, see `Session`
        """
        peer = self.agreed.peer
        return Session(
            self.plan.kind,
            self.agreed.master,
            self.info.max_msg,
            peer.key if peer is not None else identity_key,
            delivery,
            onboards,
        )


class SessionSetup:
    """Opens sessions with the run's device, as many as it takes.

    The first one walks through the steps SECURE and CONFIRM; later ones stay in the step under way.

    compared: how many handshakes came as far as a number
    """

    def __init__(self, context: Context, store: CommissionerStore) -> None:
        self._context = context
        self._store = store
        self._channel: Connection | None = None
        self._walked = False
        self._careful = False
        self.compared = 0

    @property
    def channel(self) -> Connection | None:
        """The channel of the last handshake that was begun."""
        return self._channel

    async def open(self, choose: Chooser, *, resumes: SessionFacts | None = None) -> Opened:
        """Dial, read INFO, shake hands as `choose` says. resumes: see `session_of`.

        Raises CompanionError; ResumptionRefused where mode 5 was chosen and the device forgot.
        """
        reporter = self._context.reporter
        link, value = await self._reach()
        plan: SessionPlan | None = None
        comparing = proved = False
        try:
            info = infos.decode(value)
            plan = choose(value, info)
            self._begin(Step.SECURE)
            reporter.progress(Text("Establishing a secure session"))
            machine = Commissioner(plan.terms, room=link.max_write)
            self._careful = self._careful or (self._channel is not None and self._channel.lost_fragments)
            self._channel = channel = await Connection.over(link, machine, careful=self._careful)
            event = await channel.next()
            assert isinstance(event, Answered)
            await self._count(channel, plan.terms.method)
            await channel.reveal()
            proved = True
            event = await channel.next()
            if isinstance(event, NumberShown):
                comparing = True
                self._begin(Step.CONFIRM)
                agreed = await self._compare(channel, event.number)
            else:
                assert isinstance(event, Secure)
                agreed = event.agreed
        except SessionAborted as aborted:
            if _refuses_resumption(aborted, plan):
                raise ResumptionRefused from aborted
            raise _explain(aborted, plan, comparing, proved=proved) from aborted
        self._report(agreed, session_of(agreed, plan, resumes))
        return Opened(channel, plan, agreed, info)

    async def _reach(self) -> tuple[Link, bytes]:
        """A link to a device that has an INFO, and that. A beacon alone may be anybody's repetition."""
        while True:
            link = await self._context.dialer.dial()
            try:
                return link, await link.read(INFO_UUID)
            except ServiceMissing as wrong:
                await self._context.dialer.pass_over(wrong)

    async def _count(self, channel: Connection, method: Method) -> None:
        """Section 4: a comparison is counted before anything is revealed that decides about its number."""
        if method & Method.NC and not self._store.count_comparison():
            await channel.abort(Abort.CANCELLED)
            raise TooManyAttempts("three numeric comparisons in one run")
        self.compared += bool(method & Method.NC)

    async def _compare(self, channel: Connection, number: str) -> Agreed:
        """Both sides press. Raises SessionAborted, NUMBERS_DIFFER where the user here said so."""
        reporter = self._context.reporter
        answer = asyncio.ensure_future(reporter.ask(CompareNumbers(number)))
        heard = asyncio.ensure_future(channel.next())
        answered = pressed = False
        try:
            while True:
                await asyncio.wait({heard} if answered else {heard, answer}, return_when="FIRST_COMPLETED")
                if heard.done():
                    event = heard.result()
                    if isinstance(event, Secure):
                        self._store.clear_comparisons()
                        return event.agreed
                    pressed = pressed or isinstance(event, PeerConfirmed)
                else:
                    answered = True
                    # Whatever `confirm` brings about must be heard by a listener that starts after it.
                    await cancel_tasks(heard)
                    if not answer.result():
                        raise await channel.abort(Abort.NUMBERS_DIFFER)
                    await channel.confirm()
                    if not pressed:
                        reporter.report(ActionNeeded(Text("Press the button on the device to confirm")))
                heard = asyncio.ensure_future(channel.next())
        finally:
            await cancel_tasks(answer, heard)

    def _begin(self, step: Step) -> None:
        if not self._walked:
            self._context.reporter.begin(step)

    def _report(self, agreed: Agreed, session: SessionFacts) -> None:
        """How the session came to be secure; the first one also ends the steps SECURE and CONFIRM."""
        reporter = self._context.reporter
        # A resumed session's own method is "psk", which is not how its device was authenticated.
        reporter.report(Secured(method_name(agreed.method), Handshake(MESSAGES, agreed.octets), session))
        self._begin(Step.CONFIRM)
        if not self._walked:
            reporter.summarise(identity(RunFacts(session=session))[0].claim)
        self._walked = True


def _refuses_resumption(aborted: SessionAborted, plan: SessionPlan | None) -> bool:
    """True if the device does not know the RPSK, or its state or the first session's grants are over."""
    refusals = (Abort.NOT_AUTHENTIC, Abort.NOT_AUTHORISED, Abort.GRANT, Abort.TX_UNKNOWN)
    resuming = plan is not None and plan.kind is SessionKind.RESUMED
    return resuming and isinstance(aborted, PeerAbort) and aborted.code in refusals


def _explain(
    aborted: SessionAborted, plan: SessionPlan | None, comparing: bool, *, proved: bool
) -> CompanionError:
    """The leaf for a session that did not come to be. proved: M3 left, with this side's proof."""
    is_refusal = isinstance(aborted, PeerAbort) and aborted.code == Abort.NOT_AUTHENTIC
    # A device that says 13 to the owner proof of M3 means the same as one that says 9 (section 2).
    not_owner = isinstance(aborted, PeerAbort) and proved and aborted.code == Abort.NOT_AUTHORISED
    by_grant = plan is not None and plan.terms.owner is not None and bool(plan.terms.owner.grants)
    if by_grant and isinstance(aborted, PeerAbort) and aborted.code in GRANT_BOUNDS:
        return GrantRefused(f"RP1 abort {aborted.code}", bound=GRANT_BOUNDS[aborted.code])
    if plan is not None and plan.terms.owner is not None and (is_refusal or not_owner):
        return WrongOwnerKey("the device does not take our owner key")
    if plan is not None and plan.terms.psk_id is not None and is_refusal:
        return WrongFactoryKey(name=plan.terms.psk_id.hex())
    given = plan is not None and plan.secret_given
    return user_error(aborted, secret_given=given, comparing=comparing)
