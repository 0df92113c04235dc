"""The certificate revocation list over HTTP, for brokers that fetch it (RFC 5280, 4.2.1.13).

Plain HTTP: the list is signed, and whoever needs it to check a certificate can't check one for it first. It
answers GET and HEAD for one path, a few clients at a time, each for a few seconds.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import Callable

log = logging.getLogger(__name__)

PATH = "/companion.crl"
AT_ONCE = 32
SECONDS = 5.0
MAX_REQUEST = 8192
_TYPE = "application/pkix-crl"


class CrlServer:
    """A small HTTP server. Lives on the loop that started it."""

    def __init__(self, server: asyncio.Server, address: str) -> None:
        self._server = server
        self.address = address
        """host:port."""

    @classmethod
    async def start(cls, content: Callable[[], bytes | None], *, host: str, port: int = 0) -> CrlServer:
        """content: the list of now (DER), None while there is none; asked for each request.

        Raises OSError where it can't listen.
        """
        slots = asyncio.Semaphore(AT_ONCE)

        async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            try:
                if slots.locked():
                    return
                async with slots, asyncio.timeout(SECONDS):
                    head = await reader.readuntil(b"\r\n\r\n")
                    writer.write(_answer(head, content))
                    await writer.drain()
            except (OSError, TimeoutError, asyncio.IncompleteReadError, asyncio.LimitOverrunError) as problem:
                log.debug("list of revoked certificates: a client left, %s", type(problem).__name__)
            finally:
                writer.close()
                with contextlib.suppress(OSError):
                    await writer.wait_closed()

        server = await asyncio.start_server(serve, host, port, limit=MAX_REQUEST)
        bound = server.sockets[0].getsockname()[1]
        return cls(server, f"[{host}]:{bound}" if ":" in host else f"{host}:{bound}")

    @property
    def url(self) -> str:
        """Where the list is."""
        return f"http://{self.address}{PATH}"

    async def close(self) -> None:
        """Stop listening."""
        self._server.close()
        with contextlib.suppress(OSError):
            await self._server.wait_closed()


def _answer(head: bytes, content: Callable[[], bytes | None]) -> bytes:
    line, _, _ = head.partition(b"\r\n")
    method, _, rest = line.partition(b" ")
    path, _, version = rest.partition(b" ")
    if not version.startswith(b"HTTP/1."):
        return _response("400 Bad Request")
    if path.partition(b"?")[0] != PATH.encode():
        return _response("404 Not Found")
    if method not in (b"GET", b"HEAD"):
        return _response("405 Method Not Allowed")
    listed = content()
    if listed is None:
        return _response("503 Service Unavailable")
    return _response("200 OK", listed, with_body=method == b"GET")


def _response(status: str, body: bytes = b"", *, with_body: bool = True) -> bytes:
    head = (
        f"HTTP/1.1 {status}\r\nContent-Type: {_TYPE}\r\nContent-Length: {len(body)}\r\n"
        "Cache-Control: no-cache\r\nConnection: close\r\n\r\n"
    )
    return head.encode() + (body if with_body else b"")
