"""The commissioner's plan once the session is secure (section 9): sans-IO, one request at a time. Its driver:

    machine = TransactionMachine(plan, saved=sealed_snapshot_or_None)
    machine.begin(session)                       # again after every resume
    while not machine.done:
        request = machine.next_request()         # plaintext for a record of type 16
        if request is None:
            match machine.need: ...           # give what it asks for: certify(), choose(), claim(), ...
            continue
        send(request)
        for event in machine.receive(plaintext):  # () while the reply is another one's; wait `patience` s
            ...                               # on Checkpoint: keep snapshot() in the sealed store
    on a record of type 20: machine.progress(plaintext)
    on a lost link:         resume, then begin() again; machine.may_drop_link says that the device meant it
    while a user thinks:    machine.keep_alive() every 30 s; to give up: machine.abort_transaction()

What comes next follows from what is known, never from where the run was. After a resume QUERY comes first.
"""

from __future__ import annotations

import secrets
from dataclasses import replace

from companion.encoding import shape
from companion.encoding.cbor import MalformedCbor
from companion.errors import ProtocolViolation
from companion.protocols.rp1 import serials
from companion.protocols.rp1.aborts import Abort
from companion.protocols.rp1.credentials.items import NO_TX, TX_SIZE, ItemType
from companion.protocols.rp1.crypto import sha256
from companion.protocols.rp1.session.plan import SessionKind
from companion.protocols.rp1.transaction import plan as transaction_plan
from companion.protocols.rp1.transaction import recovery, reply_checks
from companion.protocols.rp1.transaction import state as transaction_state
from companion.protocols.rp1.transaction.events import (
    Checkpoint,
    Committed,
    Events,
    FactsRead,
    Finished,
    ItemStaged,
    ListAgreed,
    Need,
    NeedCertificate,
    NeedChoice,
    NeedClaim,
    NeedRetry,
    NeedSession,
    Reverted,
    Session,
    Verified,
    VerifyFailed,
    Verifying,
)
from companion.protocols.rp1.transaction.item_queue import ItemQueue
from companion.protocols.rp1.transaction.plan import ChosenItems, Plan
from companion.protocols.rp1.transaction.state import KnownTransaction
from companion.protocols.rp1.wire import operations, results
from companion.protocols.rp1.wire.operations import MAX_REQID, Args, Op, Stage
from companion.protocols.rp1.wire.results import Reply, RequestRefused, TxState
from companion.secret import Secret

# Section 8 gives a reply no time of its own, and a small device needs some for a new key and its signature.
REPLY_SECONDS = 30.0
VERIFY_SECONDS = 95.0


