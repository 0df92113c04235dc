"""A client for a company's EST server (RFC 7030): its roots, and certificates for devices' requests.

Companion asks as a registration authority: the request is the device's, the key never leaves it.
"""

from __future__ import annotations

import base64
import http.client
import ssl
from dataclasses import dataclass, field
from http import HTTPStatus
from urllib.parse import urlsplit

from cryptography import x509

from companion.endpoint.tls import PrivateKey, load_chain
from companion.errors import EstAnswerInvalid, EstPending, EstRefused, EstUnreachable
from companion.est.messages import (
    CERTIFICATES_TYPE,
    MAX_BODY,
    PREFIX,
    REQUEST_TYPE,
    InvalidEst,
    chain_of,
    decode_certificates,
    encode,
)
from companion.plain_text import plain
from companion.secret import Secret

SECONDS = 20.0
MOST_TOLD = 200
"""Characters of a server's own words that are shown."""
LONGEST_WAIT = 86_400


@dataclass(frozen=True)
class EstLogin:
    """How the server knows us: HTTP Basic (RFC 7030, 3.2.3), which only ever travels inside TLS."""

    user: str
    password: Secret = field(repr=False)

    def header(self) -> str:
        """The value of Authorization (RFC 7617)."""
        return "Basic " + base64.b64encode(self.user.encode() + b":" + self.password.reveal()).decode()


@dataclass(frozen=True)
class EstCertificate:
    """How the server knows us, by TLS (RFC 7030, 3.3.2). chain: DER, leaf first; login: what it wants besides
    the certificate (3.2.3), None for nothing"""

    key: PrivateKey = field(repr=False)
    chain: tuple[bytes, ...]
    login: EstLogin | None = None


@dataclass(frozen=True)
class EstServer:
    """url: https, with a label behind the well-known path where the server has several CAs, such as
    "https://ca.example/devices". roots: whom to believe that it is this server (PEM); empty: this computer's
    own list. Raises ValueError for a URL that is not of this form."""

    url: str
    roots: str = ""
    login: EstLogin | EstCertificate | None = None

    def __post_init__(self) -> None:
        parts = urlsplit(self.url)
        label = parts.path.strip("/")
        plain_form = parts.scheme == "https" and parts.hostname and not (parts.query or parts.fragment)
        if not plain_form or parts.username or parts.password or "/" in label:
            raise ValueError("an EST server is https://HOST[:PORT][/LABEL], without user name or password")
        _ = parts.port  # raises ValueError

    @property
    def name(self) -> str:
        """ "host:port", as people know it."""
        parts = urlsplit(self.url)
        return f"{parts.hostname}:{parts.port or 443}"

    def ca_certificates(self) -> tuple[bytes, ...]:
        """The CA's certificates (DER). Blocks. Raises EstUnreachable, EstRefused, EstAnswerInvalid."""
        return self._certificates(self._ask("GET", "cacerts"))

    def enroll(self, csr: bytes) -> tuple[bytes, ...]:
        """A chain (DER, leaf first, root left out) for the key of a request (PKCS#10 DER). Blocks.

        Raises as `ca_certificates`, and EstPending where somebody has to approve it first.
        """
        answer = self._ask("POST", "simpleenroll", csr)
        key = x509.load_der_x509_csr(csr).public_key()
        try:
            return chain_of(key, self._certificates(answer))
        except InvalidEst as problem:
            raise EstAnswerInvalid(str(problem), server=self.name) from problem

    def _certificates(self, body: bytes) -> tuple[bytes, ...]:
        try:
            return decode_certificates(body)
        except InvalidEst as problem:
            raise EstAnswerInvalid(str(problem), server=self.name) from problem

    def _ask(self, method: str, operation: str, csr: bytes = b"") -> bytes:
        """The body of a good answer. Redirections are not followed: they could lead to anybody (3.2.1)."""
        parts = urlsplit(self.url)
        label = parts.path.strip("/")
        path = "/".join(each for each in (PREFIX, label, operation) if each)
        headers = {"Accept": CERTIFICATES_TYPE, "Connection": "close"}
        if csr:
            headers |= {"Content-Type": REQUEST_TYPE, "Content-Transfer-Encoding": "base64"}
        login = self.login.login if isinstance(self.login, EstCertificate) else self.login
        if login is not None:
            headers["Authorization"] = login.header()
        connection = http.client.HTTPSConnection(
            parts.hostname or "", parts.port, timeout=SECONDS, context=self._context()
        )
        try:
            connection.request(method, path, encode(csr) if csr else None, headers)
            with connection.getresponse() as response:
                body = response.read(MAX_BODY + 1)
        except ssl.SSLCertVerificationError as problem:
            raise EstUnreachable(problem.verify_message, server=self.name) from problem
        except (OSError, http.client.HTTPException, ValueError) as problem:
            raise EstUnreachable(type(problem).__name__, server=self.name) from problem
        finally:
            connection.close()
        return self._judged(response, body)

    def _judged(self, response: http.client.HTTPResponse, body: bytes) -> bytes:
        if response.status == HTTPStatus.ACCEPTED:
            raise EstPending(server=self.name, minutes=_minutes(response.getheader("Retry-After")))
        if response.status != HTTPStatus.OK:
            said = plain(body[: MOST_TOLD * 4].decode(errors="replace")).strip()[:MOST_TOLD]
            raise EstRefused(f"{response.status} {said}".strip(), server=self.name, status=response.status)
        if len(body) > MAX_BODY:
            raise EstAnswerInvalid(f"more than {MAX_BODY} octets", server=self.name)
        return body

    def _context(self) -> ssl.SSLContext:
        try:
            context = ssl.create_default_context(cadata=self.roots or None)
        except ssl.SSLError as problem:
            raise EstUnreachable("the roots can't be read", server=self.name) from problem
        context.minimum_version = ssl.TLSVersion.TLSv1_2
        if isinstance(self.login, EstCertificate):
            load_chain(context, self.login.key, self.login.chain)
        return context


def _minutes(retry_after: str | None) -> int:
    """Of a Retry-After in seconds; a date, or nonsense, is five minutes."""
    text = (retry_after or "").strip()
    seconds = int(text) if text.isascii() and text.isdecimal() and len(text) < 8 else 300
    return max(1, min(seconds, LONGEST_WAIT) // 60)
