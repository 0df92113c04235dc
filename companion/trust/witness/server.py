"""A witness on the network: `POST /add-checkpoint`, and its key at `GET /vkey` for people to compare.

Anybody who reaches it may ask; a request counts only if a log that is watched signed it. Bodies are bounded,
each connection has seconds in all, and few are served at once.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, HTTPServer
from socketserver import ThreadingMixIn
from typing import Any

from companion.errors import CompanionError
from companion.trust.transparency.note import MAX_SIZE
from companion.trust.transparency.witness import Answer
from companion.trust.witness.local_witness import LocalWitness

SECONDS = 10.0
AT_ONCE = 8


class WitnessServer(ThreadingMixIn, HTTPServer):
    """Listens until `shutdown`. told: called with each answer, from the thread that gives it."""

    daemon_threads = True
    # The next one may listen at once where this one did.
    allow_reuse_address = True

    def __init__(
        self, address: tuple[str, int], witness: LocalWitness, told: Callable[[Answer], None] = lambda _: None
    ) -> None:
        """Raises OSError if the address can't be listened at."""
        self.witness = witness
        self.told = told
        self._places = threading.BoundedSemaphore(AT_ONCE)
        super().__init__(address, _Handler)

    def process_request(self, request: Any, client_address: Any) -> None:
        """A connection beyond those that are served is closed unheard."""
        if self._places.acquire(blocking=False):
            super().process_request(request, client_address)
        else:
            self.shutdown_request(request)

    def process_request_thread(self, request: Any, client_address: Any) -> None:
        try:
            super().process_request_thread(request, client_address)
        finally:
            self._places.release()

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A peer that went away is no news."""


class _Handler(BaseHTTPRequestHandler):
    server: WitnessServer
    server_version, sys_version = "Companion", ""
    timeout = SECONDS

    def do_POST(self) -> None:
        """C2SP's add-checkpoint."""
        if self.path != "/add-checkpoint":
            self._send(Answer(HTTPStatus.NOT_FOUND, "POST /add-checkpoint\n"))
            return
        body = self._body()
        if body is None:
            self._send(Answer(HTTPStatus.BAD_REQUEST, "not a request for a witness\n"))
            return
        try:
            answer = self.server.witness.answer(body)
        except (CompanionError, OSError):
            answer = Answer(HTTPStatus.SERVICE_UNAVAILABLE, "the witness can't write\n")
        self.server.told(answer)
        self._send(answer)

    def do_GET(self) -> None:
        """Its key."""
        if self.path == "/vkey":
            self._send(Answer(HTTPStatus.OK, f"{self.server.witness.key}\n"))
        else:
            self._send(Answer(HTTPStatus.NOT_FOUND, "POST /add-checkpoint\n"))

    def log_message(self, format: str, *args: Any) -> None:
        """What was asked is told by `told`."""

    def _body(self) -> str | None:
        """None for a body that is too long, of no length, too slow or no text."""
        length = self.headers.get("Content-Length", "")
        if not (length.isascii() and length.isdecimal() and len(length) < 7 and int(length) <= MAX_SIZE):
            return None
        ends, read, wanted = time.monotonic() + SECONDS, b"", int(length)
        while len(read) < wanted:
            chunk = self.rfile.read1(wanted - len(read))
            if not chunk or time.monotonic() > ends:
                return None
            read += chunk
        try:
            return read.decode()
        except UnicodeDecodeError:
            return None

    def _send(self, answer: Answer) -> None:
        content = answer.body.encode()
        self.send_response(answer.status)
        self.send_header("Content-Type", answer.content_type)
        self.send_header("Content-Length", str(len(content)))
        self.send_header("Connection", "close")
        self.end_headers()
        self.wfile.write(content)
        self.close_connection = True
