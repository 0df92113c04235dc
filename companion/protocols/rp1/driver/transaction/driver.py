"""Runs the transaction over sessions: sends its requests, gives it what it needs, recovers the link."""

from __future__ import annotations

import asyncio
import logging
import math
import time
from collections.abc import Coroutine
from dataclasses import replace
from typing import TYPE_CHECKING, TypeVar

from companion.errors import (
    CompanionError,
    ConnectFailed,
    DeviceBusy,
    DeviceNotFound,
    LinkLostError,
)
from companion.identity import ldevid
from companion.model import DeviceSettings, Text
from companion.networks.prompt import NetworkKind, NetworkPrompt
from companion.protocols.rp1.aborts import VerifyFailure, WifiRefusal
from companion.protocols.rp1.driver import messages
from companion.protocols.rp1.driver.assignment import Assignment
from companion.protocols.rp1.driver.identification import device_name, identity_of
from companion.protocols.rp1.driver.open_tokens import Tokens
from companion.protocols.rp1.driver.principal import principal_of
from companion.protocols.rp1.driver.session.connection import Connection
from companion.protocols.rp1.driver.session.exchange import SessionLost, explained, take
from companion.protocols.rp1.driver.session.facts import session_of
from companion.protocols.rp1.driver.session.setup import LOSSES, Opened, ResumptionRefused, SessionSetup
from companion.protocols.rp1.driver.session.tasks import cancel_tasks
from companion.protocols.rp1.driver.transaction import network_prompt, serial_choice
from companion.protocols.rp1.driver.transaction.cloud import Cloud
from companion.protocols.rp1.driver.transaction.losses import Losses
from companion.protocols.rp1.driver.transaction.open_transaction import Transaction
from companion.protocols.rp1.driver.transaction.reporter import TransactionReporter
from companion.protocols.rp1.handshake.agreement import standing_of
from companion.protocols.rp1.methods import Method, Standing
from companion.protocols.rp1.session import plan as session_plan
from companion.protocols.rp1.session.commissioner import Progressed, Received
from companion.protocols.rp1.session.plan import SessionKind, SessionPlan
from companion.protocols.rp1.store.commissioner_store import MOST_COMPARISONS, CommissionerStore
from companion.protocols.rp1.store.saved_transaction import Naming
from companion.protocols.rp1.transaction.events import Need, NeedCertificate, NeedChoice, NeedClaim, NeedRetry
from companion.protocols.rp1.wire.info import SERVICE_UUID, Caps, Info, recognise
from companion.protocols.rp1.wire.operations import Op
from companion.questions import Question

if TYPE_CHECKING:
    from companion.model import Advertisement
    from companion.protocols import Context
    from companion.secret import Secret

A = TypeVar("A")
log = logging.getLogger(__name__)

KEEP_ALIVE_SECONDS = 25.0
BUSY_SECONDS = 3.0
MOST_OPENINGS = 6
# Section 9: how long a device without a second radio may be away, from VERIFY on.
AWAY_SECONDS = 150.0
PROGRESS_PAUSE = 1.0
_ABORT_SECONDS = 5.0
_LOOK_PAUSE = 0.1


