"""The status report: how a handshake ended, or that a session does (Matter Core 1.4, appendix D).

report  u16 general, u32 protocol, u16 code || data    (little-endian)
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

from companion.protocols.matter.messages.failure import BadMessage, Reason
from companion.protocols.matter.messages.message import SECURE_CHANNEL

_SIZE = 8


class General(IntEnum):
    """What every protocol's reports say."""

    SUCCESS = 0
    FAILURE = 1
    BAD_PRECONDITION = 2
    OUT_OF_RANGE = 3
    BAD_REQUEST = 4
    UNSUPPORTED = 5
    UNEXPECTED = 6
    RESOURCE_EXHAUSTED = 7
    BUSY = 8
    TIMEOUT = 9
    CONTINUE = 10
    ABORTED = 11
    INVALID_ARGUMENT = 12
    NOT_FOUND = 13
    ALREADY_EXISTS = 14
    PERMISSION_DENIED = 15
    DATA_LOSS = 16
    MESSAGE_TOO_LARGE = 17


class ChannelCode(IntEnum):
    """What those of the secure channel say besides."""

    SESSION_ESTABLISHED = 0
    NO_SHARED_TRUST_ROOTS = 1
    INVALID_PARAMETER = 2
    CLOSE_SESSION = 3
    BUSY = 4
    GENERAL = 0xFFFF


@dataclass(frozen=True)
class StatusReport:
    """general, code: as numbers, for a later version may know more; protocol: whose code it is."""

    general: int
    code: int
    protocol: int = SECURE_CHANNEL
    data: bytes = b""

    def encode(self) -> bytes:
        head = self.general.to_bytes(2, "little") + self.protocol.to_bytes(4, "little")
        return head + self.code.to_bytes(2, "little") + self.data

    @property
    def is_success(self) -> bool:
        """The handshake is done."""
        return self._says(General.SUCCESS, ChannelCode.SESSION_ESTABLISHED)

    @property
    def closes_session(self) -> bool:
        return self._says(General.SUCCESS, ChannelCode.CLOSE_SESSION)

    @property
    def busy_seconds(self) -> float | None:
        """How long to wait before trying again, where the other side is busy; 0 where it does not say."""
        if self.general != General.BUSY or (self.protocol, self.code) != (SECURE_CHANNEL, ChannelCode.BUSY):
            return None
        return int.from_bytes(self.data[:2], "little") / 1000 if len(self.data) >= 2 else 0.0

    @property
    def wording(self) -> str:
        """For reports: the names of the codes, or their numbers."""
        code = _name(ChannelCode, self.code) if self.protocol == SECURE_CHANNEL else f"0x{self.code:04x}"
        return f"{_name(General, self.general)}, {code}"

    def _says(self, general: General, code: ChannelCode) -> bool:
        return (self.general, self.protocol, self.code) == (general, SECURE_CHANNEL, code)


ESTABLISHED = StatusReport(General.SUCCESS, ChannelCode.SESSION_ESTABLISHED)
INVALID_PARAMETER = StatusReport(General.FAILURE, ChannelCode.INVALID_PARAMETER)
NO_SHARED_TRUST_ROOTS = StatusReport(General.FAILURE, ChannelCode.NO_SHARED_TRUST_ROOTS)
CLOSE_SESSION = StatusReport(General.SUCCESS, ChannelCode.CLOSE_SESSION)


def busy(milliseconds: int) -> StatusReport:
    """Try again after so long, 0 to 65535."""
    return StatusReport(General.BUSY, ChannelCode.BUSY, data=milliseconds.to_bytes(2, "little"))


def decode(payload: bytes) -> StatusReport:
    """Raises BadMessage CUT_OFF."""
    if len(payload) < _SIZE:
        raise BadMessage(Reason.CUT_OFF, "status report")
    general, code = int.from_bytes(payload[:2], "little"), int.from_bytes(payload[6:8], "little")
    return StatusReport(general, code, int.from_bytes(payload[2:6], "little"), payload[_SIZE:])


def _name(names: type[IntEnum], number: int) -> str:
    try:
        return names(number).name
    except ValueError:
        return f"0x{number:04x}"
