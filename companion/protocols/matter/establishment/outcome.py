"""What a handshake sends, and what comes of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum

from companion.errors import (
    CompanionError,
    DeviceBusy,
    DeviceError,
    FabricUnknown,
    NodeIdentityInvalid,
    ProtocolViolation,
    WrongSetupSecret,
)
from companion.protocols.matter.certificates.chain import NodeIdentity
from companion.protocols.matter.crypto.derivation import SessionKeys
from companion.protocols.matter.establishment.parameters import SessionParameters
from companion.protocols.matter.fabric.identity import FabricIdentity
from companion.protocols.matter.messages.message import Opcode
from companion.protocols.matter.messages.session import Ends
from companion.protocols.matter.messages.status import StatusReport
from companion.secret import Secret


@dataclass(frozen=True)
class Outgoing:
    """A message of the secure channel that is to be sent."""

    opcode: Opcode
    payload: bytes = field(repr=False)

    @classmethod
    def report(cls, report: StatusReport) -> Outgoing:
        return cls(Opcode.STATUS_REPORT, report.encode())


@dataclass(frozen=True)
class Resumption:
    """What a later session of the same two nodes can go on from.

    id: 16 octets, used once; shared: the secret (32 octets) of their first session; own_node: this end
    """

    id: bytes
    shared: Secret
    fabric: FabricIdentity
    own_node: int
    peer: NodeIdentity


@dataclass(frozen=True)
class Established:
    """A session that both ends agreed on.

    parameters: what the peer said of itself; resumption: for the next time, with the fabric and the peer
    (None where a passcode made the session); resumed: this was such a next time
    """

    keys: SessionKeys
    ends: Ends
    parameters: SessionParameters
    resumption: Resumption | None = None
    resumed: bool = False


class Reason(Enum):
    """Why there is no session."""

    MALFORMED = "the message can't be read"
    UNEXPECTED = "the message does not come now"
    PARAMETERS = "what the passcode is to be stretched with is out of range"
    POINT = "the point is not one of the curve"
    ECHO = "it answers another request"
    PASSCODE = "the passcode is another one"
    NO_SHARED_ROOT = "there is no fabric in common"
    NOT_AUTHENTIC = "it was not sealed with the key of this handshake"
    CERTIFICATE = "the certificate is not valid in this fabric"
    IDENTITY = "the certificate is that of another node"
    SIGNATURE = "the signature is not that of the certificate's key"
    BUSY = "the other end is busy"
    REFUSED = "the other end refuses"


_LEAVES: dict[Reason, type[CompanionError]] = {
    Reason.PASSCODE: WrongSetupSecret,
    Reason.NO_SHARED_ROOT: FabricUnknown,
    Reason.NOT_AUTHENTIC: NodeIdentityInvalid,
    Reason.CERTIFICATE: NodeIdentityInvalid,
    Reason.IDENTITY: NodeIdentityInvalid,
    Reason.SIGNATURE: NodeIdentityInvalid,
    Reason.BUSY: DeviceBusy,
    Reason.REFUSED: DeviceError,
}


class EstablishmentFailed(Exception):
    """A handshake is over without a session.

    reply: to be sent to the other end, if anything; retry_after: seconds that a busy one asks to wait
    """

    def __init__(
        self,
        reason: Reason,
        detail: str = "",
        *,
        reply: StatusReport | None = None,
        retry_after: float | None = None,
    ) -> None:
        super().__init__(reason.value + (f" ({detail})" if detail else ""))
        self.reason = reason
        self.retry_after = retry_after
        self.reply = None if reply is None else Outgoing.report(reply)

    @property
    def leaf(self) -> CompanionError:
        """The same as a failure for people, where the other end is a device."""
        return _LEAVES.get(self.reason, ProtocolViolation)(str(self))