class TransactionDriver:
    """One transaction, across all the sessions of a run."""

    def __init__(
        self,
        context: Context,
        setup: SessionSetup,
        transaction: Transaction,
        assignment: Assignment,
        tokens: Tokens,
    ) -> None:
        self._context = context
        self._setup = setup
        self._transaction = transaction
        self._assignment = assignment
        self._tokens = tokens
        self._store = CommissionerStore(context.memory)
        self._principal = principal_of(context)
        self._opened: Opened | None = None
        self._prompt: NetworkPrompt | None = None
        self._reporter = TransactionReporter(context, transaction, tokens)
        self._losses = Losses()
        self._cloud = Cloud(context.endpoint if self._principal.bundle is None else self._principal.cloud)
        self._away_until = self._progress_told = -math.inf
        context.dialer.know_by(self._is_ours)

    # --- sessions -----------------------------------------------------------------------------------

    async def open(self) -> Opened:
        """The run's first secure session. A link that goes on the way is tried again, but not when three
        numbers were shown on it: a fourth would be an attacker's (section 4).
        """
        for _ in range(MOST_OPENINGS - 1):
            try:
                return await self._open()
            except LOSSES as loss:
                if self._setup.compared >= MOST_COMPARISONS:
                    raise
                await self._await_return(loss)
        return await self._open()

    def choose(self, value: bytes, info: Info) -> SessionPlan:
        """The next session with the device that says this: go on where there is something to go on with."""
        transaction, inputs = self._transaction, self._assignment.inputs
        if transaction.rpsk is not None and info.methods & Method.PSK:
            return session_plan.resume(inputs, value, transaction.rpsk)
        key = transaction.identity_key
        if transaction.continues and key is not None and standing_of(info.state) is not Standing.UNOWNED:
            return session_plan.finish_as_owner(inputs, value, key, self._principal.authority())
        return self._assignment.begin(value, info)

    async def _open(self) -> Opened:
        transaction = self._transaction
        try:
            opened = await self._setup.open(self.choose, resumes=transaction.first)
        except ResumptionRefused:
            transaction.rpsk = None
            opened = await self._setup.open(self.choose)
        is_new = opened.plan.kind is SessionKind.FRESH
        if is_new:
            transaction.restart()
            transaction.opened_by(opened.agreed.master, session_of(opened.agreed, opened.plan))
        self._opened = opened
        onboards = not transaction.operation
        owners = self._store.owners
        delivery = self._principal.delivery(owners, asks=not onboards)
        session = opened.session(transaction.identity_key, delivery, onboards=onboards)
        said = transaction.machine.begin(session)
        self._reporter.begin(transaction.machine.known.facts, is_fresh=is_new)
        self._reporter.report(self._opened, said)
        return opened

    async def _reopen(self, lost: SessionLost) -> None:
        """A new session after the old one went. Raises the loss itself once hope is gone."""
        self._transaction.continues = True
        loss = lost.loss
        if self._transaction.machine.may_drop_link:
            self._losses.count_trial(loss)
        away = self._is_away
        if away:
            self._context.reporter.progress(Text("The device is testing its credentials"))
        while True:
            await self._await_return(loss, away=away)
            try:
                await self._open()
                await self._query()
                return
            except SessionLost as again:
                loss = again.loss
            except (*LOSSES, ConnectFailed) as again:
                loss = again
            except DeviceBusy as busy:
                # It has not noticed yet that the old link is gone, and its session with it.
                await asyncio.sleep(BUSY_SECONDS)
                loss = busy

    async def _query(self) -> None:
        """Section 9: after a resume, what the device has comes first, before the user is heard again."""
        opened, machine = self._opened, self._transaction.machine
        if opened is None or opened.plan.kind is SessionKind.FRESH:
            return
        request = machine.next_request()
        assert request is not None
        await self._exchange(request)

    def _is_ours(self, seen: Advertisement) -> bool:
        """True if the device of the transaction advertises this, as far as one knows its key."""
        fp = self._transaction.fp
        return fp is not None and recognise(seen.service_data.get(SERVICE_UUID, b""), fp)

    @property
    def _is_away(self) -> bool:
        """True while the device tries what it was given and can't keep its radio up meanwhile."""
        opened = self._opened
        stays = opened is not None and bool(opened.info.caps & Caps.BLE_DURING_VERIFY)
        return self._transaction.machine.may_drop_link and not stays

    async def _await_return(self, loss: CompanionError, *, away: bool = False) -> None:
        """Wait until the device is seen again; one that is `away`, until it must be back.

        Raises LinkLostError when it is not, `loss` when it was lost too often.
        """
        self._losses.count_link(loss)
        while True:
            try:
                await self._context.dialer.rediscover()
                return
            except DeviceNotFound as gone:
                if not away or time.monotonic() >= self._away_until:
                    raise LinkLostError(loss.detail) from gone
            await asyncio.sleep(_LOOK_PAUSE)

    # --- the transaction ----------------------------------------------------------------------------

    async def run(self) -> None:
        """Until the device acknowledged its receipt. Raises CompanionError."""
        machine = self._transaction.machine
        while not machine.done:
            try:
                await self._step()
            except SessionLost as lost:
                await self._reopen(lost)

    async def abort(self) -> bool:
        """Tell the device to forget the transaction; True if it did. For runs that end early."""
        machine, opened = self._transaction.machine, self._opened
        if opened is None or not opened.channel.is_secure or machine.awaiting is not None or machine.done:
            return False
        if not self._transaction.is_open:
            return False
        try:
            async with asyncio.timeout(_ABORT_SECONDS):
                await self._exchange(machine.abort_transaction())
        except (CompanionError, SessionLost, TimeoutError) as error:
            log.info("the transaction could not be called off: %s", type(error).__name__)
            return False
        self._reporter.report_withdrawn()
        return True

    async def _step(self) -> None:
        machine = self._transaction.machine
        if machine.certifies_next:
            # Whatever the answer costs, the device has no transaction yet that would have to be called off.
            machine.request_name = self._cloud.request_name((await self._choose_naming()).serial)
        if self._cloud.claim_runs_out:
            self._cloud.forget_claim()
            machine.claim(None)
        request = machine.next_request()
        if request is not None:
            await self._exchange(request)
            return
        need = machine.need
        assert need is not None
        await self._provide(need)

    async def _exchange(self, request: bytes) -> None:
        """Send a request and take everything up to its reply. Raises SessionLost."""
        machine = self._transaction.machine
        assert self._opened is not None
        channel = self._opened.channel
        if machine.awaiting is Op.VERIFY:
            self._away_until = time.monotonic() + AWAY_SECONDS
        with explained(by_grant=self._principal.bundle is not None):
            self._transaction.about_to_send(machine.awaiting)
            self._reporter.report_sending(machine.awaiting)
            await channel.request(request, machine.patience)
            while machine.awaiting is not None:
                event = await channel.next()
                if isinstance(event, Received):
                    self._reporter.report(self._opened, await take(channel, machine.receive, event.plaintext))
                else:
                    assert isinstance(event, Progressed)
                    await self._progressed(channel, event.plaintext)
            channel.wait_until(None)
        self._losses.note_answer()

    async def _progressed(self, channel: Connection, plaintext: bytes) -> None:
        """PROGRESS gives nobody more time, and is told once a second at most: each goes into the registry."""
        told, now = await take(channel, self._transaction.machine.progress, plaintext), time.monotonic()
        if now - self._progress_told >= PROGRESS_PAUSE:
            self._progress_told = now
            self._reporter.report(self._opened, told)

    async def _provide(self, need: Need) -> None:
        transaction = self._transaction
        machine = transaction.machine
        match need:
            case NeedCertificate():
                await self._certify(need, await self._choose_naming())
            case NeedChoice():
                serial = (await self._choose_naming()).serial
                transaction.settings = await self._choose_settings(need)
                site = self._context.order.site
                dataset = self._dataset(transaction.settings)
                chosen = network_prompt.as_items(transaction.settings, dataset, site, serial)
                machine.choose(replace(chosen, client_id=self._cloud.client_id(serial)))
                transaction.keep()
            case NeedClaim():
                client_id = self._cloud.client_id((await self._choose_naming()).serial)
                machine.claim(await self._while_alive(self._cloud.claim(client_id)))
            case NeedRetry():
                raise self._problem(need.failure)
            case _:
                await self._begin_anew()

    async def _certify(self, need: NeedCertificate, naming: Naming) -> None:
        """On record before it leaves: whatever becomes of the run, it can be revoked."""
        transaction = self._transaction
        facts = transaction.machine.known.facts
        assert facts is not None and transaction.identity_key is not None
        client_id = self._cloud.client_id(naming.serial)
        chain = await self._while_alive(self._cloud.certify(need.csr, client_id))
        if transaction.machine.need != need:  # the session went meanwhile, and its request with it
            return
        if chain is None:
            name = device_name(self._context, facts)
            chain = self._principal.certify(need.csr, serial=client_id or naming.serial, name=name)
        self._context.reporter.report(ldevid.issued(chain, transaction.identity_key))
        transaction.machine.certify(chain)

    async def _begin_anew(self) -> None:
        """The transaction is gone: a full handshake opens the next one, with the same settings.

        Raises CredentialsRejected where every one was gone before its end.
        """
        self._transaction.restart()
        self._losses.count_reversal()
        try:
            await self._open()
        except LOSSES as loss:
            raise SessionLost(loss) from loss

    # --- the user -----------------------------------------------------------------------------------

    async def _choose_naming(self) -> Naming:
        """Under which serial number the device is certified; kept with the transaction once it is decided."""
        transaction, context = self._transaction, self._context
        facts, decided = transaction.machine.known.facts, transaction.naming
        assert facts is not None
        if decided is None or decided.fp != facts.fp:
            device = identity_of(facts, context.dialer.found.name)
            inventory = context.inventory()
            decided = await serial_choice.settle(
                device, facts.identity_key, self._store, inventory, self._ask, context.order.same_serial
            )
            transaction.naming = decided
            if transaction.identity_key is not None:  # a session that was lost meanwhile may have begun anew
                transaction.keep()
        return decided

    async def _choose_settings(self, need: NeedChoice) -> DeviceSettings:
        """One prompt for the run: it counts the tries."""
        assert self._opened is not None
        kind, failure = network_prompt.kind_of(self._opened.info.caps), need.failure
        if failure == VerifyFailure.THREAD_ATTACH and kind is not NetworkKind.THREAD:
            raise self._problem(failure)  # asked for is its other network
        if self._prompt is None:
            self._prompt = self._network_prompt(kind)
        return await self._prompt.decide(None if failure is None else self._problem(failure, need.cause))

    def _network_prompt(self, kind: NetworkKind) -> NetworkPrompt:
        order, facts = self._context.order, self._transaction.machine.known.facts
        previous = self._transaction.settings
        if previous is not None and order.wifi not in (None, previous.wifi):
            previous = replace(previous, wifi=order.wifi)
        if previous is not None and order.thread is not None:
            previous = replace(previous, thread=order.thread)
        return network_prompt.prompt(
            self._ask,
            order,
            kind=kind,
            may_keep=kind is not NetworkKind.THREAD or bool(self._transaction.operation),
            lan=self._context.lan,
            suggested_name=(facts.model if facts is not None else "") or self._context.dialer.found.name,
            decided=previous,
            certified=self._transaction.plan.endpoint is not None,
        )

    def _dataset(self, settings: DeviceSettings) -> Secret | None:
        """Thread's, for a device that joins it: chosen, or of the order where it is not asked for."""
        assert self._opened is not None
        if not self._opened.info.caps & Caps.THREAD:
            return None
        return settings.thread or self._context.order.thread

    async def _ask(self, question: Question[A]) -> A:
        return await self._while_alive(self._context.reporter.ask(question))

    async def _while_alive(self, work: Coroutine[object, object, A]) -> A:
        """Wait for it while the session is kept alive; a session that goes meanwhile is opened again."""
        answer = asyncio.ensure_future(work)
        try:
            while True:
                assert self._opened is not None
                gone = asyncio.ensure_future(self._opened.channel.gone())
                await asyncio.wait(
                    {answer, gone}, timeout=KEEP_ALIVE_SECONDS, return_when=asyncio.FIRST_COMPLETED
                )
                gone.cancel()
                if answer.done():
                    return answer.result()
                try:
                    await self._exchange(self._transaction.machine.keep_alive())
                except SessionLost as lost:
                    await self._reopen(lost)
        finally:
            await cancel_tasks(answer)

    def _problem(self, failure: int | None, cause: WifiRefusal | None = None) -> CompanionError:
        return messages.network_problem(failure, self._transaction.plan, self._transaction.settings, cause)
