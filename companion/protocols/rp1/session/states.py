"""What a commissioner's session can be in, and what leads from one state to the next (sections 2, 4, 7).

`TRANSITIONS` is all there is: an event that a state does not list is illegal in it. The diagram in this
room's README is made from it (`python -m tests.protocols.rp1.support.diagram`).
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum


class State(Enum):
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


class Event(Enum):
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


_HANDSHAKE: Mapping[State, Mapping[Event, State]] = {
    State.READY: {Event.BEGIN: State.COMMITTED},
    State.COMMITTED: {Event.M2: State.ANSWERED},
    State.ANSWERED: {Event.REVEAL: State.OPENED},
    State.OPENED: {Event.M4: State.SECURE, Event.M4_WITH_NUMBER: State.COMPARING},
    State.COMPARING: {Event.CONFIRM: State.CONFIRMED, Event.PEER_CONFIRM: State.PEER_CONFIRMED},
    State.CONFIRMED: {Event.PEER_CONFIRM: State.SECURE},
    State.PEER_CONFIRMED: {Event.CONFIRM: State.SECURE},
}
_SESSION: Mapping[State, Mapping[Event, State]] = {
    State.SECURE: {Event.ASK_FOR_KEYS: State.KEYS_WANTED, Event.REKEY: State.REKEYING},
    State.KEYS_WANTED: {Event.REKEY: State.REKEYING_WANTED},
    # A request for keys that crosses this side's KEYUPDATE is answered by it (section 7).
    State.REKEYING: {Event.ASK_FOR_KEYS: State.REKEYING_WANTED, Event.NEW_KEYS: State.SECURE},
    State.REKEYING_WANTED: {Event.NEW_KEYS: State.SECURE},
}

TRANSITIONS: Mapping[State, Mapping[Event, State]] = {
    state: {**events, Event.END: State.OVER} for state, events in {**_HANDSHAKE, **_SESSION}.items()
} | {State.OVER: {}}

COMPARING = frozenset({State.COMPARING, State.CONFIRMED, State.PEER_CONFIRMED})
"""Where only CONFIRM and ABORT are legal (section 4)."""

SECURE = frozenset(_SESSION)
"""Where both ends are sure of each other."""

IDLE = frozenset({State.SECURE, State.KEYS_WANTED})
"""Where a request may be sent."""
