"""HTTP/1.1 in as much as small servers need: a request is read, a response is written (RFC 9112)."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field, replace
from http import HTTPStatus

MAX_HEAD, MAX_BODY = 8192, 16_384
END_OF_HEAD = b"\r\n\r\n"


class InvalidRequest(ValueError):
    """Not HTTP/1, or of a length that nobody can tell. status: of the response to it"""

    status = HTTPStatus.BAD_REQUEST


class RequestTooLong(InvalidRequest):
    """Its head or its body has more octets than are taken."""

    status = HTTPStatus.REQUEST_ENTITY_TOO_LARGE


@dataclass(frozen=True)
class HttpRequest:
    """path: without what is behind "?"; host: what the client calls this server, "" if it does not say;
    length: octets of the body that follows the head; body: empty until it was read"""

    method: str
    path: str
    host: str
    length: int = 0
    content_type: str = ""
    body: bytes = field(default=b"", repr=False)


@dataclass(frozen=True)
class HttpResponse:
    """What is answered. headers: besides type and length."""

    status: HTTPStatus
    body: bytes = b""
    content_type: str = "text/plain; charset=utf-8"
    headers: tuple[tuple[str, str], ...] = ()


async def receive(more: Callable[[], Awaitable[bytes]]) -> HttpRequest:
    """The next request, with its body.

    more: some octets that came, at least one. Raises InvalidRequest, RequestTooLong, and what `more` raises
    where nobody sends any.
    """
    received = bytearray()
    while END_OF_HEAD not in received:
        if len(received) > MAX_HEAD:
            raise RequestTooLong(f"a head of more than {MAX_HEAD} octets")
        received += await more()
    head, _, body = bytes(received).partition(END_OF_HEAD)
    request = read_head(head)
    if request.length > MAX_BODY:
        raise RequestTooLong(f"a body of more than {MAX_BODY} octets")
    while len(body) < request.length:
        body += await more()
    return replace(request, body=body[: request.length])


def read_head(head: bytes) -> HttpRequest:
    """The request whose head, with its empty line, is `head`. Raises InvalidRequest."""
    line, *fields = head.removesuffix(END_OF_HEAD).decode("latin-1").split("\r\n")
    method, _, rest = line.partition(" ")
    path, _, version = rest.partition(" ")
    if not version.startswith("HTTP/1."):
        raise InvalidRequest("no request of HTTP/1")
    values: dict[str, list[str]] = {}
    for name, _, value in (each.partition(":") for each in fields):
        values.setdefault(name.lower(), []).append(value.strip())
    if "transfer-encoding" in values:
        raise InvalidRequest("a body without a length")
    hosts = values.get("host", [])
    return HttpRequest(
        method=method,
        path=path.partition("?")[0],
        host=hosts[0] if len(hosts) == 1 else "",
        length=_length(values.get("content-length", [])),
        content_type=values.get("content-type", [""])[0].partition(";")[0].strip().lower(),
    )


def octets(response: HttpResponse, *, with_body: bool = True) -> bytes:
    """A response that ends its connection."""
    lines = [
        f"HTTP/1.1 {response.status.value} {response.status.phrase}",
        f"Content-Type: {response.content_type}",
        f"Content-Length: {len(response.body)}",
        "Cache-Control: no-cache",
        "Connection: close",
        *(f"{name}: {value}" for name, value in response.headers),
    ]
    return "\r\n".join([*lines, "", ""]).encode("latin-1") + (response.body if with_body else b"")


def _length(values: list[str]) -> int:
    if not values:
        return 0
    if len(set(values)) != 1 or not (values[0].isascii() and values[0].isdecimal()) or len(values[0]) > 9:
        raise InvalidRequest("a body of no length that could be told")
    return int(values[0])
