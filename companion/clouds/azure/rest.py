"""JSON over HTTPS by the standard library: one request, one bounded answer."""

from __future__ import annotations

import email.utils
import http.client
import json
import ssl
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Mapping
from dataclasses import dataclass
from email.message import Message
from typing import Any

from companion.errors import CloudAnswerInvalid, CloudUnreachable

CLOUD = "Azure"
_SECONDS = 15.0
_MOST = 256 * 1024


@dataclass(frozen=True)
class Answer:
    """status: HTTP's; content: its JSON, {} where there is none; clock: how many seconds the server is ahead,
    where it said its time; retry_after: seconds to wait before the next request"""

    status: int
    content: Any
    clock: float | None = None
    retry_after: float | None = None


def send(
    url: str,
    *,
    method: str = "GET",
    headers: Mapping[str, str] | None = None,
    body: Any | None = None,
    form: Mapping[str, str] | None = None,
    context: ssl.SSLContext | None = None,
) -> Answer:
    """One request, with `body` as JSON or `form` as a form. Statuses of 400 and more are answers too.

    Raises CloudUnreachable, CloudAnswerInvalid. Neither repeats what was sent.
    """
    data, kind = None, "application/json"
    if form is not None:
        data, kind = urllib.parse.urlencode(form).encode(), "application/x-www-form-urlencoded"
    elif body is not None:
        data = json.dumps(body).encode()
    request = urllib.request.Request(
        url, data=data, method=method, headers={**(headers or {}), "Content-Type": kind}
    )
    try:
        with _opener(context).open(request, timeout=_SECONDS) as response:
            return _read(response.status, response.headers, response.read(_MOST + 1))
    except urllib.error.HTTPError as refused:
        with refused:
            return _read(refused.code, refused.headers, refused.read(_MOST + 1))
    except (OSError, http.client.HTTPException) as error:
        raise CloudUnreachable(type(error).__name__, cloud=CLOUD) from None


def _opener(context: ssl.SSLContext | None) -> urllib.request.OpenerDirector:
    """Follows no redirections: a token is for the host that it was made for."""

    class Stay(urllib.request.HTTPRedirectHandler):
        def redirect_request(self, *_: Any) -> None:
            return None

    return urllib.request.build_opener(Stay, urllib.request.HTTPSHandler(context=context))


def _read(status: int, headers: Message, content: bytes) -> Answer:
    if len(content) > _MOST:
        raise CloudAnswerInvalid("it is too large", cloud=CLOUD)
    try:
        told = json.loads(content) if content.strip() else {}
    except (ValueError, RecursionError):
        if status < 400:
            raise CloudAnswerInvalid("it is not JSON", cloud=CLOUD) from None
        told = {}
    return Answer(status, told, _ahead(headers.get("Date")), _seconds(headers.get("Retry-After")))


def _ahead(date: str | None) -> float | None:
    if date is None:
        return None
    try:
        return email.utils.parsedate_to_datetime(date).timestamp() - time.time()
    except ValueError:
        return None


def _seconds(text: str | None) -> float | None:
    return float(text) if text is not None and text.isascii() and text.isdigit() else None
