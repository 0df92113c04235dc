"""A small HTTP server for a document or two: GET and HEAD, few clients at a time, each for a few seconds."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import Callable
from dataclasses import dataclass
from http import HTTPStatus

log = logging.getLogger(__name__)

AT_ONCE = 32
SECONDS = 5.0
MAX_REQUEST = 8192


@dataclass(frozen=True)
class HttpRequest:
    """path: without what is behind "?"; host: what the client calls this server, "" if it does not say."""

    path: str
    host: str


@dataclass(frozen=True)
class HttpResponse:
    """What is answered. headers: besides type and length."""

    status: HTTPStatus
    body: bytes = b""
    content_type: str = "text/plain; charset=utf-8"
    headers: tuple[tuple[str, str], ...] = ()


Answer = Callable[[HttpRequest], HttpResponse]


class HttpServer:
    """Listens until `close`. Lives on the loop that started it. address: host:port."""

    def __init__(self, server: asyncio.Server, address: str) -> None:
        self._server = server
        self.address = address

    @classmethod
    async def start(cls, answer: Answer, *, host: str, port: int = 0) -> HttpServer:
        """answer: asked for each request, must not block. Raises OSError where it can't listen."""
        slots = asyncio.Semaphore(AT_ONCE)

        async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            try:
                if slots.locked():
                    return
                async with slots, asyncio.timeout(SECONDS):
                    head = await reader.readuntil(b"\r\n\r\n")
                    writer.write(_answer(head, answer))
                    await writer.drain()
            except (OSError, TimeoutError, asyncio.IncompleteReadError, asyncio.LimitOverrunError) as problem:
                log.debug("an HTTP client left: %s", type(problem).__name__)
            finally:
                writer.close()
                with contextlib.suppress(OSError):
                    await writer.wait_closed()

        server = await asyncio.start_server(serve, host, port, limit=MAX_REQUEST)
        bound = server.sockets[0].getsockname()[1]
        return cls(server, f"[{host}]:{bound}" if ":" in host else f"{host}:{bound}")

    async def close(self) -> None:
        """Stop listening."""
        self._server.close()
        with contextlib.suppress(OSError):
            await self._server.wait_closed()


def _answer(head: bytes, answer: Answer) -> bytes:
    line, *fields = head.decode("latin-1").split("\r\n")
    method, _, rest = line.partition(" ")
    path, _, version = rest.partition(" ")
    if not version.startswith("HTTP/1."):
        return _octets(HttpResponse(HTTPStatus.BAD_REQUEST))
    named = [
        value.strip() for name, _, value in (each.partition(":") for each in fields) if name.lower() == "host"
    ]
    made = answer(HttpRequest(path.partition("?")[0], named[0] if len(named) == 1 else ""))
    if made.status is not HTTPStatus.NOT_FOUND and method not in ("GET", "HEAD"):
        made = HttpResponse(HTTPStatus.METHOD_NOT_ALLOWED)
    return _octets(made, with_body=method == "GET")


def _octets(response: HttpResponse, *, with_body: bool = True) -> bytes:
    lines = [
        f"HTTP/1.1 {response.status.value} {response.status.phrase}",
        f"Content-Type: {response.content_type}",
        f"Content-Length: {len(response.body)}",
        "Cache-Control: no-cache",
        "Connection: close",
        *(f"{name}: {value}" for name, value in response.headers),
    ]
    return "\r\n".join([*lines, "", ""]).encode("latin-1") + (response.body if with_body else b"")
