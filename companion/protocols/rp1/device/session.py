"""A session on the device, from M4 to its end: comparison, requests, trial, rekeying. Sans-IO.

    COMPARING --own press and peer's CONFIRM--> SECURE          (NC)
    SECURE    --VERIFY--> TRYING --verified()--> SECURE

Messages are records; what comes out is `Outgoing` records and what the host must do. Every method raises
SessionAborted when the session is over.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum, auto
from typing import TypeAlias

from companion.encoding import cbor
from companion.protocols.rp1 import aborts
from companion.protocols.rp1.aborts import Abort, AbortMessage, LocalAbort, PeerAbort, SessionAborted
from companion.protocols.rp1.device.authority import Authority, Trial
from companion.protocols.rp1.device.effects import CancelVerify, ClearDisplay, ShowNumber, StartVerify
from companion.protocols.rp1.device.transaction.transactions import Transactions
from companion.protocols.rp1.handshake import Agreed
from companion.protocols.rp1.wire import operations, results
from companion.protocols.rp1.wire.operations import MAX_REQID, Envelope, Op
from companion.protocols.rp1.wire.record import RecordLayer, RecordType
from companion.protocols.rp1.wire.results import Reply

USER_SECONDS = 120.0
IDLE_SECONDS = 60.0
VERIFY_SECONDS = 90.0
SESSION_SECONDS = 900.0
VOUCHER_SECONDS = 600.0
PROGRESS_SECONDS = 5.0
_REKEY_REQUEST = b"\x01"


class SessionPhase(Enum):
    """What is known."""

    COMPARING = auto()
    SECURE = auto()
    TRYING = auto()


@dataclass(frozen=True)
class Outgoing:
    """A message for the peer."""

    message: bytes


@dataclass(frozen=True)
class Confirmed:
    """Both sides pressed."""


@dataclass(frozen=True)
class Answered:
    """A request was answered, which may have changed what the device is."""


@dataclass(frozen=True)
class Ended:
    """The reply was the session's last: the owner revoked what it rests on."""


@dataclass
class LastReply:
    """The last request and its reply, kept in RAM across link loss for a resumed session to ask again."""

    request: bytes = b""
    reply: bytes | None = None


Output: TypeAlias = (
    Outgoing | Confirmed | Answered | Ended | ShowNumber | ClearDisplay | StartVerify | CancelVerify
)


