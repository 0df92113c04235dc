"""What an owner does with a device, from CONNECT to CHECK. All of it is method 24."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from companion.encoding import es256
from companion.errors import NotAuthorised, TokenRefused, WrongIdentity, WrongOwnerKey
from companion.events import Identified, ListHeard, Sending, Withdrawn
from companion.model import Commissioned, DeviceIdentity, Handshake, Possession, Step, Text
from companion.protocols import OwnedDevice, OwnershipOperation
from companion.protocols.rp1 import crypto
from companion.protocols.rp1.aborts import Abort
from companion.protocols.rp1.driver import messages
from companion.protocols.rp1.driver.assignment import change
from companion.protocols.rp1.driver.commissioning import Commissioning
from companion.protocols.rp1.driver.identification import identity_of
from companion.protocols.rp1.driver.open_tokens import Tokens
from companion.protocols.rp1.driver.principal import principal_of
from companion.protocols.rp1.driver.session.exchange import SessionLost, explained, take
from companion.protocols.rp1.driver.session.setup import LOSSES, MESSAGES, Chooser, Opened, SessionSetup
from companion.protocols.rp1.handshake import OwnerAuthority, standing_of
from companion.protocols.rp1.methods import Mode, Standing
from companion.protocols.rp1.ownership import owner_requests, transfer_offer
from companion.protocols.rp1.ownership.carried_list import AnyDelivery
from companion.protocols.rp1.ownership.owner_requests import RequestSequence
from companion.protocols.rp1.session import plan as session_plan
from companion.protocols.rp1.session.commissioner import Received
from companion.protocols.rp1.session.plan import SessionInputs, SessionKind, SessionPlan
from companion.protocols.rp1.store.commissioner_store import CommissionerStore
from companion.protocols.rp1.wire.info import Info
from companion.protocols.rp1.wire.operations import Op
from companion.protocols.rp1.wire.results import Facts, RequestRefused, TxState

if TYPE_CHECKING:
    from companion.protocols import Context

log = logging.getLogger(__name__)

MOST_SESSIONS = 3


class _WasReset(Exception):
    """RESET was sent, here or in a run before, and the device shows that nobody owns it."""


async def operate(context: Context, operation: OwnershipOperation, device: OwnedDevice) -> Commissioned:
    """Do it. Raises CompanionError."""
    store = CommissionerStore(context.memory)
    try:
        return await _operate(context, operation, device, store)
    except WrongOwnerKey:
        Tokens(context, store).gone(device.identity_key)
        raise


async def _operate(
    context: Context, operation: OwnershipOperation, device: OwnedDevice, store: CommissionerStore
) -> Commissioned:
    operations = OwnershipOperations(context, device, store)
    match operation:
        case OwnershipOperation.RESET:
            return await operations.reset()
        case OwnershipOperation.QUERY:
            return await operations.query()
        case OwnershipOperation.ACCEPT:
            return await operations.accept()
    return await Commissioning(context, store, change(context, operation, device, store)).run()


class OwnershipOperations:
    """The operations that hand nothing over."""

    def __init__(self, context: Context, device: OwnedDevice, store: CommissionerStore) -> None:
        self._context = context
        self._device = device
        self._store = store
        self._setup = SessionSetup(context, store)
        self._tokens = Tokens(context, store)
        self._principal = principal_of(context)
        self._opened: Opened | None = None
        self._shown: Standing | None = None
        """What the device shows after a delegate's reset, whose end depends on its lock."""

    async def query(self) -> Commissioned:
        """What the device says of itself; a change whose FINAL got lost is finished.

        The certificate of one that the device took back is revoked (section 9).
        """
        reporter, sequence = self._context.reporter, owner_requests.inquiry()
        try:
            facts = await self._run(sequence, self._unless_reset(Mode.REPROVISION))
        except _WasReset:
            return self._reset_before()
        if self._principal.bundle is None:
            self._store.enter(self._device.identity_key, None)
        told = sequence.transaction
        assert told is not None
        unfinished = told.state in (TxState.PROVISIONAL, TxState.REVERTED)
        if unfinished and (begun := self._begun(facts)) is not None:
            if told.state is TxState.PROVISIONAL:
                return await begun.run()
            for leaf in begun.transaction.machine.known.chain[:1]:
                reporter.report(messages.revocation(leaf))
        reporter.begin(Step.CHECK)
        reporter.summarise(_said(facts, told.state))
        return self._done(identity_of(facts, self._device.name), self._standing)

    @property
    def _standing(self) -> Possession:
        """Whose it is while nothing ends that."""
        return Possession.COMMISSIONED if self._principal.bundle is None else Possession.ENTRUSTED

    async def reset(self) -> Commissioned:
        """Nobody owns the device afterwards. A RESET that an earlier run sent counts as this one's."""
        try:
            facts = await self._run(owner_requests.release(), self._unless_reset(Mode.RESET))
        except _WasReset:
            return self._reset_before()
        device, reporter = identity_of(facts, self._device.name), self._context.reporter
        if self._shown is Standing.OWNED:
            reporter.summarise(Text("The device was reset. It reports that it still belongs to its owner"))
            return self._reset_locked(device)
        said = Text("The device has no owner now")
        if self._principal.bundle is not None:
            said = Text("The device was reset. It reports that it has no owner now")
        reporter.summarise(said)
        return self._released(device)

    def _unless_reset(self, mode: Mode) -> Chooser:
        """A session as the owner; raises _WasReset where the device shows that our RESET arrived."""
        choose, fp = self._as_owner(mode), crypto.fingerprint(self._device.identity_key)

        def still_owned(value: bytes, info: Info) -> SessionPlan:
            # Anybody can show this state: it counts only where this computer sent what leads to it.
            if standing_of(info.state) is Standing.UNOWNED and self._store.release(fp) is not None:
                raise _WasReset
            return choose(value, info)

        return still_owned

    def _reset_before(self) -> Commissioned:
        """RESET was noted before it left, and its reply got lost: it counts as done (section 14)."""
        begun = self._store.release(crypto.fingerprint(self._device.identity_key))
        assert begun is not None
        reporter = self._context.reporter
        reporter.begin(Step.HAND_OVER)
        reporter.summarise(
            Text("The reset was sent, but the reply was lost. The device reports that it has no owner")
        )
        return self._released(begun)

    def _reset_locked(self, device: DeviceIdentity) -> Commissioned:
        """A delegate's reset of a device with a lock: the owner stays, and nothing else (section 10.2)."""
        fp = crypto.fingerprint(self._device.identity_key)
        self._store.forget(fp)
        self._context.when_recorded(lambda: self._store.end_release(fp))
        return self._done(device, Possession.ENTRUSTED)

    def _released(self, device: DeviceIdentity) -> Commissioned:
        fp = crypto.fingerprint(self._device.identity_key)
        self._store.part_with(self._device.identity_key)
        self._store.forget(fp)
        self._context.when_recorded(lambda: self._store.end_release(fp))
        return self._done(device, Possession.RELEASED)

    async def accept(self) -> Commissioned:
        """The device becomes ours. A token that was used up by us before does no harm."""
        assert self._device.token is not None
        read = transfer_offer.parse(self._device.token.reveal_text())
        facts = None
        for authority in self._authorities(read):
            try:
                facts = await self._run(owner_requests.takeover(), self._as_owner(Mode.TRANSFER, authority))
            except NotAuthorised as refused:
                # It may have been taken in a run whose end nobody heard.
                log.info("a token was refused: %s", refused.code)
        if facts is None:
            try:
                facts = await self._run(owner_requests.inquiry(), self._as_owner(Mode.REPROVISION))
            except NotAuthorised as stranger:
                raise TokenRefused from stranger
        self._context.reporter.summarise(Text("You now own the device"))
        self._store.enter(self._device.identity_key, None)
        return self._done(identity_of(facts, self._device.name), Possession.COMMISSIONED)

    # --- sessions -----------------------------------------------------------------------------------

    def _own_authority(self, token: bytes | None = None) -> OwnerAuthority:
        owner = self._context.identity.owner
        return OwnerAuthority(owner.public, owner.sign, token=token)

    def _authorities(self, read: transfer_offer.Offer) -> tuple[OwnerAuthority, ...]:
        """Who takes the device over, in turn: we, or the bearer's one-time key and then we."""
        one_time = transfer_offer.one_time_key(read)
        if one_time is None:
            return (self._own_authority(read.token),)
        bearer = OwnerAuthority(
            es256.point(one_time), lambda message: es256.sign(one_time, message), token=read.token
        )
        ours = transfer_offer.pass_on(read, self._context.identity.owner.public)
        return bearer, self._own_authority(ours)

    def _as_owner(self, mode: Mode, authority: OwnerAuthority | None = None) -> Chooser:
        inputs, key = SessionInputs(), self._device.identity_key

        def choose(value: bytes, info: Info) -> SessionPlan:
            by = authority or self._principal.authority()
            kind = SessionKind.OWNER if mode is Mode.REPROVISION else SessionKind.FRESH
            return session_plan.begin_as_owner(inputs, value, info, key, by, mode, kind)

        return choose

    async def _run(self, sequence: RequestSequence, choose: Chooser) -> Facts:
        """The requests in a session of their own, begun anew after a loss. Raises CompanionError."""
        left = MOST_SESSIONS
        while True:
            left -= 1
            try:
                return await self._try(sequence, choose)
            except SessionLost as lost:
                if not left:
                    raise lost.loss from lost
            except LOSSES:
                if not left:
                    raise
            await self._context.dialer.rediscover()

    async def _try(self, sequence: RequestSequence, choose: Chooser) -> Facts:
        opened = await self._setup.open(choose)
        if self._opened is None:
            self._context.reporter.begin(Step.HAND_OVER)
        self._opened = opened
        sequence.begin(opened.agreed.master, self._device.identity_key, self._delivery(opened))
        with explained(by_grant=self._principal.bundle is not None):
            while (request := sequence.next_request()) is not None:
                self._about_to_send(sequence)
                await opened.channel.request(request, owner_requests.REPLY_SECONDS)
                await self._receive(sequence, opened)
                opened.channel.wait_until(None)
            if sequence.sent is Op.RESET and self._principal.bundle is not None:
                self._shown = standing_of((await opened.channel.info()).state)
        assert sequence.facts is not None
        self._context.reporter.report(Identified(identity_of(sequence.facts, self._device.name)))
        self._store.note_epoch(self._device.identity_key, sequence.facts.epoch)
        if sequence.agreed is not None:
            heard = ListHeard(self._device.identity_key, sequence.agreed.counter)
            self._context.reporter.report(heard)
            self._tokens.agreed(self._device.identity_key, sequence.agreed)
        self._tokens.heard(self._device.identity_key, sequence.facts.epoch)
        return sequence.facts

    def _delivery(self, opened: Opened) -> AnyDelivery | None:
        """The owner's list, in every session that may carry it: one that ends in RESET may not."""
        terms, owner = opened.plan.terms, self._principal.owner
        may = terms.owner is not None and terms.owner.public == owner and terms.mode is not Mode.RESET
        return self._principal.delivery(self._store.owners, asks=True) if may else None

    def _about_to_send(self, sequence: RequestSequence) -> None:
        """RESET is noted first: if the app dies now, only the note tells whose doing it was."""
        if sequence.sent is Op.RESET:
            self._context.reporter.report(Sending("reset"))
            assert sequence.facts is not None
            device = identity_of(sequence.facts, self._device.name)
            self._store.begin_release(crypto.fingerprint(self._device.identity_key), device)

    async def _receive(self, sequence: RequestSequence, opened: Opened) -> None:
        """Everything up to the reply. A device that refuses to be reset was not."""
        try:
            while sequence.awaiting:
                event = await opened.channel.next()
                if isinstance(event, Received):
                    await take(opened.channel, sequence.receive, event.plaintext)
        except RequestRefused:
            self._context.reporter.report(Withdrawn())
            self._store.end_release(crypto.fingerprint(self._device.identity_key))
            raise
        except WrongIdentity:
            await opened.channel.abort(Abort.NOT_AUTHENTIC)
            raise

    def _begun(self, facts: Facts) -> Commissioning | None:
        """The device's last change, to be gone on with; None if this computer did not begin it."""
        fp = crypto.fingerprint(self._device.identity_key)
        pending = self._store.recall(fp)
        if pending is None:
            return None
        operation = (
            OwnershipOperation(pending.operation) if pending.operation else OwnershipOperation.REPROVISION
        )
        assignment = change(self._context, operation, self._device, self._store, pending.operation)
        run = Commissioning(self._context, self._store, assignment, setup=self._setup)
        return run if run.transaction.machine.known.tx == facts.last_tx else None

    def _done(self, device: DeviceIdentity, possession: Possession) -> Commissioned:
        opened = self._opened
        return Commissioned(
            device=device,
            method="owner",
            handshake=Handshake(MESSAGES, opened.agreed.octets) if opened is not None else None,
            identity_key=self._device.identity_key,
            possession=possession,
        )


def _said(facts: Facts, state: TxState) -> Text:
    """What a device says of itself, and of its last change."""
    of: dict[str, str | int | float] = {
        "serial": facts.serial,
        "firmware": facts.firmware,
        "epoch": facts.epoch,
    }
    if state is TxState.FINAL:
        return Text("{serial}, firmware {firmware}, ownership counter {epoch}; last change complete", of)
    if state is TxState.PROVISIONAL:
        return Text("{serial}, firmware {firmware}, ownership counter {epoch}; last change pending", of)
    return Text(
        "{serial}, firmware {firmware}, ownership counter {epoch}; last change unknown to the device", of
    )
