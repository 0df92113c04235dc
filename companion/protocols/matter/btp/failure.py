"""Why a BTP session ends: the one exception of this room."""

from __future__ import annotations

from enum import Enum

from companion.errors import CompanionError, OperationTimeout, ProtocolViolation, VersionUnsupported


class Reason(Enum):
    """What went wrong; the value is for reports."""

    MALFORMED = "a segment that is none"
    SIZE = "a segment larger than agreed"
    SEQUENCE = "a sequence number out of order"
    ACKNOWLEDGEMENT = "an acknowledgement of what is not outstanding"
    WINDOW = "more segments than the window has room for"
    LENGTH = "a message of another length than announced"
    HANDSHAKE = "a handshake that is none"
    VERSION = "no version in common"
    NO_HANDSHAKE = "no answer to the handshake"
    NO_ACKNOWLEDGEMENT = "no acknowledgement"
    OVER = "the session is over"


_SILENT = frozenset({Reason.NO_HANDSHAKE, Reason.NO_ACKNOWLEDGEMENT})


class BtpFailure(Exception):
    """The session is over; the link should be closed. reason: which rule was broken."""

    def __init__(self, reason: Reason, detail: str = "") -> None:
        super().__init__(f"BTP: {reason.value}" + (f" ({detail})" if detail else ""))
        self.reason = reason

    @property
    def leaf(self) -> CompanionError:
        """The same as a failure for people."""
        if self.reason in _SILENT:
            return OperationTimeout(str(self))
        if self.reason is Reason.VERSION:
            return VersionUnsupported(str(self))
        return ProtocolViolation(str(self))
