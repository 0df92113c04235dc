"""A transport whose other end does what a test wants."""

from __future__ import annotations

from collections.abc import Callable

from companion.protocols.matter.crypto.derivation import SessionKeys
from companion.protocols.matter.driver.session.conversations import Conversations
from companion.protocols.matter.driver.session.transport import OnEnd, OnMessage
from companion.protocols.matter.messages import Ends, Exchanges, Router, Timing
from companion.secret import Secret

KEYS = SessionKeys(Secret(bytes(16)), Secret(bytes(range(16))), Secret(bytes(16)))
FAST = Timing(0.1, 0.1)


class Wire:
    """answers: what the other end does with each message; sent: all that it was sent."""

    def __init__(self, answers: Callable[[Wire, bytes], None], *, reliable: bool = True) -> None:
        self.reliable = reliable
        self.sent: list[bytes] = []
        self.deliver: OnMessage = lambda data: None
        self._answers = answers

    def start(self, on_message: OnMessage, on_end: OnEnd) -> None:
        self.deliver = on_message

    def send(self, message: bytes) -> None:
        self.sent.append(message)
        self._answers(self, message)

    async def drain(self) -> None:
        """It is on its way at once."""

    def close(self) -> None:
        self.deliver = lambda data: None


def in_session(wire: Wire) -> tuple[Conversations, Exchanges, Router, Exchanges]:
    """Our conversations with a session on a wire, and the other end's."""
    ours, theirs = Conversations(wire), Router(reliable=wire.reliable)
    ids = ours.router.reserve(), theirs.reserve()
    session = ours.router.secure(KEYS, Ends(True, *ids), FAST)
    return ours, session, theirs, theirs.secure(KEYS, Ends(False, *reversed(ids)), FAST)
