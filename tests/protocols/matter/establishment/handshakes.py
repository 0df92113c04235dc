"""Two ends of a handshake that talk until nobody has anything to say."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from companion.protocols.matter.establishment.outcome import Established, Outgoing


class End(Protocol):
    established: Established | None

    def receive(self, opcode: int, payload: bytes) -> Outgoing | None: ...


class Begins(End, Protocol):
    def begin(self) -> Outgoing: ...


Meddle = Callable[[int, Outgoing], Outgoing]


def talk(caller: Begins, called: End, meddle: Meddle = lambda _, message: message) -> list[Outgoing]:
    """All that was said. meddle: may change a message, by its number, before it arrives."""
    said: list[Outgoing] = []
    message: Outgoing | None = caller.begin()
    ends: tuple[End, End] = (called, caller)
    while message is not None:
        said.append(meddle(len(said), message))
        message = ends[(len(said) - 1) % 2].receive(said[-1].opcode, said[-1].payload)
    return said


def assert_one_session(caller: End, called: End) -> tuple[Established, Established]:
    """Both have a session, and it is the same."""
    here, there = caller.established, called.established
    assert here is not None and there is not None
    assert here.keys == there.keys and here.resumed == there.resumed
    assert (here.ends.initiator, there.ends.initiator) == (True, False)
    assert (here.ends.own, here.ends.peer) == (there.ends.peer, there.ends.own)
    assert (here.ends.own_node, here.ends.peer_node) == (there.ends.peer_node, there.ends.own_node)
    return here, there
