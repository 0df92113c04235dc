"""The certificate revocation list over HTTP, for brokers that fetch it (RFC 5280, 4.2.1.13).

Plain HTTP: the list is signed, and whoever needs it to check a certificate can't check one for it first.
"""

from __future__ import annotations

from collections.abc import Callable
from http import HTTPStatus

from companion.endpoint.http_messages import HttpRequest, HttpResponse
from companion.endpoint.http_server import HttpServer

PATH = "/companion.crl"
_TYPE = "application/pkix-crl"


class CrlServer:
    """A small HTTP server with one document. Lives on the loop that started it."""

    def __init__(self, server: HttpServer) -> None:
        self._server = server

    @classmethod
    async def start(cls, content: Callable[[], bytes | None], *, host: str, port: int = 0) -> CrlServer:
        """content: the list of now (DER), None while there is none; asked for each request.

        Raises OSError where it can't listen.
        """

        def answer(request: HttpRequest) -> HttpResponse:
            if request.path != PATH:
                return HttpResponse(HTTPStatus.NOT_FOUND)
            listed = content()
            if listed is None:
                return HttpResponse(HTTPStatus.SERVICE_UNAVAILABLE)
            return HttpResponse(HTTPStatus.OK, listed, _TYPE)

        return cls(await HttpServer.start(answer, host=host, port=port))

    @property
    def url(self) -> str:
        """Where the list is."""
        return f"http://{self._server.address}{PATH}"

    async def close(self) -> None:
        """Stop listening."""
        await self._server.close()
