"""Status codes of the interaction model (Core 8.10)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

from companion.errors import CompanionError, DeviceError, DeviceFull, DeviceInternal, ProtocolViolation
from companion.protocols.matter.tlv import UINT8, Field, Shape


class Status(IntEnum):
    SUCCESS = 0x00
    FAILURE = 0x01
    INVALID_SUBSCRIPTION = 0x7D
    UNSUPPORTED_ACCESS = 0x7E
    UNSUPPORTED_ENDPOINT = 0x7F
    INVALID_ACTION = 0x80
    UNSUPPORTED_COMMAND = 0x81
    INVALID_COMMAND = 0x85
    UNSUPPORTED_ATTRIBUTE = 0x86
    CONSTRAINT_ERROR = 0x87
    UNSUPPORTED_WRITE = 0x88
    RESOURCE_EXHAUSTED = 0x89
    NOT_FOUND = 0x8B
    UNREPORTABLE_ATTRIBUTE = 0x8C
    INVALID_DATA_TYPE = 0x8D
    UNSUPPORTED_READ = 0x8F
    DATA_VERSION_MISMATCH = 0x92
    TIMEOUT = 0x94
    BUSY = 0x9C
    ACCESS_RESTRICTED = 0x9D
    UNSUPPORTED_CLUSTER = 0xC3
    NO_UPSTREAM_SUBSCRIPTION = 0xC5
    NEEDS_TIMED_INTERACTION = 0xC6
    UNSUPPORTED_EVENT = 0xC7
    PATHS_EXHAUSTED = 0xC8
    TIMED_REQUEST_MISMATCH = 0xC9
    FAILSAFE_REQUIRED = 0xCA
    INVALID_IN_STATE = 0xCB
    NO_COMMAND_RESPONSE = 0xCC
    DYNAMIC_CONSTRAINT_ERROR = 0xCF
    ALREADY_EXISTS = 0xD0
    INVALID_TRANSPORT_TYPE = 0xD1


@dataclass(frozen=True)
class StatusBlock:
    """What became of a request. status: a number, as later versions know more; cluster: the cluster's own."""

    status: int
    cluster: int | None = None

    @property
    def succeeded(self) -> bool:
        return self.status == Status.SUCCESS

    def __str__(self) -> str:
        name = Status(self.status).name if self.status in Status.__members__.values() else "unknown"
        own = f", cluster status {self.cluster}" if self.cluster is not None else ""
        return f"{name} (0x{self.status:02X}){own}"


STATUS = Shape(StatusBlock, Field("status", 0, UINT8), Field("cluster", 1, UINT8, optional=True))
DONE = StatusBlock(Status.SUCCESS)


class InteractionFailed(Exception):
    """The other end refused. block: its status; where: the path, for reports."""

    def __init__(self, block: StatusBlock, where: str = "") -> None:
        super().__init__(f"{where}: {block}" if where else str(block))
        self.block = block

    @property
    def leaf(self) -> CompanionError:
        """The same for people, where it ends something."""
        return _LEAVES.get(self.block.status, DeviceError)(str(self))


class UnexpectedMessage(ValueError):
    """The other end sent what the interaction does not allow here, is malformed, or is more than is borne."""

    @property
    def leaf(self) -> CompanionError:
        """The same for people, where it ends something."""
        return ProtocolViolation(f"interaction: {self}")


_LEAVES: dict[int, type[CompanionError]] = {
    Status.FAILURE: DeviceInternal,
    Status.RESOURCE_EXHAUSTED: DeviceFull,
}
