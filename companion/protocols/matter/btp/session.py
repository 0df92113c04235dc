"""A BTP session: messages over one Bluetooth LE link, either end, sans-IO (Matter Core 1.4, 4.19.4).

    begin  BtpSession.central(mtu, now) or BtpSession.peripheral(mtu)
    out    while (segment := session.next_segment(now)) is not None: write it and wait for the confirmation
    in     for message in session.receive(data, now)
    time   at session.next_deadline: session.tick(now), then out

A central writes its first segment to C1 and subscribes to C2 after it; a peripheral asks for its first one
when it is subscribed to. `now` is a clock in seconds that never goes back. A BtpFailure ends the session.
"""

from __future__ import annotations

from enum import Enum, auto

from companion.protocols.matter.btp import segment as segments
from companion.protocols.matter.btp.failure import BtpFailure, Reason
from companion.protocols.matter.btp.handshake import Request, Response, choose, segment_size
from companion.protocols.matter.btp.reassembly import LONGEST_MESSAGE, Reassembler, Segmenter
from companion.protocols.matter.btp.segment import Segment
from companion.protocols.matter.btp.windows import ReceiveWindow, SendWindow

WINDOW = 6
"""Segments that may be outstanding; the window of the Matter SDK, which most devices were tested with."""
HANDSHAKE_SECONDS = 15.0
"""For the response, and for the first octets of a peer that wants a session."""
SEND_ACKNOWLEDGEMENT_SECONDS = 2.5
"""After which what was received is acknowledged if nothing was sent that could carry it."""
ACKNOWLEDGEMENT_SECONDS = 15.0
"""In which what was sent has to be acknowledged."""


class _State(Enum):
    ASKING = auto()
    """Central: the request was not taken yet, or not answered."""
    LISTENING = auto()
    """Peripheral: no request yet."""
    OPEN = auto()
    OVER = auto()


class BtpSession:
    """One end of a session. States: ASKING or LISTENING -> OPEN -> OVER."""

    def __init__(self, state: _State, mtu: int | None, window: int, longest: int) -> None:
        """Use `central` or `peripheral`."""
        self._state = state
        self._mtu, self._window = mtu, window
        self._size = self._largest_taken = segment_size(mtu)
        self._handshake: bytes | None = None
        self._handshake_due: float | None = None
        self._outgoing, self._incoming = Segmenter(), Reassembler(longest)
        self._open_windows(window)

    @classmethod
    def central(
        cls, mtu: int | None, now: float, *, window: int = WINDOW, longest: int = LONGEST_MESSAGE
    ) -> BtpSession:
        """The end that asks.

        mtu: the link's ATT MTU, 23 to 517, None where the operating system does not say; a smaller one asks
        for smaller segments; window: to be asked for; longest: octets of a message that is taken
        """
        session = cls(_State.ASKING, mtu, window, longest)
        session._handshake = Request(mtu or 0, window).encode()
        session._handshake_due = now + HANDSHAKE_SECONDS
        return session

    @classmethod
    def peripheral(
        cls, mtu: int | None, *, window: int = WINDOW, longest: int = LONGEST_MESSAGE
    ) -> BtpSession:
        """The end that answers. Parameters as in `central`."""
        return cls(_State.LISTENING, mtu, window, longest)

    @property
    def is_open(self) -> bool:
        """True between the handshake and the end."""
        return self._state is _State.OPEN

    @property
    def segment_size(self) -> int:
        """Octets of the largest segment that is sent; what was agreed once the session is open."""
        return self._size

    @property
    def next_deadline(self) -> float | None:
        """When `tick` has something to do, if it ever has."""
        if self._state is _State.OVER:
            return None
        acknowledges = self._receiving.due if self._sending.free else None
        goes_on = self._sending.stalled_at if self._outgoing else None
        dues = (self._handshake_due, self._sending.due, acknowledges, goes_on)
        return min((due for due in dues if due is not None), default=None)

    @property
    def has_more(self) -> bool:
        """True while a message, or the rest of one, waits to be written."""
        return bool(self._outgoing)

    def send(self, message: bytes) -> None:
        """Queue a message of 1 to 65535 octets; `next_segment` gives it in pieces. Raises ValueError."""
        self._outgoing.put(message)

    def next_segment(self, now: float) -> bytes | None:
        """What may be written now, if anything. Ask again once that is confirmed, and after `receive`."""
        if self._handshake is not None:
            handshake, self._handshake = self._handshake, None
            return handshake
        if self._state is not _State.OPEN:
            return None
        owes = self._receiving.owes
        if self._outgoing and self._sending.has_room(now, carries_acknowledgement=owes):
            return self._next(now, data=True).encode()
        if self._receiving.is_urgent(now) and self._sending.free:
            return self._next(now, data=False).encode()
        return None

    def receive(self, data: bytes, now: float) -> tuple[bytes, ...]:
        """Take one segment; the message that it completes, or none. Raises BtpFailure."""
        try:
            return self._receive(data, now)
        except BtpFailure:
            self._state = _State.OVER
            raise

    def tick(self, now: float) -> None:
        """Time has passed. Raises BtpFailure where the other side let a limit pass."""
        if self._state is _State.OVER:
            return
        if self._handshake_due is not None and now >= self._handshake_due:
            self._state = _State.OVER
            raise BtpFailure(Reason.NO_HANDSHAKE)
        if self._sending.due is not None and now >= self._sending.due:
            self._state = _State.OVER
            raise BtpFailure(Reason.NO_ACKNOWLEDGEMENT)

    def _next(self, now: float, *, data: bool) -> Segment:
        acknowledged = self._receiving.acknowledge()
        sequence = self._sending.next(now)
        if data:
            return self._outgoing.take(sequence, acknowledged, self._size)
        return Segment(sequence, acknowledged=acknowledged)

    def _receive(self, data: bytes, now: float) -> tuple[bytes, ...]:
        if self._state is _State.OVER:
            raise BtpFailure(Reason.OVER)
        if self._state is _State.LISTENING:
            self._answer(Request.decode(data), now)
            return ()
        if self._state is _State.ASKING:
            self._agree(Response.decode(data), now)
            return ()
        if len(data) > self._largest_taken:
            raise BtpFailure(Reason.SIZE, f"{len(data)} octets instead of {self._largest_taken}")
        segment = segments.decode(data)
        self._sending.acknowledged(segment.acknowledged, now)
        self._receiving.received(segment.sequence, now, carries_data=bool(segment.payload))
        message = self._incoming.feed(segment)
        return () if message is None else (message,)

    def _answer(self, request: Request, now: float) -> None:
        """The response is the peripheral's segment 0, which the central acknowledges."""
        response = choose(request, self._mtu, self._window)
        self._handshake = response.encode()
        self._size = self._largest_taken = response.size
        self._open_windows(response.window)
        self._sending.next(now)
        self._state = _State.OPEN

    def _agree(self, response: Response, now: float) -> None:
        known = segment_size(self._mtu) if self._mtu else segments.LARGEST
        self._size = min(response.size, known)
        # A device may choose more than was asked for (matter.js takes an ATT MTU for a segment's size).
        self._largest_taken = response.size
        self._open_windows(response.window)
        self._receiving.received(0, now, carries_data=False)
        self._handshake_due = None
        self._state = _State.OPEN

    def _open_windows(self, size: int) -> None:
        self._sending = SendWindow(size, ACKNOWLEDGEMENT_SECONDS)
        self._receiving = ReceiveWindow(size, SEND_ACKNOWLEDGEMENT_SECONDS)
