"""One segment: what is written to C1 or indicated on C2 after the handshake (Matter Core 1.4, 4.19.2.1).

segment  u8 flags (, u8 acknowledged), u8 sequence (, u16le length of the message in the first) || payload
"""

from __future__ import annotations

from dataclasses import dataclass

from companion.protocols.matter.btp.failure import BtpFailure, Reason

BEGINNING, CONTINUING, ENDING, ACKNOWLEDGING = 0x01, 0x02, 0x04, 0x08
MANAGEMENT, HANDSHAKE = 0x20, 0x40
LARGEST = 244
"""Octets of the largest segment, whatever the MTU."""
SMALLEST = 20
"""Octets of a segment at an ATT MTU of 23, the smallest there is."""


@dataclass(frozen=True)
class Segment:
    """One segment.

    sequence: 0 to 255; acknowledged: sequence number up to which the sender has received, if it says so;
    length: of the whole message, in the first segment alone; ends: the message is complete with this one.
    Without payload it is a stand-alone acknowledgement.
    """

    sequence: int
    payload: bytes = b""
    acknowledged: int | None = None
    length: int | None = None
    ends: bool = False

    def encode(self) -> bytes:
        flags = (ENDING if self.ends else 0) | (ACKNOWLEDGING if self.acknowledged is not None else 0)
        if self.length is not None:
            flags |= BEGINNING
        elif self.payload:
            flags |= CONTINUING
        acknowledged = b"" if self.acknowledged is None else bytes((self.acknowledged,))
        length = b"" if self.length is None else self.length.to_bytes(2, "little")
        return bytes((flags,)) + acknowledged + bytes((self.sequence,)) + length + self.payload


def header_size(*, acknowledges: bool, begins: bool) -> int:
    """Octets of a segment before its payload: 2 to 5."""
    return 2 + acknowledges + 2 * begins


def decode(data: bytes) -> Segment:
    """A segment of its octets. Reserved bits are left to later versions. Raises BtpFailure MALFORMED."""
    if not data:
        raise _malformed("empty")
    flags = data[0]
    if flags & (HANDSHAKE | MANAGEMENT):
        raise _malformed("a handshake in the session")
    begins, acknowledges = bool(flags & BEGINNING), bool(flags & ACKNOWLEDGING)
    size = header_size(acknowledges=acknowledges, begins=begins)
    if len(data) < size:
        raise _malformed("cut off")
    if begins and flags & CONTINUING:
        raise _malformed("it begins and continues a message")
    carries = bool(flags & (BEGINNING | CONTINUING | ENDING))
    if carries != (len(data) > size) or not (carries or acknowledges):
        raise _malformed("its payload does not match its flags")
    return Segment(
        sequence=data[1 + acknowledges],
        payload=data[size:],
        acknowledged=data[1] if acknowledges else None,
        length=int.from_bytes(data[size - 2 : size], "little") if begins else None,
        ends=bool(flags & ENDING),
    )


def _malformed(why: str) -> BtpFailure:
    return BtpFailure(Reason.MALFORMED, why)