class TransactionMachine:
    """One transaction after another, across as many sessions as it takes."""

    def __init__(
        self,
        plan: Plan,
        chosen: ChosenItems | None = None,
        *,
        saved: bytes | None = None,
        fp: bytes | None = None,
    ) -> None:
        """saved: the snapshot of a run that ended early. fp: the fingerprint (16 octets) that the label or
        the inventory gives the device, in whatever method. Raises MalformedCbor if `saved` is no snapshot.
        """
        self._plan = plan
        self._fp = fp
        self._known = (
            transaction_state.decode(saved)
            if saved is not None
            else KnownTransaction(secrets.token_bytes(TX_SIZE))
        )
        self._reqid = secrets.randbelow(MAX_REQID // 2) if saved is not None else 0
        self._session: Session | None = None
        self._pending: tuple[Op, int, Args, bytes] | None = None
        self._keeping_alive = self._must_query = self._gone = self._vouched = False
        self._csr: bytes | None = None
        self.request_name = ""  # the common name that the next CSR asks for
        self._failed: VerifyFailed | None = None
        self._recoveries = 0
        self._items = ItemQueue(plan, chosen)

    # --- what is known -----------------------------------------------------------------------------

    @property
    def known(self) -> KnownTransaction:
        """The transaction as far as it is known: facts, certificate, receipt, acknowledgement."""
        return self._known

    @property
    def done(self) -> bool:
        """True once the device acknowledged its receipt."""
        return self._known.acknowledgement is not None

    @property
    def patience(self) -> float:
        """Seconds to wait for the reply under way; PROGRESS gives no more."""
        return VERIFY_SECONDS if self.awaiting is Op.VERIFY else REPLY_SECONDS

    @property
    def awaiting(self) -> Op | None:
        """The operation whose reply is under way, or None."""
        return self._pending[0] if self._pending else None

    @property
    def may_drop_link(self) -> bool:
        """True while a device that can't keep BLE up during VERIFY may drop the link and come back."""
        return self.awaiting is Op.VERIFY

    @property
    def need(self) -> Need | None:
        """What the driver must give before `next_request` has anything to say."""
        step = None if self._pending or self.done else self._next()
        return None if isinstance(step, tuple) else step

    @property
    def has_planned_endpoint(self) -> bool:
        """False if the device was given another item 5 than the plan's, in a run before this one."""
        return self._items.is_planned(self._known)

    @property
    def certifies_next(self) -> bool:
        """True if CSR is next, which opens the transaction: who the device is must be decided before it."""
        step = None if self._pending or self.done else self._next()
        return isinstance(step, tuple) and step[0] is Op.CSR

    def snapshot(self) -> bytes:
        """What a later run needs to go on from here; to be kept in the sealed store only."""
        return transaction_state.encode(self._known)

    # --- what the driver gives -----------------------------------------------------------------------

    def begin(self, session: Session) -> Events:
        """A session is secure (and, in NC, confirmed). Raises WrongIdentity for another device."""
        reply_checks.same_device(session, self._known)
        anew = session.kind is SessionKind.FRESH and bool(self._known.transcripts)
        events = self._forget_transaction() if anew else ()
        self._session = session
        self._pending = self._csr = self._failed = None
        self._keeping_alive = self._gone = False
        self._recoveries = 0
        self._vouched = session.kind is not SessionKind.FRESH or self._plan.voucher is None
        self._must_query = session.kind is not SessionKind.FRESH
        resumed = session.kind is SessionKind.RESUMED
        self._known = self._known.with_session(session.master.th5, self._plan, resumed=resumed)
        return events

    def certify(self, chain: tuple[bytes, ...]) -> None:
        """The certificate for the device's request: DER, leaf first, no root."""
        self._known = replace(self._known, chain=chain)
        self._items.forget_certificate()

    def choose(self, chosen: ChosenItems) -> None:
        """What the user decided, for the first time or after a network that did not work. From here on a
        snapshot names every item, so that a later run knows again what the device has of them."""
        self._items.choose(chosen)
        self.retry()
        self._known = self._items.announced(self._known, self._session)

    def claim(self, claim: Secret | None) -> None:
        """A fresh claim for item 5, which is staged next; None: the one that is there ran out."""
        self._items.claim(claim, self._known.chain)

    def retry(self) -> None:
        """Let the device try again with what it has."""
        self._failed = None

    # --- requests -------------------------------------------------------------------------------------

    def next_request(self) -> bytes | None:
        """The plaintext of the next request, or None: see `need` and `done`."""
        if self._pending or self.done:
            return None
        step = self._next()
        return self._request(*step) if isinstance(step, tuple) else None

    def keep_alive(self) -> bytes:
        """A QUERY that changes nothing, to be sent while a user thinks (idle is 60 s, section 8)."""
        self._keeping_alive = True
        return self._request(Op.QUERY, None)

    def abort_transaction(self) -> bytes:
        """ABORT_TX: the device forgets what was staged, and reverts if it has not seen FINAL."""
        return self._request(Op.ABORT_TX, None)

    def _request(self, op: Op, args: Args) -> bytes:
        if self._session is None or self._pending:
            raise RuntimeError("a request needs a session with nothing else in flight")
        self._reqid = (self._reqid + 1) % (MAX_REQID + 1)
        tx = NO_TX if op is Op.REVOKE_STATE else self._known.tx
        self._pending = (op, self._reqid, args, tx)
        return operations.encode_request(op, self._reqid, tx, args)

    def _next(self) -> tuple[Op, Args] | Need:
        """The next request or, where the plan can't go on by itself, what it needs."""
        have = self._known
        if self._gone:
            return NeedSession()
        if self._must_query:
            return Op.QUERY, None
        if (newest := self._newest_list(onboards=False)) is not None:
            return newest
        if have.receipt is not None:
            return Op.FINAL, operations.Final(sha256(have.receipt))
        if have.state in (TxState.PROVISIONAL, TxState.FINAL):
            return Op.COMMIT, operations.Commit(have.manifest)
        if have.facts is None:
            return Op.FACTS, None
        if not self._vouched:
            return Op.VOUCHER, transaction_plan.shown_voucher(self._plan, self._session)
        if self._plan.endpoint is not None and not have.chain:
            if self._csr is None:
                return Op.CSR, operations.Csr(name=self.request_name)
            return NeedCertificate(self._csr, serials.certified(have.facts.serial))
        if self._failed is not None and recovery.needs_another_network(self._failed):
            return NeedChoice(self._failed.detail, self._failed.cause)
        if self._items.chosen is None:
            return NeedChoice()
        if self._items.lacks_claim:
            return NeedClaim()
        return self._stage() or self._newest_list(onboards=True) or self._conclude()

    def _newest_list(self, *, onboards: bool) -> tuple[Op, Args] | None:
        """The owner's list, until the device says that it goes by it. onboards: item 6 is there."""
        newest = self._session.next_list(onboards=onboards) if self._session is not None else None
        return (Op.REVOKE_STATE, operations.RevokeState(newest)) if newest is not None else None

    def _stage(self) -> tuple[Op, Args] | None:
        """The next chunk of the first item that the device does not have whole."""
        assert self._session is not None
        self._known, chunk = self._items.next_chunk(self._known, self._session)
        return (Op.STAGE, chunk) if chunk is not None else None

    def _conclude(self) -> tuple[Op, Args] | Need:
        """VERIFY where there is something to try, then COMMIT."""
        manifest = self._known.manifest
        if self._failed is not None:
            return NeedRetry(self._failed.detail)
        bits = transaction_plan.verify_bits(self._known.staged())
        if bits and self._known.state < TxState.VERIFIED:
            return Op.VERIFY, operations.Verify(manifest, bits)
        return Op.COMMIT, operations.Commit(manifest)

    # --- replies ----------------------------------------------------------------------------------------

    def receive(self, plaintext: bytes) -> Events:
        """A record of type 16 came. Raises RequestRefused, ProtocolViolation, WrongIdentity, CsrRefused,
        ReceiptInvalid; the last four mean that nothing more is to be sent to this device."""
        try:
            reply = results.decode_reply(plaintext)
            if self._pending is None or reply.reqid != self._pending[1]:
                return ()
            op, _, args, tx = self._pending
            if reply.op != op or reply.tx != tx:
                raise ProtocolViolation("RP1 reply to another request")
            self._pending = None
            if op is Op.REVOKE_STATE:
                return self._list_heard(reply)
            tells_of_verify = op is Op.QUERY and results.TX_STATE in reply.result
            if reply.status and not tells_of_verify:
                return self._refused(op, reply)
            return self._answered(op, args, reply)
        except MalformedCbor as error:
            raise ProtocolViolation(f"RP1 reply: {error}") from error

    def progress(self, plaintext: bytes) -> Events:
        """A record of type 20 came: how far the VERIFY under way is. Raises ProtocolViolation."""
        reqid, phase = reply_checks.progress(plaintext)
        under_way = self._pending is not None and self._pending[:2] == (Op.VERIFY, reqid)
        return (Verifying(phase),) if under_way else ()

    def _list_heard(self, reply: Reply) -> Events:
        """A device that refuses the list, or knows none, is handed over to all the same."""
        assert self._session is not None and self._session.delivery is not None
        held, delivery = results.decode_list_reply(reply), self._session.delivery
        delivery.take(held)
        if held is not None and self._known.state < TxState.PROVISIONAL:
            self._known = replace(self._known, listed=held.counter)
        events: Events = (ListAgreed(delivery.agreed),) if delivery.agreed is not None else ()
        return (*events, Checkpoint()) if self._known.facts is not None else events

    def _answered(self, op: Op, args: Args, reply: Reply) -> Events:
        if op is Op.FACTS:
            return self._facts(reply)
        if op is Op.CSR:
            return self._csr_made(reply)
        if isinstance(args, Stage):
            return self._chunk_staged(args, reply)
        if op is Op.VERIFY:
            self._known = replace(self._known, state=TxState.VERIFIED, committing=True)
            return Verified(), Checkpoint()
        if op is Op.COMMIT:
            return self._committed(results.decode_signed(shape.known(reply.result, (1,))[1]))
        if op is Op.FINAL:
            return self._acknowledged(results.decode_signed(shape.known(reply.result, (1,))[1]))
        if op is Op.QUERY:
            return self._queried(reply)
        self._vouched = self._vouched or op is Op.VOUCHER
        return self._forget_transaction() if op is Op.ABORT_TX else ()

    def _facts(self, reply: Reply) -> Events:
        assert self._session is not None
        facts = reply_checks.facts(reply, self._session, self._fp)
        self._known = replace(self._known, facts=facts)
        return FactsRead(facts), Checkpoint()

    def _csr_made(self, reply: Reply) -> Events:
        assert self._session is not None
        made = reply_checks.request(reply, self._session, self._known, self.request_name)
        self._csr = made.der
        self._known = replace(self._known.without(ItemType.LDEVID), state=TxState.STAGED, request=made)
        return ()

    def _chunk_staged(self, chunk: Stage, reply: Reply) -> Events:
        reached = shape.uint(shape.known(reply.result, (1,))[1], chunk.total)
        if reached <= chunk.offset:
            self._recoveries += 1
            if self._recoveries > recovery.MOST:
                raise ProtocolViolation("RP1 STAGE does not get on")
        self._known = self._known.with_offset(chunk.kind, reached)
        return (ItemStaged(ItemType(chunk.kind)),) if reached == chunk.total else ()

    def _committed(self, signed: bytes) -> Events:
        reply_checks.receipt(signed, self._known, self._plan)
        self._known = replace(self._known, receipt=signed, state=max(self._known.state, TxState.PROVISIONAL))
        return Committed(signed), Checkpoint()

    def _acknowledged(self, signed: bytes) -> Events:
        have = self._known
        assert have.receipt is not None
        reply_checks.acknowledgement(signed, have)
        self._known = replace(have, acknowledgement=signed, state=TxState.FINAL)
        return Checkpoint(), Finished(have.receipt, signed)

    def _queried(self, reply: Reply) -> Events:
        if self._keeping_alive:
            self._keeping_alive = False
            return ()
        assert self._session is not None
        told = results.decode_transaction(reply.result)
        self._must_query = False
        unknown = told.state is TxState.UNKNOWN and self._session.kind is SessionKind.OWNER
        if unknown or told.state is TxState.REVERTED:
            return self._forget_transaction()
        self._known = self._known.with_answer(told.state, told.offsets)
        events: Events = (Checkpoint(),)
        if reply.status:  # section 9: that of a VERIFY during which the link was down
            events += self._refused(Op.VERIFY, reply)
            self._must_query = False
        if told.receipt is not None and self._known.receipt is None:
            events += self._committed(told.receipt)
        return events

    # --- what goes wrong ----------------------------------------------------------------------------

    def _forget_transaction(self) -> Events:
        """The transaction is over: the next session opens another one, with the same settings."""
        leaf = self._known.chain[0] if self._known.chain else None
        self._known = KnownTransaction(secrets.token_bytes(TX_SIZE))
        self._items.forget()
        self._gone = True
        return (Reverted(leaf),) if leaf else ()

    def _refused(self, op: Op, reply: Reply) -> Events:
        if op is Op.VERIFY and reply.status in (Abort.VERIFY_FAILED, Abort.TIMEOUT):
            self._failed = VerifyFailed(reply.detail, reply.cause)
            return (self._failed,)
        if not recovery.is_possible(op, reply.status) or self._recoveries >= recovery.MOST:
            raise RequestRefused(op, reply.status, reply.detail)
        self._recover(reply.status)
        return ()

    def _recover(self, status: int) -> None:
        """The device has something else than we think: ask it, and hand over again what it lacks."""
        self._recoveries += 1
        if status == Abort.STAGE_HASH:
            self._known = self._known.without(*self._known.sent)
            return
        self._must_query = True
        if status == Abort.CHAIN:
            self._csr = None
            self._known = replace(self._known.without(ItemType.LDEVID), chain=())
            self._items.forget_certificate()
