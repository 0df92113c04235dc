"""A small EST server for devices that have a certificate already: what each request is answered with.

`GET cacerts` and `POST simplereenroll` (RFC 7030, 4.1 and 4.2.2). A first certificate needs a run.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping
from http import HTTPStatus
from typing import Protocol

from companion.endpoint.http_messages import HttpRequest, HttpResponse
from companion.est.messages import (
    CERTIFICATES_TYPE,
    ISSUED_TYPE,
    REQUEST_TYPE,
    InvalidEst,
    decode,
    encode_certificates,
)

log = logging.getLogger(__name__)

_METHODS: Mapping[str, tuple[str, ...]] = {
    "/.well-known/est/cacerts": ("GET",),
    "/.well-known/est/csrattrs": ("GET",),
    "/.well-known/est/simpleenroll": ("POST",),
    "/.well-known/est/simplereenroll": ("POST",),
}
_BASE64 = (("Content-Transfer-Encoding", "base64"),)


class RenewalRefused(Exception):
    """Why no certificate is issued, as a sentence."""


class Renewing(Protocol):
    """What issues certificates here: `companion.est.renewal.Renewals`."""

    @property
    def anchors(self) -> tuple[bytes, ...]: ...

    def renew(self, certificate: bytes, csr: bytes) -> tuple[bytes, ...]: ...


class EstService:
    """Answers requests of devices that showed their certificate. May be called from any thread."""

    def __init__(self, renewals: Renewing) -> None:
        self._renewals = renewals

    def answer(self, request: HttpRequest, certificate: bytes) -> HttpResponse:
        """What a request with this certificate (DER) comes to. Raises StorageError leaves."""
        methods = _METHODS.get(request.path)
        if methods is None:
            return HttpResponse(HTTPStatus.NOT_FOUND)
        if request.method not in methods:
            return HttpResponse(HTTPStatus.METHOD_NOT_ALLOWED, headers=(("Allow", ", ".join(methods)),))
        match request.path:
            case "/.well-known/est/cacerts":
                anchors = encode_certificates(self._renewals.anchors)
                return HttpResponse(HTTPStatus.OK, anchors, CERTIFICATES_TYPE, _BASE64)
            case "/.well-known/est/csrattrs":
                return HttpResponse(HTTPStatus.NO_CONTENT)
            case "/.well-known/est/simpleenroll":
                return _told(HTTPStatus.FORBIDDEN, "a first certificate needs a run with Companion")
        return self._renewed(request, certificate)

    def _renewed(self, request: HttpRequest, certificate: bytes) -> HttpResponse:
        if request.content_type != REQUEST_TYPE:
            return _told(HTTPStatus.UNSUPPORTED_MEDIA_TYPE, f"a request has the type {REQUEST_TYPE}")
        try:
            chain = self._renewals.renew(certificate, decode(request.body))
        except InvalidEst as problem:
            return _told(HTTPStatus.BAD_REQUEST, str(problem))
        except RenewalRefused as refused:
            return _told(HTTPStatus.FORBIDDEN, str(refused))
        return HttpResponse(HTTPStatus.OK, encode_certificates(chain), ISSUED_TYPE, _BASE64)


def _told(status: HTTPStatus, why: str) -> HttpResponse:
    log.info("EST: %s: %s", status.phrase.lower(), why)
    return HttpResponse(status, f"{why}\n".encode())
