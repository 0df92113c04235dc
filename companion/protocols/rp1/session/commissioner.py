"""One connection as the commissioner lives it, from M1 to the last record. Sans-IO.

Fragments go in, events come out; commands go down, and `outgoing` says what to write.

Its states and what leads from one to the next stand in `states`. Between `begin` and `Secure`,
`Answered` asks for `reveal` and, in NC, `NumberShown` for `confirm`. Then requests may go, one at a time.

`receive` and `tick` raise SessionAborted when the session is over; what is left in `outgoing` then tells the
device why. Times are seconds of any clock that only rises.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from companion.encoding import cbor
from companion.encoding.cbor import MalformedCbor
from companion.protocols.rp1 import aborts
from companion.protocols.rp1.aborts import NO_SID, Abort, AbortMessage, LocalAbort, PeerAbort, SessionAborted
from companion.protocols.rp1.handshake import (
    Agreed,
    CommissionerDraw,
    CommissionerHandshake,
    CommissionerTerms,
)
from companion.protocols.rp1.handshake.agreement import refuse_abort
from companion.protocols.rp1.schedule import Master
from companion.protocols.rp1.session.states import (
    COMPARING,
    IDLE,
    SECURE,
    TRANSITIONS,
    SessionEvent,
    SessionState,
)
from companion.protocols.rp1.wire import fragment, messages
from companion.protocols.rp1.wire.fragment import Fragment, Reassembler
from companion.protocols.rp1.wire.record import KeyLife, RecordLayer, RecordType

HANDSHAKE_SECONDS = 10.0
USER_SECONDS = 120.0
SESSION_SECONDS = 900.0
_REKEY_REQUEST = b"\x01"


@dataclass(frozen=True)
class Answered:
    """M2 is good. Count a numeric comparison now, then `reveal`."""


@dataclass(frozen=True)
class NumberShown:
    """Both ends show `number` now. `confirm` or `abort` says what the user saw."""

    number: str


@dataclass(frozen=True)
class PeerConfirmed:
    """The device's button was pressed."""


@dataclass(frozen=True)
class Secure:
    """Both ends are sure of each other; requests may go."""

    agreed: Agreed


@dataclass(frozen=True)
class Received:
    """The plaintext of a record of type 16."""

    plaintext: bytes


@dataclass(frozen=True)
class Progressed:
    """The plaintext of a record of type 20."""

    plaintext: bytes


CommissionerEvent: TypeAlias = Answered | NumberShown | PeerConfirmed | Secure | Received | Progressed


