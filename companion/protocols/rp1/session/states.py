"""What a commissioner's session can be in, and what leads from one state to the next (sections 2, 4, 7).

`TRANSITIONS` is all there is: an event that a state does not list is illegal in it. The diagram in this
room's README is made from it (`python -m tests.protocols.rp1.support.diagram`).
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum


class SessionState(Enum):
    """What is known."""

    READY = "nothing was sent yet"
    COMMITTED = "M1 left"
    ANSWERED = "M2 is good"
    OPENED = "M3 left"
    COMPARING = "both ends show a number"
    CONFIRMED = "the user pressed, the device's button was not"
    PEER_CONFIRMED = "the device's button was pressed, the user did not"
    SECURE = "requests may go"
    KEYS_WANTED = "requests may go, and the device wants new keys before the next one"
    REKEYING = "a KEYUPDATE left, a request waits for the device's"
    REKEYING_WANTED = "the same, and the device asked for it"
    OVER = "the session ended"


class SessionEvent(Enum):
    """What happens to a session: commands, messages and records that are good, and the end."""

    BEGIN = "begin"
    M2 = "M2"
    REVEAL = "reveal"
    M4 = "M4"
    M4_WITH_NUMBER = "M4 in NC"
    CONFIRM = "confirm"
    PEER_CONFIRM = "CONFIRM"
    ASK_FOR_KEYS = "KEYUPDATE h'01'"
    REKEY = "request, new keys due"
    NEW_KEYS = "KEYUPDATE"
    END = "abort or deadline"


_HANDSHAKE: Mapping[SessionState, Mapping[SessionEvent, SessionState]] = {
    SessionState.READY: {SessionEvent.BEGIN: SessionState.COMMITTED},
    SessionState.COMMITTED: {SessionEvent.M2: SessionState.ANSWERED},
    SessionState.ANSWERED: {SessionEvent.REVEAL: SessionState.OPENED},
    SessionState.OPENED: {
        SessionEvent.M4: SessionState.SECURE,
        SessionEvent.M4_WITH_NUMBER: SessionState.COMPARING,
    },
    SessionState.COMPARING: {
        SessionEvent.CONFIRM: SessionState.CONFIRMED,
        SessionEvent.PEER_CONFIRM: SessionState.PEER_CONFIRMED,
    },
    SessionState.CONFIRMED: {SessionEvent.PEER_CONFIRM: SessionState.SECURE},
    SessionState.PEER_CONFIRMED: {SessionEvent.CONFIRM: SessionState.SECURE},
}
_SESSION: Mapping[SessionState, Mapping[SessionEvent, SessionState]] = {
    SessionState.SECURE: {
        SessionEvent.ASK_FOR_KEYS: SessionState.KEYS_WANTED,
        SessionEvent.REKEY: SessionState.REKEYING,
    },
    SessionState.KEYS_WANTED: {SessionEvent.REKEY: SessionState.REKEYING_WANTED},
    # A request for keys that crosses this side's KEYUPDATE is answered by it (section 7).
    SessionState.REKEYING: {
        SessionEvent.ASK_FOR_KEYS: SessionState.REKEYING_WANTED,
        SessionEvent.NEW_KEYS: SessionState.SECURE,
    },
    SessionState.REKEYING_WANTED: {SessionEvent.NEW_KEYS: SessionState.SECURE},
}

TRANSITIONS: Mapping[SessionState, Mapping[SessionEvent, SessionState]] = {
    state: {**events, SessionEvent.END: SessionState.OVER}
    for state, events in {**_HANDSHAKE, **_SESSION}.items()
} | {SessionState.OVER: {}}

COMPARING = frozenset({SessionState.COMPARING, SessionState.CONFIRMED, SessionState.PEER_CONFIRMED})
"""Where only CONFIRM and ABORT are legal (section 4)."""

SECURE = frozenset(_SESSION)
"""Where both ends are sure of each other."""

IDLE = frozenset({SessionState.SECURE, SessionState.KEYS_WANTED})
"""Where a request may be sent."""
