"""All that is said with a virtual device over one transport, sans-IO: octets in, octets out.

in    conversations.receive(data, peer, now)
out   for peer, data in conversations.outgoing(): send it, after each of the others
time  conversations.tick(now) at conversations.next_deadline
end   conversations.end(): the transport is gone
"""

from __future__ import annotations

import math
from typing import Generic, TypeVar

from companion.protocols.matter.fabric.access import AuthMode
from companion.protocols.matter.interaction.messages import MAX_PAYLOAD
from companion.protocols.matter.interaction.node import Node
from companion.protocols.matter.interaction.server import ServerExchange
from companion.protocols.matter.messages import (
    INTERACTION,
    SECURE_CHANNEL,
    Exchange,
    Exchanges,
    Router,
)
from companion.protocols.matter.messages import status as reports
from companion.protocols.matter.messages.failure import BadMessage
from companion.protocols.matter.messages.message import Message
from companion.protocols.matter.virtual.conversations.handshakes import Handshakes
from companion.protocols.matter.virtual.conversations.subscriptions import Subscriptions
from companion.protocols.matter.virtual.state.effects import Answer, Deferred
from companion.protocols.matter.virtual.state.sessions import Session
from companion.protocols.matter.virtual.state.state import DeviceState

P = TypeVar("P")


class Conversations(Generic[P]):
    """See above. P: what tells peers apart on this transport."""

    def __init__(self, state: DeviceState, node: Node, *, reliable: bool) -> None:
        """reliable: acknowledge and repeat, as over UDP."""
        self._state, self._node = state, node
        self._router = Router(reliable=reliable, answers=True)
        self._handshakes = Handshakes(state, self._router, self._begin)
        self._subscriptions = Subscriptions(node)
        self._servers: dict[tuple[Exchanges, Exchange], ServerExchange] = {}
        self._sessions: dict[Exchanges, Session] = {}
        self._peers: dict[Exchanges, P] = {}

    @property
    def next_deadline(self) -> float:
        """When `tick` has something to do, infinite if it never has."""
        due = self._router.next_deadline
        return min(math.inf if due is None else due, self._subscriptions.next_deadline)

    @property
    def owes(self) -> bool:
        """True while an answer comes later, or a command goes on."""
        return bool(self._servers)

    def receive(self, data: bytes, peer: P, now: float) -> None:
        """Take a message."""
        arrived = self._router.receive(data, now)
        if arrived is None:
            return
        exchanges, exchange, message = arrived.exchanges, arrived.exchange, arrived.message
        self._peers[exchanges] = peer
        session = self._sessions.get(exchanges)
        if session is not None and session.closing:
            exchanges.finish(exchange)
        elif message.protocol == INTERACTION and session is not None:
            self._interact(session, exchanges, exchange, message, now)
        elif message.protocol == SECURE_CHANNEL and session is None:
            self._shake_hands(exchanges, exchange, message, now)
            for made in self._sessions.keys() - self._peers.keys():
                self._peers[made] = peer
        else:
            if session is not None and _closes(message):
                session.closing = True
            exchanges.finish(exchange)

    def outgoing(self) -> tuple[tuple[P, bytes], ...]:
        """What is to be sent now, once, and to whom."""
        out = tuple(
            (self._peers[exchanges], data)
            for exchanges, data in self._router.outgoing()
            if exchanges in self._peers
        )
        for exchanges, session in tuple(self._sessions.items()):
            if session.closing and exchanges.next_deadline is None:
                self._forget(exchanges, session)
        return out

    def tick(self, now: float) -> None:
        """Time has passed."""
        for exchanges, lost in self._router.tick(now):
            self._servers.pop((exchanges, lost), None)
            self._subscriptions.lost(exchanges, lost)
        self._subscriptions.tick(now)

    def end(self) -> None:
        """The transport is gone, and with it every session."""
        self._handshakes.end()
        for exchanges, session in tuple(self._sessions.items()):
            self._forget(exchanges, session)
        self._peers.clear()

    # --- handshakes ------------------------------------------------------------------------------------

    def _shake_hands(self, exchanges: Exchanges, exchange: Exchange, message: Message, now: float) -> None:
        key = (exchanges, exchange)
        answer = self._handshakes.receive(key, message.opcode, message.payload)
        if answer is not None:
            exchanges.send(exchange, SECURE_CHANNEL, answer.opcode, answer.payload, now)
        if self._handshakes.is_over(key):
            exchanges.finish(exchange)

    def _begin(self, exchanges: Exchanges, session: Session) -> None:
        self._sessions[exchanges] = session

    def _forget(self, exchanges: Exchanges, session: Session) -> None:
        del self._sessions[exchanges]
        self._router.close(exchanges)
        self._peers.pop(exchanges, None)
        self._subscriptions.forget(exchanges)
        self._servers = {key: each for key, each in self._servers.items() if key[0] is not exchanges}
        self._state.sessions.forget(session)
        if session.mode is AuthMode.PASE:
            self._state.pase_ended()

    # --- interactions ------------------------------------------------------------------------------------

    def _interact(
        self, session: Session, exchanges: Exchanges, exchange: Exchange, message: Message, now: float
    ) -> None:
        if exchange.ours:
            if not self._subscriptions.answered(exchanges, exchange, now):
                exchanges.finish(exchange)
            return
        key = (exchanges, exchange)
        server = self._servers.get(key)
        if server is None:
            server = self._servers[key] = ServerExchange(
                self._node, session.access, MAX_PAYLOAD, self._subscriptions.number
            )
        self._state.deferred = None
        answer = server.receive(message.opcode, message.payload, now)
        if answer is not None:
            exchanges.send(exchange, INTERACTION, *answer, now)
        elif self._state.deferred is not None:
            self._wait(self._state.deferred, key, server)
        if server.done:
            self._finish(key, server, now)

    def _wait(self, deferred: Deferred, key: tuple[Exchanges, Exchange], server: ServerExchange) -> None:
        """The answer comes when something outside has happened."""

        def tell(answer: Answer) -> None:
            if self._servers.get(key) is not server:
                return
            exchanges, exchange = key
            exchanges.send(exchange, INTERACTION, *server.complete(answer), self._state.now)
            self._finish(key, server, self._state.now)

        deferred.bind(tell)

    def _finish(self, key: tuple[Exchanges, Exchange], server: ServerExchange, now: float) -> None:
        exchanges, exchange = key
        del self._servers[key]
        if server.subscribed is not None:
            self._subscriptions.add(exchanges, server.subscribed, now)
        exchanges.finish(exchange)


def _closes(message: Message) -> bool:
    if not message.is_status_report:
        return False
    try:
        return reports.decode(message.payload).closes_session
    except BadMessage:
        return False
