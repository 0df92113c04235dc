"""SMP's messages over a link of ours, for smpclient: its own transport would open a radio of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from companion.errors.firmware import SmpMalformed
from companion.smp.answer import require_plain
from companion.smp.gatt import CHARACTERISTIC

if TYPE_CHECKING:
    from companion.radio import Inbox, Link

HEADER = 8
_LENGTH = slice(2, 4)
MOST_OCTETS = 8192
"""Of a message: boards have buffers of some hundred to some thousand octets."""
LEAST_ROOM = 128
PIECE_SECONDS = 60.0
"""How long a piece of an answer may take at most; whoever asks waits less."""


class LinkTransport:
    """What `smpclient.transport.SMPTransport` asks for. Raises SmpMalformed and what the link raises."""

    _smp_server_transport_buffer_size: int | None = None

    def __init__(self, link: Link, inbox: Inbox) -> None:
        self._link, self._inbox = link, inbox

    async def connect(self, address: str, timeout_s: float) -> None:
        """The link is up already."""

    async def disconnect(self) -> None:
        """Whoever opened the link ends it."""

    def initialize(self, smp_server_transport_buffer_size: int) -> None:
        """The board's word on how long a message may be; one that can't be is not believed."""
        if smp_server_transport_buffer_size >= LEAST_ROOM:
            self._smp_server_transport_buffer_size = min(smp_server_transport_buffer_size, MOST_OCTETS)

    async def send(self, data: bytes) -> None:
        """One message, in as many writes as it takes."""
        size = self._link.max_write
        for at in range(0, len(data), size):
            await self._link.write(CHARACTERISTIC, data[at : at + size], response=False)

    async def receive(self) -> bytes:
        """One message, put together, with a body that a library may read."""
        message = bytearray()
        while len(message) < HEADER or len(message) < (whole := HEADER + _int(message[_LENGTH])):
            message += await self._inbox.get(timeout=PIECE_SECONDS)
            if len(message) > MOST_OCTETS:
                raise SmpMalformed("an answer without an end")
        if len(message) > whole:
            raise SmpMalformed("more than one answer")
        require_plain(bytes(message[HEADER:]))
        return bytes(message)

    async def send_and_receive(self, data: bytes) -> bytes:
        """A request and its answer."""
        await self.send(data)
        return await self.receive()

    @property
    def mtu(self) -> int:
        """Octets of one write."""
        return self._link.max_write

    @property
    def max_unencoded_size(self) -> int:
        """Octets of one message."""
        return self._smp_server_transport_buffer_size or max(self.mtu, LEAST_ROOM)


def _int(octets: bytes | bytearray) -> int:
    return int.from_bytes(octets, "big")