class DeviceSession:
    """One session after M4. `uptime` gives seconds of a clock that only rises."""

    def __init__(
        self,
        agreed: Agreed,
        authority: Authority,
        records: RecordLayer,
        transactions: Transactions,
        last: LastReply,
        uptime: Callable[[], float],
    ) -> None:
        self.sid = agreed.sid
        self.authority = authority
        self._number = agreed.number
        self._records = records
        self._transactions = transactions
        self._last = last
        self._uptime = uptime
        self._began = self._heard = uptime()
        self._phase = SessionPhase.SECURE if agreed.number is None else SessionPhase.COMPARING
        self._pressed = self._peer_confirmed = False
        self._reqid: int | None = None
        self._asked_for_rekey = False
        self._trying: Envelope | None = None
        self._phase_of_trial: int | None = None
        self._tried_since = self._told = 0.0

    @property
    def phase(self) -> SessionPhase:
        return self._phase

    def begin(self) -> list[Output]:
        """M4 has left: show the number where there is one."""
        return [ShowNumber(self._number)] if self._number is not None else []

    # --- from the device's own side -----------------------------------------------------------------

    def press(self) -> list[Output]:
        """The button says that the numbers match."""
        if self._phase is not SessionPhase.COMPARING or self._pressed:
            return []
        self._pressed = True
        return [self._seal(RecordType.CONFIRM, cbor.encode(self.sid)), *self._compared()]

    def refuse(self) -> list[Output]:
        """The button says that they differ. Raises LocalAbort NUMBERS_DIFFER."""
        raise LocalAbort(Abort.NUMBERS_DIFFER, "the numbers were said to differ", sid=self.sid)

    def progress(self, phase: int) -> None:
        """The trial reached this phase (1 join, 2 dhcp, 3 dns, 4 tls, 5 cloud)."""
        self._phase_of_trial = phase

    def verified(self, failure: int | None, cause: int | None = None) -> list[Output]:
        """The trial is over."""
        if self._trying is None:
            return []
        reply = self._transactions.tried(self._trying, failure, cause)
        return self._finish_trial(reply)

    def tick(self) -> list[Output]:
        """Time has passed. Raises LocalAbort when too much of it has."""
        now = self._uptime()
        limit = VOUCHER_SECONDS if self.authority.voucher_only else SESSION_SECONDS
        if now - self._began >= limit:
            raise LocalAbort(Abort.TIMEOUT, "the session took too long", sid=self.sid)
        if self._phase is SessionPhase.COMPARING:
            if now - self._began >= USER_SECONDS:
                raise LocalAbort(Abort.TIMEOUT, "nobody compared the numbers in time", sid=self.sid)
            return []
        if self._trying is not None:
            return self._tick_trial(self._trying, now)
        if now - self._heard >= IDLE_SECONDS:
            raise LocalAbort(Abort.TIMEOUT, "nothing was asked for a minute", sid=self.sid)
        return []

    def tick_offline(self) -> list[Output]:
        """Time has passed while BLE is down for the trial: it ends at its limit, and nobody hears how."""
        return self._end_late() if self._uptime() >= self.trial_ends else []

    @property
    def trial_ends(self) -> float:
        """Uptime at which the trial under way is over, whatever it has come to."""
        return self._tried_since + VERIFY_SECONDS

    def _end_late(self) -> list[Output]:
        assert self._trying is not None
        return [CancelVerify(), *self._finish_trial(self._transactions.overdue(self._trying))]

    @property
    def next_tick(self) -> float:
        """Uptime at which `tick` has something to do at the latest."""
        limit = VOUCHER_SECONDS if self.authority.voucher_only else SESSION_SECONDS
        if self._phase is SessionPhase.COMPARING:
            return self._began + USER_SECONDS
        if self._trying is not None:
            return self._told + PROGRESS_SECONDS
        return min(self._began + limit, self._heard + IDLE_SECONDS)

    def abort_record(self, abort: SessionAborted) -> Outgoing:
        """The record that tells the peer why the session is over."""
        message = aborts.encode(AbortMessage(self.sid, abort.code, abort.detail))
        return self._seal(RecordType.ABORT, message)

    # --- from the peer ------------------------------------------------------------------------------

    def receive(self, message: bytes) -> list[Output]:
        """A record came."""
        record = self._records.open(message)
        self._heard = self._uptime()
        if record.type is RecordType.ABORT:
            raise self._peer_abort(record.plaintext)
        if self._phase is SessionPhase.COMPARING:
            if record.type is not RecordType.CONFIRM:
                raise LocalAbort(Abort.ORDER, "only CONFIRM and ABORT are legal before both presses")
            return self._peer_pressed(record.plaintext)
        if record.type is RecordType.APP:
            return self._request(record.plaintext)
        if record.type is RecordType.KEYUPDATE and not record.plaintext and self._trying is None:
            answer = self._seal(RecordType.KEYUPDATE, b"")
            self._records.rekey()
            self._asked_for_rekey = False
            return [answer]
        raise LocalAbort(Abort.ORDER, "a record of a type that is not due")

    def _peer_abort(self, plaintext: bytes) -> SessionAborted:
        try:
            said = aborts.decode(plaintext)
        except cbor.MalformedCbor as error:
            return LocalAbort(Abort.MALFORMED, f"abort: {error}", sid=self.sid)
        return PeerAbort(said.code, detail=said.detail, sid=said.sid)

    def _peer_pressed(self, plaintext: bytes) -> list[Output]:
        if plaintext != cbor.encode(self.sid) or self._peer_confirmed:
            raise LocalAbort(Abort.ORDER, "a CONFIRM of another session, or a second one")
        self._peer_confirmed = True
        return self._compared()

    def _compared(self) -> list[Output]:
        if not (self._pressed and self._peer_confirmed):
            return []
        self._phase = SessionPhase.SECURE
        self._heard = self._uptime()
        return [ClearDisplay(), Confirmed()]

    def _request(self, plaintext: bytes) -> list[Output]:
        last = self._last
        if plaintext == last.request:
            self._reqid = operations.decode_envelope(plaintext).reqid
            return [self._seal(RecordType.APP, last.reply)] if last.reply is not None else []
        request = self._envelope(plaintext)
        if self._trying is not None and request.op != Op.QUERY:
            busy = Reply(request.op, request.reqid, request.tx, int(Abort.BUSY), {})
            return [self._seal(RecordType.APP, results.encode_reply(busy))]
        answer = self._transactions.answer(request, self.authority)
        if isinstance(answer, Trial):
            last.request, last.reply = plaintext, None
            self._phase, self._trying = SessionPhase.TRYING, request
            self._tried_since = self._told = self._uptime()
            self._phase_of_trial = None
            return [StartVerify(answer), Answered()]
        reply = results.encode_reply(answer)
        if self._trying is None:
            last.request, last.reply = plaintext, reply
        said = self._seal(RecordType.APP, reply)
        if self.authority.ended:
            return [said, Answered(), Ended()]
        return [said, *self._ask_for_rekey(), Answered()]

    def _envelope(self, plaintext: bytes) -> Envelope:
        try:
            request = operations.decode_envelope(plaintext)
        except cbor.MalformedCbor as error:
            raise LocalAbort(Abort.MALFORMED, f"request: {error}", sid=self.sid) from error
        if self._reqid is not None and request.reqid != (self._reqid + 1) % (MAX_REQID + 1):
            raise LocalAbort(Abort.ORDER, "a gap between request ids", sid=self.sid)
        self._reqid = request.reqid
        return request

    # --- inside -------------------------------------------------------------------------------------

    def _tick_trial(self, trying: Envelope, now: float) -> list[Output]:
        if now >= self.trial_ends:
            return self._end_late()
        if self._phase_of_trial is None or now - self._told < PROGRESS_SECONDS:
            return []
        self._told = now
        return [self._seal(RecordType.PROGRESS, cbor.encode([trying.reqid, self._phase_of_trial]))]

    def _finish_trial(self, reply: Reply) -> list[Output]:
        self._phase, self._trying = SessionPhase.SECURE, None
        self._heard = self._uptime()
        self._last.reply = results.encode_reply(reply)
        sent: list[Output] = [self._seal(RecordType.APP, self._last.reply)]
        return [*sent, *self._ask_for_rekey(), Answered()]

    def _ask_for_rekey(self) -> list[Output]:
        """Once per key: the commissioner remembers it for its next request."""
        if self._asked_for_rekey or not self._records.needs_rekey:
            return []
        self._asked_for_rekey = True
        return [self._seal(RecordType.KEYUPDATE, _REKEY_REQUEST)]

    def _seal(self, kind: RecordType, plaintext: bytes) -> Outgoing:
        return Outgoing(self._records.seal(kind, plaintext))
