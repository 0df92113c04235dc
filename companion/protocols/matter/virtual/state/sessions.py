"""Who talks to a virtual device: its sessions by number, over whatever transport."""

from __future__ import annotations

from dataclasses import dataclass

from companion.protocols.matter.fabric.access import AuthMode, Subject
from companion.protocols.matter.interaction.node import Access
from companion.secret import Secret


@dataclass
class Session:
    """challenge: of attestation (16 octets); fabric: index, 0 over PASE before AddNOC; node, cats: the peer's

    closing: it ends when its last answer has arrived
    """

    number: int
    mode: AuthMode
    challenge: Secret
    fabric: int = 0
    node: int = 0
    cats: tuple[int, ...] = ()
    closing: bool = False

    @property
    def access(self) -> Access:
        """What the interaction model knows of it. Over PASE nobody is a node."""
        return Access(self.number, self.fabric, self.node)

    @property
    def subject(self) -> Subject:
        return Subject(self.mode, self.node, self.cats)


class Sessions:
    """The sessions of a device."""

    def __init__(self) -> None:
        self._last = 0
        self._open: dict[int, Session] = {}

    def begin(self, mode: AuthMode, challenge: Secret) -> Session:
        """A new one. challenge: see `Session`."""
        self._last += 1
        self._open[self._last] = Session(self._last, mode, challenge)
        return self._open[self._last]

    def of(self, access: Access) -> Session:
        """The session by which somebody asks. Raises KeyError when it has ended."""
        return self._open[access.session]

    def forget(self, session: Session) -> None:
        """It has ended."""
        self._open.pop(session.number, None)

    def close(self, *, fabric: int | None = None, mode: AuthMode | None = None) -> None:
        """Let those of a fabric, or those of a kind, end after their next answer."""
        for session in self._open.values():
            if fabric in (None, session.fabric) and mode in (None, session.mode):
                session.closing = True

    @property
    def all(self) -> tuple[Session, ...]:
        return tuple(self._open.values())
