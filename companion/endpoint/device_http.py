"""One HTTP request of a device that has shown its certificate, and the response to it."""

from __future__ import annotations

import asyncio
import logging
import ssl
from collections.abc import Callable
from dataclasses import replace
from http import HTTPStatus

from companion.endpoint.connection import TlsConnection
from companion.endpoint.http_messages import (
    END_OF_HEAD,
    MAX_HEAD,
    HttpRequest,
    HttpResponse,
    InvalidRequest,
    octets,
    read_head,
)
from companion.errors import StorageError

log = logging.getLogger(__name__)

HTTP = "http/1.1"
"""As ALPN calls it (RFC 7301, 6)."""
MAX_BODY = 16_384

HttpAnswer = Callable[[HttpRequest, bytes], HttpResponse]
"""Called with the request and the device's certificate (DER)."""


async def serve_one(connection: TlsConnection, answer: HttpAnswer) -> None:
    """Read a request, answer it on a thread, and write the response. Raises OSError."""
    response = await _response(connection, answer)
    sent = octets(response)
    for begin in range(0, len(sent), MAX_BODY):
        await connection.write(sent[begin : begin + MAX_BODY])


async def _response(connection: TlsConnection, answer: HttpAnswer) -> HttpResponse:
    try:
        request = await _read(connection)
    except InvalidRequest:
        return HttpResponse(HTTPStatus.BAD_REQUEST)
    if request is None:
        return HttpResponse(HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
    try:
        return await asyncio.to_thread(answer, request, connection.certificate)
    except StorageError as problem:
        log.warning("endpoint: a device's request is not answered: %s", problem.code)
        return HttpResponse(HTTPStatus.SERVICE_UNAVAILABLE, headers=(("Retry-After", "60"),))


async def _read(connection: TlsConnection) -> HttpRequest | None:
    """A request with its body, None if it is too long. Raises InvalidRequest, OSError."""
    received = bytearray()
    while END_OF_HEAD not in received:
        if len(received) > MAX_HEAD:
            return None
        received += await _more(connection)
    head, _, body = bytes(received).partition(END_OF_HEAD)
    request = read_head(head)
    if request.length > MAX_BODY:
        return None
    while len(body) < request.length:
        body += await _more(connection)
    return replace(request, body=body[: request.length])


async def _more(connection: TlsConnection) -> bytes:
    received = await connection.read()
    if not received:
        raise ssl.SSLEOFError("the device hung up in its request")
    return received
