"""The server's side of one TLS connection, over a plain non-blocking socket.

asyncio's own transports close a failed handshake without its alert. A device learns from the alert that
its certificate was refused, and not the network lost, so the alerts are sent here.
"""

from __future__ import annotations

import asyncio
import contextlib
import socket
import ssl
from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")

RECORD = 16_384
LAST_WORDS_SECONDS = 1.0


class TlsConnection:
    """Handshake, write, read until the peer hangs up, close. Every method raises OSError when it can't.

    The caller sets the time limits. ssl.SSLError is an OSError.
    """

    def __init__(self, peer: socket.socket, context: ssl.SSLContext) -> None:
        """Takes an accepted, non-blocking socket, and owns it from here."""
        self._peer = peer
        self._incoming = ssl.MemoryBIO()
        self._outgoing = ssl.MemoryBIO()
        self._tls = context.wrap_bio(self._incoming, self._outgoing, server_side=True)

    @property
    def version(self) -> str:
        """ "TLSv1.3", once the handshake is done."""
        return self._tls.version() or ""

    @property
    def certificate(self) -> bytes:
        """The peer's leaf as DER, once the handshake is done; empty if it has none."""
        return self._tls.getpeercert(binary_form=True) or b""

    @property
    def protocol(self) -> str | None:
        """What both ends speak inside (RFC 7301), once the handshake is done; None: nothing was agreed."""
        return self._tls.selected_alpn_protocol()

    async def hear(self) -> None:
        """Returns when the peer has said anything, or hung up."""
        await self._receive()

    async def handshake(self) -> None:
        """Returns when the peer has proved that it holds its certificate's key."""
        await self._pump(self._tls.do_handshake)

    async def write(self, content: bytes) -> None:
        """Send `content`, which is short enough for one record."""
        await self._pump(lambda: self._tls.write(content))

    async def read(self) -> bytes:
        """What the peer says next, a record at most. Raises ssl.SSLZeroReturnError where it hung up."""
        return await self._pump(lambda: self._tls.read(RECORD))

    async def read_to_end(self) -> None:
        """Drop what the peer says until it hangs up."""
        with contextlib.suppress(ssl.SSLZeroReturnError, ssl.SSLEOFError):
            while await self._pump(lambda: self._tls.read(RECORD)):
                pass

    async def close(self) -> None:
        """Say goodbye and free the socket. Raises nothing and takes at most a second."""
        try:
            with contextlib.suppress(OSError, ValueError):
                self._tls.unwrap()
            if not self._outgoing.pending:
                return
            with contextlib.suppress(OSError, TimeoutError):
                async with asyncio.timeout(LAST_WORDS_SECONDS):
                    await self._send()
                    # Closing over unread octets resets the connection, and the peer loses our alert.
                    self._peer.shutdown(socket.SHUT_WR)
                    while await asyncio.get_running_loop().sock_recv(self._peer, RECORD):
                        pass
        finally:
            self._peer.close()

    async def _pump(self, step: Callable[[], T]) -> T:
        """Run a TLS step, and move octets between it and the socket until it is through."""
        while True:
            try:
                done = step()
            except ssl.SSLWantReadError:
                await self._send()
                await self._receive()
            else:
                await self._send()
                return done

    async def _receive(self) -> None:
        received = await asyncio.get_running_loop().sock_recv(self._peer, RECORD)
        if received:
            self._incoming.write(received)
        else:
            self._incoming.write_eof()

    async def _send(self) -> None:
        if self._outgoing.pending:
            await asyncio.get_running_loop().sock_sendall(self._peer, self._outgoing.read())
