"""The message header: what is never encrypted (Matter Core 1.4, 4.4.1).

    header  u8 flags, u16 session, u8 security flags, u32 counter (, u64 source) (, u64 node | u16 group)

All numbers are little-endian.
"""

from __future__ import annotations

from dataclasses import dataclass

from companion.protocols.matter.messages.failure import BadMessage, Reason

UNSECURED = 0
"""The session id of messages before there are keys."""

_TO_NODE, _TO_GROUP, _FROM_NODE = 0x01, 0x02, 0x04
_SIZE_MASK, _VERSION_MASK = 0x03, 0xF0
_SESSION_TYPE_MASK = 0x03
_PRIVATE, _CONTROL, _EXTENDED = 0x80, 0x40, 0x20
_FIXED_SIZE = 8


@dataclass(frozen=True)
class Header:
    """session: id that the receiver gave; source, destination: node ids, where they are said."""

    session: int
    counter: int
    source: int | None = None
    destination: int | None = None

    @property
    def security_flags(self) -> int:
        """A session between two nodes, neither private nor extended."""
        return 0

    def encode(self) -> bytes:
        flags = (_FROM_NODE if self.source is not None else 0) | (
            _TO_NODE if self.destination is not None else 0
        )
        fixed = bytes((flags,)) + self.session.to_bytes(2, "little") + bytes((self.security_flags,))
        nodes = [node.to_bytes(8, "little") for node in (self.source, self.destination) if node is not None]
        return fixed + self.counter.to_bytes(4, "little") + b"".join(nodes)


def decode(data: bytes) -> tuple[Header, int]:
    """The header at the front of a message, and its size. Raises BadMessage.

    Groups, privacy, control messages and extensions are UNSUPPORTED.
    """
    if len(data) < _FIXED_SIZE:
        raise BadMessage(Reason.CUT_OFF, "header")
    flags, security = data[0], data[3]
    if flags & _VERSION_MASK:
        raise BadMessage(Reason.VERSION, str(flags >> 4))
    if flags & _TO_GROUP or security & (_SESSION_TYPE_MASK | _PRIVATE | _CONTROL | _EXTENDED):
        raise BadMessage(Reason.UNSUPPORTED, f"flags {flags:02x}, {security:02x}")
    at, nodes = _FIXED_SIZE, []
    for present in (flags & _FROM_NODE, flags & _TO_NODE):
        nodes.append(int.from_bytes(data[at : at + 8], "little") if present else None)
        at += 8 if present else 0
    if len(data) < at:
        raise BadMessage(Reason.CUT_OFF, "nodes")
    session, counter = int.from_bytes(data[1:3], "little"), int.from_bytes(data[4:8], "little")
    return Header(session, counter, nodes[0], nodes[1]), at
