"""What both ends of the handshake share: its phases, its transcript, its rules for foreign messages."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto
from types import TracebackType

from cryptography.hazmat.primitives.asymmetric import ec

from companion.encoding import es256
from companion.encoding.cbor import MalformedCbor
from companion.protocols.rp1 import aborts, schedule
from companion.protocols.rp1.aborts import NO_SID, Abort, LocalAbort, PeerAbort
from companion.protocols.rp1.handshake.attestation import Peer
from companion.protocols.rp1.methods import Method, Mode, Standing
from companion.protocols.rp1.schedule import Master
from companion.protocols.rp1.wire import messages
from companion.protocols.rp1.wire.info import InfoState
from companion.protocols.rp1.wire.messages import OwnerProof
from companion.protocols.rp1.wire.record import Direction, Record, RecordType


class Phase(Enum):
    """What is known. COMMITMENT_HELD is the device's; COMMITTED, ANSWERED, OPENED the commissioner's."""

    READY = auto()
    COMMITTED = auto()
    ANSWERED = auto()
    OPENED = auto()
    COMMITMENT_HELD = auto()
    AGREED = auto()
    OVER = auto()


@dataclass(frozen=True)
class Agreed:
    """What both ends share after M4.

    number: what to compare ("482-913"), where the method has a comparison, else None
    peer:   the device, as far as it proved its identity to the commissioner
    owner:  the proof of the owner that a device accepted
    octets: the size of the four messages together
    """

    sid: bytes
    suite: int
    method: Method
    mode: Mode
    master: Master
    octets: int
    number: str | None = None
    psk_id: bytes | None = None
    peer: Peer | None = None
    owner: OwnerProof | None = None


class Handshake:
    """One end: its phase, and the transcript hash over everything that went over the wire so far."""

    def __init__(self) -> None:
        self.phase = Phase.READY
        self.sid = NO_SID
        self._transcript = b""
        self._octets = 0

    def _step(self, expected: Phase, reached: Phase) -> _Step:
        """Go from one phase to the next, or be over. Aborts that leave the step carry the session's id."""
        if self.phase is not expected:
            raise RuntimeError(f"the handshake is {self.phase.name}, not {expected.name}")
        self.phase = Phase.OVER
        return _Step(self, reached)

    def _hashed(self, message: bytes) -> bytes:
        """Take a part of the transcript as it is on the wire, and give it back."""
        self._transcript = schedule.advance(self._transcript, message)
        self._octets += len(message)
        return message


class _Step:
    """Inside it the handshake is over; who leaves it without an exception has reached a phase."""

    def __init__(self, handshake: Handshake, reached: Phase) -> None:
        self._handshake = handshake
        self._reached = reached

    def __enter__(self) -> None:
        """Nothing: `Handshake._step` did it."""

    def __exit__(
        self, _: type[BaseException] | None, error: BaseException | None, __: TracebackType | None
    ) -> None:
        if error is None:
            self._handshake.phase = self._reached
        elif isinstance(error, LocalAbort) and self._handshake.sid != NO_SID:
            error.sid = self._handshake.sid


def standing_of(state: InfoState) -> Standing:
    """What a state that a device shows makes legal; an owned device that is staging shows OWNED."""
    if state is InfoState.PROVISIONAL:
        return Standing.PROVISIONAL
    return Standing.OWNED if state is InfoState.OWNED else Standing.UNOWNED


def expect(data: bytes, kind: int) -> None:
    """`data` is the handshake message `kind` in clear.

    Raises PeerAbort for the peer's abort, LocalAbort NOT_AUTHENTIC for a record and MALFORMED for the rest.
    """
    if messages.kind_of(data) == kind:
        return
    if not messages.is_cbor(data):
        raise LocalAbort(Abort.NOT_AUTHENTIC, "a record where a message in clear was due")
    refuse_abort(data)
    raise LocalAbort(Abort.MALFORMED, "another message than the one that was due")


def refuse_abort(data: bytes) -> None:
    """Raises PeerAbort if `data` is an abort in clear, LocalAbort MALFORMED if it is a broken one."""
    if messages.kind_of(data) != 0:
        return
    try:
        said = aborts.decode(data)
    except MalformedCbor as error:
        raise LocalAbort(Abort.MALFORMED, f"abort: {error}") from error
    raise PeerAbort(said.code, detail=said.detail, sid=said.sid)


def open_message(direction: Direction, kind: RecordType, data: bytes) -> Record:
    """The handshake's one record under this key. Raises LocalAbort NOT_AUTHENTIC, wrong headers included."""
    try:
        record = direction.open(data)
    except LocalAbort as error:
        raise LocalAbort(Abort.NOT_AUTHENTIC, f"M{kind}: {error.why}") from error
    if record.type is not kind:
        raise LocalAbort(Abort.NOT_AUTHENTIC, f"M{kind} is a record of another type")
    return record


def check_point(point: bytes, own: bytes) -> ec.EllipticCurvePublicKey:
    """A peer's point. Raises LocalAbort BAD_POINT if it is not on the curve or is this side's own."""
    if point == own:
        raise LocalAbort(Abort.BAD_POINT, "this side's own point came back")
    try:
        return es256.load_point(point)
    except es256.BadPoint as error:
        raise LocalAbort(Abort.BAD_POINT, str(error)) from error