class Commissioner:
    """The commissioner's end of one session."""

    def __init__(
        self,
        terms: CommissionerTerms,
        *,
        room: int,
        draw: CommissionerDraw | None = None,
        life: KeyLife | None = None,
    ) -> None:
        """room: octets of one write (`fragment.value_size`). Raises LocalAbort if INFO forbids the terms."""
        self._handshake = CommissionerHandshake(terms, draw)
        self._room = room
        self._life = life
        self._reassembler = Reassembler()
        self._outgoing: list[Fragment] = []
        self._state = SessionState.READY
        self._deadline: float | None = None
        self._ends = 0.0
        self._agreed: Agreed | None = None
        self._records: RecordLayer | None = None
        self._held = b""

    @property
    def state(self) -> SessionState:
        return self._state

    @property
    def is_secure(self) -> bool:
        """True while both ends are sure of each other."""
        return self._state in SECURE

    @property
    def deadline(self) -> float | None:
        """When `tick` has something to say, or None."""
        if self._state in (SessionState.READY, SessionState.OVER):
            return None
        return self._ends if self._deadline is None else min(self._deadline, self._ends)

    def outgoing(self) -> list[Fragment]:
        """What is to be written now, in order. Each fragment is given out once."""
        taken, self._outgoing = self._outgoing, []
        return taken

    # --- commands -----------------------------------------------------------------------------------

    def begin(self, now: float) -> None:
        """Send M1."""
        self._command(SessionEvent.BEGIN)
        self._ends = now + SESSION_SECONDS
        self._send(self._handshake.commit())
        self._deadline = now + HANDSHAKE_SECONDS

    def reveal(self, now: float) -> None:
        """Send M3."""
        self._command(SessionEvent.REVEAL)
        self._send(self._handshake.open())
        self._deadline = now + HANDSHAKE_SECONDS

    def confirm(self) -> list[CommissionerEvent]:
        """The user pressed “They match”."""
        self._command(SessionEvent.CONFIRM)
        self._seal(RecordType.CONFIRM, cbor.encode(self._handshake.sid))
        return self._compared()

    def request(self, plaintext: bytes, deadline: float) -> None:
        """Send a request; its reply is due at `deadline`. New keys come first where they are due."""
        if self._state not in IDLE:
            raise RuntimeError("a request needs a secure session with no other request waiting")
        assert self._records is not None
        self._deadline = deadline
        if self._state is SessionState.KEYS_WANTED or self._records.needs_rekey:
            self._command(SessionEvent.REKEY)
            self._held = plaintext
            self._seal(RecordType.KEYUPDATE, b"")
            return
        self._seal(RecordType.APP, plaintext)

    def extend(self, deadline: float | None) -> None:
        """The reply under way is due later, or none is awaited any more."""
        self._deadline = deadline

    def abort(self, code: Abort) -> LocalAbort:
        """End the session from this side; the device is told. Returns what to raise."""
        abort = LocalAbort(code, "this side ended the session", sid=self._handshake.sid)
        self._end(abort)
        return abort

    # --- what comes in ------------------------------------------------------------------------------

    def tick(self, now: float) -> None:
        """Raises LocalAbort TIMEOUT when the deadline is over."""
        if self.deadline is not None and now >= self.deadline:
            abort = LocalAbort(Abort.TIMEOUT, f"nothing came in {self._state.name}")
            self._end(abort)
            raise abort

    def receive(self, data: bytes, now: float) -> list[CommissionerEvent]:
        """A notification came. Raises SessionAborted when it ends the session."""
        try:
            message = self._reassembler.feed(data)
            return [] if message is None else self._dispatch(message, now)
        except SessionAborted as abort:
            self._end(abort)
            raise

    def _dispatch(self, message: bytes, now: float) -> list[CommissionerEvent]:
        if self._records is None and _is_foreign_abort(message, self._handshake.sid):
            return []
        if self._state is SessionState.COMMITTED:
            self._handshake.receive_m2(message)
            self._move(SessionEvent.M2)
            self._deadline = None
            return [Answered()]
        if self._state is SessionState.OPENED:
            return self._secured(self._handshake.receive_m4(message), now)
        if self._records is None:
            if messages.is_cbor(message):
                refuse_abort(message)
            raise LocalAbort(Abort.ORDER, "a message that nobody asked for")
        if messages.is_cbor(message):
            if messages.kind_of(message) == 0:
                return []
            raise LocalAbort(Abort.ORDER, "a message in clear inside the session")
        return self._record(message, self._records)

    def _secured(self, agreed: Agreed, now: float) -> list[CommissionerEvent]:
        self._records = self._record_layer(agreed.master)
        self._agreed, self._deadline = agreed, None
        if agreed.number is None:
            self._move(SessionEvent.M4)
            return [Secure(agreed)]
        self._move(SessionEvent.M4_WITH_NUMBER)
        self._deadline = now + USER_SECONDS
        return [NumberShown(agreed.number)]

    def _record(self, message: bytes, records: RecordLayer) -> list[CommissionerEvent]:
        record = records.open(message)
        if record.type is RecordType.ABORT:
            raise _peer_abort(record.plaintext)
        if self._state in COMPARING:
            if record.type is not RecordType.CONFIRM:
                raise LocalAbort(Abort.ORDER, "only CONFIRM and ABORT are legal before both presses")
            return self._peer_pressed(record.plaintext)
        if record.type is RecordType.APP:
            return [Received(record.plaintext)]
        if record.type is RecordType.PROGRESS:
            return [Progressed(record.plaintext)]
        if record.type is RecordType.KEYUPDATE:
            self._key_update(record.plaintext, records)
            return []
        raise LocalAbort(Abort.ORDER, "a second CONFIRM, or one where nothing is compared")

    def _peer_pressed(self, plaintext: bytes) -> list[CommissionerEvent]:
        if plaintext != cbor.encode(self._handshake.sid):
            raise LocalAbort(Abort.ORDER, "a CONFIRM of another session")
        self._heard(SessionEvent.PEER_CONFIRM, "a second CONFIRM")
        return [PeerConfirmed(), *self._compared()]

    def _compared(self) -> list[CommissionerEvent]:
        if self._state is not SessionState.SECURE:
            return []
        assert self._agreed is not None
        self._deadline = None
        return [Secure(self._agreed)]

    def _key_update(self, plaintext: bytes, records: RecordLayer) -> None:
        """D's request for new keys waits for the next request; D's answer switches both directions."""
        if plaintext == _REKEY_REQUEST:
            self._heard(SessionEvent.ASK_FOR_KEYS, "a second request for new keys under one key")
            return
        if plaintext:
            raise LocalAbort(Abort.ORDER, "a KEYUPDATE of another form")
        self._heard(SessionEvent.NEW_KEYS, "a KEYUPDATE that nobody asked for")
        records.rekey()
        self._seal(RecordType.APP, self._held)

    # --- states -------------------------------------------------------------------------------------

    def _move(self, event: SessionEvent) -> None:
        self._state = TRANSITIONS[self._state][event]

    def _command(self, event: SessionEvent) -> None:
        """This side did something. Raises RuntimeError where it may not."""
        if event not in TRANSITIONS[self._state]:
            raise RuntimeError(f"{event.value} is not legal in {self._state.name}")
        self._move(event)

    def _heard(self, event: SessionEvent, illegal: str) -> None:
        """The device did something. Raises LocalAbort ORDER where it may not."""
        if event not in TRANSITIONS[self._state]:
            raise LocalAbort(Abort.ORDER, illegal)
        self._move(event)

    # --- what goes out ------------------------------------------------------------------------------

    def _record_layer(self, master: Master) -> RecordLayer:
        max_msg = self._handshake.info.max_msg
        return RecordLayer(master, commissioner=True, max_msg=max_msg, life=self._life)

    def _send(self, message: bytes) -> None:
        self._outgoing += fragment.split(message, self._room)

    def _seal(self, kind: RecordType, plaintext: bytes) -> None:
        assert self._records is not None
        self._send(self._records.seal(kind, plaintext))

    def _end(self, abort: SessionAborted) -> None:
        """The session is over. The peer is told unless it was the peer who said so."""
        if self._state is SessionState.OVER:
            return
        is_told = isinstance(abort, LocalAbort) and self._state is not SessionState.READY
        self._move(SessionEvent.END)
        self._deadline = None
        if not is_told:
            return
        message = aborts.encode(AbortMessage(self._handshake.sid, abort.code, abort.detail))
        if self._records is None and self._handshake.master is not None:
            # M4 opened, so the device has these keys and no ear for aborts in clear any more.
            self._records = self._record_layer(self._handshake.master)
        if self._records is not None:
            self._seal(RecordType.ABORT, message)
        else:
            self._send(message)


def _is_foreign_abort(message: bytes, sid: bytes) -> bool:
    """True for an abort in clear of some other session: nothing that ends this one."""
    if not messages.is_cbor(message) or messages.kind_of(message) != 0:
        return False
    try:
        return aborts.decode(message).sid not in (sid, NO_SID)
    except MalformedCbor:
        return False


def _peer_abort(plaintext: bytes) -> SessionAborted:
    try:
        said = aborts.decode(plaintext)
    except MalformedCbor as error:
        return LocalAbort(Abort.MALFORMED, f"abort: {error}")
    return PeerAbort(said.code, detail=said.detail, sid=said.sid)
