"""One request after the other to a server of FDO, each bounded in octets and in time."""

from __future__ import annotations

import contextlib
import http.client
import ipaddress
import socket
import ssl
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import Enum
from types import TracebackType
from typing import Self, TypeVar
from urllib.parse import urlsplit

from companion.errors.voucher import VoucherServerAnswerInvalid, VoucherServerUnreachable
from companion.plain_text import plain

T = TypeVar("T")

SECONDS = 20.0
"""For one request and its answer, and for each phase before."""
MOST_TOLD = 200


class Phase(Enum):
    """How far a request got, in words for the detail of an error."""

    NAME = "its name was not found"
    CONNECTION = "no connection"
    TLS = "no secure connection (TLS)"
    REQUEST = "the connection ended"


@dataclass(frozen=True)
class Answer:
    """status: HTTP's; headers: names in lower case; body: as much as was asked for"""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def told(self) -> str:
        """The server's own words, for the detail of an error."""
        return plain(self.body[: MOST_TOLD * 4].decode(errors="replace")).strip()[:MOST_TOLD]


class _Deadline:
    """Ends what goes on at a socket when the time is up: a peer that sends an octet a second would else keep
    us for ever."""

    def __init__(self, seconds: float, sock: socket.socket) -> None:
        self.passed = False
        self._sock = sock
        self._timer = threading.Timer(seconds, self._end)
        self._timer.daemon = True

    def __enter__(self) -> Self:
        self._timer.start()
        return self

    def __exit__(self, *raised: object) -> None:
        self._timer.cancel()

    def _end(self) -> None:
        self.passed = True
        with contextlib.suppress(OSError):
            # Not `shutdown` of a TLS socket, which would first say goodbye.
            socket.socket.shutdown(self._sock, socket.SHUT_RDWR)


def _is_this_computer(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


class Client:
    """A server, over one connection that is made anew where it ended. Redirections are never followed.

    Blocks. Close it, or use it in a `with`.
    """

    def __init__(
        self, url: str, *, roots: str = "", may_be_plain: bool = False, seconds: float = SECONDS
    ) -> None:
        """url: https://HOST[:PORT][/PATH], and http:// to this computer, or anywhere if `may_be_plain`;
        roots: whom to believe that it is this server (PEM), "": this computer's list. Raises ValueError."""
        parts = urlsplit(url)
        odd = parts.query or parts.fragment or parts.username or parts.password
        if parts.scheme not in ("http", "https") or not parts.hostname or odd:
            raise ValueError("a server's address is https://HOST[:PORT]")
        self._is_secure = parts.scheme == "https"
        if not self._is_secure and not may_be_plain and not _is_this_computer(parts.hostname):
            raise ValueError("vouchers are uploaded over https; http only to this computer")
        self._host, self._port = parts.hostname, parts.port or (443 if self._is_secure else 80)
        self.path = parts.path.rstrip("/")
        self._context = None
        if self._is_secure:
            try:
                self._context = ssl.create_default_context(cadata=roots or None)
            except ssl.SSLError as problem:
                raise ValueError("the CA's certificate can't be read") from problem
            self._context.minimum_version = ssl.TLSVersion.TLSv1_2
        self._seconds = seconds
        self._connection: http.client.HTTPConnection | None = None

    @property
    def name(self) -> str:
        """ "host:port", as people know it."""
        return f"{self._host}:{self._port}"

    @property
    def is_private(self) -> bool:
        """True if nobody between can read along."""
        return self._is_secure or _is_this_computer(self._host)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """End the connection."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def post(self, path: str, body: bytes, headers: Mapping[str, str], *, most: int) -> Answer:
        """POST to a path below the server's. most: octets of the answer.

        Raises VoucherServerUnreachable; VoucherServerAnswerInvalid for a redirection, and for an answer that
        is too long, too late or no HTTP.
        """
        was_open = self._connection is not None
        connection = self._connection or self._connect()
        self._connection = connection
        try:
            answer = self._exchange(connection, path, body, headers, most)
        except (OSError, http.client.HTTPException) as problem:
            self.close()
            if was_open and isinstance(problem, http.client.RemoteDisconnected | ConnectionError):
                # Servers end connections that were idle. An upload that was taken can be repeated.
                return self.post(path, body, headers, most=most)
            raise self._failed(problem) from problem
        except BaseException:
            self.close()
            raise
        if 300 <= answer.status < 400:
            self.close()
            raise VoucherServerAnswerInvalid("it leads to another address", server=self.name)
        return answer

    def _exchange(
        self,
        connection: http.client.HTTPConnection,
        path: str,
        body: bytes,
        headers: Mapping[str, str],
        most: int,
    ) -> Answer:
        assert connection.sock is not None
        with _Deadline(self._seconds, connection.sock) as deadline:
            try:
                connection.request("POST", self.path + path, body, dict(headers))
                with connection.getresponse() as response:
                    content = response.read(most + 1)
            except (OSError, http.client.HTTPException):
                if deadline.passed:
                    raise self._unusable(f"it took more than {self._seconds:.0f} seconds") from None
                raise
        if deadline.passed:
            raise self._unusable(f"it took more than {self._seconds:.0f} seconds")
        if len(content) > most:
            raise self._unusable(f"it is longer than {most} octets")
        if response.will_close:
            self.close()
        said = {name.lower(): value for name, value in response.getheaders()}
        return Answer(response.status, said, content)

    def _connect(self) -> http.client.HTTPConnection:
        address = self._try(Phase.NAME, self._resolve)
        made = self._try(
            Phase.CONNECTION, lambda: socket.create_connection((address, self._port), self._seconds)
        )
        if self._context is not None:
            context, plain_socket = self._context, made
            try:
                with _Deadline(self._seconds, plain_socket):
                    made = self._try(
                        Phase.TLS, lambda: context.wrap_socket(plain_socket, server_hostname=self._host)
                    )
            except VoucherServerUnreachable:
                plain_socket.close()
                raise
        connection = http.client.HTTPConnection(self._host, self._port, timeout=self._seconds)
        connection.sock = made
        connection.auto_open = 0  # it would open one without TLS
        return connection

    def _resolve(self) -> str:
        found = socket.getaddrinfo(self._host, self._port, 0, socket.SOCK_STREAM)
        return str(found[0][4][0])

    def _try(self, phase: Phase, act: Callable[[], T]) -> T:
        try:
            return act()
        except (OSError, ValueError) as problem:
            raise self._unreachable(phase, problem) from problem

    def _failed(self, problem: Exception) -> VoucherServerUnreachable | VoucherServerAnswerInvalid:
        if isinstance(problem, OSError):
            return self._unreachable(Phase.REQUEST, problem)
        return self._unusable(f"it is no HTTP ({type(problem).__name__})")

    def _unreachable(self, phase: Phase, problem: Exception) -> VoucherServerUnreachable:
        if isinstance(problem, ssl.SSLCertVerificationError):
            why = problem.verify_message
        else:
            why = getattr(problem, "strerror", None) or type(problem).__name__
        return VoucherServerUnreachable(f"{phase.value}: {plain(str(why))}", server=self.name)

    def _unusable(self, why: str) -> VoucherServerAnswerInvalid:
        return VoucherServerAnswerInvalid(why, server=self.name)
