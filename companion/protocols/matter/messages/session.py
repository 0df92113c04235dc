"""Sessions: messages to octets and back, before and after there are keys (Matter Core 1.4, 4.7, 4.13).

Both kinds have one interface, so that what is above does not care which it has.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from typing import Protocol

from companion.encoding.ccm import AesCcm, NotAuthentic
from companion.protocols.matter.crypto.derivation import SessionKeys
from companion.protocols.matter.messages import header as headers
from companion.protocols.matter.messages import message as messages
from companion.protocols.matter.messages.counters import ReceiveWindow, SendCounter
from companion.protocols.matter.messages.failure import BadMessage, Reason
from companion.protocols.matter.messages.header import UNSECURED, Header
from companion.protocols.matter.messages.message import Duplicate, Message


class Session(Protocol):
    """One end of a session."""

    @property
    def last_counter(self) -> int:
        """Of the message that was sealed last."""

    def seal(self, message: Message) -> bytes:
        """The octets of a message. Raises CounterExhausted where the session is used up."""

    def open(self, data: bytes) -> Message:
        """The message of octets. Raises BadMessage, and its leaf Duplicate."""


class UnsecuredSession:
    """Before there are keys: anybody may have said what is opened here.

    The initiator is known by a random node id, which the responder learns from the first message.
    """

    def __init__(self, node: int | None, *, initiator: bool, first: int | None = None) -> None:
        """Use `initiator` or `responder`."""
        self._node, self._initiator = node, initiator
        self._counter = SendCounter(first, wraps=True)
        self._window = ReceiveWindow(secured=False)
        self.last_counter = 0

    @classmethod
    def initiator(cls, node: int | None = None, *, first: int | None = None) -> UnsecuredSession:
        """node: 64 bits, first: counter of the first message; random where they are left out."""
        return cls(secrets.randbits(63) + 1 if node is None else node, initiator=True, first=first)

    @classmethod
    def responder(cls, *, first: int | None = None) -> UnsecuredSession:
        return cls(None, initiator=False, first=first)

    def seal(self, message: Message) -> bytes:
        self.last_counter = self._counter.next()
        source, destination = (self._node, None) if self._initiator else (None, self._node)
        return Header(UNSECURED, self.last_counter, source, destination).encode() + message.encode()

    def open(self, data: bytes) -> Message:
        header, size = headers.decode(data)
        theirs, ours = (
            (header.destination, header.source) if self._initiator else (header.source, header.destination)
        )
        if header.session != UNSECURED or ours is not None or theirs is None:
            raise BadMessage(Reason.DESTINATION, f"session {header.session}")
        if self._node not in (None, theirs):
            raise BadMessage(Reason.DESTINATION, "node")
        message = messages.decode(data[size:], header.counter)
        self._node = theirs
        if not self._window.is_new(header.counter):
            raise Duplicate(message)
        return message


@dataclass(frozen=True)
class Ends:
    """Who is at the two ends of a secure session.

    initiator: this end began the handshake; own, peer: session ids, 1 to 65535, each given by that end;
    own_node, peer_node: operational node ids, 0 in a session that a passcode made
    """

    initiator: bool
    own: int
    peer: int
    own_node: int = 0
    peer_node: int = 0


class SecureSession:
    """With the keys of PASE or CASE: every message is sealed, and taken once."""

    def __init__(self, keys: SessionKeys, ends: Ends, *, first: int | None = None) -> None:
        """first: counter of the first message, random where it is left out."""
        self.ends = ends
        self.attestation_challenge = keys.attestation
        initiator, responder = AesCcm(keys.initiator.reveal()), AesCcm(keys.responder.reveal())
        self._sealing, self._opening = (initiator, responder) if ends.initiator else (responder, initiator)
        self._counter = SendCounter(first)
        self._window = ReceiveWindow(secured=True)
        self.last_counter = 0

    def seal(self, message: Message) -> bytes:
        self.last_counter = self._counter.next()
        header = Header(self.ends.peer, self.last_counter)
        head = header.encode()
        return head + self._sealing.seal(_nonce(header, self.ends.own_node), message.encode(), head)

    def open(self, data: bytes) -> Message:
        """The counter is looked at when the message is known to be authentic."""
        header, size = headers.decode(data)
        if header.session != self.ends.own:
            raise BadMessage(Reason.DESTINATION, f"session {header.session}")
        message = messages.decode(self._unsealed(header, data, size), header.counter)
        if not self._window.is_new(header.counter):
            raise Duplicate(message)
        return message

    def _unsealed(self, header: Header, data: bytes, size: int) -> bytes:
        try:
            return self._opening.unseal(_nonce(header, self.ends.peer_node), data[size:], data[:size])
        except NotAuthentic as error:
            raise BadMessage(Reason.NOT_AUTHENTIC) from error


def _nonce(header: Header, sender: int) -> bytes:
    """4.8.1.1: security flags, counter and node id of the sender, 13 octets."""
    return (
        bytes((header.security_flags,)) + header.counter.to_bytes(4, "little") + sender.to_bytes(8, "little")
    )
