"""A small HTTP server for a document or two: GET and HEAD, few clients at a time, each for a few seconds."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import Callable
from http import HTTPStatus

from companion.endpoint.http_messages import (
    MAX_BODY,
    HttpRequest,
    HttpResponse,
    InvalidRequest,
    RequestTooLong,
    octets,
    receive,
)

log = logging.getLogger(__name__)

AT_ONCE = 32
SECONDS = 5.0


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
                    writer.write(await _answer(reader, answer))
                    await writer.drain()
            except (OSError, TimeoutError) as problem:
                log.debug("an HTTP client left: %s", type(problem).__name__)
            finally:
                writer.close()
                with contextlib.suppress(OSError):
                    await writer.wait_closed()

        server = await asyncio.start_server(serve, host, port, limit=MAX_BODY)
        bound = server.sockets[0].getsockname()[1]
        return cls(server, f"[{host}]:{bound}" if ":" in host else f"{host}:{bound}")

    async def close(self) -> None:
        """Stop listening."""
        self._server.close()
        with contextlib.suppress(OSError):
            await self._server.wait_closed()


async def _answer(reader: asyncio.StreamReader, answer: Answer) -> bytes:
    """Raises OSError where the client hung up in its request, or does not come to its end."""

    async def more() -> bytes:
        if not (received := await reader.read(MAX_BODY)):
            raise ConnectionResetError("the client hung up in its request")
        return received

    try:
        request = await receive(more)
    except RequestTooLong as problem:
        raise ConnectionResetError("a request without an end") from problem
    except InvalidRequest as problem:
        return octets(HttpResponse(problem.status))
    made = answer(request)
    if made.status is not HTTPStatus.NOT_FOUND and request.method not in ("GET", "HEAD"):
        made = HttpResponse(HTTPStatus.METHOD_NOT_ALLOWED)
    return octets(made, with_body=request.method == "GET")
