"""All sessions of one node over one transport: which of them a message belongs to (Matter Core 1.4, 4.7.2).

ask    exchanges = router.unsecured()                       then, with the keys: router.secure(keys, ends)
in     arrived = router.receive(data, now)
out    for exchanges, data in router.outgoing(): send it    the caller keeps which address a session has
time   at router.next_deadline: for exchanges, exchange in router.tick(now): it is lost
"""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from dataclasses import dataclass

from companion.protocols.matter.crypto.derivation import SessionKeys
from companion.protocols.matter.messages import header as headers
from companion.protocols.matter.messages.exchanges import Exchange, Exchanges
from companion.protocols.matter.messages.failure import BadMessage
from companion.protocols.matter.messages.header import UNSECURED, Header
from companion.protocols.matter.messages.message import Message
from companion.protocols.matter.messages.reliability import Timing
from companion.protocols.matter.messages.session import Ends, SecureSession, UnsecuredSession

MOST_STRANGERS = 8
"""Nodes that may talk to us without keys at one time; the one that was silent longest makes room."""

_LAST_ID = 0xFFFF


@dataclass(frozen=True)
class Arrived:
    """A message to react to. exchanges: where the answer is said; exchange: in which conversation."""

    exchanges: Exchanges
    exchange: Exchange
    message: Message


class Router:
    """The sessions of a node, by the ids that it gave and by the nodes that have none yet."""

    def __init__(self, *, reliable: bool, answers: bool = False) -> None:
        """reliable: acknowledge and repeat, as over UDP; answers: strangers may begin a session here."""
        self._reliable, self._answers = reliable, answers
        self._secure: dict[int, Exchanges] = {}
        self._reserved: set[int] = set()
        self._asked: dict[int, Exchanges] = {}
        self._strangers: dict[int, Exchanges] = {}

    @property
    def next_deadline(self) -> float | None:
        """When `tick` has something to do, if it ever has."""
        dues = (exchanges.next_deadline for exchanges in self._all())
        return min((due for due in dues if due is not None), default=None)

    def reserve(self) -> int:
        """A session id for a handshake that begins: no other session of ours has it."""
        if len(self._secure) + len(self._reserved) >= _LAST_ID:
            raise ValueError("every session id is in use")
        while (given := secrets.randbelow(_LAST_ID) + 1) in self._secure or given in self._reserved:
            pass
        self._reserved.add(given)
        return given

    def release(self, reserved: int) -> None:
        """The handshake that `reserve` was for came to nothing."""
        self._reserved.discard(reserved)

    def unsecured(self, timing: Timing | None = None) -> Exchanges:
        """Conversations without keys that this node begins. timing: of the other side."""
        node = secrets.randbits(63) + 1
        session = UnsecuredSession.initiator(node)
        self._asked[node] = Exchanges(session, reliable=self._reliable, timing=timing)
        return self._asked[node]

    def secure(self, keys: SessionKeys, ends: Ends, timing: Timing | None = None) -> Exchanges:
        """Conversations with the keys of a handshake whose own id was reserved."""
        self._reserved.discard(ends.own)
        session = SecureSession(keys, ends)
        self._secure[ends.own] = Exchanges(session, reliable=self._reliable, timing=timing)
        return self._secure[ends.own]

    def close(self, exchanges: Exchanges) -> None:
        """Forget a session and its keys."""
        for sessions in (self._secure, self._asked, self._strangers):
            for key in [key for key, each in sessions.items() if each is exchanges]:
                del sessions[key]

    def receive(self, data: bytes, now: float) -> Arrived | None:
        """Take what arrived; None for what asks for nothing or belongs to no session of ours."""
        try:
            header, _ = headers.decode(data)
        except BadMessage:
            return None
        exchanges = self._of(header)
        message = exchanges.receive(data, now) if exchanges is not None else None
        if exchanges is None or message is None:
            return None
        return Arrived(exchanges, Exchange.of(message), message)

    def outgoing(self) -> tuple[tuple[Exchanges, bytes], ...]:
        """What is to be sent now, once."""
        return tuple((exchanges, data) for exchanges in self._all() for data in exchanges.outgoing())

    def tick(self, now: float) -> tuple[tuple[Exchanges, Exchange], ...]:
        """Time has passed. The conversations that are lost."""
        return tuple((exchanges, lost) for exchanges in self._all() for lost in exchanges.tick(now))

    def _of(self, header: Header) -> Exchanges | None:
        if header.session != UNSECURED:
            return self._secure.get(header.session)
        if header.destination is not None:
            return self._asked.get(header.destination)
        if header.source is None or not self._answers:
            return None
        return self._stranger(header.source)

    def _stranger(self, node: int) -> Exchanges:
        """That of a node without keys; the last in the dictionary talked last."""
        known = self._strangers.pop(node, None)
        if known is None and len(self._strangers) >= MOST_STRANGERS:
            del self._strangers[next(iter(self._strangers))]
        self._strangers[node] = known or Exchanges(UnsecuredSession.responder(), reliable=self._reliable)
        return self._strangers[node]

    def _all(self) -> Iterator[Exchanges]:
        for sessions in (self._secure, self._asked, self._strangers):
            yield from sessions.values()
