"""Why a message is not taken: the one exception of this room."""

from __future__ import annotations

from enum import Enum

from companion.errors import CompanionError, ProtocolViolation


class Reason(Enum):
    """What is wrong with a message; the value is for reports."""

    CUT_OFF = "it is cut off"
    VERSION = "its version is unknown"
    DESTINATION = "it is for another node, group or session"
    UNSUPPORTED = "it is of a kind that is not used between two nodes"
    NOT_AUTHENTIC = "it was not sealed with this session's key, or changed on the way"
    DUPLICATE = "it was received before"


class BadMessage(ValueError):
    """The octets are no message for this session. It is left out; the session goes on."""

    def __init__(self, reason: Reason, detail: str = "") -> None:
        super().__init__(f"message: {reason.value}" + (f" ({detail})" if detail else ""))
        self.reason = reason

    @property
    def leaf(self) -> CompanionError:
        """The same as a failure for people, where it ends something."""
        return ProtocolViolation(str(self))
