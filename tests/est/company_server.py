"""A company's EST server on loopback, which answers as it is told."""

from __future__ import annotations

import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

from companion.encoding import es256
from companion.endpoint.tls import load_chain
from companion.est.client import EstLogin
from companion.est.messages import decode, encode_certificates
from companion.identity import IssuingCa
from companion.secret import Secret
from tests.identity.requests import NAME, device_key, request

COMPANY = IssuingCa.create("Company")
CSR = request(device_key())
LOGIN = EstLogin("companion", Secret(b"correct horse"))

Reply = tuple[int, dict[str, str], bytes]


def issue(path: str, headers: dict[str, str], body: bytes) -> Reply:
    """As most servers answer: the leaf somewhere, the root beside it."""
    if path.endswith("cacerts"):
        return 200, {}, encode_certificates(COMPANY.anchors)
    if headers.get("Authorization") != LOGIN.header():
        return 401, {"WWW-Authenticate": "Basic"}, b""
    leaf = COMPANY.issue(decode(body), serial="SN-0001", name=NAME).chain[0]
    return 200, {}, encode_certificates([*COMPANY.anchors, leaf])


@contextmanager
def served(
    answer: Callable[[str, dict[str, str], bytes], Reply], *, clients: IssuingCa | None = None
) -> Iterator[str]:
    """An EST server on loopback; its URL. clients: whose certificates it demands of clients"""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            length = int(self.headers.get("Content-Length") or 0)
            status, headers, body = answer(self.path, dict(self.headers), self.rfile.read(length))
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        do_POST = do_GET

        def log_message(self, *words: object) -> None:
            """Tests have output of their own."""

    class Quiet(HTTPServer):
        def handle_error(self, *client: object) -> None:
            """A client that hangs up is what some tests are about."""

    server = Quiet(("127.0.0.1", 0), Handler)
    key = es256.generate()
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    load_chain(context, key, COMPANY.issue_server(key.public_key(), ("127.0.0.1",)).chain)
    if clients is not None:
        context.verify_mode = ssl.CERT_REQUIRED
        context.load_verify_locations(cadata=roots(clients))
    server.socket = context.wrap_socket(server.socket, server_side=True, do_handshake_on_connect=False)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield f"https://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def roots(ca: IssuingCa = COMPANY) -> str:
    return x509.load_der_x509_certificate(ca.anchors[0]).public_bytes(Encoding.PEM).decode()
