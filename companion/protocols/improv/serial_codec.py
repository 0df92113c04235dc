"""Improv over a serial port (improv-wifi.com/serial): packets in a stream of log output. No I/O.

A packet is `IMPROV`, version 1, type, length, data, and the sum of all octets before it modulo 256. RPC
packets hold command, length and data without a checksum of their own.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import IntEnum

from companion.protocols.improv.codec import checksum

MAGIC = b"IMPROV"
VERSION = 1
_HEADER = len(MAGIC) + 3


class PacketType(IntEnum):
    STATE = 1
    ERROR = 2
    COMMAND = 3
    RESULT = 4


@dataclass(frozen=True)
class Packet:
    """A packet's type and data; the data may hold a passphrase and is not shown."""

    kind: int
    data: bytes = field(repr=False)


def encode(packet: Packet) -> bytes:
    """A packet as it goes over the wire, with the newline that devices look for. Raises ValueError."""
    body = MAGIC + bytes((VERSION, packet.kind, len(packet.data))) + packet.data
    return body + bytes((checksum(body),)) + b"\n"


class Parser:
    """Finds packets in what a device sends, among its log lines. Never raises."""

    def __init__(self) -> None:
        self._pending = b""

    def feed(self, octets: bytes) -> Iterator[Packet]:
        """The packets that are complete with these octets; broken ones are passed over."""
        self._pending += octets
        while (packet := self._next()) is not None:
            yield packet

    def _next(self) -> Packet | None:
        while True:
            start = self._pending.find(MAGIC)
            if start < 0:
                # The beginning of the next packet may be the last thing that came.
                self._pending = self._pending[-len(MAGIC) + 1 :]
                return None
            self._pending = self._pending[start:]
            if len(self._pending) < _HEADER:
                return None
            version, kind, length = self._pending[len(MAGIC) : _HEADER]
            end = _HEADER + length
            if version == VERSION and len(self._pending) <= end:
                return None
            if version == VERSION and checksum(self._pending[:end]) == self._pending[end]:
                packet = Packet(kind, self._pending[_HEADER:end])
                self._pending = self._pending[end + 1 :]
                return packet
            self._pending = self._pending[len(MAGIC) :]
