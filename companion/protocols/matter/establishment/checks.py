"""How both handshakes read what comes."""

from __future__ import annotations

import hmac
from typing import TypeVar

from companion.protocols.matter import tlv
from companion.protocols.matter.establishment.outcome import EstablishmentFailed, Reason
from companion.protocols.matter.messages import status
from companion.protocols.matter.messages.failure import BadMessage
from companion.protocols.matter.messages.message import Opcode
from companion.protocols.matter.messages.status import INVALID_PARAMETER, ChannelCode, StatusReport

T = TypeVar("T")

MESSAGE_LIMITS = tlv.Limits(size=1280, depth=4, elements=64)


def failure(reason: Reason, detail: str = "", reply: StatusReport = INVALID_PARAMETER) -> EstablishmentFailed:
    """One that the other end is told of."""
    return EstablishmentFailed(reason, detail, reply=reply)


def read(shape: tlv.Shape[T], payload: bytes) -> T:
    """A message by its table. Raises EstablishmentFailed MALFORMED."""
    try:
        return shape.decode(payload, MESSAGE_LIMITS)
    except tlv.MalformedTlv as error:
        raise failure(Reason.MALFORMED, str(error)) from error


def expect(opcode: int, *expected: Opcode) -> None:
    """Raises EstablishmentFailed UNEXPECTED for any other message."""
    if opcode not in expected:
        raise failure(Reason.UNEXPECTED, f"opcode 0x{opcode:02X}")


def refusal(payload: bytes) -> EstablishmentFailed | None:
    """Why the other end ends the handshake by this status report; None where it reports success."""
    try:
        report = status.decode(payload)
    except BadMessage as error:
        return EstablishmentFailed(Reason.MALFORMED, str(error))
    if report.is_success:
        return None
    if report.busy_seconds is not None:
        return EstablishmentFailed(Reason.BUSY, report.wording, retry_after=report.busy_seconds)
    no_root = report.protocol == 0 and report.code == ChannelCode.NO_SHARED_TRUST_ROOTS
    return EstablishmentFailed(Reason.NO_SHARED_ROOT if no_root else Reason.REFUSED, report.wording)


def equal(one: bytes, other: bytes) -> bool:
    """In a time that does not depend on where they differ."""
    return hmac.compare_digest(one, other)
