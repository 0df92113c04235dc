"""One HTTP request of a device that has shown its certificate, and the response to it."""

from __future__ import annotations

import asyncio
import logging
import ssl
from collections.abc import Callable
from http import HTTPStatus

from companion.endpoint.connection import TlsConnection
from companion.endpoint.http_messages import HttpRequest, HttpResponse, InvalidRequest, octets, receive
from companion.errors import StorageError

log = logging.getLogger(__name__)

HTTP = "http/1.1"
"""As ALPN calls it (RFC 7301, 6)."""
RECORD = 16_384
"""Octets that a TLS record holds at most (RFC 8446, 5.1)."""

HttpAnswer = Callable[[HttpRequest, bytes], HttpResponse]
"""Called with the request and the device's certificate (DER)."""


async def serve_one(connection: TlsConnection, answer: HttpAnswer) -> None:
    """Read a request, answer it on a thread, and write the response. Raises OSError."""
    response = await _response(connection, answer)
    sent = octets(response)
    for begin in range(0, len(sent), RECORD):
        await connection.write(sent[begin : begin + RECORD])


async def _response(connection: TlsConnection, answer: HttpAnswer) -> HttpResponse:
    try:
        request = await receive(lambda: _more(connection))
    except InvalidRequest as problem:
        return HttpResponse(problem.status)
    try:
        return await asyncio.to_thread(answer, request, connection.certificate)
    except StorageError as problem:
        log.warning("endpoint: a device's request is not answered: %s", problem.code)
        return HttpResponse(HTTPStatus.SERVICE_UNAVAILABLE, headers=(("Retry-After", "60"),))


async def _more(connection: TlsConnection) -> bytes:
    received = await connection.read()
    if not received:
        raise ssl.SSLEOFError("the device hung up in its request")
    return received
